package dev.jacobi.lax.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.ReductionOp.DotGeneral;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrices to which a product is added. JAX has no derivatives here. */
public final class Updates {
  private Updates() {}

  /**
   * The upper factor of {@code r^T r + w w^T}, by rotations of r's rows with w. JAX has no batches
   * here.
   */
  public record CholeskyUpdate() implements Factorisation {
    @Override
    public String name() {
      return "cholesky_update";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval r = operands.get(0).strong();
      int last = r.rank() - 1;
      boolean fits =
          r.dtype().isFloat()
              && r.rank() >= 2
              && r.dim(last) == r.dim(last - 1)
              && operands.get(1).strong().equals(Factorisation.vector(r, r.dtype(), r.dim(last)));
      if (!fits) {
        throw new LaxTypeException(
            name(),
            "takes matrices (..., n, n) and vectors (..., n) of one real type, not " + operands);
      }
      return List.of(r);
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw noDerivative();
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value r = operands.get(0);
      int rank = r.shape().rank();
      long n = r.shape().dim(rank - 1);
      Shape row = r.shape().with(rank - 2, 1);
      Value w = b.add(new ShapeOp.Reshape(operands.get(1), row));
      List<Value> rows = new ArrayList<>();
      for (long k = 0; k < n; k++) {
        Value x = part(b, r, rank - 2, k, k + 1);
        Value[] turn = rotation(b, part(b, x, rank - 1, k, k + 1), part(b, w, rank - 1, k, k + 1));
        Value c = b.add(new ShapeOp.BroadcastInDim(turn[0], Axes.range(rank), row));
        Value s = b.add(new ShapeOp.BroadcastInDim(turn[1], Axes.range(rank), row));
        rows.add(b.pointwise(Fn.SUB, b.pointwise(Fn.MUL, c, x), b.pointwise(Fn.MUL, s, w)));
        w = b.pointwise(Fn.ADD, b.pointwise(Fn.MUL, c, w), b.pointwise(Fn.MUL, s, x));
      }
      return List.of(rows.isEmpty() ? r : b.add(new ShapeOp.Concatenate(rows, rank - 2)));
    }

    private static Value part(HloBuilder b, Value x, int dim, long from, long to) {
      int rank = x.shape().rank();
      Longs start = Shape.of(Longs.fill(rank, 0)).with(dim, from).sizes();
      Longs limit = x.shape().with(dim, to).sizes();
      return b.add(new ShapeOp.Slice(x, start, limit, Longs.fill(rank, 1)));
    }

    /** Cosine and negative sine of the rotation that annihilates y. */
    private static Value[] rotation(HloBuilder b, Value x, Value y) {
      DType t = x.dtype();
      Value one = b.full(t, x.shape(), 1);
      Value zero = b.full(t, x.shape(), 0);
      Value largest = b.pointwise(Fn.MAX, b.pointwise(Fn.ABS, x), b.pointwise(Fn.ABS, y));
      Value p = b.pointwise(Fn.DIV, x, largest);
      Value q = b.pointwise(Fn.DIV, y, largest);
      Value squares = b.pointwise(Fn.ADD, b.pointwise(Fn.MUL, p, p), b.pointwise(Fn.MUL, q, q));
      Value scale = b.pointwise(Fn.DIV, one, b.pointwise(Fn.SQRT, squares));
      Value none = b.compare(Direction.EQ, y, zero);
      Value c = b.pointwise(Fn.MUL, p, scale);
      Value s = b.pointwise(Fn.MUL, b.pointwise(Fn.NEG, q), scale);
      return new Value[] {
        b.pointwise(Fn.SELECT, none, one, c), b.pointwise(Fn.SELECT, none, zero, s)
      };
    }
  }

  /** {@code alpha a a^T + beta c}. */
  public record SymmetricProduct(double alpha, double beta) implements Factorisation {
    @Override
    public String name() {
      return "symmetric_product";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval a = operands.get(0).strong();
      Aval c = operands.get(1).strong();
      boolean fits =
          a.dtype().isFloat()
              && a.rank() >= 2
              && c.equals(Factorisation.matrix(a, a.dim(a.rank() - 2), a.dim(a.rank() - 2)));
      if (!fits) {
        throw new LaxTypeException(
            name(), "takes matrices (..., m, n) and (..., m, m) of one real type, not " + operands);
      }
      return List.of(c);
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw noDerivative();
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value a = operands.get(0);
      Value c = operands.get(1);
      int rank = a.shape().rank();
      Axes batch = Axes.range(rank - 2);
      DotDims dims = new DotDims(batch, batch, Axes.of(rank - 1), Axes.of(rank - 1));
      Value product =
          b.add(new DotGeneral(a, a, dims, Precision.HIGHEST, Precision.HIGHEST, a.dtype()));
      Value first = b.pointwise(Fn.MUL, b.full(c.dtype(), c.shape(), alpha), product);
      Value second = b.pointwise(Fn.MUL, b.full(c.dtype(), c.shape(), beta), c);
      return List.of(b.pointwise(Fn.ADD, first, second));
    }
  }

  /**
   * JAX's {@code lax.linalg.cholesky_update}.
   *
   * @param r upper triangles, shape (..., n, n), of a floating type
   * @param w shape (..., n)
   */
  public static Array choleskyUpdate(Array r, Array w) {
    return Bind.bind(new CholeskyUpdate(), r, w);
  }

  /**
   * JAX's {@code lax.linalg.symmetric_product}.
   *
   * @param a shape (..., m, n), of a floating type
   * @param c symmetric matrices (..., m, m)
   * @param symmetrizeOutput whether the lower triangle is copied to the upper one
   */
  public static Array symmetricProduct(
      Array a, Array c, double alpha, double beta, boolean symmetrizeOutput) {
    Array whole = Bind.bind(new SymmetricProduct(alpha, beta), a, c);
    if (!symmetrizeOutput) {
      return whole;
    }
    Array upper = Matrices.transpose(Matrices.tril(whole, -1));
    return Arithmetic.add(Matrices.tril(whole, 0), upper);
  }
}
