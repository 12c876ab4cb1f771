package dev.jacobi.lax.linalg;

import static dev.jacobi.lax.linalg.Matrices.adjoint;
import static dev.jacobi.lax.linalg.Matrices.matmul;

import dev.jacobi.Array;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Powers;
import dev.jacobi.trace.Bind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvectors (as columns) and ascending eigenvalues of a symmetric matrix, of which one triangle
 * is read. The phases of vectors are LAPACK's; derivatives need different eigenvalues.
 */
public record Eigh(boolean lower) implements Factorisation {
  /** {@code a v = v diag(w)}: vectors (..., n, n), real values (..., n). */
  public record Result(Array eigenvectors, Array eigenvalues) {}

  @Override
  public String name() {
    return "eigh";
  }

  /** As JAX prints them; the others have one value on the CPU. */
  @Override
  public Map<String, Object> params() {
    return Map.of(
        "algorithm",
        Optional.empty(),
        "lower",
        lower,
        "sort_eigenvalues",
        true,
        "subset_by_index",
        Optional.empty());
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval x = square(operands.getFirst());
    return List.of(x, Factorisation.vector(x, x.dtype().real(), x.dim(x.rank() - 1)));
  }

  /** Perturbation theory: {@code dv = v (F * v^H da v)}, {@code F_ij = 1 / (w_j - w_i)}. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array a = primals.getFirst();
    List<Array> out = Bind.bind(this, List.of(Matrices.symmetrize(a)));
    Array v = out.get(0);
    Array w = Convert.convertElementType(out.get(1), a.dtype());
    long n = a.dim(-1);
    Array eye = Matrices.eyeLike(a);
    Array gaps = Arithmetic.sub(Matrices.acrossRows(w, n), Matrices.acrossCols(w, n));
    Array f = Arithmetic.sub(Powers.integerPow(Arithmetic.add(eye, gaps), -1), eye);
    Array turned = matmul(matmul(adjoint(v), tangents.getFirst()), v);
    Array dv = matmul(v, Arithmetic.mul(f, turned));
    Array real = a.dtype().isComplex() ? Complexes.real(turned) : turned;
    return new Jvp(out, List.of(dv, Matrices.diagonal(real)));
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder b = context.builder();
    Map<String, String> options = Map.of("mode", "V", "uplo", lower ? "L" : "U");
    var out = Factorisation.lapack(b, LapackRoutine.SYEVD, options, operands.getFirst());
    return List.of(
        Factorisation.checked(b, out.get(0), out.get(2)),
        Factorisation.checked(b, out.get(1), out.get(2)));
  }

  /**
   * JAX's {@code lax.linalg.eigh}.
   *
   * @param x shape (..., n, n) of f32, f64, c64 or c128
   * @param lower which triangle is read
   * @param symmetrizeInput whether {@code (x + x^H) / 2} is taken first
   * @return NaN for matrices of which LAPACK finds no eigenvalues
   */
  public static Result eigh(Array x, boolean lower, boolean symmetrizeInput) {
    Array whole = symmetrizeInput ? Matrices.symmetrize(x) : x;
    List<Array> out = Bind.bind(new Eigh(lower), List.of(whole));
    return new Result(out.get(0), out.get(1));
  }
}
