package dev.jacobi.lax;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.makeJaxpr;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Op1;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.lowering.Lowering;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.ShapeMismatchException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What goldens cannot say of {@link Lax}: texts of programs, trees, errors. */
class LaxTest {
  private static final Array X = array(0.5f, 1f, 2f);

  private static String hlo(Op1 f, Array x) {
    return HloPrinter.print(Lowering.lower("f", makeJaxpr((Fn1<Array, Array>) f, x), Set.of()));
  }

  @Test
  void functionsOfOneArrayArePassedByName() {
    assertThat(vmap(Lax::exp).apply(X).shape()).isEqualTo(X.shape());
    assertThat(grad(Lax::tanh).apply(array(0f).reshape()).item()).isEqualTo(1);
    assertThat(vmap(AccuracyMode.HIGHEST::log).apply(X).shape()).isEqualTo(X.shape());
    assertThat(vmap(RoundingMethod.TO_NEAREST_EVEN::round).apply(X).get(0).item()).isZero();
  }

  @Test
  void accuraciesAreWritten() {
    assertThat(hlo(AccuracyMode.HIGHEST::exp, X))
        .contains("stablehlo.exponential")
        .contains("result_accuracy_mode<HIGHEST>");
    assertThat(hlo(AccuracyMode.DEFAULT::exp, X)).doesNotContain("result_accuracy");
    assertThat(hlo(new Tolerance(1e-3, 0, 2)::tanh, X))
        .contains("atol = 1.000000e-03, ulps = 2")
        .contains("result_accuracy_mode<TOLERANCE>");
  }

  @Test
  void compositesKeepTheirNameVersionAndAttributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("axis", 0);
    attributes.put("eps", 0.5);
    attributes.put("kind", "a \"b\"");
    attributes.put("sizes", List.of(1, 2));
    attributes.put("none", null);
    Op1 sum = x -> Jnp.sum(Jnp.square(x));
    Fn1<Array, Array> named = Lax.composite((Fn1<Array, Array>) sum, "my.sum", 3, attributes);
    assertThat(hlo(named::apply, X))
        .contains("stablehlo.composite \"my.sum\"")
        .contains("axis = 0 : i64")
        .contains("eps = 5.0")
        .contains("sizes = [1 : i64, 2 : i64]")
        .contains("decomposition = @my.sum")
        .contains("version = 3 : i32")
        .doesNotContain("none");
    assertThat(named.apply(X).item()).isEqualTo(5.25);
    assertThat(jit(named).apply(X).item()).isEqualTo(5.25);
    assertThatThrownBy(() -> grad(named).apply(X))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("my.sum")
        .hasMessageContaining("customJvp");
    assertThatThrownBy(() -> vmap(named).apply(X.reshape(3, 1)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("batches");
  }

  @Test
  void attributesAreNoArrays() {
    Op1 f = x -> x;
    Fn1<Array, Array> bad = Lax.composite((Fn1<Array, Array>) f, "f", 0, Map.of("a", X));
    assertThatThrownBy(() -> bad.apply(X))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("arrays are operands");
  }

  @Test
  void barriersTakeTrees() {
    Map<String, Array> tree = Lax.optimizationBarrier(Map.of("a", X, "b", arange(3)));
    assertThat(tree.get("a").dtype()).isEqualTo(DType.F32);
    assertThat(tree.get("b").dtype()).isEqualTo(DType.I32);
    Op1 f = x -> Jnp.sum(Lax.optimizationBarrier(List.of(x, Jnp.sin(x))).get(1));
    assertThat(grad(f).apply(X).get(0).item()).isEqualTo((float) Math.cos(0.5));
    assertThat(Lax.optimizationBarrier(List.of())).isEmpty();
  }

  @Test
  void platforms() {
    Map<String, Op1> branches = Map.of("cpu", x -> x.plus(1), "tpu", x -> x.minus(1));
    assertThat(Lax.platformDependent(X, branches).get(0).item()).isEqualTo(1.5);
    Map<String, Op1> other = Map.of("cuda", x -> x.minus(1));
    Op1 otherwise = x -> x.times(2);
    assertThat(Lax.platformDependent(X, other, otherwise).get(0).item()).isEqualTo(1);
    assertThatThrownBy(() -> Lax.platformDependent(X, other)).hasMessageContaining("for cpu");
    Map<String, Op1> vague = Map.of("gpu", x -> x);
    assertThatThrownBy(() -> Lax.platformDependent(X, vague)).hasMessageContaining("cuda or rocm");
  }

  @Test
  void shapes() {
    assertThat(Lax.broadcastShapes(Shape.of(3, 1), Shape.of(4))).isEqualTo(Shape.of(3, 4));
    assertThat(Lax.broadcastShapes()).isEqualTo(Shape.scalar());
    assertThatThrownBy(() -> Lax.broadcastShapes(Shape.of(3), Shape.of(4)))
        .isInstanceOf(ShapeMismatchException.class);
    assertThat(Lax.empty(Shape.of(2, 3), DType.BF16).aval().toString()).isEqualTo("bf16[2,3]");
    assertThat(Lax.full(Shape.of(2), 1).aval().weak()).isTrue();
    assertThat(Lax.full(Shape.of(2), 1L << 40, DType.I64).get(1).itemLong()).isEqualTo(1L << 40);
    assertThat(Lax.conj(X).dtype()).isEqualTo(DType.C64);
    assertThat(Lax.stage(X)).isSameAs(X);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    Array m = Jnp.ones(2, 3);
    Array i = Jnp.weak(1);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("one number per dimension", () -> Lax.slice(m, Longs.of(0), Longs.of(1, 1)));
    calls.put("out of bounds", () -> Lax.indexInDim(m, 3, 1, true));
    calls.put("no dimension 2", () -> Lax.dynamicSliceInDim(m, i, 1, 2));
    calls.put("does not fit", () -> Lax.dynamicSliceInDim(m, i, 4, 1));
    calls.put("one integer scalar", () -> Lax.dynamicSlice(m, List.of(i), 1, 1));
    calls.put("cannot have 1 dimensions", () -> Lax.broadcastToRank(m, 1));
    calls.put("no dimensions 2:1", () -> Lax.collapse(m, 2, 1));
    calls.put("low, high, interior", () -> Lax.pad(m, i, new long[] {1, 1}));
    calls.put("booleans and at most two", () -> Lax.selectN(arange(2)));
    calls.put("takes integers and cases", () -> Lax.selectN(Lax.gt(X, X), X, X, X));
    calls.put("k must be", () -> Lax.approxMaxK(m, 4));
    calls.put("takes floating-point", () -> Lax.approxMinK(arange(3), 1));
    calls.put(
        "0 < recallTarget < 1", () -> Lax.approxMaxK(m, 1, 1, new ApproxOptions(1, -1, false)));
    calls.put("a state is", () -> Lax.rngBitGenerator(arange(4), 3));
    calls.put("unsigned integers", () -> bits(DType.F32));
    calls.put("may be negative", () -> new Tolerance(-1, 0, 0));
    calls.put("must be given", () -> new Tolerance(0, 0, 0));
    calls.forEach(
        (message, call) ->
            assertThatThrownBy(call)
                .as(message)
                .isInstanceOf(LaxTypeException.class)
                .hasMessageContaining(message));
  }

  private static Array bits(DType dtype) {
    Array state = Jnp.zeros(Shape.of(4), DType.U32);
    return Lax.rngBitGenerator(state, Shape.of(2), dtype, RandomAlgorithm.RNG_DEFAULT).bits();
  }

  @Test
  void applyingHasNoDerivative() {
    ScatterDimensionNumbers rows = new ScatterDimensionNumbers(Axes.of(), Axes.of(0), Axes.of(0));
    IndexOptions clip = IndexOptions.of(GatherScatterMode.CLIP);
    Array at = array(new int[][] {{1}});
    Op1 f = x -> Jnp.sum(Lax.scatterApply(x, at, v -> v.times(3), rows, Shape.of(1), clip));
    assertThat(f.apply(X).item()).isEqualTo(5.5);
    assertThatThrownBy(() -> grad(f).apply(X))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("scatter_apply");
  }
}
