package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.HostData;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Locale;

/**
 * An array as a golden file writes it.
 *
 * @param dtype the element type; null for JAX's {@code float0}
 * @param words the bits of the elements, two words for a complex number
 */
public record GoldenArray(DType dtype, Shape shape, long[] words) {
  /** The array of a type such as {@code f32[2,3]} and its elements. */
  public static GoldenArray of(String type, String elements) {
    int bracket = type.indexOf('[');
    String sizes = type.substring(bracket + 1, type.length() - 1);
    Shape shape =
        Shape.of(
            sizes.isEmpty()
                ? new long[0]
                : Arrays.stream(sizes.split(",")).mapToLong(Long::parseLong).toArray());
    String name = type.substring(0, bracket);
    if (name.equals("float0")) {
      return new GoldenArray(null, shape, new long[0]);
    }
    DType dtype = DType.valueOf(name.toUpperCase(Locale.ROOT));
    return new GoldenArray(dtype, shape, words(dtype, elements));
  }

  private static long[] words(DType dtype, String elements) {
    if (elements.isEmpty()) {
      return new long[0];
    }
    String[] parts = elements.split("[ ,]");
    return switch (dtype.kind()) {
      case FLOAT, COMPLEX ->
          Arrays.stream(parts).mapToLong(part -> Long.parseUnsignedLong(part, 16)).toArray();
      case UNSIGNED -> Arrays.stream(parts).mapToLong(Long::parseUnsignedLong).toArray();
      case BOOL, SIGNED -> Arrays.stream(parts).mapToLong(Long::parseLong).toArray();
    };
  }

  /** The same elements as an array of the library. */
  public Array toArray() {
    int bytes = wordBytes();
    byte[] data = new byte[words.length * bytes];
    MemorySegment segment = MemorySegment.ofArray(data);
    for (int i = 0; i < words.length; i++) {
      for (int b = 0; b < bytes; b++) {
        segment.set(ValueLayout.JAVA_BYTE, (long) i * bytes + b, (byte) (words[i] >>> (8 * b)));
      }
    }
    var buffer = Backends.current().fromHost(new TensorType(dtype, shape), segment);
    return new ConcreteArray(Aval.of(dtype, shape), buffer);
  }

  /** The elements as a golden file writes them. */
  public String elements() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      text.append(i == 0 ? "" : isReal() || i % 2 == 0 ? " " : ",").append(element(words[i]));
    }
    return text.toString();
  }

  private String element(long word) {
    int digits = 2 * wordBytes();
    return switch (dtype.kind()) {
      case FLOAT, COMPLEX -> {
        String hex = Long.toHexString(word);
        yield "0".repeat(Math.max(0, digits - hex.length())) + hex;
      }
      case UNSIGNED -> Long.toUnsignedString(word);
      case BOOL, SIGNED -> Long.toString(word);
    };
  }

  private int wordBytes() {
    return dtype.kind() == DType.Kind.COMPLEX ? dtype.bytes() / 2 : dtype.bytes();
  }

  /** The elements, real parts and imaginary parts in turn for complex numbers. */
  double[] doubles() {
    return Arrays.stream(words).mapToDouble(this::toDouble).toArray();
  }

  private double toDouble(long word) {
    return switch (real()) {
      case F64 -> Double.longBitsToDouble(word);
      case F32 -> Float.intBitsToFloat((int) word);
      case BF16 -> Float.intBitsToFloat((int) word << 16);
      case F16 -> Float.float16ToFloat((short) word);
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64 -> word;
      case C64, C128 -> throw new IllegalStateException("parts are real");
    };
  }

  /** The type of one word. */
  DType real() {
    return switch (dtype) {
      case C64 -> DType.F32;
      case C128 -> DType.F64;
      default -> dtype;
    };
  }

  /** The library's array in this form. */
  public static GoldenArray of(Array array) {
    var result = new GoldenArray(array.dtype(), array.shape(), new long[0]);
    Literal literal = HostData.of(array);
    MemorySegment data = literal.data();
    int bytes = result.wordBytes();
    long[] words = new long[Math.toIntExact(data.byteSize() / bytes)];
    for (int i = 0; i < words.length; i++) {
      for (int b = 0; b < bytes; b++) {
        long value = data.get(ValueLayout.JAVA_BYTE, (long) i * bytes + b) & 0xffL;
        words[i] |= value << (8 * b);
      }
      words[i] = result.canonical(words[i]);
    }
    return new GoldenArray(array.dtype(), array.shape(), words);
  }

  /** Signed integers extended, every NaN the one that the files write. */
  private long canonical(long word) {
    return switch (real()) {
      case I8 -> (byte) word;
      case I16 -> (short) word;
      case I32 -> (int) word;
      case F16 -> Double.isNaN(toDouble(word)) ? 0x7e00 : word;
      case BF16 -> Double.isNaN(toDouble(word)) ? 0x7fc0 : word;
      case F32 -> Double.isNaN(toDouble(word)) ? 0x7fc00000 : word;
      case F64 -> Double.isNaN(toDouble(word)) ? 0x7ff8000000000000L : word;
      case BOOL, I64, U8, U16, U32, U64 -> word;
      case C64, C128 -> throw new IllegalStateException("parts are real");
    };
  }

  /** The elements at these row-major positions, as a vector. */
  GoldenArray at(long[] positions) {
    int n = isReal() ? 1 : 2;
    long[] chosen = new long[positions.length * n];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = words[Math.toIntExact(positions[i / n]) * n + i % n];
    }
    return new GoldenArray(dtype, Shape.of(positions.length), chosen);
  }

  boolean isReal() {
    return dtype.kind() != DType.Kind.COMPLEX;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof GoldenArray other
        && dtype == other.dtype
        && shape.equals(other.shape)
        && Arrays.equals(words, other.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(dtype + shape.toString());
    double[] values = doubles();
    for (int i = 0; i < Math.min(values.length, 12); i++) {
      text.append(' ').append(values[i]);
    }
    return text.append(values.length > 12 ? " ..." : "").toString();
  }
}
