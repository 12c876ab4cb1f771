package dev.jacobi.hlo.text;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Narrow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating-point constants as MLIR prints them: six digits in scientific notation if that reads
 * back to the same bits, else as many digits as the type needs, else the bits in hexadecimal.
 */
final class Numbers {
  private static final int MAX_PADDING = 3;

  private Numbers() {}

  /** Element {@code i} of an array of a floating type. */
  static String text(DType dtype, MemorySegment data, long i) {
    double value = Literal.getDouble(dtype, data, i);
    if (Double.isFinite(value)) {
      String six = scientific(value);
      if (readsBack(dtype, six, value)) {
        return six;
      }
      String full = plain(value, digits(dtype));
      if (full.indexOf('.') >= 0 && readsBack(dtype, full, value)) {
        return full;
      }
    }
    return hex(dtype, data, i);
  }

  /** An element of a narrow floating type, by its bits. */
  static String text(Narrow type, int code) {
    double value = type.value(code);
    String six = Double.isFinite(value) ? scientific(value) : "";
    boolean exact = !six.isEmpty() && type.code(Double.parseDouble(six)) == code;
    return exact ? six : "0x%X".formatted(code);
  }

  private static boolean readsBack(DType dtype, String text, double value) {
    double parsed = Double.parseDouble(text);
    double rounded =
        switch (dtype) {
          case F16 -> Float.float16ToFloat(Literal.doubleToFloat16(parsed));
          case BF16 -> Literal.bfloat16ToFloat(Literal.doubleToBfloat16(parsed));
          case F32 -> (float) parsed;
          default -> parsed;
        };
    return Double.doubleToRawLongBits(rounded) == Double.doubleToRawLongBits(value);
  }

  /** Decimal digits that tell a value from its neighbours, as LLVM counts them. */
  private static int digits(DType dtype) {
    int precision =
        switch (dtype) {
          case F16 -> 11;
          case BF16 -> 8;
          case F32 -> 24;
          default -> 53;
        };
    return 2 + precision * 59 / 196;
  }

  private static String hex(DType dtype, MemorySegment data, long i) {
    return switch (dtype.bytes()) {
      case 2 -> "0x%04X".formatted(data.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i));
      case 4 -> "0x%08X".formatted(data.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * i));
      default -> "0x%016X".formatted(data.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i));
    };
  }

  /** {@code 1.234570e+00}: six significant digits and a zero. */
  private static String scientific(double value) {
    if (value == 0) {
      return isNegative(value) ? "-0.000000e+00" : "0.000000e+00";
    }
    BigDecimal rounded = round(value, 6);
    String digits = rounded.unscaledValue().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    String padded = (digits + "0000000").substring(0, 7);
    return (isNegative(value) ? "-" : "")
        + padded.charAt(0)
        + "."
        + padded.substring(1)
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** LLVM's shorter form: {@code 3.14159274}, {@code 0.00123456789}, {@code 1.23456794E+9}. */
  private static String plain(double value, int precision) {
    BigDecimal rounded = round(value, precision);
    String digits = rounded.unscaledValue().toString();
    int exp = -rounded.scale();
    int n = digits.length();
    int leading = exp + n - 1; // power of the first digit
    boolean scientific =
        exp >= 0 ? exp > MAX_PADDING || n + exp > precision : leading < 0 && -leading > MAX_PADDING;
    String sign = isNegative(value) ? "-" : "";
    if (scientific) {
      String rest = n == 1 ? "0" : digits.substring(1);
      return sign + digits.charAt(0) + "." + rest + (leading < 0 ? "E-" : "E+") + Math.abs(leading);
    }
    if (exp >= 0) {
      return sign + digits + "0".repeat(exp);
    }
    int whole = n + exp;
    return whole > 0
        ? sign + digits.substring(0, whole) + "." + digits.substring(whole)
        : sign + "0." + "0".repeat(-whole) + digits;
  }

  /**
   * Rounds as LLVM does: excess digits that need more bits than {@code precision} digits have are
   * cut off first, what is left is rounded half up.
   */
  private static BigDecimal round(double value, int precision) {
    BigDecimal exact = new BigDecimal(value).abs();
    int bits = exact.unscaledValue().bitLength();
    int cut = Math.max(0, bits - (precision * 196 + 58) / 59) * 59 / 196;
    return exact
        .setScale(exact.scale() - cut, RoundingMode.DOWN)
        .round(new MathContext(precision, RoundingMode.HALF_UP))
        .stripTrailingZeros();
  }

  private static boolean isNegative(double value) {
    return Double.doubleToRawLongBits(value) < 0;
  }
}
