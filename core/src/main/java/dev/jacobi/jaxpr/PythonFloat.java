package dev.jacobi.jaxpr;

import java.math.BigDecimal;

/** Python's {@code repr} of floating-point numbers. */
final class PythonFloat {
  private PythonFloat() {}

  /** The text of a complex number with this real part and no imaginary one. */
  static String reprComplex(double real) {
    if (real == 0) {
      return "0j";
    }
    String text = repr(real);
    String digits = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    return "(" + digits + "+0j)";
  }

  /** The shortest digits that give the double back, in Python's layout. */
  static String repr(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = digits.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String unscaled = digits.unscaledValue().abs().toString();
    String mantissa =
        unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
    return String.format(
        "%s%se%s%02d",
        value < 0 ? "-" : "", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
