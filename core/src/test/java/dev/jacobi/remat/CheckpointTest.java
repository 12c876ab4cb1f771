package dev.jacobi.remat;

import static dev.jacobi.Jacobi.checkpoint;
import static dev.jacobi.Jacobi.checkpointName;
import static dev.jacobi.Jacobi.customJvp;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.linearTranspose;
import static dev.jacobi.Jacobi.makeJaxpr;
import static dev.jacobi.Jacobi.savedResiduals;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.JvpResult;
import dev.jacobi.NamedError;
import dev.jacobi.Op1;
import dev.jacobi.trace.ConcretizationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What checkpointed functions keep, repeat, and refuse. */
class CheckpointTest {
  private static final Array X = array(0.5f, 1f, 2f);

  private static CheckpointOptions with(CheckpointPolicy policy) {
    return CheckpointOptions.DEFAULT.withPolicy(policy);
  }

  private static long bytes(Op1 f) {
    return savedResiduals(f, X).stream().mapToLong(SavedResidual::bytes).sum();
  }

  private static Op1 layers(int n, Op1 layer) {
    return x -> {
      Array y = x;
      for (int i = 0; i < n; i++) {
        y = layer.apply(y);
      }
      return y;
    };
  }

  /** Each layer of two operations needs two arrays; checkpointed it keeps its argument. */
  @Test
  void memoryOfManyLayers() {
    Op1 layer = x -> sin(exp(sin(x)));
    assertThat(bytes(layers(10, layer))).isEqualTo(10 * 3 * 12);
    assertThat(bytes(layers(10, checkpoint(layer)))).isEqualTo(10 * 12);
    assertThat(bytes(checkpoint(layers(10, layer)))).isEqualTo(12);
  }

  /**
   * The residuals of a derivative are of what the result depends on, not of what is thrown away.
   */
  @Test
  void whatIsNotReturnedIsNotKept() {
    assertThat(bytes(x -> sin(exp(x).minus(0)).times(0).plus(x).minus(sin(x)))).isPositive();
    Fn1<Array, Array> first = x -> List.of(x.times(2), sin(exp(x))).getFirst();
    assertThat(savedResiduals(first, X)).isEmpty();
  }

  @Test
  void sourcesAreTold() {
    Fn2<Map<String, Array>, Array, Array> f =
        checkpoint(
            (Map<String, Array> p, Array x) ->
                sin(checkpointName(sin(p.get("w").times(x)), "hidden")),
            with(CheckpointPolicies.saveOnlyTheseNames("hidden")));
    List<SavedResidual> kept = savedResiduals(f, Map.of("w", X), X);
    assertThat(kept.toString())
        .contains(
            "f32[3] from the argument 0[\"w\"], f32[3] from the argument 1, f32[3] named 'hidden'")
        .contains("CheckpointTest.java:");
    Array constant = array(1f, 2f, 3f);
    assertThat(savedResiduals(x -> sin(x.times(constant)), X).toString())
        .contains("from a constant")
        .contains("output of cos");
  }

  /** The first run of a function, and its repetition, as programs. */
  @Test
  void onTheWayBackTheFunctionIsRepeatedBehindABarrier() {
    Op1 f = checkpoint((Array x) -> sin(sin(x)));
    String text = jit(grad((Array x) -> sum(f.apply(x)))).lower(X).text();
    assertThat(text.split("stablehlo.optimization_barrier", -1)).hasSize(2);
    assertThat(text.split("stablehlo.sine", -1)).as("once: the value is not asked for").hasSize(2);
    Op1 open =
        checkpoint((Array x) -> sin(sin(x)), CheckpointOptions.DEFAULT.withPreventCse(false));
    assertThat(jit(grad((Array x) -> sum(open.apply(x)))).lower(X).text())
        .doesNotContain("optimization_barrier");
  }

  @Test
  void policiesReadAsInJax() {
    assertThat(
            List.of(
                CheckpointPolicies.dotsWithNoBatchDimsSaveable(),
                CheckpointPolicies.saveOnlyTheseNames("b", "a"),
                CheckpointPolicies.saveAnyNamesButThese(),
                CheckpointPolicies.nothingSaveable()))
        .map(Object::toString)
        .containsExactly(
            "DotsSaveable(only_if_no_batch_dims=True)",
            "SaveOnlyTheseNames(saveable_names=frozenset({'a', 'b'}))",
            "SaveAnyNamesButThese(names=frozenset())",
            "nothing_saveable");
  }

  /** The same function object is traced once, whatever it is called with of the same type. */
  @Test
  void aFunctionIsTracedOnce() {
    int[] traces = {0};
    Op1 f =
        checkpoint(
            (Array x) -> {
              traces[0]++;
              return sin(x);
            });
    f.apply(X);
    grad((Array x) -> sum(f.apply(x))).apply(X);
    assertThat(traces[0]).isEqualTo(1);
  }

  @Test
  void linearFunctionsAreTransposed() {
    Fn1<Array, Array> f = checkpoint((Array x) -> x.times(array(1f, 2f, 3f)));
    assertThat(linearTranspose(f, X).apply(ones(3)).toString()).isEqualTo("[1. 2. 3.]");
  }

  /** A custom rule may call a checkpointed function of values and tangents. */
  @Test
  void insideOfACustomRule() {
    Fn2<Array, Array, JvpResult<Array>> rule =
        checkpoint((Array x, Array t) -> new JvpResult<>(sin(x), t.times(exp(x))));
    Op1 f = customJvp((Array x) -> sin(x), rule);
    Array g = grad((Array x) -> sum(f.apply(x))).apply(X);
    assertThat(g.toString()).isEqualTo(exp(X).toString());
  }

  @Test
  void namesAreTransparent() {
    assertThat(checkpointName(X, "a")).isSameAs(X);
    assertThat(makeJaxpr(x -> checkpointName(x, "a"), X).toString())
        .contains("b:f32[3] = name[name=a] a");
  }

  @TestFactory
  Stream<DynamicTest> misuses() {
    Map<String, NamedError> all = new LinkedHashMap<>();
    all.put(
        "values inside",
        new NamedError(
            () -> checkpoint((Array x) -> x.item() > 0 ? x : x.times(2)).apply(array(1f)),
            ConcretizationException.class,
            "checkpoint traces the function without values"));
    all.put(
        "a barrier for arguments that are not there",
        new NamedError(
            () ->
                checkpoint((Array x) -> x, CheckpointOptions.DEFAULT.withPreventCse(true, false))
                    .apply(X),
            CheckpointException.class,
            "preventCse has 2 values, but the function has 1 arguments"));
    return NamedError.tests(all, "CheckpointTest.java");
  }

  @Test
  void thereIsNoOtherMemory() {
    Op1 named =
        checkpoint(
            (Array x) -> sin(checkpointName(sin(x), "a")),
            with(
                CheckpointPolicies.saveAndOffloadOnlyTheseNames(
                    List.of("b"), List.of("a"), "device", "pinned_host")));
    assertThat(named.apply(X).shape()).isEqualTo(X.shape());
    assertThatThrownBy(() -> grad((Array x) -> sum(named.apply(x))).apply(X))
        .isExactlyInstanceOf(OffloadException.class)
        .hasMessageContaining("in the memory pinned_host, but the backends have one memory each");
    Fn2<Array, Array, Array> dot =
        checkpoint(
            (Array x, Array y) -> sin(sin(x.matmul(y))),
            with(CheckpointPolicies.offloadDotWithNoBatchDims("device", "pinned_host")));
    assertThatThrownBy(() -> savedResiduals(dot, X, X)).isExactlyInstanceOf(OffloadException.class);
    assertThatThrownBy(
            () ->
                CheckpointPolicies.saveAndOffloadOnlyTheseNames(
                    List.of("a", "b"), List.of("b"), "device", "pinned_host"))
        .isExactlyInstanceOf(CheckpointException.class)
        .hasMessageContaining("in both lists is b");
  }
}
