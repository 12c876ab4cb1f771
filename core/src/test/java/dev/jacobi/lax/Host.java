package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.trace.HostData;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Arrays' elements in Java, without a primitive of the library. */
final class Host {
  private Host() {}

  /** The elements; real and imaginary parts in turn for complex numbers. */
  static double[] doubles(Array x) {
    Literal l = HostData.of(x);
    int parts = x.dtype().isComplex() ? 2 : 1;
    DType real = x.dtype().real();
    double[] values = new double[Math.toIntExact(l.type().shape().size()) * parts];
    for (int i = 0; i < values.length; i++) {
      values[i] = Literal.getDouble(real, l.data(), i);
    }
    return values;
  }

  static boolean sameBits(Array a, Array b) {
    return a.aval().physical().equals(b.aval().physical())
        && HostData.of(a).data().mismatch(HostData.of(b).data()) < 0;
  }

  /** {@code x + h v}, elementwise in f64 or c128. */
  static Array moved(Array x, Array v, double h) {
    double[] a = doubles(x);
    double[] b = doubles(v);
    MemorySegment data = Literal.allocate(x.aval().physical());
    for (int i = 0; i < a.length; i++) {
      Literal.set(DType.F64, data, i, a[i] + h * b[i], 0);
    }
    return Draw.array(x.dtype(), x.shape(), data);
  }

  /** Joins arrays of one type along a new axis. */
  static Array stack(List<Array> lanes, int axis) {
    Array first = lanes.getFirst();
    Shape physical = first.aval().physical().shape();
    Shape shape = physical.insert(axis, lanes.size());
    long outer = 1;
    for (int d = 0; d < axis; d++) {
      outer *= physical.dim(d);
    }
    MemorySegment data = Literal.allocate(new dev.jacobi.hlo.TensorType(first.dtype(), shape));
    long bytes = outer == 0 ? 0 : physical.size() * first.dtype().bytes() / outer;
    long to = 0;
    for (long o = 0; o < outer; o++) {
      for (Array lane : lanes) {
        MemorySegment.copy(HostData.of(lane).data(), o * bytes, data, to, bytes);
        to += bytes;
      }
    }
    Array stacked = Draw.array(first.dtype(), shape, data);
    return first.aval().key() ? dev.jacobi.random.RandomPrimitives.wrap(stacked) : stacked;
  }

  /** The real part of the sum of products, without conjugation. */
  static double inner(List<Array> xs, List<Array> ys) {
    double sum = 0;
    for (int i = 0; i < xs.size(); i++) {
      double[] a = doubles(xs.get(i));
      double[] b = doubles(ys.get(i));
      boolean complex = xs.get(i).dtype().isComplex();
      for (int k = 0; k < a.length; k++) {
        sum += complex && k % 2 == 1 ? -a[k] * b[k] : a[k] * b[k];
      }
    }
    return sum;
  }
}
