package dev.jacobi.numpy;

import static dev.jacobi.numpy.JnpLinalg.matmul;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.lax.linalg.Lu;
import dev.jacobi.lax.linalg.LuSolve;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** Systems of linear equations, inverses, pseudoinverses and least squares. */
final class LinearSystems {
  private LinearSystems() {}

  private static Array converted(Array x, Promotion.Type t) {
    return JnpMath.inexact(Promotion.convert(x, t.dtype(), t.weak()));
  }

  static Array solve(Array a, Array b) {
    boolean fits =
        a.rank() >= 2
            && a.dim(-1) == a.dim(-2)
            && b.rank() >= 1
            && b.dim(b.rank() == 1 ? -1 : -2) == a.dim(-1);
    if (!fits) {
      throw new ShapeMismatchException(
          "solve",
          "do not fit: the first must be square matrices, the second a vector or columns of their"
              + " size",
          List.of(a, b));
    }
    Promotion.Type t = Promotion.join(List.of(a.aval(), b.aval()));
    return JnpMath.jitted(
        "solve", "", x -> solved(x.get(0), x.get(1)), converted(a, t), converted(b, t));
  }

  private static Array solved(Array a, Array b) {
    boolean vector = b.rank() == 1;
    Array columns = vector ? Shapes.expandDims(b, Axes.of(1)) : b;
    Lu.Result factors = Lu.lu(Convert.stopGradient(a));
    Array x = a.rank() == 2 ? oneMatrix(a, factors, columns) : stack(a, factors, columns);
    return vector ? Shapes.squeeze(x, Axes.of(x.rank() - 1)) : x;
  }

  /** Batches of right sides stand side by side. */
  private static Array oneMatrix(Array a, Lu.Result factors, Array b) {
    if (b.rank() == 2) {
      return LuSolve.solve(a, factors, b);
    }
    long n = a.dim(-1);
    Array front = JnpShape.moveaxis(b, -2, 0); // (n, ..., k)
    Array flat = Shapes.reshape(front, Shape.of(n, front.shape().without(Axes.of(0)).size()));
    Array x = LuSolve.solve(a, factors, flat);
    return JnpShape.moveaxis(Shapes.reshape(x, front.shape()), 0, -2);
  }

  /** Factors are found once per matrix, and repeated where batches broadcast. */
  private static Array stack(Array a, Lu.Result factors, Array b) {
    Shape batch = Promotion.commonShape("solve", abstractBatch(a), abstractBatch(b));
    Lu.Result all =
        new Lu.Result(
            spread(factors.lu(), batch, 2),
            spread(factors.pivots(), batch, 1),
            spread(factors.permutation(), batch, 1));
    return LuSolve.solve(spread(a, batch, 2), all, spread(b, batch, 2));
  }

  private static Array abstractBatch(Array x) {
    return new dev.jacobi.trace.AbstractArray(x.aval().withShape(Matrices.batch(x)));
  }

  /** Broadcasts all but the last dimensions. */
  private static Array spread(Array x, Shape batch, int last) {
    Shape own = x.shape().select(Axes.range(x.rank() - last, x.rank()));
    return Promotion.broadcastTo(x, batch.concat(own));
  }

  static Array inv(Array a) {
    return JnpMath.jitted(
        "inv",
        "",
        x -> {
          Array m = x.getFirst();
          long n = m.dim(-1);
          return solve(m, Matrices.eye(m.dtype(), Matrices.batch(m), n, n));
        },
        Linalg.squares("inv", a));
  }

  /** As NumPy: singular values up to the cutoff count as infinite, so that they divide to 0. */
  static Array pinv(Array a, double rtol) {
    Array x = Linalg.matrices("pinv", a);
    long m = x.dim(-2);
    long n = x.dim(-1);
    if (m == 0 || n == 0) {
      return Zeros.of(x.aval().strong().withShape(Matrices.batch(x).concat(Shape.of(n, m))));
    }
    double tolerance = Double.isNaN(rtol) ? 10.0 * Math.max(m, n) * Norms.epsilon(x.dtype()) : rtol;
    return NamedJit.callWithRule(
            "_pinv",
            tolerance,
            xs -> List.of(pseudoinverse(xs.getFirst(), tolerance)),
            xs -> pinvRule(xs.get(0), xs.get(1), tolerance),
            List.of(x))
        .getFirst();
  }

  private static Array pseudoinverse(Array a, double tolerance) {
    Linalg.SvdResult svd = Linalg.svd(JnpMath.conj(a), false);
    Array s = svd.s();
    Array largest = s.get(Jnp.ellipsis(), Jnp.range(0, 1));
    Array kept = JnpLogic.where(s.gt(largest.times(tolerance)), s, Double.POSITIVE_INFINITY);
    Array wide = Shapes.expandDims(Convert.convertElementType(kept, a.dtype()), Axes.of(s.rank()));
    Array right = JnpMath.trueDivide(Matrices.transpose(svd.u()), wide);
    return matmul(Matrices.transpose(svd.vh()), right);
  }

  /**
   * Source: Golub, Pereyra, The differentiation of pseudo-inverses and nonlinear least squares
   * problems whose variables separate, SIAM Journal on Numerical Analysis 10 (1973).
   */
  private static List<Array> pinvRule(Array a, Array da, double tolerance) {
    Array p = pinv(a, tolerance);
    Array ph = Matrices.adjoint(p);
    Array dah = Matrices.adjoint(da);
    if (a.dim(-2) >= a.dim(-1)) {
      Array s = matmul(matmul(p, ph), dah);
      Array t = matmul(matmul(dah, ph), p);
      Array inner = matmul(matmul(p, da), p);
      return List.of(
          p, s.minus(inner).minus(matmul(matmul(s, a), p)).plus(t).minus(matmul(matmul(p, a), t)));
    }
    Array s = matmul(p, matmul(ph, dah));
    Array t = matmul(dah, matmul(ph, p));
    Array inner = matmul(p, matmul(da, p));
    return List.of(
        p, s.minus(inner).minus(matmul(s, matmul(a, p))).plus(t).minus(matmul(p, matmul(a, t))));
  }

  static Linalg.LstsqResult lstsq(Array a, Array b, double rcond) {
    boolean fits = a.rank() == 2 && (b.rank() == 1 || b.rank() == 2) && a.dim(0) == b.dim(0);
    if (!fits) {
      throw new ShapeMismatchException(
          "lstsq",
          "do not fit: the first must be a matrix, the second a vector or columns of its height",
          List.of(a, b));
    }
    Promotion.Type t = Promotion.join(List.of(a.aval(), b.aval()));
    List<Array> out =
        NamedJit.call(
            "_lstsq",
            rcond,
            x -> leastSquares(x.get(0), x.get(1), rcond),
            List.of(converted(a, t), converted(b, t)));
    return new Linalg.LstsqResult(out.get(0), out.get(1), out.get(2), out.get(3));
  }

  private static List<Array> leastSquares(Array a, Array b, double rcond) {
    Array columns = b.rank() == 1 ? Shapes.expandDims(b, Axes.of(1)) : b;
    DType real = a.dtype().real();
    long n = a.dim(1);
    Array x;
    Array rank;
    Array s;
    if (a.shape().size() == 0) {
      s = Zeros.of(dev.jacobi.jaxpr.Aval.of(a.dtype(), Shape.of(0)));
      rank = Scalars.of(DType.I32, 0);
      x = Zeros.of(dev.jacobi.jaxpr.Aval.of(a.dtype(), Shape.of(n, columns.dim(1))));
    } else {
      double eps = Norms.epsilon(a.dtype());
      double part = Double.isNaN(rcond) ? eps * Math.max(n, a.dim(0)) : rcond < 0 ? eps : rcond;
      Linalg.SvdResult svd = Linalg.svd(a, false);
      s = svd.s();
      Array least = Arithmetic.mul(s.get(Jnp.range(0, 1)), Scalars.of(real, part));
      Array mask = Jnp.logicalAnd(s.gt(0), s.ge(least));
      rank = JnpReduce.sum(Convert.convertElementType(mask, DType.I32));
      Array safe = Compare.select(mask, s, Zeros.full(s.aval().strong(), 1));
      Array inverse = Arithmetic.div(Scalars.like(s, 1), safe);
      Array kept = Compare.select(mask, inverse, Zeros.like(s));
      Array wide = Shapes.expandDims(Convert.convertElementType(kept, a.dtype()), Axes.of(1));
      x =
          matmul(
              Matrices.adjoint(svd.vh()), wide.times(matmul(Matrices.adjoint(svd.u()), columns)));
    }
    Array rest = columns.minus(matmul(a, x));
    Array residuals = JnpMath.square(Linalg.norm(rest, Jnp.over(0)));
    return List.of(b.rank() == 1 ? Shapes.reshape(x, Shape.of(n)) : x, residuals, rank, s);
  }
}
