package dev.jacobi.hlo.interpret;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.linalg.Complex;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * An array while the interpreter works on it: its elements, row-major, in plain Java arrays.
 * Whoever makes a tensor may write to it until it is handed on; after that nobody does.
 */
sealed interface Tensor {
  TensorType type();

  /** Elements {@code positions[0], positions[1], ...} in a new tensor. */
  Tensor pick(Shape shape, int[] positions);

  /** Writes all elements of {@code source}, of the same element type, to {@code positions}. */
  void put(int[] positions, Tensor source);

  /** Writes element {@code from} of {@code source} to position {@code to}. */
  void put(int to, Tensor source, int from);

  Tensor copy();

  /** The same elements under another shape. */
  Tensor withShape(Shape shape);

  /** Floating elements, each exactly representable in the element type. */
  record Reals(TensorType type, double[] values) implements Tensor {
    @Override
    public Reals pick(Shape shape, int[] positions) {
      double[] out = new double[positions.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = values[positions[i]];
      }
      return new Reals(type.withShape(shape), out);
    }

    @Override
    public void put(int[] positions, Tensor source) {
      double[] from = ((Reals) source).values;
      for (int i = 0; i < positions.length; i++) {
        values[positions[i]] = from[i];
      }
    }

    @Override
    public void put(int to, Tensor source, int from) {
      values[to] = ((Reals) source).values[from];
    }

    @Override
    public Reals copy() {
      return new Reals(type, values.clone());
    }

    @Override
    public Reals withShape(Shape shape) {
      return new Reals(type.withShape(shape), values);
    }
  }

  /** Integers, sign- or zero-extended to 64 bits; booleans as 0 and 1. */
  record Ints(TensorType type, long[] values) implements Tensor {
    @Override
    public Ints pick(Shape shape, int[] positions) {
      long[] out = new long[positions.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = values[positions[i]];
      }
      return new Ints(type.withShape(shape), out);
    }

    @Override
    public void put(int[] positions, Tensor source) {
      long[] from = ((Ints) source).values;
      for (int i = 0; i < positions.length; i++) {
        values[positions[i]] = from[i];
      }
    }

    @Override
    public void put(int to, Tensor source, int from) {
      values[to] = ((Ints) source).values[from];
    }

    @Override
    public Ints copy() {
      return new Ints(type, values.clone());
    }

    @Override
    public Ints withShape(Shape shape) {
      return new Ints(type.withShape(shape), values);
    }
  }

  /** Complex elements as separate parts, each exactly representable. */
  record Complexes(TensorType type, double[] re, double[] im) implements Tensor {
    @Override
    public Complexes pick(Shape shape, int[] positions) {
      double[] outRe = new double[positions.length];
      double[] outIm = new double[positions.length];
      for (int i = 0; i < outRe.length; i++) {
        outRe[i] = re[positions[i]];
        outIm[i] = im[positions[i]];
      }
      return new Complexes(type.withShape(shape), outRe, outIm);
    }

    @Override
    public void put(int[] positions, Tensor source) {
      for (int i = 0; i < positions.length; i++) {
        put(positions[i], source, i);
      }
    }

    @Override
    public void put(int to, Tensor source, int from) {
      re[to] = ((Complexes) source).re[from];
      im[to] = ((Complexes) source).im[from];
    }

    @Override
    public Complexes copy() {
      return new Complexes(type, re.clone(), im.clone());
    }

    @Override
    public Complexes withShape(Shape shape) {
      return new Complexes(type.withShape(shape), re, im);
    }

    Complex get(int i) {
      return new Complex(re[i], im[i]);
    }

    void set(int i, Complex z) {
      re[i] = z.re();
      im[i] = z.im();
    }
  }

  default Shape shape() {
    return type().shape();
  }

  default DType dtype() {
    return type().dtype();
  }

  default int size() {
    return size(type());
  }

  /** Element {@code i} as a scalar tensor. */
  default Tensor at(int i) {
    return pick(Shape.scalar(), new int[] {i});
  }

  /** Every element of a new tensor is this one's only element. */
  default Tensor fill(Shape shape) {
    return pick(shape, new int[size(type().withShape(shape))]);
  }

  /** The number of elements; a Java array must be able to hold them. */
  static int size(TensorType type) {
    long n = type.shape().size();
    if (n > Integer.MAX_VALUE - 16) {
      throw new HloInterpretException("the interpreter cannot hold " + n + " elements of " + type);
    }
    return (int) n;
  }

  static Tensor zeros(TensorType type) {
    int n = size(type);
    return switch (type.dtype().kind()) {
      case BOOL, SIGNED, UNSIGNED -> new Ints(type, new long[n]);
      case FLOAT -> new Reals(type, new double[n]);
      case COMPLEX -> new Complexes(type, new double[n], new double[n]);
    };
  }

  /** Reads a literal. */
  static Tensor of(Literal literal) {
    return of(literal.type(), literal.data());
  }

  /** Reads row-major bytes. */
  static Tensor of(TensorType type, MemorySegment data) {
    Tensor t = zeros(type);
    switch (t) {
      case Reals r -> Arrays.setAll(r.values, i -> readReal(type.dtype(), data, i));
      case Ints n -> Arrays.setAll(n.values, i -> Literal.getLong(type.dtype(), data, i));
      case Complexes c -> {
        DType part = type.dtype().real();
        Arrays.setAll(c.re, i -> readReal(part, data, 2L * i));
        Arrays.setAll(c.im, i -> readReal(part, data, 2L * i + 1));
      }
    }
    return t;
  }

  /** Copies the elements into a fresh literal. */
  default Literal toLiteral() {
    MemorySegment data = Literal.allocate(type());
    write(data);
    return Literal.wrap(type(), data);
  }

  /** Writes the elements as row-major bytes. */
  default void write(MemorySegment data) {
    switch (this) {
      case Reals r -> writeReals(dtype(), data, r.values, 0, 1);
      case Ints n -> {
        for (int i = 0; i < n.values.length; i++) {
          Literal.setLong(dtype(), data, i, n.values[i]);
        }
      }
      case Complexes c -> {
        writeReals(dtype().real(), data, c.re, 0, 2);
        writeReals(dtype().real(), data, c.im, 1, 2);
      }
    }
  }

  private static void writeReals(
      DType dtype, MemorySegment data, double[] values, int first, int step) {
    for (int i = 0; i < values.length; i++) {
      long at = first + (long) step * i;
      if (dtype == DType.F32) {
        data.set(JAVA_INT_UNALIGNED, 4 * at, Rounding.floatBits(values[i]));
      } else if (dtype == DType.F64) {
        data.set(JAVA_LONG_UNALIGNED, 8 * at, Double.doubleToRawLongBits(values[i]));
      } else {
        Literal.set(dtype, data, at, values[i], 0);
      }
    }
  }

  private static double readReal(DType dtype, MemorySegment data, long i) {
    return dtype == DType.F32
        ? Rounding.floatFromBits(data.get(JAVA_INT_UNALIGNED, 4 * i))
        : dtype == DType.F64
            ? data.get(JAVA_DOUBLE_UNALIGNED, 8 * i)
            : Literal.getDouble(dtype, data, i);
  }
}
