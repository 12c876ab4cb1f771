package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Tensor.Complexes;
import dev.jacobi.hlo.interpret.Tensor.Reals;

/** Discrete Fourier transforms in double precision, one dimension after the other. */
final class Fourier {
  private Fourier() {}

  static Tensor fft(Tensor operand, SpectralOp.Fft op, TensorType type) {
    int rank = type.rank();
    int first = rank - op.length().size();
    boolean inverse = op.fftType().isInverse();
    Complexes z =
        switch (operand) {
          case Complexes c -> c.copy();
          case Reals r ->
              new Complexes(
                  r.type().withDtype(type.dtype()), r.values().clone(), new double[r.size()]);
          case Tensor.Ints _ -> throw new AssertionError("the verifier lets no integers pass");
        };
    if (op.fftType() == SpectralOp.FftType.IRFFT) {
      for (int d = first; d < rank - 1; d++) {
        along(z, d, true);
      }
      z = mirrored(z, type.shape());
      along(z, rank - 1, true);
    } else {
      for (int d = rank - 1; d >= first; d--) {
        along(z, d, inverse);
      }
    }
    Tensor whole = op.fftType() == SpectralOp.FftType.IRFFT ? new Reals(type, z.re()) : z;
    Tensor result = whole.pick(type.shape(), positions(whole.shape(), type.shape()));
    return rounded(result);
  }

  /** Where the elements of {@code part}, whose last dimension may be shorter, are in the whole. */
  private static int[] positions(Shape whole, Shape part) {
    return Strided.positions(part, whole.strides(), 0);
  }

  /** Completes the last dimension by Z[n - k] = conj(Z[k]); the middle ones are real. */
  private static Complexes mirrored(Complexes half, Shape shape) {
    int n = Math.toIntExact(shape.dim(shape.rank() - 1));
    Complexes full = (Complexes) Tensor.zeros(half.type().withShape(shape));
    int kept = n / 2 + 1;
    for (int i = 0; i < full.size(); i++) {
      int k = i % n;
      int from = i / n * kept + Math.min(k, n - k);
      boolean isReal = k == 0 || 2 * k == n;
      full.re()[i] = half.re()[from];
      full.im()[i] = isReal ? 0 : k < kept ? half.im()[from] : -half.im()[from];
    }
    return full;
  }

  /** Transforms every line along a dimension in place. */
  private static void along(Complexes z, int d, boolean inverse) {
    Shape shape = z.shape();
    int n = Math.toIntExact(shape.dim(d));
    if (z.size() == 0) {
      return;
    }
    int stride = Math.toIntExact(shape.strides()[d]);
    Line line = new Line(n, inverse);
    for (int start = 0; start < z.size(); start++) {
      if (start / stride % n == 0) {
        double[] re = new double[n];
        double[] im = new double[n];
        for (int i = 0; i < n; i++) {
          re[i] = z.re()[start + i * stride];
          im[i] = z.im()[start + i * stride];
        }
        line.transform(re, im);
        for (int i = 0; i < n; i++) {
          z.re()[start + i * stride] = re[i];
          z.im()[start + i * stride] = im[i];
        }
      }
    }
  }

  /** Transforms of one length: cos and sin of all multiples of 2 pi / n. */
  private static final class Line {
    private final int n;
    private final boolean inverse;
    private final double[] cos;
    private final double[] sin;

    Line(int n, boolean inverse) {
      this.n = n;
      this.inverse = inverse;
      this.cos = new double[n];
      this.sin = new double[n];
      for (int i = 0; i < n; i++) {
        cos[i] = root(i, n, 0);
        sin[i] = (inverse ? 1 : -1) * root(i, n, 1);
      }
    }

    /** cos(2 pi i/n), or the sine, by an angle of at most an eighth of a turn. */
    private static double root(int i, int n, int quarter) {
      long eighths = 8L * i - 2L * n * quarter; // sin x = cos(x - pi/2)
      long turn = 8L * n;
      long x = Math.floorMod(eighths, turn);
      x = Math.min(x, turn - x); // cos is even
      boolean negative = x > 2L * n;
      x = negative ? 4L * n - x : x;
      double value =
          x <= n ? Math.cos(Math.PI * x / (4.0 * n)) : Math.sin(Math.PI * (2L * n - x) / (4.0 * n));
      return negative ? -value : value;
    }

    void transform(double[] re, double[] im) {
      double[][] out = split(re, im, 0, 1, n);
      double scale = inverse ? n : 1;
      for (int i = 0; i < n; i++) {
        re[i] = out[0][i] / scale;
        im[i] = out[1][i] / scale;
      }
    }

    /**
     * The transform of elements {@code start, start + step, ...}: for the smallest prime factor p,
     * p transforms of every p-th element, combined.
     */
    private double[][] split(double[] re, double[] im, int start, int step, int count) {
      int p = smallestFactor(count);
      int m = count / p;
      double[][][] parts = new double[p][][];
      for (int i = 0; i < p; i++) {
        int from = start + i * step;
        parts[i] =
            m == 1 ? new double[][] {{re[from]}, {im[from]}} : split(re, im, from, step * p, m);
      }
      double[] outRe = new double[count];
      double[] outIm = new double[count];
      for (int k = 0; k < count; k++) {
        double lostRe = 0; // what the sums round away: a large prime has many terms
        double lostIm = 0;
        for (int i = 0; i < p; i++) {
          int turn = (int) ((long) i * k % count * step); // of n, as count * step = n
          double a = parts[i][0][k % m];
          double b = parts[i][1][k % m];
          double re1 = turn == 0 ? a : a * cos[turn] - b * sin[turn];
          double im1 = turn == 0 ? b : a * sin[turn] + b * cos[turn];
          lostRe += lost(outRe[k], re1);
          lostIm += lost(outIm[k], im1);
          outRe[k] += re1;
          outIm[k] += im1;
        }
        outRe[k] += lostRe;
        outIm[k] += lostIm;
      }
      return new double[][] {outRe, outIm};
    }

    /** What x + y rounds away (Knuth's two-sum); nothing where the sum is not finite. */
    private static double lost(double x, double y) {
      double sum = x + y;
      double z = sum - x;
      double lost = (x - (sum - z)) + (y - z);
      return Double.isFinite(lost) ? lost : 0;
    }

    private static int smallestFactor(int n) {
      for (int p = 2; p * p <= n; p++) {
        if (n % p == 0) {
          return p;
        }
      }
      return n;
    }
  }

  private static Tensor rounded(Tensor x) {
    DType part = x.dtype().real();
    return switch (x) {
      case Reals r -> new Reals(r.type(), Rounding.round(part, r.values()));
      case Complexes c ->
          new Complexes(c.type(), Rounding.round(part, c.re()), Rounding.round(part, c.im()));
      case Tensor.Ints i -> i;
    };
  }
}
