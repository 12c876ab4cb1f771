package dev.jacobi.cpu.math;

/** Distances in units in the last place of the reference. */
final class Ulp {
  private Ulp() {}

  /** Of a float from a value known in double; infinite where it is not even of the right kind. */
  static double of(float got, double value) {
    if (Double.isNaN(value) || Float.isNaN(got)) {
      return Double.isNaN(value) && Float.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (got == 0 && Math.copySign(1, got) != Math.copySign(1, value)) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.abs(bounded(got) - clamp(value)) / ulp(value);
  }

  /** An infinite result counts as the number that would follow the largest. */
  private static double bounded(float x) {
    return Float.isInfinite(x) ? Math.copySign(0x1p128, x) : x;
  }

  private static double clamp(double value) {
    return Math.max(-0x1p128, Math.min(0x1p128, value));
  }

  private static double ulp(double value) {
    return Math.ulp((float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value)));
  }

  /** Of a double from a value known as a sum of two. */
  static double of(double got, double high, double low) {
    if (Double.isNaN(high) || Double.isNaN(got)) {
      return Double.isNaN(high) && Double.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (got == 0 && Math.copySign(1, got) != Math.copySign(1, high)) {
      return Double.POSITIVE_INFINITY;
    }
    if (got == high) {
      return Double.isInfinite(high) ? 0 : Math.abs(low) / Math.ulp(high);
    }
    if (Double.isInfinite(got) || Double.isInfinite(high)) {
      boolean edge = Math.abs(got) == Double.MAX_VALUE || Math.abs(high) == Double.MAX_VALUE;
      return edge && got * high > 0 ? 1 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(got - high - low) / Math.ulp(high);
  }
}
