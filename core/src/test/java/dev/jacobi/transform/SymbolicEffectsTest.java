package dev.jacobi.transform;

import static dev.jacobi.Jacobi.check;
import static dev.jacobi.Jacobi.debugCallback;
import static dev.jacobi.Jacobi.debugNans;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.pureCallback;
import static dev.jacobi.Jacobi.spec;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.maximum;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sqrt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.JitOp1;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.debug.VmapMethod;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.host.CheckFailedException;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lowering.NonFiniteException;
import dev.jacobi.numpy.ArrayIndexException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Functions of a symbolic batch tell of it what functions of a known size tell. */
class SymbolicEffectsTest {
  private static final Array TABLE = array(10f, 20f, 30f);

  @BeforeEach
  void onEngines() {
    OnPlugins.skip("nothing is checked or called");
  }

  /** A function that fails for one of 70 rows. */
  record Row(String what, Op1 f, Class<? extends Exception> error, String says) {}

  private static List<Row> failures() {
    Op1 small =
        x -> {
          check(x.lt(67f), "{} is large", x);
          return x.times(2);
        };
    Op1 late =
        x -> {
          check(x.minus(x.mean()).lt(32f), "{} is far", x);
          return x.times(2);
        };
    Op1 looked = x -> TABLE.get(ix(maximum(x.minus(66), scalar(0f)).astype(DType.I32)));
    Class<? extends Exception> failed = CheckFailedException.class;
    return List.of(
        new Row("a check", small, failed, "failed at (67,): 67.0 is large"),
        new Row("a check of lanes", vmap(small), failed, "failed in lane 67: 67.0 is large"),
        new Row("a check after a sum", late, failed, "failed at (67,): 67.0 is far"),
        new Row("an index", looked, ArrayIndexException.class, "index 3 "));
  }

  @TestFactory
  Stream<DynamicTest> failuresNameTheirRow() {
    return failures().stream().map(row -> DynamicTest.dynamicTest(row.what, () -> fails(row)));
  }

  private static void fails(Row row) {
    JitOp1 f = jit(row.f).symbolicBatch();
    assertThat(f.apply(arange(64f, 67f)).shape().dim(0)).isEqualTo(3);
    assertThatThrownBy(() -> f.apply(arange(70f)))
        .isInstanceOf(row.error)
        .hasMessageContaining(row.says)
        .hasMessageContaining("SymbolicEffectsTest.java:");
  }

  @Test
  void nansNameTheirRow() {
    Op1 root = x -> sqrt(scalar(67.5f).minus(x));
    assertThatThrownBy(() -> debugNans(() -> jit(root).symbolicBatch().apply(arange(70f))))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("gave NaN at (68,) of tensor<70xf32>");
  }

  /** What was donated is consumed, and what fails may be called again. */
  @Test
  void donationsFail() {
    JitOp1 f =
        jit(x -> {
              check(x.lt(67f), "{} is large", x);
              return x.times(2);
            })
            .donate(0)
            .symbolicBatch();
    Array x = arange(70f);
    assertThatThrownBy(() -> f.apply(x)).hasMessageContaining("failed at (67,): 67.0 is large");
    assertThat(f.apply(arange(3f)).toFloatArray()).containsExactly(0, 2, 4);
  }

  @Test
  void callbacksSeeTheSize() {
    List<Object> seen = new ArrayList<>();
    JitOp1 whole =
        jit(x -> {
              debugCallback((Array v) -> seen.add(v.shape()), x);
              return x.times(2);
            })
            .symbolicBatch();
    assertThat(whole.apply(arange(3f)).toFloatArray()).containsExactly(0, 2, 4);
    assertThat(whole.apply(arange(70f)).shape()).isEqualTo(Shape.of(70));
    assertThat(seen).isEqualTo(List.of(Shape.of(3), Shape.of(70)));
    seen.clear();
    JitOp1 lanes =
        jit(vmap(
                x -> {
                  debugCallback((Array v) -> seen.add(v.item()), x);
                  return x.times(2);
                }))
            .symbolicBatch();
    assertThat(lanes.apply(arange(3f)).toFloatArray()).containsExactly(0, 2, 4);
    assertThat(lanes.apply(arange(2f)).toFloatArray()).containsExactly(0, 2);
    assertThat(seen).isEqualTo(List.of(0.0, 1.0, 2.0, 0.0, 1.0));
  }

  @Test
  void callbacksGiveWhatHasAKnownSize() {
    Op1 total = x -> x.times(pureCallback((Array v) -> v.sum(), spec(DType.F32), x));
    assertThat(jit(total).symbolicBatch().apply(arange(3f)).toFloatArray())
        .containsExactly(0, 3, 6);
  }

  @TestFactory
  Stream<DynamicTest> callbacksGiveNoRows() {
    Op1 rows = x -> pureCallback((Array v) -> v.plus(1), x, x);
    Stream<Op1> lanes =
        Stream.of(VmapMethod.values())
            .map(m -> vmap(x -> pureCallback((Array v) -> v, spec(DType.F32), x, m)));
    return Stream.concat(Stream.of(rows), lanes)
        .map(f -> DynamicTest.dynamicTest("rows", () -> refused(f)));
  }

  private static void refused(Op1 f) {
    assertThatThrownBy(() -> jit(f).symbolicBatch().apply(arange(3f)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("gives [f32[?]]")
        .hasMessageContaining("SymbolicEffectsTest.java:");
  }
}
