package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Tensor.Complexes;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import dev.jacobi.hlo.interpret.Tensor.Reals;
import java.util.ArrayList;
import java.util.List;

/** Reductions and dot products. */
final class Reductions {
  private Reductions() {}

  /** Starts from the initial values and takes the elements in row-major order. */
  static List<Tensor> reduce(
      List<Tensor> inputs, List<Tensor> inits, Axes dims, Combiner combiner) {
    Shape shape = inputs.getFirst().shape();
    Shape reduced = shape.without(dims);
    long[] strides = new long[shape.rank()];
    long[] kept = reduced.strides();
    Axes keptDims = dims.complement(shape.rank());
    for (int i = 0; i < kept.length; i++) {
      strides[keptDims.get(i)] = kept[i];
    }
    int[] target = Strided.positions(shape, strides, 0);
    List<Tensor> out = new ArrayList<>();
    inits.forEach(init -> out.add(init.fill(reduced)));
    for (int i = 0; i < target.length; i++) {
      combiner.combine(out, target[i], inputs, i);
    }
    return combiner.finish(out);
  }

  static Tensor dotGeneral(Tensor lhs, Tensor rhs, Op.DotGeneral op, TensorType type) {
    Op.DotDims d = op.dims();
    Axes lhsFree = d.lhsBatch().plus(d.lhsContract()).complement(lhs.shape().rank());
    Axes rhsFree = d.rhsBatch().plus(d.rhsContract()).complement(rhs.shape().rank());
    Sizes sizes =
        new Sizes(
            size(lhs, d.lhsBatch()),
            size(lhs, lhsFree),
            size(lhs, d.lhsContract()),
            size(rhs, rhsFree));
    // (batch, m, k) and (batch, k, n)
    Tensor a = Movement.transpose(lhs, d.lhsBatch().plus(lhsFree).plus(d.lhsContract()));
    Tensor b = Movement.transpose(rhs, d.rhsBatch().plus(d.rhsContract()).plus(rhsFree));
    a = Conversions.convert(a, type.dtype());
    b = Conversions.convert(b, type.dtype());
    Tensor out = Tensor.zeros(type);
    switch (out) {
      case Reals c -> {
        multiply(sizes, ((Reals) a).values(), ((Reals) b).values(), c.values(), 1);
        Rounding.round(type.dtype(), c.values());
      }
      case Ints c -> {
        multiply(sizes, ((Ints) a).values(), ((Ints) b).values(), c.values());
        Rounding.wrap(type.dtype(), c.values());
      }
      case Complexes c -> {
        Complexes x = (Complexes) a;
        Complexes y = (Complexes) b;
        multiply(sizes, x.re(), y.re(), c.re(), 1);
        multiply(sizes, x.im(), y.im(), c.re(), -1);
        multiply(sizes, x.re(), y.im(), c.im(), 1);
        multiply(sizes, x.im(), y.re(), c.im(), 1);
        Rounding.round(type.dtype(), c.re());
        Rounding.round(type.dtype(), c.im());
      }
    }
    return out;
  }

  private record Sizes(int batch, int m, int k, int n) {}

  private static int size(Tensor x, Axes dims) {
    return Math.toIntExact(x.shape().select(dims).size());
  }

  /** {@code c += sign * a b}: every element of c sums its k products in order. */
  private static void multiply(Sizes s, double[] a, double[] b, double[] c, double sign) {
    for (int row = 0; row < s.batch * s.m; row++) {
      int bStart = row / s.m * s.k * s.n;
      for (int k = 0; k < s.k; k++) {
        double factor = sign * a[row * s.k + k];
        for (int n = 0; n < s.n; n++) {
          c[row * s.n + n] += factor * b[bStart + k * s.n + n];
        }
      }
    }
  }

  /** The same for integers modulo 2^64; for booleans any product that is not 0 counts as true. */
  private static void multiply(Sizes s, long[] a, long[] b, long[] c) {
    for (int row = 0; row < s.batch * s.m; row++) {
      int bStart = row / s.m * s.k * s.n;
      for (int k = 0; k < s.k; k++) {
        long factor = a[row * s.k + k];
        for (int n = 0; n < s.n; n++) {
          c[row * s.n + n] += factor * b[bStart + k * s.n + n];
        }
      }
    }
  }
}
