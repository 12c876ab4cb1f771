package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/** Compares two arrays, element by element, within what {@link Bounds} allows. */
final class Closeness {
  private Closeness() {}

  /** The first element that differs, in words; nothing if there is none. */
  static Optional<String> exact(Literal expected, Literal got) {
    return ulps(expected, got, 0);
  }

  /** Differences of up to {@code n} units in the last place. */
  static Optional<String> ulps(Literal expected, Literal got, double n) {
    boolean complex = expected.dtype().isComplex();
    for (long i = 0; i < expected.shape().size(); i++) {
      boolean same =
          complex && n > 0 ? nearComplex(expected, got, i, n) : nearParts(expected, got, i, n);
      if (!same) {
        return Optional.of(difference(expected, got, i));
      }
    }
    return Optional.empty();
  }

  /** The same of real numbers, but in units of at least those at {@code least}. */
  static Optional<String> ulpsAbove(Literal expected, Literal got, double n, double least) {
    double unit = eps(expected.dtype()) * least;
    for (long i = 0; i < expected.shape().size(); i++) {
      double error = Math.abs(expected.getDouble(i) - got.getDouble(i));
      if (!(error <= n * unit || nearParts(expected, got, i, n))) {
        return Optional.of(difference(expected, got, i));
      }
    }
    return Optional.empty();
  }

  /** Differences of up to {@code n} units in the last place, and beyond that up to an error. */
  static Optional<String> conditioned(Literal expected, Literal got, double n, Conditions c) {
    for (long i = 0; i < expected.shape().size(); i++) {
      boolean same =
          expected.dtype().isComplex()
              ? nearComplex(expected, got, i, n)
              : nearParts(expected, got, i, n);
      if (!same && !within(expected, got, i, n, c)) {
        return Optional.of(difference(expected, got, i));
      }
    }
    return Optional.empty();
  }

  private static boolean within(Literal x, Literal y, long i, double n, Conditions c) {
    double re = Math.abs(x.getDouble(i) - y.getDouble(i));
    double im = Math.abs(x.getImag(i) - y.getImag(i));
    double magnitude = Math.max(Math.hypot(x.getDouble(i), x.getImag(i)), least(x.dtype()));
    double allowed = n * eps(x.dtype()) * magnitude + c.error().applyAsDouble(i);
    return Math.hypot(Math.min(re, Math.abs(re - c.period())), im) <= allowed
        && magnitude < most(x.dtype());
  }

  private static boolean nearParts(Literal x, Literal y, long i, double n) {
    DType t = x.dtype();
    if (!t.isInexact()) {
      return x.getLong(i) == y.getLong(i);
    }
    return near(t.real(), x.getDouble(i), y.getDouble(i), n)
        && near(t.real(), x.getImag(i), y.getImag(i), n);
  }

  private static boolean near(DType t, double x, double y, double n) {
    if (x != x || y != y) {
      return x != x && y != y;
    }
    boolean sameSign = Double.doubleToRawLongBits(x) >= 0 == Double.doubleToRawLongBits(y) >= 0;
    return n == 0 ? x == y && sameSign : Math.abs(steps(t, x) - steps(t, y)) <= n;
  }

  /** Relative to the magnitude; where a part is not finite, both numbers must have such a part. */
  private static boolean nearComplex(Literal x, Literal y, long i, double n) {
    double re = x.getDouble(i);
    double im = x.getImag(i);
    double re2 = y.getDouble(i);
    double im2 = y.getImag(i);
    boolean finite = Double.isFinite(re) && Double.isFinite(im);
    boolean finite2 = Double.isFinite(re2) && Double.isFinite(im2);
    if (!finite || !finite2) {
      return finite == finite2 || large(x.dtype(), re, im) || large(x.dtype(), re2, im2);
    }
    double magnitude = Math.max(Math.hypot(re, im), least(x.dtype()));
    return Math.hypot(re - re2, im - im2) <= n * eps(x.dtype()) * magnitude;
  }

  private static boolean large(DType t, double re, double im) {
    return Double.isFinite(re) && Double.isFinite(im) && Math.hypot(re, im) > most(t) / 4;
  }

  /**
   * Sums: differences of up to {@code n} eps of the sum of magnitudes. Where that overflows, or is
   * not a number, the order of summation decides and nothing is compared.
   */
  static Optional<String> sum(
      Literal expected, Literal got, double n, LongToDoubleFunction magnitudes) {
    DType t = expected.dtype();
    for (long i = 0; i < expected.shape().size(); i++) {
      double magnitude = magnitudes.applyAsDouble(i);
      if (!(magnitude < most(t) / 4) || nearParts(expected, got, i, 0)) {
        continue;
      }
      double allowed = n * (eps(t) * magnitude + least(t) * eps(t));
      double error =
          Math.max(
              Math.abs(expected.getDouble(i) - got.getDouble(i)),
              Math.abs(expected.getImag(i) - got.getImag(i)));
      // two equal infinities have no difference
      if (!(error <= allowed || nearParts(expected, got, i, 0))) {
        return Optional.of(difference(expected, got, i));
      }
    }
    return Optional.empty();
  }

  private static String difference(Literal expected, Literal got, long i) {
    return "element %d of %s is %s, the interpreter says %s"
        .formatted(i, expected.type(), text(got, i), text(expected, i));
  }

  private static String text(Literal x, long i) {
    return switch (x.dtype().kind()) {
      case BOOL, SIGNED -> Long.toString(x.getLong(i));
      case UNSIGNED -> Long.toUnsignedString(x.getLong(i));
      case FLOAT -> Double.toString(x.getDouble(i));
      case COMPLEX -> "(" + x.getDouble(i) + ", " + x.getImag(i) + ")";
    };
  }

  /** Bit patterns counted from zero, infinity after the largest number. */
  private static long steps(DType t, double x) {
    double a = Math.abs(x);
    long steps =
        switch (t) {
          case F16 -> Literal.doubleToFloat16(a) & 0xFFFF;
          case BF16 -> Literal.doubleToBfloat16(a) & 0xFFFF;
          case F32 -> Float.floatToRawIntBits((float) a);
          default -> Double.doubleToRawLongBits(a);
        };
    return x < 0 ? -steps : steps;
  }

  static double eps(DType t) {
    return switch (t.real()) {
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      case F32 -> 0x1p-23;
      default -> 0x1p-52;
    };
  }

  static double least(DType t) {
    return switch (t.real()) {
      case F16 -> 0x1p-14;
      case BF16, F32 -> Float.MIN_NORMAL;
      default -> Double.MIN_NORMAL;
    };
  }

  static double most(DType t) {
    return switch (t.real()) {
      case F16 -> 65504;
      case BF16, F32 -> Float.MAX_VALUE;
      default -> Double.MAX_VALUE;
    };
  }
}
