package dev.jacobi.debug;

import static dev.jacobi.Jacobi.debugInfs;
import static dev.jacobi.Jacobi.debugNans;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.log;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.lowering.NonFiniteException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The first NaN is found where it arises, with the user's line and the operands. */
class NansTest {
  private static final Array X = arange(3f); // 0 1 2

  @BeforeEach
  void onEngines() {
    OnPlugins.skip("nothing is checked");
  }

  private static Array shifted(Array x) {
    Array y = x.minus(1f);
    return log(y).times(2); // -1 has no logarithm
  }

  /** A function that gives a NaN: which operation does first, at which line, and its operands. */
  record Row(String what, Op1 f, Array x, String operation, String shows) {}

  private static List<Row> rows() {
    Op1 f = NansTest::shifted;
    Op1 loop = x -> Lax.foriLoop(0, 5, (i, c) -> sqrt(c.minus(1f)), x);
    Op1 until = x -> Lax.whileLoop(c -> c.sum().gt(0.5f), c -> sqrt(c.minus(1f)), x);
    Op1 root = x -> where(x.gt(0), sqrt(x), 0).sum();
    Op1 complex = x -> x.div(x.times(0));
    return List.of(
        new Row("eager", f, X, "log", "NaN at (0,)"),
        new Row("jit", jit(f), X, "log", "[-1.  0.  1.]"),
        new Row("vmap", jit(vmap(f)), X, "log", "[-1.  0.  1.]"),
        new Row("grad of jit", grad(x -> jit(f).apply(x).sum()), X, "log", "[-1.  0.  1.]"),
        new Row("a loop", jit(loop), array(3f, 5f), "sqrt", "[-0.3564058  0.       ]"),
        new Row("a loop of a batch", vmap(loop), array(3f, 5f), "sqrt", "NaN at (0,)"),
        new Row("a loop until", jit(until), array(3f), "sqrt", "[-"),
        new Row("grad of a loop", grad(x -> loop.apply(x).sum()), array(3f, 5f), "sqrt", "NaN"),
        new Row("an argument", jit(x -> x.plus(1f)), array(Float.NaN), "add", "[nan]"),
        new Row("complex", jit(complex), X.astype(DType.C64), "div", "NaN"),
        // jax issue 1052: the derivative of the branch that is not taken
        new Row("issue 1052", jit(grad(root)), X, "mul", "inf"));
  }

  @TestFactory
  Stream<DynamicTest> areFound() {
    return rows().stream().map(row -> DynamicTest.dynamicTest(row.what, () -> finds(row)));
  }

  private static void finds(Row row) {
    row.f.apply(row.x); // without the scope nothing is said
    assertThatThrownBy(() -> debugNans(() -> row.f.apply(row.x)))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageMatching("(?s)" + row.operation + " at NansTest.java:\\d+ gave .*")
        .hasMessageContaining(row.shows);
    row.f.apply(row.x); // nor after it
  }

  @Test
  void infinitiesAreLookedForIfAskedFor() {
    Op1 f = jit(NansTest::shifted);
    Array one = array(1f, 2f);
    assertThat(debugNans(() -> f.apply(one)).toFloatArray())
        .containsExactly(Float.NEGATIVE_INFINITY, 0);
    assertThatThrownBy(() -> debugInfs(() -> f.apply(one)))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("log at NansTest.java:")
        .hasMessageContaining("-Infinity at (0,)");
    assertThat(debugInfs(() -> f.apply(array(2f))).item()).isZero();
  }
}
