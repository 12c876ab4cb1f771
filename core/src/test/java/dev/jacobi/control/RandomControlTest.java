package dev.jacobi.control;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.hessian;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.jvp;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.control.RandomControl.NUMBERS;
import static dev.jacobi.numpy.Jnp.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.control.RandomControl.Statement;
import dev.jacobi.numpy.Jnp;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Random branches and loops, three deep, under every transformation, against the same programs as
 * Java's own branches and loops over numbers that carry two derivatives.
 */
class RandomControlTest {
  private static final int DEPTH = 3;
  private static final int FEW = 8;
  private static final int MANY = 1000;
  private static final double TOLERANCE = 1e-9;
  private static final double[][] LANES = {{0.3, -0.7, 0.5}, {-0.9, 0.2, 0.1}, {0.8, 0.6, -0.4}};
  private static final double[] WEIGHTS = {1, -0.5, 0.25};
  private static final double[] DIRECTION = {0.5, 1, -1};
  private static final double[] NONE = {0, 0, 0};

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> agreesWithJava() {
    return seeds(0, FEW);
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicTest> manyAgreeWithJava() {
    return seeds(FEW, MANY);
  }

  private static Stream<DynamicTest> seeds(int from, int to) {
    return LongStream.range(from, to)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed, () -> holds(RandomControl.program(seed, DEPTH))));
  }

  private static void holds(Statement program) {
    Op1 f = x -> RandomControlInJacobi.run(program, x);
    Op1 loss = x -> Jnp.sum(f.apply(x).times(array(WEIGHTS)));
    Op1 slopes = grad(loss);
    Op1 along = x -> jvp(f, x, array(DIRECTION)).tangent();
    Op1 curves = grad(x -> Jnp.sum(slopes.apply(x).times(array(DIRECTION))));
    each("values", f, x -> outputs(program, x, NONE, NONE, HyperDual::value));
    each("jvp", along, x -> outputs(program, x, DIRECTION, NONE, HyperDual::first));
    each("gradient", slopes, x -> rows(program, x, NONE, HyperDual::second));
    close(
        "gradient of the gradient",
        jit(curves).apply(array(LANES[0])),
        rows(program, LANES[0], DIRECTION, HyperDual::both));
    Array hessian = jit(hessian(loss)).apply(array(LANES[0]));
    for (int i = 0; i < NUMBERS; i++) {
      close("Hessian", hessian.get(i), rows(program, LANES[0], unit(i), HyperDual::both));
    }
  }

  /** One lane eagerly and jitted, all of them batched. */
  private static void each(String what, Op1 f, UnaryOperator<double[]> expected) {
    close(what, f.apply(array(LANES[0])), expected.apply(LANES[0]));
    close("jitted " + what, jit(f).apply(array(LANES[1])), expected.apply(LANES[1]));
    Array batch = jit(vmap(f)).apply(array(LANES));
    for (int i = 0; i < LANES.length; i++) {
      close("batched " + what, batch.get(i), expected.apply(LANES[i]));
    }
  }

  private static void close(String what, Array ours, double[] expected) {
    double[] found = ours.toDoubleArray();
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      double bound = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertThat(found[i]).as("%s: element %d", what, i).isCloseTo(expected[i], within(bound));
    }
  }

  /** A part of each number after the program, of derivatives along two directions. */
  private static double[] outputs(
      Statement program, double[] x, double[] v, double[] w, ToDoubleFunction<HyperDual> part) {
    List<HyperDual> numbers =
        IntStream.range(0, NUMBERS).mapToObj(i -> new HyperDual(x[i], v[i], w[i], 0)).toList();
    return new RandomControlInJava(numbers, List.of())
        .run(program).stream().mapToDouble(part).toArray();
  }

  /** The derivative of the weighted sum along each axis, and perhaps along {@code v} too. */
  private static double[] rows(
      Statement program, double[] x, double[] v, ToDoubleFunction<HyperDual> part) {
    return IntStream.range(0, NUMBERS)
        .mapToDouble(i -> weighted(outputs(program, x, v, unit(i), part)))
        .toArray();
  }

  private static double weighted(double[] outputs) {
    return IntStream.range(0, NUMBERS).mapToDouble(i -> WEIGHTS[i] * outputs[i]).sum();
  }

  private static double[] unit(int place) {
    var unit = new double[NUMBERS];
    unit[place] = 1;
    return unit;
  }
}
