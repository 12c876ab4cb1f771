package dev.jacobi.lax.linalg;

import static dev.jacobi.lax.linalg.Matrices.adjoint;
import static dev.jacobi.lax.linalg.Matrices.matmul;
import static dev.jacobi.lax.linalg.Matrices.part;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orthogonal factors: R with a diagonal of any sign, as LAPACK leaves it, and Q with as many
 * columns as the smaller side of the matrix, or with {@code fullMatrices} as it has rows. With
 * {@code pivoting} of the matrix with its columns put in order, so that R's diagonal descends.
 */
public record Qr(boolean fullMatrices, boolean pivoting) implements Factorisation {
  /** {@code a = q r}. */
  public record Result(Array q, Array r) {}

  /** {@code a[:, permutation] = q r}. */
  public record Pivoted(Array q, Array r, Array permutation) {}

  @Override
  public String name() {
    return "qr";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of(
        "full_matrices", fullMatrices, "pivoting", pivoting, "use_magma", Optional.empty());
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval x = matrix(operands.getFirst());
    long m = x.dim(x.rank() - 2);
    long n = x.dim(x.rank() - 1);
    long k = fullMatrices ? m : Math.min(m, n);
    Aval q = Factorisation.matrix(x, m, k);
    Aval r = Factorisation.matrix(x, k, n);
    return pivoting ? List.of(q, r, Factorisation.vector(x, DType.I32, n)) : List.of(q, r);
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array x = primals.getFirst();
    List<Array> out = Bind.bind(this, primals);
    Array q = out.get(0);
    Array r = out.get(1);
    long m = x.dim(-2);
    long n = x.dim(-1);
    Array dx = tangents.getFirst();
    if (pivoting) { // so small a change leaves the order
      dx = Matrices.takeCols(dx, out.get(2));
      x = m < n ? Matrices.takeCols(x, out.get(2)) : x;
    }
    Result d = m < n ? wide(x, q, r, dx) : fullMatrices && m > n ? full(q, r, dx) : thin(q, r, dx);
    return new Jvp(out, pivoting ? Arrays.asList(d.q, d.r, null) : List.of(d.q, d.r));
  }

  /** No wider than high; source: Townsend, Differentiating the QR decomposition. */
  private static Result thin(Array q, Array r, Array dx) {
    Array z = TriangularSolve.UPPER.right().of(r, dx);
    Array y = matmul(adjoint(q), z);
    Array below = Matrices.tril(y, -1);
    Array turn = Arithmetic.sub(below, adjoint(below)); // skew-symmetric
    if (y.dtype().isComplex()) { // R keeps a real diagonal
      Array imaginary = Complexes.imag(y);
      Array only = Complexes.complex(Zeros.like(imaginary), imaginary);
      turn = Arithmetic.add(turn, Arithmetic.mul(Matrices.eyeLike(y), only));
    }
    Array dq = Arithmetic.add(matmul(q, Arithmetic.sub(turn, y)), z);
    return new Result(dq, matmul(Arithmetic.sub(y, turn), r));
  }

  /** The square part decides: {@code R_2 = Q^H X_2}, product rule. */
  private static Result wide(Array x, Array q, Array r, Array dx) {
    long m = x.dim(-2);
    long n = x.dim(-1);
    Result square = thin(q, part(r, 0, m, 0, m), part(dx, 0, m, 0, m));
    Array rest =
        Arithmetic.add(
            matmul(adjoint(square.q), part(x, 0, m, m, n)),
            matmul(adjoint(q), part(dx, 0, m, m, n)));
    Array dr = Concatenation.concatenate(List.of(square.r, rest), r.rank() - 1);
    return new Result(square.q, dr);
  }

  /**
   * The other columns of Q turn as the reflections do that made them; source: arXiv 2409.13374,
   * equations 32 and 33, as in JAX.
   */
  private static Result full(Array q, Array r, Array dx) {
    long m = r.dim(-2);
    long n = r.dim(-1);
    Array thin = part(q, 0, m, 0, n);
    Result d = thin(thin, part(r, 0, n, 0, n), dx);
    Array upper = part(thin, 0, n, 0, n);
    Lu.Result factors = Lu.lu(Arithmetic.sub(upper, Matrices.eyeLike(upper)));
    Array zh = Lu.solve(factors, adjoint(part(thin, n, m, 0, n)), Lu.Of.ADJOINT);
    Array z = adjoint(zh); // Q_pn (Q_nn - 1)^-1
    Array down = Arithmetic.sub(part(d.q, n, m, 0, n), matmul(z, part(d.q, 0, n, 0, n)));
    Array across = Arithmetic.add(thin, matmul(part(q, 0, m, n, m), z));
    Array other = Arithmetic.sub(matmul(d.q, zh), matmul(across, adjoint(down)));
    Array dq = Concatenation.concatenate(List.of(d.q, other), q.rank() - 1);
    return new Result(dq, Matrices.padded(d.r, 0, m, 0, n));
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder b = context.builder();
    Value x = operands.getFirst();
    int rows = x.shape().rank() - 2;
    Shape q = outs.get(0).shape();
    Shape r = outs.get(1).shape();
    if (x.shape().size() == 0) {
      Value none = b.full(x.dtype(), r, 0);
      Value unit = Triangles.unit(b, outs.get(0));
      return pivoting
          ? List.of(unit, none, b.full(DType.I32, outs.get(2).shape(), 0))
          : List.of(unit, none);
    }
    List<Value> out = pivoting ? pivoted(b, x, outs.get(2)) : geqrf(b, x);
    long least = Math.min(x.type().dim(rows), x.type().dim(rows + 1));
    Value left = resized(b, out.get(0), x.shape().with(rows + 1, least));
    Value reflections = resized(b, left, q);
    Value product =
        Factorisation.lapack(b, LapackRoutine.ORGQR, Map.of(), reflections, out.get(1)).getFirst();
    Value upper = Triangles.of(b, resized(b, out.get(0), r), Direction.LE);
    return pivoting ? List.of(product, upper, out.get(2)) : List.of(product, upper);
  }

  private static List<Value> geqrf(HloBuilder b, Value x) {
    return Factorisation.lapack(b, LapackRoutine.GEQRF, Map.of(), x);
  }

  /** Factors, the reflections' factors, and the order of columns from 0. */
  private static List<Value> pivoted(HloBuilder b, Value x, Aval order) {
    Value free = b.full(DType.I32, order.shape(), 0);
    var out = Factorisation.lapack(b, LapackRoutine.GEQP3, Map.of(), x, free);
    Value one = b.full(DType.I32, order.shape(), 1);
    return List.of(out.get(0), out.get(2), b.pointwise(Fn.SUB, out.get(1), one));
  }

  /** Cut off, or filled up with zeros. */
  private static Value resized(HloBuilder b, Value x, Shape shape) {
    int rank = shape.rank();
    long[] high = new long[rank];
    for (int d = 0; d < rank; d++) {
      high[d] = shape.dim(d) - x.type().dim(d);
    }
    Longs none = Longs.fill(rank, 0);
    return shape.equals(x.shape())
        ? x
        : b.add(new ShapeOp.Pad(x, b.constant(x.dtype(), 0), none, Longs.of(high), none));
  }

  /**
   * JAX's {@code lax.linalg.qr}.
   *
   * @param x shape (..., m, n) of f32, f64, c64 or c128
   * @param fullMatrices whether q is (..., m, m) and r (..., m, n); else the smaller side is the
   *     size between them
   */
  public static Result qr(Array x, boolean fullMatrices) {
    List<Array> out = Bind.bind(new Qr(fullMatrices, false), List.of(x));
    return new Result(out.get(0), out.get(1));
  }

  /** The same with columns in the order that makes R's diagonal descend. */
  public static Pivoted pivotedQr(Array x, boolean fullMatrices) {
    List<Array> out = Bind.bind(new Qr(fullMatrices, true), List.of(x));
    return new Pivoted(out.get(0), out.get(1), out.get(2));
  }
}
