package dev.jacobi.jaxpr;

import dev.jacobi.hlo.DType;
import java.math.BigDecimal;

/** Python's {@code repr} of floating-point numbers. */
public final class PythonFloat {
  private PythonFloat() {}

  /** Shortest digits that give the value back in its own type, in Python's layout. */
  public static String repr(double value, DType dtype) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    String shortest =
        dtype == DType.F64 || dtype == DType.C128
            ? Double.toString(value)
            : Float.toString((float) value);
    BigDecimal digits = new BigDecimal(shortest).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = digits.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String unscaled = digits.unscaledValue().abs().toString();
    String mantissa =
        unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
    String sign = value < 0 ? "-" : "";
    return String.format(
        "%s%se%s%02d", sign, mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
