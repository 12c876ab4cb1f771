package dev.jacobi.cpu.llvm;

import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * An operand: a typed SSA name, global or constant, spelled as LLVM writes it after the type.
 *
 * @param type its LLVM type
 * @param text for example {@code %v7}, {@code @c0}, {@code 42}, {@code splat (i32 1)}
 */
public record Val(LType type, String text) {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** An integer constant, the same in every lane; only the low bits of the type count. */
  public static Val integer(LType type, long value) {
    if (!type.isInt()) {
      throw new IllegalArgumentException("integer constant of type " + type);
    }
    String digits =
        switch (type.elem()) {
          case I1 -> (value & 1) == 1 ? "true" : "false";
          case I8 -> Byte.toString((byte) value);
          case I16 -> Short.toString((short) value);
          case I32 -> Integer.toString((int) value);
          case I64, I128 -> Long.toString(value);
          case VOID, HALF, BFLOAT, FLOAT, DOUBLE, PTR -> throw new AssertionError(type);
        };
    return splat(type, digits);
  }

  public static Val i32(int value) {
    return integer(LType.I32, value);
  }

  public static Val i64(long value) {
    return integer(LType.I64, value);
  }

  public static Val bool(boolean value) {
    return integer(LType.I1, value ? 1 : 0);
  }

  /** A floating constant, rounded to the type's element, the same in every lane. */
  public static Val fp(LType type, double value) {
    return switch (type.elem()) {
      case FLOAT -> fpBits(type, Float.floatToRawIntBits((float) value));
      case DOUBLE -> fpBits(type, Double.doubleToRawLongBits(value));
      case HALF -> fpBits(type, SmallFloats.half(value));
      case BFLOAT -> fpBits(type, SmallFloats.bfloat(value));
      case VOID, I1, I8, I16, I32, I64, I128, PTR ->
          throw new IllegalArgumentException("floating constant of type " + type);
    };
  }

  /** A floating constant by its bit pattern, the same in every lane. */
  public static Val fpBits(LType type, long bits) {
    return splat(type, fpText(type.elem(), bits));
  }

  /** Zero of any type: 0, +0.0, null or a vector of them. */
  public static Val zero(LType type) {
    if (type.isVector()) {
      return new Val(type, "zeroinitializer");
    }
    if (type.isFloat()) {
      return fpBits(type, 0);
    }
    return type.elem() == LType.Elem.PTR ? new Val(type, "null") : integer(type, 0);
  }

  /** A value nobody reads. */
  public static Val poison(LType type) {
    return new Val(type, "poison");
  }

  /** An integer vector constant with a value per lane. */
  public static Val integers(LType element, long... lanes) {
    StringBuilder text = new StringBuilder("<");
    for (int i = 0; i < lanes.length; i++) {
      text.append(i == 0 ? "" : ", ").append(integer(element, lanes[i]).typed());
    }
    return new Val(element.lanes(lanes.length), text.append('>').toString());
  }

  /** A vector constant with a float per lane. */
  public static Val floats(float... lanes) {
    StringBuilder text = new StringBuilder("<");
    for (int i = 0; i < lanes.length; i++) {
      text.append(i == 0 ? "" : ", ").append(fp(LType.FLOAT, lanes[i]).typed());
    }
    return new Val(LType.FLOAT.lanes(lanes.length), text.append('>').toString());
  }

  /** The integer vector 0, 1, 2, ... */
  public static Val iota(LType type) {
    long[] lanes = new long[type.lanes()];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = i;
    }
    return integers(type.scalar(), lanes);
  }

  /** One floating scalar as LLVM writes it: hexadecimal, so that every bit survives. */
  static String fpText(LType.Elem elem, long bits) {
    return switch (elem) {
      case FLOAT -> "0x" + HEX.toHexDigits(widen((int) bits));
      case DOUBLE -> "0x" + HEX.toHexDigits(bits);
      case HALF -> "0xH" + HEX.toHexDigits((short) bits);
      case BFLOAT -> "0xR" + HEX.toHexDigits((short) bits);
      case VOID, I1, I8, I16, I32, I64, I128, PTR ->
          throw new IllegalArgumentException("not floating");
    };
  }

  /** LLVM spells a float by the bits of the equal double; NaN payloads shift along. */
  private static long widen(int bits) {
    if ((bits & 0x7F800000) != 0x7F800000) {
      return Double.doubleToRawLongBits(Float.intBitsToFloat(bits));
    }
    long sign = (bits & 0x80000000L) << 32;
    return sign | 0x7FF0000000000000L | (bits & 0x7FFFFFL) << 29;
  }

  private static Val splat(LType type, String scalar) {
    return type.isVector()
        ? new Val(type, "splat (" + type.scalar() + " " + scalar + ")")
        : new Val(type, scalar);
  }

  /** Whether this is a literal constant (a global's address is not one). */
  public boolean isConstant() {
    return text.charAt(0) != '%' && text.charAt(0) != '@';
  }

  /** The value of a scalar or splat integer constant. */
  public OptionalLong asLong() {
    if (!type.isInt() || !isConstant()) {
      return OptionalLong.empty();
    }
    String digits = text;
    if (digits.startsWith("splat (")) {
      digits = digits.substring(digits.indexOf(' ', 7) + 1, digits.length() - 1);
    }
    return switch (digits) {
      case "true" -> OptionalLong.of(1);
      case "false", "zeroinitializer" -> OptionalLong.of(0);
      default ->
          digits.charAt(0) == '-' || Character.isDigit(digits.charAt(0))
              ? OptionalLong.of(Long.parseLong(digits))
              : OptionalLong.empty();
    };
  }

  /** Type and operand, as an argument list wants them. */
  public String typed() {
    return type + " " + text;
  }

  @Override
  public String toString() {
    return text;
  }
}
