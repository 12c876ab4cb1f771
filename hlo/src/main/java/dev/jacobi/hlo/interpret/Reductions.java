package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Tensor.Complexes;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import dev.jacobi.hlo.interpret.Tensor.Reals;
import dev.jacobi.hlo.linalg.Complex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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

  /**
   * Adds products in the order of the contracted index. Each step is a fused multiply-add in the
   * wider of the operands' and the result's type, but at least in single precision; a complex
   * product is rounded before it is added; booleans ask whether any pair is set.
   */
  static Tensor dotGeneral(
      Tensor lhs,
      Tensor rhs,
      ReductionOp.DotDims d,
      Optional<DotAlgorithm> algorithm,
      TensorType type) {
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
    if (algorithm.isPresent() && algorithm.get().isPlain()) {
      a = rounded(a, algorithm.get().lhsPrecision());
      b = rounded(b, algorithm.get().rhsPrecision());
    }
    boolean isWide = lhs.dtype() == DType.F64 || type.dtype() == DType.F64;
    if (!lhs.dtype().isFloat() || !type.dtype().isFloat()) {
      a = Conversions.convert(a, type.dtype().isBool() ? DType.I64 : type.dtype());
      b = Conversions.convert(b, type.dtype().isBool() ? DType.I64 : type.dtype());
    }
    return switch (a) {
      case Reals x when isWide -> {
        double[] product = multiply(sizes, x.values(), ((Reals) b).values());
        yield new Reals(type, Rounding.round(type.dtype(), product));
      }
      case Reals x -> {
        float[] product = multiply(sizes, floats(x.values()), floats(((Reals) b).values()));
        yield new Reals(type, Rounding.round(type.dtype(), doubles(product)));
      }
      case Ints x -> {
        long[] product = multiply(sizes, x.values(), ((Ints) b).values());
        yield type.dtype().isBool()
            ? Conversions.convert(new Ints(type.withDtype(DType.I64), product), DType.BOOL)
            : new Ints(type, Rounding.wrap(type.dtype(), product));
      }
      case Complexes x -> multiply(sizes, x, (Complexes) b, type);
    };
  }

  /** The nearest values of a format, in the type that there is; nothing if it holds them all. */
  private static Tensor rounded(Tensor x, DotAlgorithm.Format to) {
    if (!(x instanceof Reals r) || to.holds(DotAlgorithm.Format.of(x.dtype()))) {
      return x;
    }
    return switch (to) {
      case F16 -> Conversions.convert(Conversions.convert(x, DType.F16), x.dtype());
      case BF16 -> Conversions.convert(Conversions.convert(x, DType.BF16), x.dtype());
      case TF32 -> Conversions.reducePrecision(r, to.exponentBits(), to.mantissaBits());
      case F32, F64 -> Conversions.convert(Conversions.convert(x, DType.F32), x.dtype());
    };
  }

  /** (batch, m, k) times (batch, k, n). */
  private record Sizes(int batch, int m, int k, int n) {
    /** The row of b, all batches counted through, that meets column k of a row of a. */
    int rowOfB(int row, int k) {
      return row / m * this.k + k;
    }
  }

  private static int size(Tensor x, Axes dims) {
    return Math.toIntExact(x.shape().select(dims).size());
  }

  /** Every element sums its k products in order; whole rows at a time, which Java vectorises. */
  private static double[] multiply(Sizes s, double[] a, double[] b) {
    double[] c = new double[s.batch * s.m * s.n];
    double[][] rows = new double[s.batch * s.k][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(b, i * s.n, (i + 1) * s.n));
    for (int row = 0; row < s.batch * s.m; row++) {
      double[] sum = new double[s.n];
      for (int k = 0; k < s.k; k++) {
        double x = a[row * s.k + k];
        double[] y = rows[s.rowOfB(row, k)];
        for (int n = 0; n < s.n; n++) {
          sum[n] = Math.fma(x, y[n], sum[n]);
        }
      }
      System.arraycopy(sum, 0, c, row * s.n, s.n);
    }
    return c;
  }

  /** The same in single precision. */
  private static float[] multiply(Sizes s, float[] a, float[] b) {
    float[] c = new float[s.batch * s.m * s.n];
    float[][] rows = new float[s.batch * s.k][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(b, i * s.n, (i + 1) * s.n));
    for (int row = 0; row < s.batch * s.m; row++) {
      float[] sum = new float[s.n];
      for (int k = 0; k < s.k; k++) {
        float x = a[row * s.k + k];
        float[] y = rows[s.rowOfB(row, k)];
        for (int n = 0; n < s.n; n++) {
          sum[n] = Math.fma(x, y[n], sum[n]);
        }
      }
      System.arraycopy(sum, 0, c, row * s.n, s.n);
    }
    return c;
  }

  /** The same modulo 2^64; for booleans, any sum that is not 0 means true. */
  private static long[] multiply(Sizes s, long[] a, long[] b) {
    long[] c = new long[s.batch * s.m * s.n];
    long[][] rows = new long[s.batch * s.k][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(b, i * s.n, (i + 1) * s.n));
    for (int row = 0; row < s.batch * s.m; row++) {
      long[] sum = new long[s.n];
      for (int k = 0; k < s.k; k++) {
        long x = a[row * s.k + k];
        long[] y = rows[s.rowOfB(row, k)];
        for (int n = 0; n < s.n; n++) {
          sum[n] += x * y[n];
        }
      }
      System.arraycopy(sum, 0, c, row * s.n, s.n);
    }
    return c;
  }

  private static Complexes multiply(Sizes s, Complexes a, Complexes b, TensorType type) {
    Complexes c = (Complexes) Tensor.zeros(type);
    DType part = type.dtype().real();
    for (int row = 0; row < s.batch * s.m; row++) {
      for (int k = 0; k < s.k; k++) {
        Complex factor = a.get(row * s.k + k);
        int start = s.rowOfB(row, k) * s.n;
        for (int n = 0; n < s.n; n++) {
          Complex product = factor.times(b.get(start + n));
          int at = row * s.n + n;
          c.re()[at] = Rounding.round(part, c.re()[at] + Rounding.round(part, product.re()));
          c.im()[at] = Rounding.round(part, c.im()[at] + Rounding.round(part, product.im()));
        }
      }
    }
    return c;
  }

  private static float[] floats(double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }

  private static double[] doubles(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }
}
