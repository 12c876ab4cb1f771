package dev.jacobi.lax.linalg;

import static dev.jacobi.lax.linalg.Matrices.acrossCols;
import static dev.jacobi.lax.linalg.Matrices.acrossRows;
import static dev.jacobi.lax.linalg.Matrices.adjoint;
import static dev.jacobi.lax.linalg.Matrices.matmul;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.ArgReductions;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Complex eigenvalues of square matrices, and left and right eigenvectors as columns where asked
 * for, of norm 1 and with their largest component real.
 *
 * @param enableEigvecDerivs whether vectors have derivatives: these hold only where all values
 *     differ and no vector has two largest components
 */
public record Eig(
    boolean computeLeftEigenvectors, boolean computeRightEigenvectors, boolean enableEigvecDerivs)
    implements Factorisation {
  /**
   * {@code a v = v diag(w)} and {@code u^H a = diag(w) u^H}.
   *
   * @param eigenvalues (..., n)
   * @param left u, (..., n, n), if computed
   * @param right v, (..., n, n), if computed
   */
  public record Result(Array eigenvalues, Optional<Array> left, Optional<Array> right) {}

  @Override
  public String name() {
    return "eig";
  }

  /** As JAX prints them. */
  @Override
  public Map<String, Object> params() {
    return Map.of(
        "compute_left_eigenvectors", computeLeftEigenvectors,
        "compute_right_eigenvectors", computeRightEigenvectors,
        "enable_eigvec_derivs", enableEigvecDerivs,
        "implementation", Optional.empty());
  }

  private boolean computesVectors() {
    return computeLeftEigenvectors || computeRightEigenvectors;
  }

  private static DType complex(DType dtype) {
    return dtype.complex().orElseThrow();
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval x = square(operands.getFirst());
    long n = x.dim(x.rank() - 1);
    DType t = complex(x.dtype());
    List<Aval> out = new ArrayList<>(List.of(Factorisation.vector(x, t, n)));
    for (boolean computed : new boolean[] {computeLeftEigenvectors, computeRightEigenvectors}) {
      if (computed) {
        out.add(Aval.of(t, x.shape()));
      }
    }
    return out;
  }

  /** Left vectors are right ones of the adjoint: {@code a^H u = u diag(conj w)}. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    if (computesVectors() && !enableEigvecDerivs) {
      throw new EigenvectorDerivativeException();
    }
    Eig all = new Eig(computeLeftEigenvectors, true, enableEigvecDerivs);
    List<Array> out = Bind.bind(all, primals);
    Array w = out.getFirst();
    Array v = out.getLast();
    Array da = Convert.convertElementType(tangents.getFirst(), v.dtype());
    if (!computesVectors()) {
      Array turned = Arithmetic.mul(solve(v, da), Matrices.transpose(v));
      return Jvp.of(w, Reductions.sum(turned, Axes.of(v.rank() - 1)));
    }
    Moved right = move(w, v, da);
    List<Array> values = new ArrayList<>(List.of(w));
    List<@Nullable Array> moves = new ArrayList<>(List.of(right.dw));
    if (computeLeftEigenvectors) {
      values.add(out.get(1));
      moves.add(move(Complexes.conj(w), out.get(1), adjoint(da)).dv);
    }
    if (computeRightEigenvectors) {
      values.add(v);
      moves.add(right.dv);
    }
    return new Jvp(values, moves);
  }

  private record Moved(Array dw, Array dv) {}

  private static Array solve(Array a, Array b) {
    return Lu.solve(Lu.lu(a), b, Lu.Of.MATRIX);
  }

  /**
   * Perturbation theory, {@code dv = v (F * v^-1 da v) + v diag(c)}, {@code F_ij = 1 / (w_j -
   * w_i)}; c keeps the norm, and the largest component real. Source: Giles, Collected matrix
   * derivative results.
   */
  private static Moved move(Array w, Array v, Array da) {
    long n = v.dim(-1);
    Array eye = Matrices.eyeLike(v);
    Array gaps = Arithmetic.sub(acrossRows(w, n), acrossCols(w, n));
    Array f = Arithmetic.sub(Powers.integerPow(Arithmetic.add(eye, gaps), -1), eye);
    Array p = matmul(solve(v, da), v);
    Array u = matmul(v, Arithmetic.mul(f, p));
    Array along = Complexes.real(columnSums(Arithmetic.mul(Complexes.conj(v), u)));
    Array top = largest(v);
    Array turned = Complexes.imag(columnSums(Arithmetic.mul(top, u)));
    Array length = Complexes.real(columnSums(Arithmetic.mul(top, v)));
    Array c =
        Complexes.complex(Arithmetic.neg(along), Arithmetic.neg(Arithmetic.div(turned, length)));
    return new Moved(Matrices.diagonal(p), Arithmetic.add(u, Arithmetic.mul(v, acrossRows(c, n))));
  }

  private static Array columnSums(Array x) {
    return Reductions.sum(x, Axes.of(x.rank() - 2));
  }

  /** One where a column is largest, else zero. */
  private static Array largest(Array v) {
    if (v.shape().size() == 0) {
      return v;
    }
    Array place = ArgReductions.argmax(Arithmetic.abs(v), v.rank() - 2, DType.I32);
    Array row = Shapes.iota(DType.I32, v.shape(), v.rank() - 2);
    return Convert.convertElementType(Compare.eq(row, acrossRows(place, v.dim(-2))), v.dtype());
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder b = context.builder();
    Value x = operands.getFirst();
    Map<String, String> options =
        Map.of(
            "compute_left", computeLeftEigenvectors ? "V" : "N",
            "compute_right", computeRightEigenvectors ? "V" : "N");
    List<Value> out = Factorisation.lapack(b, LapackRoutine.GEEV, options, x);
    int vectors = x.dtype().isComplex() ? 1 : 2;
    Value w = vectors == 1 ? out.get(0) : b.pointwise(Fn.COMPLEX, out.get(0), out.get(1));
    Value info = out.getLast();
    List<Value> results = new ArrayList<>(List.of(Factorisation.checked(b, w, info)));
    if (computeLeftEigenvectors) {
      results.add(Factorisation.checked(b, out.get(vectors), info));
    }
    if (computeRightEigenvectors) {
      results.add(Factorisation.checked(b, out.get(vectors + 1), info));
    }
    return results;
  }

  /**
   * JAX's {@code lax.linalg.eig}.
   *
   * @param x shape (..., n, n) of f32, f64, c64 or c128
   * @return c64 or c128; NaN for matrices with NaN or infinities, and where LAPACK fails
   */
  public static Result eig(Array x, Eig options) {
    List<Array> out = Bind.bind(options, List.of(x));
    Optional<Array> left =
        options.computeLeftEigenvectors ? Optional.of(out.get(1)) : Optional.empty();
    Optional<Array> right =
        options.computeRightEigenvectors ? Optional.of(out.getLast()) : Optional.empty();
    return new Result(out.getFirst(), left, right);
  }
}
