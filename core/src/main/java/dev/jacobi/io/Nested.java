package dev.jacobi.io;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/**
 * Nested Java arrays and lists, in and out. The Java type of the elements is the element type:
 * {@code float} f32, {@code double} f64, {@code byte} to {@code long} i8 to i64, {@code boolean}
 * bool; boxed numbers likewise. Data without elements is f32 unless its Java type says otherwise.
 */
public final class Nested {
  private Nested() {}

  /**
   * Copies nested data, such as {@code float[][]} or {@code List<List<Double>>}, or a single
   * number.
   *
   * @throws RaggedDataException if rows differ in length, depth or element type
   */
  public static Literal of(Object data) {
    List<Long> sizes = new ArrayList<>();
    Class<?> element = measure(data, sizes);
    DType dtype = dtypeOf(element, path(sizes.size()));
    Shape shape = Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
    TensorType type = new TensorType(dtype, shape);
    MemorySegment memory = Literal.allocate(type);
    new Filler(dtype, shape, memory).fill(data, 0, "");
    return Literal.wrap(type, memory);
  }

  /**
   * Copies raw elements in row-major order.
   *
   * @throws RaggedDataException unless the segment has exactly the bytes of the type
   */
  public static Literal of(DType dtype, Shape shape, MemorySegment data) {
    TensorType type = new TensorType(dtype, shape);
    if (data.byteSize() != type.byteSize()) {
      throw new RaggedDataException(
          "", "has " + data.byteSize() + " bytes, but " + type + " takes " + type.byteSize());
    }
    return Literal.copyOf(type, data);
  }

  /** Follows the first elements down; returns the class of the elements, null if there are none. */
  private static Class<?> measure(Object data, List<Long> sizes) {
    if (data instanceof List<?> list) {
      sizes.add((long) list.size());
      return list.isEmpty() ? null : measure(list.getFirst(), sizes);
    }
    if (data != null && data.getClass().isArray()) {
      int length = Array.getLength(data);
      sizes.add((long) length);
      Class<?> component = data.getClass().getComponentType();
      if (component.isPrimitive()) {
        return component;
      }
      if (length > 0) {
        return measure(Array.get(data, 0), sizes);
      }
      while (component.isArray()) {
        sizes.add(0L);
        component = component.getComponentType();
      }
      return component == Object.class || component == List.class ? null : component;
    }
    if (data == null) {
      throw new RaggedDataException(path(sizes.size()), "is null");
    }
    return data.getClass();
  }

  /** The path of the first element at a depth. */
  private static String path(int depth) {
    return "[0]".repeat(depth);
  }

  private static DType dtypeOf(Class<?> element, String path) {
    if (element == null || element == float.class || element == Float.class) {
      return DType.F32;
    }
    if (element == double.class || element == Double.class) {
      return DType.F64;
    }
    if (element == int.class || element == Integer.class) {
      return DType.I32;
    }
    if (element == long.class || element == Long.class) {
      return DType.I64;
    }
    if (element == boolean.class || element == Boolean.class) {
      return DType.BOOL;
    }
    if (element == byte.class || element == Byte.class) {
      return DType.I8;
    }
    if (element == short.class || element == Short.class) {
      return DType.I16;
    }
    throw new RaggedDataException(
        path,
        "is of class "
            + element.getTypeName()
            + ", which is no element type; use numbers or"
            + " booleans");
  }

  /** Copies elements to their row-major place and checks that each row is like the first. */
  private record Filler(DType dtype, Shape shape, MemorySegment memory) {
    /** Copies a sub-array whose first element has position {@code at}. */
    void fill(Object data, long at, String path) {
      int depth = depth(path);
      if (depth == shape.rank()) {
        scalar(data, at, path);
        return;
      }
      int length = length(data, path);
      if (length != shape.dim(depth)) {
        throw new RaggedDataException(
            path,
            "has " + length + " elements, but the first row at this depth has " + shape.dim(depth));
      }
      if (data.getClass().isArray() && depth == shape.rank() - 1 && bulk(data, at)) {
        return;
      }
      long stride = shape.strides()[depth];
      for (int i = 0; i < length; i++) {
        Object row = data instanceof List<?> list ? list.get(i) : Array.get(data, i);
        fill(row, at + i * stride, path + "[" + i + "]");
      }
    }

    private static int depth(String path) {
      return (int) path.chars().filter(c -> c == '[').count();
    }

    private static int length(Object data, String path) {
      if (data instanceof List<?> list) {
        return list.size();
      }
      if (data != null && data.getClass().isArray()) {
        return Array.getLength(data);
      }
      throw new RaggedDataException(
          path, "is " + data + ", but the first element at this depth is a row");
    }

    /** Copies a primitive row at once. */
    private boolean bulk(Object row, long at) {
      MemorySegment source =
          switch (row) {
            case float[] a when dtype == DType.F32 -> MemorySegment.ofArray(a);
            case double[] a when dtype == DType.F64 -> MemorySegment.ofArray(a);
            case int[] a when dtype == DType.I32 -> MemorySegment.ofArray(a);
            case long[] a when dtype == DType.I64 -> MemorySegment.ofArray(a);
            case short[] a when dtype == DType.I16 -> MemorySegment.ofArray(a);
            case byte[] a when dtype == DType.I8 -> MemorySegment.ofArray(a);
            default -> null;
          };
      if (source == null) {
        return false;
      }
      if (source.byteSize() > 0) { // the place of no elements may lie outside
        MemorySegment.copy(source, 0, memory, at * dtype.bytes(), source.byteSize());
      }
      return true;
    }

    private void scalar(Object value, long at, String path) {
      if (value == null) {
        throw new RaggedDataException(path, "is null");
      }
      if (value instanceof List<?> || value.getClass().isArray()) {
        throw new RaggedDataException(
            path, "is a row, but the first element at this depth is a number");
      }
      if (dtypeOf(value.getClass(), path) != dtype) {
        throw new RaggedDataException(
            path,
            "is a "
                + value.getClass().getSimpleName()
                + ", but the first element is of type "
                + dtype.numpyName()
                + "; the Java type is the element type, so use one");
      }
      switch (value) {
        case Boolean b -> Literal.setLong(dtype, memory, at, b ? 1 : 0);
        case Float f -> Literal.set(dtype, memory, at, f, 0);
        case Double d -> Literal.set(dtype, memory, at, d, 0);
        default -> Literal.setLong(dtype, memory, at, ((Number) value).longValue());
      }
    }
  }

  /**
   * Copies an array into nested Java arrays, {@code float[][]} for an f32 matrix; a scalar becomes
   * a boxed number. Types that Java lacks become the next larger one: f16 and bf16 {@code float},
   * u8 {@code short}, u16 {@code int}, u32 {@code long}; u64 becomes {@code long} where it fits.
   *
   * @throws ArithmeticException if a u64 exceeds {@code long}
   * @throws IllegalArgumentException for complex arrays: export real and imaginary parts
   */
  public static Object toJava(Literal array) {
    Class<?> element = javaType(array.dtype());
    return array.shape().isScalar() ? element(array, 0) : row(array, element, 0, 0);
  }

  private static Object row(Literal array, Class<?> element, int axis, long at) {
    int length = Math.toIntExact(array.shape().dim(axis));
    int below = array.shape().rank() - axis - 1;
    Class<?> component = element;
    for (int d = 0; d < below; d++) {
      component = component.arrayType();
    }
    Object row = Array.newInstance(component, length);
    long stride = array.shape().strides()[axis];
    for (int i = 0; i < length; i++) {
      long offset = at + i * stride;
      Array.set(
          row, i, below == 0 ? element(array, offset) : row(array, element, axis + 1, offset));
    }
    return row;
  }

  private static Class<?> javaType(DType dtype) {
    return switch (dtype) {
      case BOOL -> boolean.class;
      case I8 -> byte.class;
      case I16, U8 -> short.class;
      case I32, U16 -> int.class;
      case I64, U32, U64 -> long.class;
      case F16, BF16, F32 -> float.class;
      case F64 -> double.class;
      case C64, C128 ->
          throw new IllegalArgumentException(
              "Java has no complex numbers; export real(x) and imag(x)");
    };
  }

  private static Object element(Literal array, long i) {
    return switch (array.dtype()) {
      case BOOL -> array.getBoolean(i);
      case I8 -> (byte) array.getLong(i);
      case I16, U8 -> (short) array.getLong(i);
      case I32, U16 -> (int) array.getLong(i);
      case I64, U32 -> array.getLong(i);
      case U64 -> fitting(array.getLong(i));
      case F16, BF16, F32 -> (float) array.getDouble(i);
      case F64, C64, C128 -> array.getDouble(i);
    };
  }

  private static long fitting(long bits) {
    if (bits < 0) {
      throw new ArithmeticException(
          "the u64 " + Long.toUnsignedString(bits) + " exceeds Java's long");
    }
    return bits;
  }
}
