package dev.jacobi.control;

/**
 * A number with its derivatives along two directions and the second one along both, exact but for
 * rounding (Fike and Alonso, "The Development of Hyper-Dual Numbers", 2011).
 */
record HyperDual(double value, double first, double second, double both) {
  static HyperDual of(double value) {
    return new HyperDual(value, 0, 0, 0);
  }

  HyperDual plus(HyperDual y) {
    return new HyperDual(value + y.value, first + y.first, second + y.second, both + y.both);
  }

  HyperDual minus(HyperDual y) {
    return plus(y.times(of(-1)));
  }

  HyperDual times(HyperDual y) {
    return new HyperDual(
        value * y.value,
        first * y.value + value * y.first,
        second * y.value + value * y.second,
        both * y.value + first * y.second + second * y.first + value * y.both);
  }

  HyperDual sin() {
    return map(Math.sin(value), Math.cos(value), -Math.sin(value));
  }

  HyperDual tanh() {
    double t = Math.tanh(value);
    return map(t, 1 - t * t, -2 * t * (1 - t * t));
  }

  /** A function of this number with its value and two derivatives there. */
  private HyperDual map(double f, double slope, double curve) {
    return new HyperDual(f, slope * first, slope * second, slope * both + curve * first * second);
  }
}
