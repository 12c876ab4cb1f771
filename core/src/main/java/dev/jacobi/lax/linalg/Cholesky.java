package dev.jacobi.lax.linalg;

import static dev.jacobi.lax.linalg.Matrices.matmul;
import static dev.jacobi.lax.linalg.Matrices.tril;

import dev.jacobi.Array;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Scalars;
import dev.jacobi.trace.Bind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lower factor of a positive definite matrix, of which the lower triangle is read; what stands
 * above the diagonal of the result is not defined. NaN if the matrix is not positive definite.
 */
public record Cholesky() implements Factorisation {
  @Override
  public String name() {
    return "cholesky";
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return List.of(square(operands.getFirst()));
  }

  /**
   * {@code dL = L phi(L^-1 dA L^-H)}, where phi keeps the lower triangle and halves the diagonal;
   * source: Murray, Differentiation of the Cholesky decomposition, arXiv 1602.07527.
   */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array l = tril(Bind.bind(this, primals.getFirst()), 0);
    Array right = TriangularSolve.LOWER.right().adjoint().of(l, tangents.getFirst());
    Array both = tril(TriangularSolve.LOWER.of(l, right), 0);
    Array eye = Matrices.eyeLike(both);
    Array phi = Arithmetic.div(both, Arithmetic.add(Scalars.like(both, 1), eye));
    return Jvp.of(l, matmul(l, phi));
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder b = context.builder();
    var out =
        Factorisation.lapack(b, LapackRoutine.POTRF, Map.of("uplo", "L"), operands.getFirst());
    return List.of(Factorisation.checked(b, out.get(0), out.get(1)));
  }

  /**
   * JAX's {@code lax.linalg.cholesky}: the lower factor, with zeros above its diagonal.
   *
   * @param x positive definite, shape (..., n, n) of f32, f64, c64 or c128
   * @param symmetrizeInput whether {@code (x + x^H) / 2} is taken first; else the lower triangle is
   *     read
   * @return the shape of {@code x}; NaN for matrices that are not positive definite
   */
  public static Array cholesky(Array x, boolean symmetrizeInput) {
    Array whole = symmetrizeInput ? Matrices.symmetrize(x) : x;
    return tril(Bind.bind(new Cholesky(), whole), 0);
  }
}
