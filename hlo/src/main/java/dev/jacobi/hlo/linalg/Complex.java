package dev.jacobi.hlo.linalg;

/** A complex number in double precision. */
public record Complex(double re, double im) {
  public static final Complex ZERO = new Complex(0, 0);
  public static final Complex ONE = new Complex(1, 0);

  /** A number without imaginary part. */
  public static Complex real(double x) {
    return new Complex(x, 0);
  }

  public Complex plus(Complex z) {
    return new Complex(re + z.re, im + z.im);
  }

  public Complex minus(Complex z) {
    return new Complex(re - z.re, im - z.im);
  }

  public Complex times(Complex z) {
    return new Complex(re * z.re - im * z.im, re * z.im + im * z.re);
  }

  public Complex times(double x) {
    return new Complex(re * x, im * x);
  }

  /** Multiplied by a power of two. */
  Complex scaledBy(int exponent) {
    return new Complex(Math.scalb(re, exponent), Math.scalb(im, exponent));
  }

  /** Multiplied by i. */
  public Complex timesI() {
    return new Complex(-im, re);
  }

  /** Multiplied by -i. */
  public Complex timesMinusI() {
    return new Complex(im, -re);
  }

  public Complex negate() {
    return new Complex(-re, -im);
  }

  public Complex conjugate() {
    return new Complex(re, -im);
  }

  /** {@code |re| + |im|}, by which LAPACK compares sizes. */
  public double abs1() {
    return Math.abs(re) + Math.abs(im);
  }

  public double abs() {
    return StrictMath.hypot(re, im);
  }

  public boolean isZero() {
    return re == 0 && im == 0;
  }

  public boolean isNaN() {
    return re != re || im != im;
  }

  public boolean isInfinite() {
    return Double.isInfinite(re) || Double.isInfinite(im);
  }

  /** Quotient, scaled against overflow, with infinities recovered as in C's Annex G. */
  public Complex dividedBy(Complex z) {
    int scale = scale();
    int scaleZ = z.scale();
    double a = Math.scalb(re, scale);
    double b = Math.scalb(im, scale);
    double c = Math.scalb(z.re, scaleZ);
    double d = Math.scalb(z.im, scaleZ);
    double norm = c * c + d * d;
    double x = Math.scalb((a * c + b * d) / norm, scaleZ - scale);
    double y = Math.scalb((b * c - a * d) / norm, scaleZ - scale);
    if (x != x && y != y) {
      return recoverQuotient(z, x, y);
    }
    return new Complex(x, y);
  }

  /** The power of two that brings the larger part near 1; 0 for infinity and NaN. */
  private int scale() {
    int exponent = Math.getExponent(Math.max(Math.abs(re), Math.abs(im)));
    return exponent > Double.MAX_EXPONENT ? 0 : Math.min(-exponent, Double.MAX_EXPONENT);
  }

  private Complex recoverQuotient(Complex z, double x, double y) {
    double infinity = Double.POSITIVE_INFINITY;
    if (z.isZero() && !(re != re && im != im)) {
      double signed = Math.copySign(infinity, z.re);
      return new Complex(signed * re, signed * im);
    }
    if (isInfinite() && Double.isFinite(z.re) && Double.isFinite(z.im)) {
      double a = boxed(re);
      double b = boxed(im);
      return new Complex(infinity * (a * z.re + b * z.im), infinity * (b * z.re - a * z.im));
    }
    if (z.isInfinite() && Double.isFinite(re) && Double.isFinite(im)) {
      double c = boxed(z.re);
      double d = boxed(z.im);
      return new Complex(0.0 * (re * c + im * d), 0.0 * (im * c - re * d));
    }
    return new Complex(x, y);
  }

  /** Infinities become 1, everything else 0, with the sign kept. */
  private static double boxed(double x) {
    return Math.copySign(Double.isInfinite(x) ? 1 : 0, x);
  }
}
