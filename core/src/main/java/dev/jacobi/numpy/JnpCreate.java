package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.ConcreteArray;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** New arrays. The Java type of the data is the element type; without data it is f32 or i32. */
public abstract class JnpCreate extends JnpLinalg {
  JnpCreate() {}

  private static Array host(DType dtype, Shape shape, MemorySegment data) {
    TensorType type = new TensorType(dtype, shape);
    return new ConcreteArray(Aval.of(dtype, shape), Backends.current().fromHost(type, data));
  }

  /** A vector of f32. {@code array(1f, 2.5f)} is {@code [1. 2.5]}. */
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

  /** The elements as nested lists. {@code toList(array(1f, 2f))} is {@code [1.0, 2.0]}. */
  public static List<Object> toList(Array x) {
    return Nested.toList(x);
  }

  private static Array nested(Object rows, DType ifEmpty) {
    Nested.Data data = Nested.of(rows, ifEmpty);
    return host(data.type().dtype(), data.type().shape(), data.bytes());
  }

  /** A matrix of f32, from its rows. */
  public static Array array(float[][] rows) {
    return nested(rows, DType.F32);
  }

  /** A matrix of f64, from its rows. */
  public static Array array(double[][] rows) {
    return nested(rows, DType.F64);
  }

  /** A matrix of i32, from its rows. */
  public static Array array(int[][] rows) {
    return nested(rows, DType.I32);
  }

  /** A matrix of i64, from its rows. */
  public static Array array(long[][] rows) {
    return nested(rows, DType.I64);
  }

  /** A matrix of booleans, from its rows. */
  public static Array array(boolean[][] rows) {
    return nested(rows, DType.BOOL);
  }

  /** Three dimensions of f32. */
  public static Array array(float[][][] layers) {
    return nested(layers, DType.F32);
  }

  /** Three dimensions of f64. */
  public static Array array(double[][][] layers) {
    return nested(layers, DType.F64);
  }

  /** Three dimensions of i32. */
  public static Array array(int[][][] layers) {
    return nested(layers, DType.I32);
  }

  /**
   * Nested lists (or Java arrays in lists) of any depth, all of one Java type: Float gives f32,
   * Double f64, Integer i32, Long i64, Boolean bool. Rows of different lengths throw.
   */
  public static Array array(List<?> nested) {
    return nested(nested, DType.F32);
  }

  /** A copy of elements in row-major order, in the machine's byte order. */
  public static Array array(MemorySegment elements, DType dtype, long... sizes) {
    TensorType type = new TensorType(dtype, Shape.of(sizes));
    if (elements.byteSize() != type.shape().size() * dtype.bytes()) {
      throw new LaxTypeException(
          "array", "a segment of " + elements.byteSize() + " bytes is not of type " + type);
    }
    return host(dtype, type.shape(), elements);
  }

  /** A scalar f32. {@code scalar(2.5f)} is {@code 2.5}. */
  public static Array scalar(float value) {
    return host(DType.F32, Shape.scalar(), MemorySegment.ofArray(new float[] {value}));
  }

  /** A scalar f64. */
  public static Array scalar(double value) {
    return host(DType.F64, Shape.scalar(), MemorySegment.ofArray(new double[] {value}));
  }

  /** A scalar i32. */
  public static Array scalar(int value) {
    return host(DType.I32, Shape.scalar(), MemorySegment.ofArray(new int[] {value}));
  }

  /** A scalar i64. */
  public static Array scalar(long value) {
    return host(DType.I64, Shape.scalar(), MemorySegment.ofArray(new long[] {value}));
  }

  /** A scalar bool. */
  public static Array scalar(boolean value) {
    byte[] data = {(byte) (value ? 1 : 0)};
    return host(DType.BOOL, Shape.scalar(), MemorySegment.ofArray(data));
  }

  /** A shape, for functions that take one. {@code shape(2, 3)} is {@code (2, 3)}. */
  public static Shape shape(long... sizes) {
    return Dims.shape("shape", sizes);
  }

  /** f32 zeros. {@code zeros(2, 2)} is {@code [[0. 0.] [0. 0.]]}. */
  public static Array zeros(long... sizes) {
    return zeros(Dims.shape("zeros", sizes), DType.F32);
  }

  public static Array zeros(Shape shape, DType dtype) {
    return Zeros.of(Aval.of(dtype, shape));
  }

  /** f32 ones. {@code ones(3)} is {@code [1. 1. 1.]}. */
  public static Array ones(long... sizes) {
    return ones(Dims.shape("ones", sizes), DType.F32);
  }

  public static Array ones(Shape shape, DType dtype) {
    return Zeros.full(Aval.of(dtype, shape), 1);
  }

  /**
   * Zeros of the shape and element type of {@code x}. {@code zerosLike(array(1, 2))} is {@code [0
   * 0]}.
   */
  public static Array zerosLike(Array x) {
    return Zeros.of(x.aval().strong());
  }

  /**
   * Ones of the shape and element type of {@code x}. {@code onesLike(array(1, 2))} is {@code [1
   * 1]}.
   */
  public static Array onesLike(Array x) {
    return Zeros.full(x.aval().strong(), 1);
  }

  /** One f32 value everywhere. {@code full(shape(2), 7)} is {@code [7 7]}. */
  public static Array full(Shape shape, double value) {
    return Zeros.full(Scalars.of(DType.F32, value), shape);
  }

  /** One value everywhere, in an element type. */
  public static Array full(Shape shape, double value, DType dtype) {
    return Zeros.full(Promotion.convert(weak(value), dtype, false), shape);
  }

  /** One i32 value everywhere. */
  public static Array full(Shape shape, long value) {
    return Zeros.full(Promotion.convert(weak(value), DType.I32, false), shape);
  }

  /**
   * One value everywhere, of the shape and element type of {@code x}. {@code fullLike(array(1f,
   * 2f), 7)} is {@code [7. 7.]}.
   */
  public static Array fullLike(Array x, double value) {
    return Zeros.full(x.aval().strong(), value);
  }

  /** 0, 1, ... below stop, as i32. {@code arange(4)} is {@code [0 1 2 3]}. */
  public static Array arange(long stop) {
    return arange(0, stop, 1);
  }

  /** Whole numbers from start to below stop, as i32. */
  public static Array arange(long start, long stop) {
    return arange(start, stop, 1);
  }

  /**
   * Whole numbers from start to before stop in steps, as i32; a last one that does not fit throws.
   */
  public static Array arange(long start, long stop, long step) {
    if (step == 0) {
      throw new LaxTypeException("arange", "the step cannot be 0");
    }
    long span = step > 0 ? stop - start : start - stop;
    if (span < 0 && (step > 0 ? stop > start : start > stop)) {
      throw new LaxTypeException("arange", "more numbers than 2^63 from " + start + " to " + stop);
    }
    long count = span <= 0 ? 0 : 1 + (span - 1) / Math.abs(step);
    Array numbers = Shapes.iota(DType.I32, Shape.of(count), 0);
    Array scaled = step == 1 ? numbers : multiply(weak(step), numbers);
    Promotion.convert(weak(start + Math.max(0, count - 1) * step), DType.I32, false);
    return start == 0 && step == 1 ? numbers : add(weak(start), scaled);
  }

  /** 0, 1, ... below stop. {@code arange(3, DType.F64)} is {@code [0. 1. 2.]}. */
  public static Array arange(long stop, DType dtype) {
    return arange(0.0, stop, 1.0, dtype);
  }

  /** 0, 1, ... below stop, as f32. */
  public static Array arange(double stop) {
    return arange(0.0, stop, 1.0);
  }

  /** Numbers from start to before stop, as f32. */
  public static Array arange(double start, double stop) {
    return arange(start, stop, 1.0);
  }

  /** Numbers from start to before stop in steps, as f32: {@code start + k step}. */
  public static Array arange(double start, double stop, double step) {
    return arange(start, stop, step, DType.F32);
  }

  /** Numbers from start to before stop in steps. */
  public static Array arange(double start, double stop, double step, DType dtype) {
    if (!(step != 0 && Double.isFinite((stop - start) / step))) {
      throw new LaxTypeException(
          "arange",
          "needs finite bounds and a step other than 0: " + start + ", " + stop + ", " + step);
    }
    long count = Math.max(0, (long) Math.ceil((stop - start) / step));
    Array numbers = Shapes.iota(dtype, Dims.shape("arange", count), 0);
    return Arithmetic.add(
        Scalars.of(dtype, start), Arithmetic.mul(Scalars.of(dtype, step), numbers));
  }

  /**
   * {@code count} f32 numbers from start to stop, both included, at equal distances. {@code
   * linspace(0, 1, 5)} is {@code [0. 0.25 0.5 0.75 1. ]}.
   */
  public static Array linspace(double start, double stop, long count) {
    return Spaces.linspace(start, stop, count, true, DType.F32);
  }

  /**
   * {@code count} numbers from start to stop, both included, at equal distances. {@code linspace(0,
   * 1, 3, DType.F64)} is {@code [0. 0.5 1. ]}.
   */
  public static Array linspace(double start, double stop, long count, DType dtype) {
    return Spaces.linspace(start, stop, count, true, dtype);
  }

  /** Numbers at equal distances from start; {@code endpoint} tells whether stop is the last. */
  public static Array linspace(
      double start, double stop, long count, boolean endpoint, DType dtype) {
    return Spaces.linspace(start, stop, count, endpoint, dtype);
  }

  /**
   * f32 powers of 10 at equal ratios: from {@code 10^start} to {@code 10^stop}. {@code logspace(0,
   * 2, 3)} is {@code [ 1. 10. 100.]}.
   */
  public static Array logspace(double start, double stop, long count) {
    return logspace(start, stop, count, DType.F32);
  }

  /** The same in another type. {@code logspace(0, 2, 2, DType.F64)} is {@code [ 1. 100.]}. */
  public static Array logspace(double start, double stop, long count, DType dtype) {
    DType in = dtype.isInexact() ? dtype : DType.F32;
    Array powers = power(full(Shape.scalar(), 10.0, in), linspace(start, stop, count, in));
    return Convert.convertElementType(powers, dtype);
  }

  /**
   * f32 numbers from start to stop at equal ratios; neither may be 0. {@code geomspace(1, 100, 3)}
   * is {@code [ 1. 10. 100.]}.
   */
  public static Array geomspace(double start, double stop, long count) {
    return geomspace(start, stop, count, DType.F32);
  }

  /** The same in another type. {@code geomspace(1, 9, 3, DType.F64)} is {@code [1. 3. 9.]}. */
  public static Array geomspace(double start, double stop, long count, DType dtype) {
    DType in = dtype.isInexact() ? dtype : DType.F32;
    return Convert.convertElementType(Spaces.geomspace(start, stop, count, in), dtype);
  }

  /**
   * Ones on a diagonal of an f32 matrix; k counts from the main one to the right. {@code eye(2, 3,
   * 1, DType.I32)} is {@code [[0 1 0] [0 0 1]]}.
   */
  public static Array eye(long rows, long columns, int k, DType dtype) {
    Shape shape = Dims.shape("eye", rows, columns);
    return Convert.convertElementType(Spaces.diagonalMask(shape, k), dtype);
  }

  public static Array eye(long n) {
    return eye(n, n, 0, DType.F32);
  }

  public static Array eye(long rows, long columns, int k) {
    return eye(rows, columns, k, DType.F32);
  }

  /** The f32 unit matrix. {@code identity(2)} is {@code [[1. 0.] [0. 1.]]}. */
  public static Array identity(long n) {
    return eye(n);
  }

  /** The unit matrix. {@code identity(2, DType.I32)} is {@code [[1 0] [0 1]]}. */
  public static Array identity(long n, DType dtype) {
    return eye(n, n, 0, dtype);
  }

  /**
   * Ones on and below a diagonal of an f32 matrix. {@code tri(2, 3, 0)} is {@code [[1. 0. 0.] [1.
   * 1. 0.]]}.
   */
  public static Array tri(long rows, long columns, int k) {
    Shape shape = Dims.shape("tri", rows, columns);
    return Convert.convertElementType(Spaces.lowerMask(shape, k), DType.F32);
  }

  public static Array tri(long n) {
    return tri(n, n, 0);
  }

  /**
   * The position of each element of a shape along each dimension, as i32 of shape (rank, ...).
   * {@code indices(2, 2)} is {@code [[[0 0] [1 1]] [[0 1] [0 1]]]}.
   */
  public static Array indices(long... sizes) {
    Shape shape = Dims.shape("indices", sizes);
    List<Array> along = new ArrayList<>();
    for (int d = 0; d < sizes.length; d++) {
      along.add(Shapes.iota(DType.I32, shape, d));
    }
    return stack(along);
  }

  /**
   * Rows and columns of the elements on and below the main diagonal of a square matrix, as i32.
   * {@code trilIndices(2)} is {@code [[0 1 1], [0 0 1]]}.
   */
  public static List<Array> trilIndices(long n) {
    return Indexing.nonzero(Spaces.lowerMask(Dims.shape("trilIndices", n, n), 0));
  }

  /**
   * Linear interpolation of the points (xs, ys), xs ascending; beyond them the first or last y.
   * {@code interp(scalar(1.5f), array(1f, 2f), array(10f, 20f))} is {@code 15.0}.
   */
  public static Array interp(Array x, Array xs, Array ys) {
    if (xs.rank() != 1 || !xs.shape().equals(ys.shape()) || xs.dim(0) < 1) {
      throw new ShapeMismatchException(
          "interp", "must be vectors of one size from 1", List.of(xs, ys));
    }
    return Spaces.interp(inexact(x), inexact(xs), inexact(ys));
  }
}
