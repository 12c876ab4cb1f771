package dev.jacobi.hlo.linalg;

/**
 * A plane rotation: {@code c f + s g = r} and {@code c g - s f = 0}. The sign of r is that of f, as
 * in LAPACK from version 3.10 on.
 */
record Rotation(double c, double s, double r) {
  static Rotation of(double f, double g) {
    if (g == 0) {
      return new Rotation(1, 0, f);
    }
    if (f == 0) {
      return new Rotation(0, Math.signum(g), Math.abs(g));
    }
    double length = StrictMath.hypot(f, g);
    double r = Math.copySign(length, f);
    return new Rotation(Math.abs(f) / length, g / r, r);
  }
}
