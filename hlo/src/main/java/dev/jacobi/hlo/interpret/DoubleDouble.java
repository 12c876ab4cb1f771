package dev.jacobi.hlo.interpret;

/**
 * An unevaluated sum of two doubles, about 106 bits (Dekker 1971). Operations lose a few of the
 * last bits and do not care for overflow.
 */
record DoubleDouble(double hi, double lo) {
  static DoubleDouble of(double x) {
    return new DoubleDouble(x, 0);
  }

  /** The exact sum of two doubles. */
  static DoubleDouble sum(double x, double y) {
    double s = x + y;
    double t = s - x;
    return new DoubleDouble(s, (x - (s - t)) + (y - t));
  }

  /** The exact product of two doubles. */
  static DoubleDouble product(double x, double y) {
    double p = x * y;
    return new DoubleDouble(p, Math.fma(x, y, -p));
  }

  DoubleDouble plus(DoubleDouble z) {
    DoubleDouble s = sum(hi, z.hi);
    return sum(s.hi, s.lo + (lo + z.lo));
  }

  DoubleDouble times(DoubleDouble z) {
    DoubleDouble p = product(hi, z.hi);
    return sum(p.hi, p.lo + (hi * z.lo + lo * z.hi));
  }

  DoubleDouble dividedBy(double x) {
    double q = hi / x;
    DoubleDouble p = product(q, x);
    return sum(q, ((hi - p.hi) - p.lo + lo) / x);
  }

  DoubleDouble negate() {
    return new DoubleDouble(-hi, -lo);
  }

  double value() {
    return hi + lo;
  }
}
