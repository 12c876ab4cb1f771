package dev.jacobi.hlo.bytecode;

import java.util.HexFormat;
import java.util.Locale;

/** Numbers and arrays of numbers in bytes, as MLIR's text. */
final class Scalars {
  /** So many elements may a constant have that is given by one. */
  private static final int MOST = 1 << 28;

  private Scalars() {}

  /** The bits of a number of that type. */
  static int bits(String type, Bytes in) {
    if (type.equals("index")) {
      return 64;
    }
    String digits = type.replaceFirst("^(?:ui|si|i|bf|f)(\\d{1,3}).*", "$1");
    if (digits.equals(type) || digits.isEmpty()) {
      throw in.error("numbers of type " + type + " are not known");
    }
    return Integer.parseInt(digits);
  }

  /** A whole number by its bits, of which the highest is the sign unless the type has none. */
  static long whole(long bits, String type, Bytes in) {
    int unused = 64 - bits(type, in);
    return type.startsWith("ui") ? bits << unused >>> unused : bits << unused >> unused;
  }

  /** A floating-point number by its bits. */
  static String floating(long bits, String type, Bytes in) {
    int digits = Math.max(1, bits(type, in) / 4);
    long mask = digits == 16 ? -1 : (1L << 4 * digits) - 1;
    return "0x%0".concat(digits + "X : %s").formatted(bits & mask, type);
  }

  /** {@code tensor<2x?xf32>}. */
  static String tensor(long[] sizes, String element) {
    return tensor(sizes, element, "");
  }

  static String tensor(long[] sizes, String element, String encoding) {
    StringBuilder out = new StringBuilder("tensor<");
    for (long size : sizes) {
      out.append(size < 0 ? "?" : Long.toString(size)).append('x');
    }
    out.append(element);
    return out.append(encoding.isEmpty() ? "" : ", " + encoding).append('>').toString();
  }

  /** Little-endian, with its sign. */
  static long integer(byte[] data, int at, int bytes) {
    long value = data[at + bytes - 1];
    for (int i = bytes - 2; i >= 0; i--) {
      value = value << 8 | data[at + i] & 0xFF;
    }
    return value;
  }

  /** {@code dense<"0x...">} with the elements' bytes; of truth values their words. */
  static String dense(String type, byte[] data, Bytes in) {
    if (!type.endsWith("xi1>") && !type.equals("tensor<i1>")) {
      if (data.length <= 16 && elements(type, in) > MOST) {
        throw in.error("a constant of type " + type + " from one element; the most is " + MOST);
      }
      String hex = HexFormat.of().formatHex(data).toUpperCase(Locale.ROOT);
      return "dense<" + (hex.isEmpty() ? "" : "\"0x" + hex + "\"") + "> : " + type;
    }
    long count = elements(type, in);
    long packed = (count + 7) / 8;
    if (data.length == 1 && (count > 8 || count != 1 && isSplat(data[0], count))) {
      return "dense<" + ((data[0] & 1) != 0) + "> : " + type;
    }
    boolean bitwise = data.length == packed && data.length != count || count == 1;
    if (!bitwise && data.length != count) {
      throw in.error(count + " truth values in " + data.length + " bytes");
    }
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int bit = bitwise ? data[i / 8] >> i % 8 & 1 : data[i] & 1;
      hex.append(bit == 1 ? "true" : "false").append(i + 1 < count ? ", " : "");
    }
    return "dense<" + nested(type, hex.toString().split(", "), in) + "> : " + type;
  }

  private static boolean isSplat(byte b, long count) {
    return b == -1 || b == 0 || count == 0;
  }

  private static long elements(String type, Bytes in) {
    long count = 1;
    for (long size : sizes(type, in)) {
      if (size != 0 && count > Integer.MAX_VALUE / size) {
        throw in.error("an array of type " + type + " in the program's text");
      }
      count *= size;
    }
    return count;
  }

  private static long[] sizes(String type, Bytes in) {
    if (!type.startsWith("tensor<")) {
      throw in.error("a constant of type " + type);
    }
    int end = "tensor<".length();
    while (end < type.length() && (Character.isDigit(type.charAt(end)) || isTimes(type, end))) {
      end++;
    }
    String dims = type.substring("tensor<".length(), end);
    if (type.startsWith("?", end) || !dims.matches("(\\d{1,18}x)*")) {
      throw in.error("a constant of type " + type);
    }
    String[] parts = dims.split("x");
    long[] sizes = new long[dims.isEmpty() ? 0 : parts.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Long.parseLong(parts[i]);
    }
    return sizes;
  }

  /** Whether an x stands behind a digit. */
  private static boolean isTimes(String type, int at) {
    return type.charAt(at) == 'x' && Character.isDigit(type.charAt(at - 1));
  }

  private static String nested(String type, String[] words, Bytes in) {
    long[] sizes = sizes(type, in);
    if (elements(type, in) == 0) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      long step = 1;
      StringBuilder open = new StringBuilder();
      StringBuilder close = new StringBuilder();
      for (int d = sizes.length - 1; d >= 0; d--) {
        step *= sizes[d];
        open.append(i % step == 0 ? "[" : "");
        close.append((i + 1) % step == 0 ? "]" : "");
      }
      out.append(open).append(words[i]).append(close).append(i + 1 < words.length ? ", " : "");
    }
    return out.toString();
  }
}
