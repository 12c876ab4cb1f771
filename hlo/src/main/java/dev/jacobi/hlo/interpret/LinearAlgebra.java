package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Tensor.Complexes;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import dev.jacobi.hlo.interpret.Tensor.Reals;
import dev.jacobi.hlo.linalg.Factors;
import dev.jacobi.hlo.linalg.Lapack;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/** Factorisations and LAPACK's routines, one matrix of a batch after the other. */
final class LinearAlgebra {
  private LinearAlgebra() {}

  static Tensor cholesky(Tensor a, boolean lower) {
    int n = (int) a.type().dim(a.type().rank() - 1);
    Tensor out = Tensor.zeros(a.type());
    for (int i = 0; i < batches(a, n * n); i++) {
      Matrix m = read(a, i, n, n);
      boolean ok = Factors.cholesky(m, lower) == 0;
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++) {
          boolean inside = lower ? c <= r : c >= r;
          if (!ok) {
            m.set(r, c, Double.NaN, a.dtype().isComplex() ? Double.NaN : 0);
          } else if (!inside) {
            m.set(r, c, 0);
          }
        }
      }
      write(m, out, i);
    }
    return out;
  }

  static Tensor triangularSolve(Tensor a, Tensor b, LinalgOp.TriangularSolve op) {
    int n = (int) a.type().dim(a.type().rank() - 1);
    int rows = (int) b.type().dim(b.type().rank() - 2);
    int cols = (int) b.type().dim(b.type().rank() - 1);
    Tensor out = Tensor.zeros(b.type());
    for (int i = 0; i < batches(b, rows * cols); i++) {
      Matrix m = read(a, i, n, n);
      Matrix x = read(b, i, rows, cols);
      if (op.leftSide()) {
        Factors.solve(m, x, op.lower(), op.unitDiagonal(), op.transposeA());
      } else {
        x = Factors.solveRight(m, x, op.lower(), op.unitDiagonal(), op.transposeA());
      }
      write(x, out, i);
    }
    return out;
  }

  private static int batches(Tensor t, int each) {
    return each == 0 ? 0 : t.size() / each;
  }

  static List<Tensor> lapack(LapackCall call, List<Tensor> operands) {
    List<Tensor> out = new ArrayList<>();
    for (TensorType t : call.results()) {
      out.add(Tensor.zeros(t));
    }
    int batches = Math.toIntExact(call.batch().size());
    for (int i = 0; i < batches; i++) {
      List<Matrix> in = new ArrayList<>();
      for (Tensor t : operands) {
        in.add(read(t, i, call.rows(t.type()), call.cols(t.type())));
      }
      List<Matrix> results = Lapack.run(call, in);
      for (int k = 0; k < out.size(); k++) {
        write(results.get(k), out.get(k), i);
      }
    }
    return out;
  }

  private static Matrix read(Tensor t, int batch, int rows, int cols) {
    Matrix m = new Matrix(rows, cols);
    int at = batch * rows * cols;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        switch (t) {
          case Reals r -> m.set(i, j, r.values()[at]);
          case Ints n -> m.set(i, j, n.values()[at]);
          case Complexes c -> m.set(i, j, c.re()[at], c.im()[at]);
        }
        at++;
      }
    }
    return m;
  }

  private static void write(Matrix m, Tensor t, int batch) {
    DType part = t.dtype().real();
    int at = batch * m.rows() * m.cols();
    for (int i = 0; i < m.rows(); i++) {
      for (int j = 0; j < m.cols(); j++) {
        switch (t) {
          case Reals r -> r.values()[at] = Rounding.round(part, m.re(i, j));
          case Ints n -> n.values()[at] = (long) m.re(i, j);
          case Complexes c -> {
            c.re()[at] = Rounding.round(part, m.re(i, j));
            c.im()[at] = Rounding.round(part, m.im(i, j));
          }
        }
        at++;
      }
    }
  }
}
