package dev.jacobi.golden;

import dev.jacobi.OnPlugins;
import dev.jacobi.hlo.DType;
import java.util.Optional;

/**
 * How near a result must be to JAX's. Infinities, NaN and, where exact, zeros' signs must agree.
 */
public sealed interface Closeness {
  /** To the bit. */
  record Exact() implements Closeness {}

  /** Each element within so many units in the last place of JAX's; a complex one of its modulus. */
  record Ulps(double n) implements Closeness {}

  /** Each element within so many units in the last place of the larger of its magnitude and 1. */
  record UlpsOfOne(double n) implements Closeness {}

  /** The same, and what an ulp of 1 in its probability changes a quantile of the normal law. */
  record NormalQuantile(double n) implements Closeness {}

  /** Each element within a fraction of the largest finite magnitude of JAX's array. */
  record OfLargest(double fraction) implements Closeness {}

  /** Each element within a fraction of its own magnitude, or of {@code least} if that is more. */
  record Mixed(double fraction, double least) implements Closeness {}

  /** What is wrong, or nothing. */
  default Optional<String> difference(GoldenArray ours, GoldenArray jax) {
    if (ours.dtype() != jax.dtype() || !ours.shape().equals(jax.shape())) {
      return Optional.of("types differ: ours %s, JAX %s".formatted(ours, jax));
    }
    double[] a = ours.doubles();
    double[] b = jax.doubles();
    for (int i = 0; i < a.length; i++) {
      if (!near(ours, jax, a, b, i)) {
        return Optional.of(
            "element %d: ours %s, JAX %s\n  ours %s\n  JAX  %s"
                .formatted(i, a[i], b[i], ours, jax));
      }
    }
    return Optional.empty();
  }

  private boolean near(GoldenArray ours, GoldenArray jax, double[] a, double[] b, int i) {
    if (ours.words()[i] == jax.words()[i]) {
      return true;
    }
    DType type = jax.real();
    if (type.kind() != DType.Kind.FLOAT || Double.isNaN(a[i]) || Double.isNaN(b[i])) {
      return false;
    }
    if (isFlushed(type, a[i], b[i])) {
      return true;
    }
    if (this instanceof Exact || Double.isInfinite(b[i])) {
      return false;
    }
    return Math.abs(a[i] - b[i]) <= OnPlugins.slack() * allowed(jax, b, i);
  }

  /** XLA writes zero where the result is subnormal. */
  private static boolean isFlushed(DType type, double ours, double jax) {
    return jax == 0 && ours != 0 && Math.abs(ours) <= smallestNormal(type);
  }

  private double allowed(GoldenArray jax, double[] b, int i) {
    DType type = jax.real();
    double size = jax.isReal() ? Math.abs(b[i]) : Math.hypot(b[i - i % 2], b[i - i % 2 + 1]);
    return switch (this) {
      case Exact() -> 0;
      case Ulps(double n) -> n * spacing(type, size);
      case UlpsOfOne(double n) -> n * spacing(type, Math.max(size, 1));
      case NormalQuantile(double n) ->
          n * spacing(type, Math.max(size, 1)) + epsilon(type) * Math.exp(size * size / 2);
      case Mixed(double fraction, double least) -> fraction * Math.max(size, least);
      case OfLargest(double fraction) -> fraction * Math.max(largest(b), smallestNormal(type));
    };
  }

  private static double largest(double[] values) {
    double max = 0;
    for (double v : values) {
      max = Double.isFinite(v) ? Math.max(max, Math.abs(v)) : max;
    }
    return max;
  }

  /** The distance of neighbouring numbers of the type at this magnitude. */
  private static double spacing(DType type, double magnitude) {
    double normal = Math.max(magnitude, smallestNormal(type));
    return Math.scalb(1.0, Math.getExponent(normal)) * epsilon(type);
  }

  /** The distance from one to the next number of the type. */
  static double epsilon(DType type) {
    return switch (type) {
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      case F64, C128 -> 0x1p-52;
      default -> 0x1p-23;
    };
  }

  private static double smallestNormal(DType type) {
    return switch (type) {
      case F16 -> 0x1p-14;
      case F64, C128 -> Double.MIN_NORMAL;
      default -> Float.MIN_NORMAL;
    };
  }
}
