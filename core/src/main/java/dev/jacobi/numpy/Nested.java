package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.lax.LaxTypeException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Java arrays of arrays and lists of lists as elements in row-major order. */
final class Nested {
  private final List<Long> sizes = new ArrayList<>();

  /** Boxed numbers, or whole rows as Java arrays. */
  private final List<Object> parts = new ArrayList<>();

  private Nested() {}

  /** Elements of one shape and type. */
  record Data(TensorType type, MemorySegment bytes) {}

  static Data of(Object nested, DType ifEmpty) {
    Nested all = new Nested();
    all.collect(nested, 0, "");
    Shape shape = Shape.of(all.sizes.stream().mapToLong(Long::longValue).toArray());
    DType t = all.parts.isEmpty() ? ifEmpty : all.type();
    TensorType type = new TensorType(t, shape);
    MemorySegment bytes = Literal.allocate(type);
    int next = 0;
    for (Object part : all.parts) {
      if (isArray(part)) {
        MemorySegment row = segment(part);
        MemorySegment.copy(row, 0, bytes, (long) next * t.bytes(), row.byteSize());
        next += java.lang.reflect.Array.getLength(part);
      } else {
        put(t, bytes, next++, part);
      }
    }
    return new Data(type, bytes);
  }

  private void collect(Object value, int depth, String path) {
    if (!(value instanceof List<?>) && !isArray(value)) {
      if (depth != sizes.size()) {
        throw new LaxTypeException("array", "a single value at" + path + " where others have rows");
      }
      parts.add(value);
      return;
    }
    boolean row = isArray(value) && value.getClass().componentType().isPrimitive();
    List<?> rows = value instanceof List<?> list ? list : row ? List.of() : rows(value);
    long length = row ? java.lang.reflect.Array.getLength(value) : rows.size();
    if (depth == sizes.size()) {
      if (!parts.isEmpty()) {
        throw new LaxTypeException("array", "rows at" + path + " where others are single values");
      }
      sizes.add(length);
    } else if (sizes.get(depth) != length) {
      throw new LaxTypeException(
          "array",
          "rows of different lengths: " + sizes.get(depth) + " and, at" + path + ", " + length);
    }
    if (row && depth + 1 < sizes.size()) {
      throw new LaxTypeException("array", "single values at" + path + " where others have rows");
    }
    if (row && length > 0) {
      parts.add(value);
    }
    for (int i = 0; i < rows.size(); i++) {
      collect(rows.get(i), depth + 1, path + " [" + i + "]");
    }
  }

  private static boolean isArray(Object value) {
    return value != null && value.getClass().isArray();
  }

  private static List<Object> rows(Object array) {
    int n = java.lang.reflect.Array.getLength(array);
    List<Object> rows = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      rows.add(java.lang.reflect.Array.get(array, i));
    }
    return rows;
  }

  private DType type() {
    DType first = type(parts.getFirst());
    for (Object part : parts) {
      if (type(part) != first) {
        throw new LaxTypeException(
            "array", "mixes " + first + " and " + type(part) + "; convert to one Java type");
      }
    }
    return first;
  }

  private static DType type(Object part) {
    return switch (part) {
      case Float f -> DType.F32;
      case float[] fs -> DType.F32;
      case Double d -> DType.F64;
      case double[] ds -> DType.F64;
      case Byte b -> DType.I8;
      case byte[] bs -> DType.I8;
      case Short s -> DType.I16;
      case short[] ss -> DType.I16;
      case Integer i -> DType.I32;
      case int[] is -> DType.I32;
      case Long l -> DType.I64;
      case long[] ls -> DType.I64;
      case Boolean b -> DType.BOOL;
      case boolean[] bs -> DType.BOOL;
      case null -> throw new LaxTypeException("array", "null is no element");
      default ->
          throw new LaxTypeException(
              "array", part.getClass().getName() + " is no element; stack joins arrays");
    };
  }

  private static MemorySegment segment(Object row) {
    return switch (row) {
      case float[] f -> MemorySegment.ofArray(f);
      case double[] d -> MemorySegment.ofArray(d);
      case byte[] b -> MemorySegment.ofArray(b);
      case short[] s -> MemorySegment.ofArray(s);
      case int[] i -> MemorySegment.ofArray(i);
      case long[] l -> MemorySegment.ofArray(l);
      case boolean[] b -> {
        byte[] bytes = new byte[b.length];
        for (int k = 0; k < b.length; k++) {
          bytes[k] = (byte) (b[k] ? 1 : 0);
        }
        yield MemorySegment.ofArray(bytes);
      }
      default -> throw new IllegalStateException("type() has accepted " + row.getClass());
    };
  }

  private static void put(DType t, MemorySegment bytes, int i, Object scalar) {
    if (scalar instanceof Boolean b) {
      Literal.setLong(t, bytes, i, b ? 1 : 0);
    } else if (t.isFloat()) {
      Literal.set(t, bytes, i, ((Number) scalar).doubleValue(), 0);
    } else {
      Literal.setLong(t, bytes, i, ((Number) scalar).longValue());
    }
  }

  /** The values as lists of lists, innermost Float, Double, Integer, Long or Boolean. */
  static List<Object> toList(Array x) {
    if (x.rank() == 0) {
      throw new LaxTypeException("toList", "a scalar is no list; item() gives its value");
    }
    List<Object> elements =
        switch (x.dtype()) {
          case BOOL -> boxed(x.toBooleanArray());
          case I8, I16, I32, U8, U16 -> boxed(x.toIntArray());
          case I64, U32, U64 -> boxed(x.toLongArray());
          case F16, BF16, F32 -> boxed(x.toFloatArray());
          case F64 -> boxed(x.toDoubleArray());
          case C64, C128 ->
              throw new LaxTypeException("toList", "takes real numbers; use real(x) and imag(x)");
        };
    for (int d = x.rank() - 1; d > 0; d--) {
      elements = grouped(elements, Math.toIntExact(x.dim(d)), count(x.shape(), d));
    }
    return elements;
  }

  private static List<Object> boxed(Object array) {
    return rows(array);
  }

  private static int count(Shape shape, int d) {
    return Math.toIntExact(Arrays.stream(shape.toArray(), 0, d).reduce(1, (a, b) -> a * b));
  }

  private static List<Object> grouped(List<Object> elements, int size, int groups) {
    List<Object> rows = new ArrayList<>(groups);
    for (int i = 0; i < groups; i++) {
      rows.add(List.copyOf(elements.subList(i * size, (i + 1) * size)));
    }
    return rows;
  }
}
