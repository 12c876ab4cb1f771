package dev.jacobi.cpu.fuse;

import java.util.Arrays;

/**
 * {@code base + sum of coeffs[k] * variable k}: an index or an element offset as a function of loop
 * variables. Immutable, with value equality.
 */
public final class Affine {
  private final long base;
  private final long[] coeffs;

  private Affine(long base, long[] coeffs) {
    this.base = base;
    this.coeffs = coeffs;
  }

  /** A constant over {@code vars} variables. */
  public static Affine constant(int vars, long base) {
    return new Affine(base, new long[vars]);
  }

  /** Variable {@code k} of {@code vars}. */
  public static Affine variable(int vars, int k) {
    long[] c = new long[vars];
    c[k] = 1;
    return new Affine(0, c);
  }

  public static Affine of(long base, long... coeffs) {
    return new Affine(base, coeffs.clone());
  }

  public long base() {
    return base;
  }

  public int vars() {
    return coeffs.length;
  }

  public long coeff(int k) {
    return coeffs[k];
  }

  public long[] coeffs() {
    return coeffs.clone();
  }

  public Affine plus(Affine o) {
    long[] c = coeffs.clone();
    for (int k = 0; k < c.length; k++) {
      c[k] += o.coeffs[k];
    }
    return new Affine(base + o.base, c);
  }

  public Affine plus(long constant) {
    return constant == 0 ? this : new Affine(base + constant, coeffs);
  }

  public Affine times(long factor) {
    if (factor == 1) {
      return this;
    }
    long[] c = coeffs.clone();
    for (int k = 0; k < c.length; k++) {
      c[k] *= factor;
    }
    return new Affine(base * factor, c);
  }

  public boolean isConstant() {
    return Arrays.stream(coeffs).allMatch(c -> c == 0);
  }

  /** Whether variable {@code k} matters. */
  public boolean uses(int k) {
    return coeffs[k] != 0;
  }

  /** The largest value over a box of the given extents; the base must be the smallest. */
  public long max(long[] extents) {
    long m = base;
    for (int k = 0; k < coeffs.length; k++) {
      m += Math.max(coeffs[k], 0) * (extents[k] - 1);
    }
    return m;
  }

  /** The smallest value over a box of the given extents. */
  public long min(long[] extents) {
    long m = base;
    for (int k = 0; k < coeffs.length; k++) {
      m += Math.min(coeffs[k], 0) * (extents[k] - 1);
    }
    return m;
  }

  /** The same function with other coefficients. */
  public Affine withCoeffs(long... other) {
    return new Affine(base, other.clone());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Affine a && base == a.base && Arrays.equals(coeffs, a.coeffs);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(base) + Arrays.hashCode(coeffs);
  }

  /** Such as {@code 12*i0 + i1 + 3}. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    for (int k = 0; k < coeffs.length; k++) {
      if (coeffs[k] != 0) {
        s.append(s.isEmpty() ? "" : " + ").append(coeffs[k] == 1 ? "" : coeffs[k] + "*");
        s.append('i').append(k);
      }
    }
    if (base != 0 || s.isEmpty()) {
      s.append(s.isEmpty() ? "" : " + ").append(base);
    }
    return s.toString();
  }
}
