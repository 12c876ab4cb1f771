package dev.jacobi.optax;

import static dev.jacobi.numpy.Jnp.cos;
import static dev.jacobi.numpy.Jnp.floor;
import static dev.jacobi.numpy.Jnp.maximum;
import static dev.jacobi.numpy.Jnp.minimum;
import static dev.jacobi.numpy.Jnp.minus;
import static dev.jacobi.numpy.Jnp.pow;
import static dev.jacobi.numpy.Jnp.weak;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Learning rates that change; the part of {@link Optax} that makes a {@link Schedule}. */
public abstract class OptaxSchedules extends OptaxTransforms {
  OptaxSchedules() {}

  /** The same value at every step. */
  public static Schedule constantSchedule(double value) {
    return count ->
        Jnp.full(count.shape(), value, count.dtype() == DType.I64 ? DType.F64 : DType.F32);
  }

  /** From {@code from} to {@code to} in equal steps, and then {@code to}. */
  public static Schedule linearSchedule(double from, double to, long steps) {
    return polynomialSchedule(from, to, 1, steps, 0);
  }

  /**
   * {@code (from - to) (1 - t / steps)^power + to}, and then {@code to}.
   *
   * @param begin how long it is {@code from} before that
   * @throws LaxTypeException unless {@code steps} is positive and {@code begin} is not negative
   */
  public static Schedule polynomialSchedule(
      double from, double to, double power, long steps, long begin) {
    positive("polynomialSchedule", "steps", steps);
    notNegative("polynomialSchedule", "begin", begin);
    return count -> {
      Array left = minus(1, Jnp.clip(count.minus(begin), 0, steps).div(steps));
      return raised(left, power).times(from - to).plus(to);
    };
  }

  /** {@code value rate^(t / steps)}. */
  public static Schedule exponentialDecay(double value, long steps, double rate) {
    return exponentialDecay(value, steps, rate, DecayOptions.DEFAULT);
  }

  /**
   * The same from a later step on, in steps, or not beyond some value.
   *
   * @throws LaxTypeException unless {@code steps} and {@code rate} are positive
   */
  public static Schedule exponentialDecay(
      double value, long steps, double rate, DecayOptions options) {
    positive("exponentialDecay", "steps", steps);
    if (!(rate > 0)) {
      throw new LaxTypeException("exponentialDecay", "rate must be positive, not " + rate);
    }
    return count -> {
      Array after = count.minus(options.begin());
      Array part = after.div(steps);
      Array decayed = pow(rate, options.staircase() ? floor(part) : part).times(value);
      Array now = where(after.le(0), value, decayed);
      return options.endValue().isEmpty()
          ? now
          : rate < 1
              ? maximum(now, weak(options.endValue().getAsDouble()))
              : minimum(now, weak(options.endValue().getAsDouble()));
    };
  }

  /** Along half a cosine from {@code value} to 0. */
  public static Schedule cosineDecaySchedule(double value, long steps) {
    return cosineDecaySchedule(value, steps, 0, 1);
  }

  /**
   * Along half a cosine, to some power, from {@code value} to {@code alpha value}.
   *
   * @throws LaxTypeException unless {@code steps} is positive
   */
  public static Schedule cosineDecaySchedule(
      double value, long steps, double alpha, double exponent) {
    positive("cosineDecaySchedule", "steps", steps);
    return count -> {
      Array t = minimum(count, weak((double) steps));
      Array half = cos(t.times(Math.PI).div((double) steps)).plus(1).times(0.5);
      return raised(half, exponent).times(1 - alpha).plus(alpha).times(value);
    };
  }

  /** In equal steps from {@code from} to {@code peak}, and then {@code peak}. */
  public static Schedule warmupConstantSchedule(double from, double peak, long warmup) {
    return linearSchedule(from, peak, warmup);
  }

  /** In equal steps from {@code from} to {@code peak}, then along half a cosine to 0. */
  public static Schedule warmupCosineDecaySchedule(
      double from, double peak, long warmup, long steps) {
    return warmupCosineDecaySchedule(from, peak, warmup, steps, 0, 1);
  }

  /**
   * The same to {@code end}, with a power of the cosine.
   *
   * @param steps the length of both parts together
   */
  public static Schedule warmupCosineDecaySchedule(
      double from, double peak, long warmup, long steps, double end, double exponent) {
    double alpha = peak == 0 ? 0 : end / peak;
    return joinSchedules(
        List.of(
            linearSchedule(from, peak, warmup),
            cosineDecaySchedule(peak, steps - warmup, alpha, exponent)),
        List.of(warmup));
  }

  /** In equal steps from {@code from} to {@code peak}, then {@link #exponentialDecay}. */
  public static Schedule warmupExponentialDecaySchedule(
      double from, double peak, long warmup, long steps, double rate) {
    return joinSchedules(
        List.of(linearSchedule(from, peak, warmup), exponentialDecay(peak, steps, rate)),
        List.of(warmup));
  }

  /**
   * Multiplied at some steps.
   *
   * @param scales by the step from which on they count; not negative
   */
  public static Schedule piecewiseConstantSchedule(
      double value, java.util.Map<Long, Double> scales) {
    SortedMap<Long, Double> sorted = sorted("piecewiseConstantSchedule", scales);
    return count -> {
      Array v = constantSchedule(value).at(count);
      for (var entry : sorted.entrySet()) {
        v = where(count.lt(entry.getKey()), v, v.times(entry.getValue()));
      }
      return v;
    };
  }

  /** How to get from one value to the next. */
  public enum Interpolation {
    LINEAR,
    COSINE
  }

  /**
   * Between a value at step 0 and what it is multiplied with at other steps, without jumps.
   *
   * @param scales by the step at which the value has them as factors; not negative
   */
  public static Schedule piecewiseInterpolateSchedule(
      Interpolation between, double value, java.util.Map<Long, Double> scales) {
    SortedMap<Long, Double> sorted = sorted("piecewiseInterpolateSchedule", scales);
    return count -> {
      Array v = constantSchedule(value).at(count);
      double from = value;
      long begin = 0;
      for (var entry : sorted.entrySet()) {
        double to = from * entry.getValue();
        Array part = count.minus(begin).div(Math.max(entry.getKey() - begin, 1));
        Array inside = interpolated(between, from, to, part);
        v = where(count.lt(begin), v, where(count.lt(entry.getKey()), inside, to));
        from = to;
        begin = entry.getKey();
      }
      return v;
    };
  }

  private static Array interpolated(Interpolation between, double from, double to, Array part) {
    return switch (between) {
      case LINEAR -> part.times(to - from).plus(from);
      case COSINE -> cos(part.times(Math.PI)).plus(1).times((from - to) / 2).plus(to);
    };
  }

  /** Up to {@code peak} and down again, the last part to nearly nothing, in equal steps. */
  public static Schedule linearOnecycleSchedule(long steps, double peak) {
    positive("linearOnecycleSchedule", "steps", steps);
    var scales = new TreeMap<Long, Double>();
    scales.put((long) (0.3 * steps), 25.0);
    scales.put((long) (0.85 * steps), 1.0 / 25);
    scales.put(steps, 1.0 / 1e4);
    return piecewiseInterpolateSchedule(Interpolation.LINEAR, peak / 25, scales);
  }

  /** Up to {@code peak} and down to nearly nothing along half cosines. */
  public static Schedule cosineOnecycleSchedule(long steps, double peak) {
    positive("cosineOnecycleSchedule", "steps", steps);
    var scales = new TreeMap<Long, Double>();
    scales.put((long) (0.3 * steps), 25.0);
    scales.put(steps, 1.0 / (25 * 1e4));
    return piecewiseInterpolateSchedule(Interpolation.COSINE, peak / 25, scales);
  }

  /**
   * One schedule after the other; each counts from its own beginning.
   *
   * @param boundaries the steps at which the second and later ones begin
   */
  public static Schedule joinSchedules(List<Schedule> schedules, List<Long> boundaries) {
    if (schedules.size() != boundaries.size() + 1) {
      throw new LaxTypeException(
          "joinSchedules",
          schedules.size() + " schedules need one boundary less, not " + boundaries.size());
    }
    List<Schedule> parts = List.copyOf(schedules);
    List<Long> begins = List.copyOf(boundaries);
    return count -> {
      Array value = parts.getFirst().at(count);
      for (int i = 0; i < begins.size(); i++) {
        long begin = begins.get(i);
        value = where(count.lt(begin), value, parts.get(i + 1).at(count.minus(begin)));
      }
      return value;
    };
  }

  /** Cosine decays with warm-up, one after the other (SGDR); each as long as its steps say. */
  public static Schedule sgdrSchedule(List<Cycle> cycles) {
    List<Schedule> parts =
        cycles.stream()
            .map(c -> warmupCosineDecaySchedule(c.from, c.peak, c.warmup, c.steps, c.end, 1))
            .toList();
    List<Long> boundaries = new java.util.ArrayList<>();
    long at = 0;
    for (Cycle c : cycles.subList(0, Math.max(cycles.size() - 1, 0))) {
      at += c.steps;
      boundaries.add(at);
    }
    return joinSchedules(parts, boundaries);
  }

  /** The arguments of one {@link #warmupCosineDecaySchedule}. */
  public record Cycle(double from, double peak, long warmup, long steps, double end) {}

  private static Array raised(Array x, double power) {
    return power == Math.rint(power) && Math.abs(power) < 64
        ? power == 1 ? x : x.pow((long) power)
        : x.pow(power);
  }

  private static SortedMap<Long, Double> sorted(String name, java.util.Map<Long, Double> scales) {
    scales.forEach(
        (step, scale) -> {
          if (!(scale >= 0)) {
            throw new LaxTypeException(name, "scale " + scale + " at " + step + " is negative");
          }
        });
    return new TreeMap<>(scales);
  }

  private static void positive(String name, String what, long value) {
    if (value <= 0) {
      throw new LaxTypeException(name, what + " must be positive, not " + value);
    }
  }

  private static void notNegative(String name, String what, long value) {
    if (value < 0) {
      throw new LaxTypeException(name, what + " must not be negative, but is " + value);
    }
  }
}
