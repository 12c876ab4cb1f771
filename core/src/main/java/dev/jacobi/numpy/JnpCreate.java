package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.ConcreteArray;
import java.lang.foreign.MemorySegment;

/** New arrays. The Java type of the data is the element type; without data it is f32 or i32. */
public abstract class JnpCreate extends JnpLinalg {
  JnpCreate() {}

  private static Array host(DType dtype, Shape shape, MemorySegment data) {
    TensorType type = new TensorType(dtype, shape);
    return new ConcreteArray(Aval.of(dtype, shape), Backends.current().fromHost(type, data));
  }

  /** A vector of f32. */
  public static Array array(float... values) {
    return host(DType.F32, Shape.of(values.length), MemorySegment.ofArray(values));
  }

  /** A vector of f64. */
  public static Array array(double... values) {
    return host(DType.F64, Shape.of(values.length), MemorySegment.ofArray(values));
  }

  /** A vector of i32. */
  public static Array array(int... values) {
    return host(DType.I32, Shape.of(values.length), MemorySegment.ofArray(values));
  }

  /** A vector of i64. */
  public static Array array(long... values) {
    return host(DType.I64, Shape.of(values.length), MemorySegment.ofArray(values));
  }

  /** A vector of booleans. */
  public static Array array(boolean... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return host(DType.BOOL, Shape.of(values.length), MemorySegment.ofArray(bytes));
  }

  /** A shape, for functions that take one. */
  public static Shape shape(long... sizes) {
    return Shape.of(sizes);
  }

  /** f32 zeros. */
  public static Array zeros(long... sizes) {
    return zeros(Shape.of(sizes), DType.F32);
  }

  public static Array zeros(Shape shape, DType dtype) {
    return Zeros.of(Aval.of(dtype, shape));
  }

  /** f32 ones. */
  public static Array ones(long... sizes) {
    return ones(Shape.of(sizes), DType.F32);
  }

  public static Array ones(Shape shape, DType dtype) {
    return Zeros.full(Aval.of(dtype, shape), 1);
  }

  /** Zeros of the shape and element type of {@code x}. */
  public static Array zerosLike(Array x) {
    return Zeros.of(x.aval().strong());
  }

  /** Ones of the shape and element type of {@code x}. */
  public static Array onesLike(Array x) {
    return Zeros.full(x.aval().strong(), 1);
  }

  /** One f32 value everywhere. */
  public static Array full(Shape shape, double value) {
    return Zeros.full(Scalars.of(DType.F32, value), shape);
  }
}
