package dev.jacobi.optax;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.square;
import static dev.jacobi.numpy.Jnp.stack;
import static dev.jacobi.numpy.Jnp.zeros;
import static dev.jacobi.optax.Optax.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Trees;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.tree.TreeException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Optimisers are functions of trees like others: they compile, batch, loop and have derivatives.
 */
@Tag("slow")
class OptaxTest {
  record Line(Array w, Array b) {}

  record Training(Line line, OptState<Line> state) {}

  private static final Array X = array(new float[][] {{1, 2}, {-1, 0.5f}, {0, 1}, {2, -1}});
  private static final Array Y = array(1f, 2f, -1f, 0.5f);
  private static final Line START = new Line(array(0.1f, -0.2f), array(0.3f));

  private static final Map<String, GradientTransformation> ALL =
      Map.of(
          "sgd", sgd(0.05, 0.9),
          "adam", chain(clipByGlobalNorm(1), adam(exponentialDecay(0.05, 10, 0.9))),
          "adamw", adamw(0.05, Decay.of(0.1).where(p -> p.toString().equals("w"))),
          "lion", lion(0.02),
          "rmsprop", rmsprop(0.05, RmspropOptions.DEFAULT.withCentered().withInitialScale(1)));

  private static Array loss(Line line, Array x, Array y) {
    return square(x.matmul(line.w).plus(line.b).minus(y)).mean();
  }

  private static Training step(GradientTransformation f, Training t, Array x, Array y) {
    Line gradient = grad(OptaxTest::loss).apply(t.line, x, y);
    Step<Line> step = f.update(gradient, t.state, t.line);
    return new Training(applyUpdates(t.line, step.updates()), step.state());
  }

  private static Training start(GradientTransformation f, Line line) {
    return new Training(line, f.init(line));
  }

  private static Training eager(GradientTransformation f, Line line, Array x, Array y, int steps) {
    Training t = start(f, line);
    for (int i = 0; i < steps; i++) {
      t = step(f, t, x, y);
    }
    return t;
  }

  private static float[] numbers(Object tree) {
    return Trees.ravelTree(tree).vector().astype(DType.F32).toFloatArray();
  }

  @TestFactory
  Stream<DynamicTest> compilesAndLoops() {
    return tests(
        f -> {
          float[] expected = numbers(eager(f, START, X, Y, 5));
          var compiled = jit((Training t, Array x, Array y) -> step(f, t, x, y));
          Training t = start(f, START);
          for (int i = 0; i < 5; i++) {
            t = compiled.apply(t, X, Y);
          }
          assertThat(numbers(t)).isEqualTo(expected);
          Training looped = Lax.foriLoop(0, 5, (i, s) -> step(f, s, X, Y), start(f, START));
          assertThat(numbers(looped)).isEqualTo(expected);
        });
  }

  @TestFactory
  Stream<DynamicTest> lowersTheLoss() {
    return tests(
        f -> {
          double before = loss(START, X, Y).item();
          double after = loss(eager(f, START, X, Y, 30).line, X, Y).item();
          assertThat(after).isLessThan(0.8 * before);
        });
  }

  @TestFactory
  Stream<DynamicTest> batches() {
    return tests(
        f -> {
          Line other = Trees.map(p -> p.plus(0.7), START);
          Line both = Trees.map((p, q) -> stack(p, q), START, other);
          Fn1<Line, Training> train = line -> eager(f, line, X, Y, 3);
          Training batch = vmap(train).apply(both);
          Training first = Trees.map(a -> a.get(0), batch);
          Training second = Trees.map(a -> a.get(1), batch);
          near(numbers(first), numbers(train.apply(START)));
          near(numbers(second), numbers(train.apply(other)));
        });
  }

  private static void near(float[] ours, float[] expected) {
    assertThat(ours).hasSameSizeAs(expected);
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i])
          .isCloseTo(expected[i], within(2e-5f * Math.max(1, Math.abs(expected[i]))));
    }
  }

  /** The learning rate's gradient, against differences in double precision. */
  @Test
  void derivativesGoThroughTheOptimiser() {
    Line start = Trees.map(p -> p.astype(DType.F64), START);
    Array x = X.astype(DType.F64);
    Array y = Y.astype(DType.F64);
    var smooth = AdamOptions.DEFAULT.withEpsRoot(1e-8);
    Fn1<Array, Array> after =
        rate -> {
          var f = chain(clipByGlobalNorm(0.5), adam(count -> rate, smooth));
          return loss(eager(f, start, x, y, 4).line, x, y);
        };
    double h = 1e-6;
    double slope =
        (after.apply(array(0.1 + h)).item() - after.apply(array(0.1 - h)).item()) / (2 * h);
    assertThat(grad(after).apply(array(0.1)).item()).isCloseTo(slope, within(1e-7));
  }

  /** Where nothing is clipped, the derivative of the norm at zero does not matter. */
  @Test
  void clippingHasFiniteDerivativesAtZero() {
    for (var f : List.of(clipByGlobalNorm(1), clipByNorm(1), scaleByTrustRatio())) {
      Fn1<Array, Array> g = x -> f.update(x, f.init(x), x).updates().sum();
      assertThat(grad(g).apply(zeros(2)).toFloatArray()).as("%s", f).containsExactly(1, 1);
    }
  }

  @Test
  void stepsOfSixteenBitsKeepTheirTypes() {
    Line half = Trees.map(p -> p.astype(DType.BF16), START);
    for (var f : ALL.values()) {
      Training t = eager(f, half, X.astype(DType.BF16), Y.astype(DType.BF16), 2);
      assertThat(t.line.w().dtype()).isEqualTo(DType.BF16);
    }
  }

  @Test
  void schedulesOfNumbers() {
    assertThat(linearSchedule(0, 1, 4).at(2)).isEqualTo(0.5);
    assertThat(constantSchedule(0.25).at(7)).isEqualTo(0.25);
  }

  @TestFactory
  Stream<DynamicTest> misuse() {
    var adam = adam(0.1);
    var sgd = sgd(0.1, 0.9);
    Map<Runnable, Class<? extends RuntimeException>> all =
        Map.of(
            () -> adam.update(START, sgd.init(START), START), OptStateException.class,
            () -> chain(adam).update(START, adam.init(START), START), OptStateException.class,
            () -> scaleByAdam(AdamOptions.DEFAULT).update(START, adam.init(START), START),
                OptStateException.class,
            () -> linearSchedule(0, 1, 0), LaxTypeException.class,
            () -> cosineDecaySchedule(1, -1), LaxTypeException.class,
            () -> exponentialDecay(1, 5, 0), LaxTypeException.class,
            () -> piecewiseConstantSchedule(1, Map.of(3L, -1.0)), LaxTypeException.class,
            () -> joinSchedules(List.of(constantSchedule(1)), List.of(3L)), LaxTypeException.class,
            () -> applyUpdates((Object) START, START.w()), TreeException.StructureMismatch.class);
    return all.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getValue().getSimpleName(),
                    () -> assertThatThrownBy(e.getKey()::run).isInstanceOf(e.getValue())));
  }

  @Test
  void errorsNameBothSides() {
    assertThatThrownBy(() -> sgd(0.1, 0.9).update(START, sgd(0.1).init(START), START))
        .isInstanceOf(OptStateException.class)
        .hasMessageContaining("Chain")
        .hasMessageContaining("Empty");
  }

  private interface Check {
    void of(GradientTransformation f);
  }

  private static Stream<DynamicTest> tests(Check check) {
    return ALL.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check.of(e.getValue())));
  }
}
