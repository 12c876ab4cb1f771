package dev.jacobi.debug;

import static dev.jacobi.Jacobi.disableJit;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.Pure;
import dev.jacobi.control.ScanOptions;
import dev.jacobi.control.Step;
import dev.jacobi.lax.Lax;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Without jit every step runs in Java on values, and the results are the same. */
class StepwiseTest {
  private static final Array X = arange(4f);

  /** A function of a vector and how often its marked place runs without jit. */
  record Row(String what, Op1 f, int steps) {}

  private static final List<Double> SEEN = new ArrayList<>();

  /** Notes a value, if there is one; a compiled program's tracers have none. */
  @Pure
  private static Array seen(Array x) {
    if (x.underlying().getClass().getSimpleName().equals("ConcreteArray")) {
      SEEN.add(x.underlying().sum().item());
    }
    return x;
  }

  private static List<Row> rows() {
    Op1 square = x -> seen(x).times(x);
    Op1 scan =
        x ->
            Lax.scan((Array c, Array e) -> new Step<>(seen(c).plus(e), c.times(e)), x.sum(), x)
                .ys();
    ScanOptions reverse = ScanOptions.DEFAULT.reversed();
    return List.of(
        new Row("jit", jit(square), 1),
        new Row("fori", x -> Lax.foriLoop(0, 3, (i, c) -> seen(c).times(2), x), 3),
        new Row(
            "dynamic fori",
            x -> Lax.foriLoop(scalar(1), scalar(4), (i, c) -> seen(c).plus(i), x),
            3),
        new Row("while", x -> Lax.whileLoop(c -> c.sum().lt(40f), c -> seen(c).times(2), x), 3),
        new Row("cond", x -> Lax.cond(x.sum().gt(1f), square::apply, y -> y, x), 1),
        new Row("scan", scan, 4),
        new Row(
            "reverse scan",
            x ->
                Lax.scan((Array c, Array e) -> new Step<>(seen(c).plus(e), c), x.sum(), x, reverse)
                    .ys(),
            4),
        new Row("map", x -> Lax.map(e -> seen(e).times(3), x), 4),
        new Row("grad", grad(x -> Lax.foriLoop(0, 3, (i, c) -> sin(seen(c)), x).sum()), 3),
        new Row(
            "grad of while",
            grad(x -> Lax.whileLoop(c -> c.sum().lt(40f), c -> seen(c).times(2), x).sum()),
            3),
        new Row("vmap", vmap(x -> Lax.foriLoop(0, 3, (i, c) -> c.times(2), x)), 0));
  }

  @TestFactory
  Stream<DynamicTest> sameResults() {
    return rows().stream().map(row -> DynamicTest.dynamicTest(row.what, () -> same(row)));
  }

  private static void same(Row row) {
    float[] compiled = row.f.apply(X).toFloatArray();
    SEEN.clear();
    assertThat(disableJit(() -> row.f.apply(X)).toFloatArray()).containsExactly(compiled);
    assertThat(SEEN).hasSize(row.steps);
  }

  @Test
  void emptyScansKeepTheirTypes() {
    Array none = arange(0f);
    Array ys =
        disableJit(
            () -> Lax.scan((Array c, Array e) -> new Step<>(c, c.times(2)), scalar(1f), none).ys());
    assertThat(ys.shape().toString()).isEqualTo("(0,)");
  }
}
