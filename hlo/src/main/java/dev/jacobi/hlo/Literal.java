package dev.jacobi.hlo;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A dense array of constants: a type and its elements in row-major order, native byte order, read
 * only. Elements are addressed by their row-major position.
 */
public final class Literal {
  private final TensorType type;
  private final MemorySegment data;

  private Literal(TensorType type, MemorySegment data) {
    if (data.byteSize() != type.byteSize()) {
      throw new HloTypeException(
          type + " takes " + type.byteSize() + " bytes, but got " + data.byteSize());
    }
    this.type = type;
    this.data = data.asReadOnly();
  }

  /** Wraps bytes that nobody changes any more. */
  public static Literal wrap(TensorType type, MemorySegment data) {
    return new Literal(type, data);
  }

  /** Copies bytes. */
  public static Literal copyOf(TensorType type, MemorySegment data) {
    return wrap(type, allocate(type).copyFrom(data.asSlice(0, type.byteSize())));
  }

  /**
   * Fresh zeroed memory for a literal of this type, freed by the garbage collector.
   *
   * @throws HloTypeException if there is not so much memory
   */
  public static MemorySegment allocate(TensorType type) {
    try {
      return Arena.ofAuto().allocate(type.byteSize(), 64);
    } catch (OutOfMemoryError e) {
      throw new HloTypeException("no memory for the values of " + type + ": " + e.getMessage());
    }
  }

  public static Literal ofFloats(Shape shape, float... values) {
    return wrap(
        new TensorType(DType.F32, shape),
        allocate(new TensorType(DType.F32, shape)).copyFrom(MemorySegment.ofArray(values)));
  }

  public static Literal ofDoubles(Shape shape, double... values) {
    return wrap(
        new TensorType(DType.F64, shape),
        allocate(new TensorType(DType.F64, shape)).copyFrom(MemorySegment.ofArray(values)));
  }

  public static Literal ofInts(Shape shape, int... values) {
    return wrap(
        new TensorType(DType.I32, shape),
        allocate(new TensorType(DType.I32, shape)).copyFrom(MemorySegment.ofArray(values)));
  }

  public static Literal ofLongs(Shape shape, long... values) {
    return wrap(
        new TensorType(DType.I64, shape),
        allocate(new TensorType(DType.I64, shape)).copyFrom(MemorySegment.ofArray(values)));
  }

  /** A scalar of any type from a number, rounded to nearest even or wrapped. */
  public static Literal scalar(DType dtype, double value) {
    return scalarOf(dtype, value, 0);
  }

  /** A complex (or, if the imaginary part is zero, any) scalar. */
  public static Literal scalarOf(DType dtype, double re, double im) {
    TensorType type = TensorType.scalar(dtype);
    MemorySegment data = allocate(type);
    set(dtype, data, 0, re, im);
    return wrap(type, data);
  }

  /** An integer or boolean scalar from its 64-bit pattern, or a floating one nearest to it. */
  public static Literal scalar(DType dtype, long value) {
    TensorType type = TensorType.scalar(dtype);
    MemorySegment data = allocate(type);
    setLong(dtype, data, 0, value);
    return wrap(type, data);
  }

  public TensorType type() {
    return type;
  }

  public DType dtype() {
    return type.dtype();
  }

  public Shape shape() {
    return type.shape();
  }

  /** The elements' bytes, read only. */
  public MemorySegment data() {
    return data;
  }

  /** The real part of an element as a double; integers are converted, booleans give 0 or 1. */
  public double getDouble(long i) {
    return getDouble(type.dtype(), data, i);
  }

  /** The imaginary part of an element; 0 for real types. */
  public double getImag(long i) {
    return switch (type.dtype()) {
      case C64 -> data.get(JAVA_FLOAT_UNALIGNED, 8 * i + 4);
      case C128 -> data.get(JAVA_DOUBLE_UNALIGNED, 16 * i + 8);
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, F16, BF16, F32, F64 -> 0;
    };
  }

  /** An element as a 64-bit integer: sign- or zero-extended, floating types rounded toward zero. */
  public long getLong(long i) {
    return getLong(type.dtype(), data, i);
  }

  public boolean getBoolean(long i) {
    return getLong(i) != 0;
  }

  /** Reads the real part of element {@code i} of an array of {@code dtype}. */
  public static double getDouble(DType dtype, MemorySegment data, long i) {
    return switch (dtype) {
      case BOOL, I8, I16, I32, I64, U8, U16, U32 -> getLong(dtype, data, i);
      case U64 -> unsignedToDouble(getLong(dtype, data, i));
      case F16 -> Float.float16ToFloat(data.get(JAVA_SHORT_UNALIGNED, 2 * i));
      case BF16 -> bfloat16ToFloat(data.get(JAVA_SHORT_UNALIGNED, 2 * i));
      case F32 -> data.get(JAVA_FLOAT_UNALIGNED, 4 * i);
      case F64 -> data.get(JAVA_DOUBLE_UNALIGNED, 8 * i);
      case C64 -> data.get(JAVA_FLOAT_UNALIGNED, 8 * i);
      case C128 -> data.get(JAVA_DOUBLE_UNALIGNED, 16 * i);
    };
  }

  /** Reads element {@code i} of an array of {@code dtype} as a 64-bit integer. */
  public static long getLong(DType dtype, MemorySegment data, long i) {
    return switch (dtype) {
      case BOOL -> data.get(JAVA_BYTE, i) != 0 ? 1 : 0;
      case I8 -> data.get(JAVA_BYTE, i);
      case U8 -> data.get(JAVA_BYTE, i) & 0xFF;
      case I16 -> data.get(JAVA_SHORT_UNALIGNED, 2 * i);
      case U16 -> data.get(JAVA_SHORT_UNALIGNED, 2 * i) & 0xFFFF;
      case I32 -> data.get(JAVA_INT_UNALIGNED, 4 * i);
      case U32 -> data.get(JAVA_INT_UNALIGNED, 4 * i) & 0xFFFFFFFFL;
      case I64, U64 -> data.get(JAVA_LONG_UNALIGNED, 8 * i);
      case F16, BF16, F32, F64, C64, C128 -> (long) getDouble(dtype, data, i);
    };
  }

  /** Writes element {@code i}: rounded to nearest even, or wrapped to the integer type. */
  public static void set(DType dtype, MemorySegment data, long i, double re, double im) {
    switch (dtype) {
      case BOOL -> data.set(JAVA_BYTE, i, (byte) (re != 0 ? 1 : 0));
      case I8, U8, I16, U16, I32, U32, I64 -> setLong(dtype, data, i, (long) re);
      case U64 -> setLong(dtype, data, i, doubleToUnsigned(re));
      case F16 -> data.set(JAVA_SHORT_UNALIGNED, 2 * i, doubleToFloat16(re));
      case BF16 -> data.set(JAVA_SHORT_UNALIGNED, 2 * i, doubleToBfloat16(re));
      case F32 -> data.set(JAVA_FLOAT_UNALIGNED, 4 * i, (float) re);
      case F64 -> data.set(JAVA_DOUBLE_UNALIGNED, 8 * i, re);
      case C64 -> {
        data.set(JAVA_FLOAT_UNALIGNED, 8 * i, (float) re);
        data.set(JAVA_FLOAT_UNALIGNED, 8 * i + 4, (float) im);
      }
      case C128 -> {
        data.set(JAVA_DOUBLE_UNALIGNED, 16 * i, re);
        data.set(JAVA_DOUBLE_UNALIGNED, 16 * i + 8, im);
      }
    }
  }

  /** Writes element {@code i} from a 64-bit pattern: low bits, or the nearest floating value. */
  public static void setLong(DType dtype, MemorySegment data, long i, long value) {
    switch (dtype) {
      case BOOL -> data.set(JAVA_BYTE, i, (byte) (value != 0 ? 1 : 0));
      case I8, U8 -> data.set(JAVA_BYTE, i, (byte) value);
      case I16, U16 -> data.set(JAVA_SHORT_UNALIGNED, 2 * i, (short) value);
      case I32, U32 -> data.set(JAVA_INT_UNALIGNED, 4 * i, (int) value);
      case I64, U64 -> data.set(JAVA_LONG_UNALIGNED, 8 * i, value);
      case F32 -> data.set(JAVA_FLOAT_UNALIGNED, 4 * i, (float) value);
      case F16, BF16, F64, C64, C128 -> set(dtype, data, i, value, 0);
    }
  }

  /** The value of a bfloat16 bit pattern. */
  public static float bfloat16ToFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Nearest bfloat16, ties to even; NaN stays NaN. */
  public static short floatToBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  /** Nearest bfloat16 to a double, rounded once. */
  public static short doubleToBfloat16(double value) {
    return floatToBfloat16(roundToOdd(value));
  }

  /** Nearest float16 to a double, rounded once. */
  public static short doubleToFloat16(double value) {
    return Float.floatToFloat16(roundToOdd(value));
  }

  /** A float with a sticky last bit, so that rounding it again equals rounding the double once. */
  private static float roundToOdd(double value) {
    float f = (float) value;
    if (f == value || Float.isNaN(f) || Float.isInfinite(f)) {
      return f;
    }
    float down = Math.abs(f) > Math.abs(value) ? towardZero(f) : f;
    return Float.intBitsToFloat(Float.floatToRawIntBits(down) | 1);
  }

  private static float towardZero(float f) {
    return f > 0 ? Math.nextDown(f) : Math.nextUp(f);
  }

  /** The double nearest to an unsigned 64-bit pattern. */
  public static double unsignedToDouble(long bits) {
    return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
  }

  /** Truncates a double to an unsigned 64-bit pattern, saturating. */
  public static long doubleToUnsigned(double value) {
    return value < 0x1p63
        ? (long) value
        : value >= 0x1p64 ? -1L : (long) (value - 0x1p63) ^ Long.MIN_VALUE;
  }

  /** Whether the type and every byte agree. */
  @Override
  public boolean equals(Object o) {
    return this == o
        || o instanceof Literal other && type.equals(other.type) && data.mismatch(other.data) < 0;
  }

  @Override
  public int hashCode() {
    int hash = type.hashCode();
    for (long i = 0; i < Math.min(data.byteSize(), 64); i++) {
      hash = 31 * hash + data.get(JAVA_BYTE, i);
    }
    return hash;
  }

  @Override
  public String toString() {
    return "literal of " + type;
  }
}
