package dev.jacobi.lax.linalg;

import static dev.jacobi.lax.linalg.Matrices.matmul;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Sort;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * LU factors by partial pivoting, in one matrix: results are the factors, the pivots (row i was
 * exchanged with row {@code pivots[i]}) and the permutation (row i came from {@code perm[i]}).
 */
public record Lu() implements Factorisation {
  /**
   * {@code x[permutation] = l u}: both factors in one matrix (..., m, n), {@code pivots} of shape
   * (..., min(m, n)) and {@code permutation} of shape (..., m), both i32.
   */
  public record Result(Array lu, Array pivots, Array permutation) {}

  @Override
  public String name() {
    return "lu";
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval x = matrix(operands.getFirst());
    long m = x.dim(x.rank() - 2);
    long k = Math.min(m, x.dim(x.rank() - 1));
    return List.of(x, Factorisation.vector(x, DType.I32, k), Factorisation.vector(x, DType.I32, m));
  }

  /**
   * {@code L' = L tril(Z, -1)} and {@code U' = triu(Z) U} with {@code Z = L^-1 P A' U^-1}, the
   * factors made square by ones; source: de Hoog, Anderssen, Lukas, Differentiation of matrix
   * functionals using triangular factorization.
   */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    List<Array> out = Bind.bind(this, primals);
    Array lu = out.get(0);
    long m = lu.dim(-2);
    long n = lu.dim(-1);
    long k = Math.min(m, n);
    Array below = Matrices.tril(Matrices.part(lu, 0, m, 0, k), -1);
    Array square = Matrices.padded(below, 0, m, 0, m);
    Array l = Arithmetic.add(square, Matrices.eyeLike(square));
    Array u = Matrices.padded(Matrices.triu(Matrices.part(lu, 0, k, 0, n), 0), 0, n, 0, n);
    if (n > k) {
      Array ones = Matrices.eye(lu.dtype(), Matrices.batch(lu), n - k, n - k);
      u = Arithmetic.add(u, Matrices.padded(ones, k, n, k, n));
    }
    Array da = Matrices.takeRows(tangents.getFirst(), out.get(2));
    Array la = TriangularSolve.LOWER.unit().of(l, da);
    Array z = TriangularSolve.UPPER.right().of(u, la);
    Array dl = matmul(l, Matrices.tril(z, -1));
    Array du = matmul(Matrices.triu(z, 0), u);
    return new Jvp(out, Arrays.asList(Arithmetic.add(dl, du), null, null));
  }

  /** A pivot of 0 is no failure: the factors then have a zero on U's diagonal. */
  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder b = context.builder();
    var out = Factorisation.lapack(b, LapackRoutine.GETRF, Map.of(), operands.getFirst());
    Value lu = Factorisation.checked(b, out.get(0), out.get(2), Direction.GE);
    Value fromOne = out.get(1);
    Value one = b.full(DType.I32, fromOne.shape(), 1);
    Value pivots = b.pointwise(Fn.SUB, fromOne, one);
    return List.of(lu, pivots, Pivots.permutation(b, pivots, outs.get(2).shape()));
  }

  /**
   * JAX's {@code lax.linalg.lu}.
   *
   * @param x shape (..., m, n) of f32, f64, c64 or c128
   */
  public static Result lu(Array x) {
    List<Array> out = Bind.bind(new Lu(), List.of(x));
    return new Result(out.get(0), out.get(1), out.get(2));
  }

  /** Which matrix of the factored one's family a system has. */
  public enum Of {
    /** The matrix that was factored. */
    MATRIX,
    /** Its transpose. */
    TRANSPOSE,
    /** Its conjugate transpose. */
    ADJOINT
  }

  /**
   * JAX's {@code lu_solve} for equal batches: solves with the factors of square matrices.
   *
   * @param b right sides as columns, shape (..., n, k)
   */
  public static Array solve(Result factors, Array b, Of of) {
    Array lu = factors.lu();
    TriangularSolve l = TriangularSolve.LOWER.unit();
    TriangularSolve u = TriangularSolve.UPPER;
    return switch (of) {
      case MATRIX -> u.of(lu, l.of(lu, Matrices.takeRows(b, factors.permutation())));
      case TRANSPOSE -> unpermuted(l.transposed().of(lu, u.transposed().of(lu, b)), factors);
      case ADJOINT -> unpermuted(l.adjoint().of(lu, u.adjoint().of(lu, b)), factors);
    };
  }

  private static Array unpermuted(Array x, Result factors) {
    Array to = factors.permutation();
    int last = to.rank() - 1;
    Array place = Shapes.iota(DType.I32, to.shape(), last);
    return Matrices.takeRows(x, Sort.sort(List.of(to, place), last, true, 1).get(1));
  }
}
