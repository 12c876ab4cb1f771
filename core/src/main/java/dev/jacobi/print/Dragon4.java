package dev.jacobi.print;

import java.math.BigInteger;

/**
 * The digits of a floating-point number by Steele and White's algorithm, as NumPy runs it: the
 * fewest that tell the number from its neighbours of the same type, but no more than a limit,
 * rounded to nearest with ties to even, and no fewer than a minimum, from the exact value.
 *
 * @param digits decimal digits, the first not zero unless the number is zero
 * @param exponent the power of ten of the first digit
 */
record Dragon4(String digits, int exponent) {
  private static final BigInteger TEN = BigInteger.TEN;

  /** Where the digits end. */
  sealed interface Limit {
    /** Bounds on the number of digits. */
    record Digits(int most, int least) implements Limit {}

    /** Bounds on the number of digits after the decimal point. */
    record Fraction(int most, int least) implements Limit {}

    /** As many as the number needs. */
    record None() implements Limit {}

    /** The power of ten of the last digit that may be printed. */
    default int lowest(int exponent) {
      return switch (this) {
        case Digits d -> exponent + 1 - d.most;
        case Fraction f -> -f.most;
        case None() -> Integer.MIN_VALUE;
      };
    }

    /** The power of ten of the last digit that must be printed. */
    default int highest(int exponent) {
      return switch (this) {
        case Digits d -> exponent + 1 - d.least;
        case Fraction f -> Math.min(exponent + 1, -f.least);
        case None() -> exponent + 1;
      };
    }
  }

  /** The digits of a finite number without its sign. */
  static Dragon4 of(double value, FloatKind kind, Limit limit) {
    double v = Math.abs(value);
    if (v == 0) {
      return new Dragon4("0", 0);
    }
    int binary = Math.max(Math.getExponent(v), kind.minExponent()) - kind.precision() + 1;
    long significand = (long) scaleDown(v, binary);
    boolean unequal =
        significand == 1L << (kind.precision() - 1)
            && binary > kind.minExponent() - kind.precision() + 1;
    // value = rest / scale, half the gap to the neighbours = below / scale and above / scale
    BigInteger rest = BigInteger.valueOf(significand).shiftLeft(unequal ? 2 : 1);
    BigInteger scale = BigInteger.ONE.shiftLeft(unequal ? 2 : 1);
    BigInteger below = BigInteger.ONE;
    BigInteger above = unequal ? BigInteger.TWO : BigInteger.ONE;
    if (binary >= 0) {
      rest = rest.shiftLeft(binary);
      below = below.shiftLeft(binary);
      above = above.shiftLeft(binary);
    } else {
      scale = scale.shiftLeft(-binary);
    }
    int exponent = (int) Math.floor(Math.log10(v));
    if (exponent > 0) {
      scale = scale.multiply(TEN.pow(exponent));
    } else {
      BigInteger power = TEN.pow(-exponent);
      rest = rest.multiply(power);
      below = below.multiply(power);
      above = above.multiply(power);
    }
    if (rest.compareTo(scale.multiply(TEN)) >= 0) { // the logarithm was too small
      scale = scale.multiply(TEN);
      exponent++;
    } else if (rest.compareTo(scale) < 0) { // or too large
      rest = rest.multiply(TEN);
      below = below.multiply(TEN);
      above = above.multiply(TEN);
      exponent--;
    }
    return generate(rest, scale, below, above, (significand & 1) == 0, exponent, limit);
  }

  /** v / 2^binary without overflow of the power. */
  private static double scaleDown(double v, int binary) {
    int half = -binary / 2;
    return Math.scalb(Math.scalb(v, half), -binary - half);
  }

  private static Dragon4 generate(
      BigInteger rest,
      BigInteger scale,
      BigInteger below,
      BigInteger above,
      boolean even,
      int exponent,
      Limit limit) {
    int lowest = limit.lowest(exponent);
    int highest = limit.highest(exponent);
    if (exponent < lowest) {
      boolean up =
          exponent == lowest - 1 && rest.compareTo(scale.multiply(BigInteger.valueOf(5))) > 0;
      return new Dragon4(up ? "1" : "0", lowest);
    }
    StringBuilder digits = new StringBuilder();
    for (int at = exponent; ; at--) {
      BigInteger[] next = rest.divideAndRemainder(scale);
      int digit = next[0].intValue();
      rest = next[1];
      int toBelow = rest.compareTo(below);
      int toAbove = rest.add(above).compareTo(scale);
      boolean low = even ? toBelow <= 0 : toBelow < 0;
      boolean high = even ? toAbove >= 0 : toAbove > 0;
      if (((low || high) && at <= highest) || at == lowest) {
        int half = rest.shiftLeft(1).compareTo(scale);
        boolean down = low == high ? half < 0 || half == 0 && (digit & 1) == 0 : low;
        return rounded(digits, digit, down, exponent);
      }
      digits.append((char) ('0' + digit));
      rest = rest.multiply(TEN);
      below = below.multiply(TEN);
      above = above.multiply(TEN);
    }
  }

  private static Dragon4 rounded(StringBuilder digits, int last, boolean down, int exponent) {
    if (down || last < 9) {
      digits.append((char) ('0' + (down ? last : last + 1)));
      return new Dragon4(digits.toString(), exponent);
    }
    int at = digits.length() - 1;
    while (at >= 0 && digits.charAt(at) == '9') {
      at--;
    }
    digits.setLength(at + 1);
    if (at < 0) {
      return new Dragon4("1", exponent + 1);
    }
    digits.setCharAt(at, (char) (digits.charAt(at) + 1));
    return new Dragon4(digits.toString(), exponent);
  }

  /** The digit at a power of ten; 0 outside of the digits. */
  char at(int power) {
    int i = exponent - power;
    return i >= 0 && i < digits.length() ? digits.charAt(i) : '0';
  }
}
