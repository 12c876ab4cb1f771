package dev.jacobi.hlo.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Narrow;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;

/** Writes {@code dense<...> : type} as MLIR does: above a hundred elements as a string of bytes. */
final class DenseText {
  private static final long MAX_ELEMENTS = 100;
  private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(ISO_8859_1);

  private DenseText() {}

  static void write(Literal literal, StringBuilder out) {
    TensorType type = literal.type();
    long size = type.shape().size();
    out.append("dense<");
    if (size > 0) {
      if (isSplat(literal, size)) {
        element(type.element(), literal.data(), 0, out);
      } else if (size > MAX_ELEMENTS && type.element() != DType.BOOL) {
        bytes(type.element(), literal.data(), out);
      } else {
        nested(literal, type.shape().toArray(), 0, 0, out);
      }
    }
    out.append("> : ").append(type);
  }

  /**
   * Whether all elements have the bits of the first: bytes equal themselves one element further.
   */
  private static boolean isSplat(Literal literal, long size) {
    MemorySegment data = literal.data();
    long step = literal.dtype().bytes();
    return size == 1 || data.asSlice(step).mismatch(data.asSlice(0, data.byteSize() - step)) < 0;
  }

  private static void bytes(Element type, MemorySegment data, StringBuilder out) {
    byte[] raw = data.toArray(JAVA_BYTE);
    for (int i = 0; type instanceof Narrow && i < raw.length; i++) {
      raw[i] &= (byte) ((1 << type.bits()) - 1); // without the extended sign
    }
    byte[] digits = new byte[2 * raw.length];
    for (int i = 0; i < raw.length; i++) {
      digits[2 * i] = DIGITS[raw[i] >> 4 & 15];
      digits[2 * i + 1] = DIGITS[raw[i] & 15];
    }
    out.append("\"0x").append(new String(digits, ISO_8859_1)).append('"');
  }

  /**
   * Writes the elements from position {@code first} below dimension {@code d}; gives the next one.
   */
  private static long nested(Literal literal, long[] sizes, int d, long first, StringBuilder out) {
    if (d == sizes.length) {
      element(literal.type().element(), literal.data(), first, out);
      return first + 1;
    }
    long next = first;
    out.append('[');
    for (long i = 0; i < sizes[d]; i++) {
      out.append(i == 0 ? "" : ", ");
      next = nested(literal, sizes, d + 1, next, out);
    }
    out.append(']');
    return next;
  }

  private static void element(Element type, MemorySegment data, long i, StringBuilder out) {
    if (type instanceof Narrow narrow && type.isFloat()) {
      out.append(Numbers.text(narrow, data.get(JAVA_BYTE, i) & 0xFF));
      return;
    }
    DType dtype = type.storage();
    switch (dtype) {
      case BOOL -> out.append(Literal.getLong(dtype, data, i) != 0);
      case I8, I16, I32, I64, U8, U16, U32 -> out.append(Literal.getLong(dtype, data, i));
      case U64 -> out.append(Long.toUnsignedString(Literal.getLong(dtype, data, i)));
      case F16, BF16, F32, F64 -> out.append(Numbers.text(dtype, data, i));
      case C64, C128 ->
          out.append('(')
              .append(Numbers.text(dtype.real(), data, 2 * i))
              .append(',')
              .append(Numbers.text(dtype.real(), data, 2 * i + 1))
              .append(')');
    }
  }
}
