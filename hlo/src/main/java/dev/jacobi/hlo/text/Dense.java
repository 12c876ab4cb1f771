package dev.jacobi.hlo.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Narrow;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.lang.foreign.MemorySegment;

/**
 * Reads {@code dense<...> : tensor<...>}: nested lists, one value for all, or a string of bytes.
 */
final class Dense {
  private final Reader in;
  private final Lexer lexer;

  Dense(Reader in) {
    this.in = in;
    this.lexer = in.lexer();
  }

  /**
   * The constant that begins at the token. The type stands behind the elements and is read first.
   */
  Literal literal() {
    if (in.is("dense_resource")) {
      throw lexer.unsupported("dense_resource (a constant kept outside of the text)");
    }
    in.expect("dense");
    if (!in.is('<')) {
      throw in.error("expected '<'");
    }
    Span body = in.skipGroup();
    in.expect(':');
    TensorType type = new Types(in).type();
    if (!type.shape().isStatic()) {
      throw in.error("a constant needs a static shape, not " + type);
    }
    return in.at(new Span(body.start() + 1, body.end()), () -> elements(type));
  }

  private Literal elements(TensorType type) {
    MemorySegment data = Literal.allocate(type);
    if (in.kind() == Kind.STRING) {
      bytes(type, data);
    } else if (in.is('>')) {
      if (type.shape().size() != 0) {
        throw in.error("elements of " + type + " are missing");
      }
    } else if (in.is('[')) {
      nested(type, data);
    } else {
      splat(type, data);
    }
    in.expect('>');
    return Literal.wrap(type, data);
  }

  // --- "0x...": the elements' bytes, little endian ---

  private void bytes(TensorType type, MemorySegment data) {
    int from = lexer.start() + 1;
    int to = lexer.end() - 1;
    byte[] source = lexer.source();
    if (to - from < 2 || source[from] != '0' || source[from + 1] != 'x' || (to - from) % 2 != 0) {
      throw in.error("expected \"0x\" and two hexadecimal digits for every byte");
    }
    byte[] bytes = decode(source, from + 2, to);
    MemorySegment raw = MemorySegment.ofArray(bytes);
    long size = type.shape().size();
    if (type.dtype() == DType.BOOL && bytes.length != size && bytes.length == (size + 7) / 8) {
      bits(bytes, data);
    } else if (bytes.length == type.byteSize()) {
      data.copyFrom(raw);
    } else if (bytes.length == type.dtype().bytes()) {
      repeat(raw, data);
    } else {
      throw in.error(
          type + " takes " + type.byteSize() + " bytes, but the string has " + bytes.length);
    }
    if (type.dtype() == DType.BOOL) {
      normalize(data);
    }
    if (type.element() instanceof Narrow narrow) {
      range(narrow, data);
    }
    lexer.next();
  }

  private byte[] decode(byte[] source, int from, int to) {
    byte[] bytes = new byte[(to - from) / 2];
    int bad = 0;
    for (int i = 0, p = from; i < bytes.length; i++, p += 2) {
      int value = HIGH[source[p] & 0xFF] | LOW[source[p + 1] & 0xFF];
      bad |= value;
      bytes[i] = (byte) value;
    }
    if (bad < 0) {
      int p = from;
      while (LOW[source[p] & 0xFF] >= 0) {
        p++;
      }
      throw lexer.error("not a hexadecimal digit", p);
    }
    return bytes;
  }

  /** The value of a digit by its character, -1 for other characters. */
  private static final int[] LOW = new int[256];

  private static final int[] HIGH = new int[256];

  static {
    for (int c = 0; c < 256; c++) {
      LOW[c] = c < 128 ? Character.digit(c, 16) : -1;
      HIGH[c] = LOW[c] < 0 ? -1 : LOW[c] << 4;
    }
  }

  /** Older tools pack eight booleans into a byte, the first in the lowest bit. */
  private static void bits(byte[] packed, MemorySegment data) {
    for (int i = 0; i < data.byteSize(); i++) {
      data.set(JAVA_BYTE, i, (byte) (packed[i / 8] >> (i % 8) & 1));
    }
  }

  private static void normalize(MemorySegment booleans) {
    for (long i = 0; i < booleans.byteSize(); i++) {
      booleans.set(JAVA_BYTE, i, (byte) (booleans.get(JAVA_BYTE, i) != 0 ? 1 : 0));
    }
  }

  // --- one value for all elements ---

  private void splat(TensorType type, MemorySegment data) {
    MemorySegment one = Literal.allocate(TensorType.scalar(type.element()));
    element(type.element(), one, 0);
    repeat(one, data);
  }

  /** Fills an array with one element, doubling what is filled. */
  private static void repeat(MemorySegment one, MemorySegment data) {
    long done = Math.min(one.byteSize(), data.byteSize());
    MemorySegment.copy(one, 0, data, 0, done);
    while (done < data.byteSize()) {
      long n = Math.min(done, data.byteSize() - done);
      MemorySegment.copy(data, 0, data, done, n);
      done += n;
    }
  }

  // --- nested lists ---

  private void nested(TensorType type, MemorySegment data) {
    Shape shape = type.shape();
    long[] sizes = shape.toArray();
    long[] counts = new long[sizes.length + 1];
    int depth = 0;
    long position = 0;
    do {
      if (in.is('[')) {
        if (depth == sizes.length) {
          throw in.error("these elements are nested deeper than " + type);
        }
        lexer.next();
        counts[++depth] = 0;
        if (!in.is(']')) {
          continue;
        }
      } else {
        if (depth != sizes.length || counts[depth] == sizes[depth - 1]) {
          throw in.error("the elements do not have the shape of " + type);
        }
        element(type.element(), data, position++);
        counts[depth]++;
      }
      depth = close(type, sizes, counts, depth);
    } while (depth > 0);
  }

  /** After an element or an opening bracket: closes lists, or steps over the comma to the next. */
  private int close(TensorType type, long[] sizes, long[] counts, int deep) {
    int depth = deep;
    while (depth > 0 && in.is(']')) {
      if (counts[depth] != sizes[depth - 1]) {
        throw in.error(
            type + " needs " + sizes[depth - 1] + " elements here, but got " + counts[depth]);
      }
      lexer.next();
      depth--;
      counts[depth]++;
    }
    if (depth > 0) {
      in.expect(',');
      if (depth < sizes.length && counts[depth] == sizes[depth - 1]) {
        throw in.error("the elements do not have the shape of " + type);
      }
    }
    return depth;
  }

  // --- single elements ---

  private void element(Element type, MemorySegment data, long i) {
    if (type instanceof Narrow narrow && type.isFloat()) {
      data.set(JAVA_BYTE, i, (byte) code(narrow));
      return;
    }
    DType dtype = type.storage();
    switch (dtype) {
      case BOOL -> data.set(JAVA_BYTE, i, bool());
      case I8, I16, I32, I64, U8, U16, U32, U64 ->
          Literal.setLong(dtype, data, i, wholeNumber(type));
      case F16, BF16, F32, F64 -> number(dtype, data, i);
      case C64, C128 -> {
        in.expect('(');
        number(dtype.real(), data, 2 * i);
        in.expect(',');
        number(dtype.real(), data, 2 * i + 1);
        in.expect(')');
      }
    }
  }

  private byte bool() {
    if (in.accept("true")) {
      return 1;
    }
    if (in.accept("false")) {
      return 0;
    }
    if (in.kind() != Kind.INTEGER) {
      throw in.error("expected true or false");
    }
    return (byte) (wholeNumber(DType.BOOL) != 0 ? 1 : 0);
  }

  /** The bits of a number of a narrow type, or those that stand there in hexadecimal. */
  private int code(Narrow type) {
    boolean negative = in.accept('-');
    int at = lexer.start();
    if (in.kind() == Kind.FLOAT) {
      double value = Double.parseDouble(lexer.text());
      lexer.next();
      return type.code(negative ? -value : value);
    }
    if (negative || in.kind() != Kind.INTEGER || !lexer.text().startsWith("0x")) {
      throw lexer.error("expected a number of type " + type.mlir() + ", such as 1.0", at);
    }
    long bits = in.integer();
    if (bits >>> type.bits() != 0) {
      throw lexer.error("these bits do not fit " + type.mlir(), at);
    }
    return (int) bits;
  }

  /** The bytes of a string hold elements in their low bits; signs are extended. */
  private void range(Narrow type, MemorySegment data) {
    for (long i = 0; i < data.byteSize(); i++) {
      int bits = data.get(JAVA_BYTE, i) & 0xFF;
      if (bits >>> type.bits() != 0) {
        throw in.error("these bytes do not fit " + type.mlir());
      }
      boolean negative = type.isSigned() && bits > type.maxInteger();
      data.set(JAVA_BYTE, i, (byte) (negative ? bits - (1 << type.bits()) : bits));
    }
  }

  private long wholeNumber(Element dtype) {
    if (in.kind() != Kind.INTEGER && !in.is('-')) {
      throw in.error("expected an element of type " + dtype.mlir());
    }
    int at = lexer.start();
    boolean negative = in.is('-');
    long value = in.integer();
    int bits = dtype.bits();
    boolean fits =
        negative
            ? dtype.isSigned() && value <= 0 && value >= dtype.minInteger()
            : bits == 64 || value >>> bits == 0;
    if (!fits) {
      throw lexer.error("this integer does not fit " + dtype.mlir(), at);
    }
    return value;
  }

  /** A decimal number, or the bits of one in hexadecimal. */
  private void number(DType dtype, MemorySegment data, long i) {
    boolean negative = in.accept('-');
    int at = lexer.start();
    if (in.kind() == Kind.FLOAT) {
      double value = Double.parseDouble(lexer.text());
      if (Double.isInfinite(value)) {
        throw lexer.error("this number is too large", at);
      }
      lexer.next();
      Literal.set(dtype, data, i, negative ? -value : value, 0);
      return;
    }
    boolean hex = in.kind() == Kind.INTEGER && lexer.text().startsWith("0x");
    if (negative || !hex) {
      throw lexer.error("expected a number of type " + dtype.mlir() + ", such as 1.0", at);
    }
    long bits = in.integer();
    if (dtype.bits() < 64 && bits >>> dtype.bits() != 0) {
      throw lexer.error("these bits do not fit " + dtype.mlir(), at);
    }
    switch (dtype.bytes()) {
      case 2 -> data.set(JAVA_SHORT_UNALIGNED, 2 * i, (short) bits);
      case 4 -> data.set(JAVA_INT_UNALIGNED, 4 * i, (int) bits);
      default -> data.set(JAVA_LONG_UNALIGNED, 8 * i, bits);
    }
  }
}
