package dev.jacobi.lax.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Simpler matrices with the same eigenvalues: {@code q^H a q}. JAX has no derivatives here. */
public final class SimilarForms {
  private SimilarForms() {}

  /** {@code a = vectors form vectors^H}; the vectors if computed. */
  public record SchurResult(Array form, Optional<Array> vectors) {}

  /**
   * The triangle's diagonal d and off-diagonal e, real; {@code a} keeps them and, on the other side
   * of e, the reflections.
   */
  public record TridiagonalResult(Array a, Array d, Array e, Array taus) {}

  /** Triangular forms; of real matrices with blocks of order 2 for complex eigenvalues. */
  public record Schur(boolean computeSchurVectors) implements Factorisation {
    @Override
    public String name() {
      return "schur";
    }

    /** As JAX prints them; it does not use the last two. */
    @Override
    public Map<String, Object> params() {
      return Map.of(
          "compute_schur_vectors",
          computeSchurVectors,
          "select_callable",
          Optional.empty(),
          "sort_eig_vals",
          false);
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = square(operands.getFirst());
      return computeSchurVectors ? List.of(x, x) : List.of(x);
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw noDerivative();
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Map<String, String> options = Map.of("mode", computeSchurVectors ? "V" : "N", "sort", "N");
      var out = Factorisation.lapack(b, LapackRoutine.GEES, options, operands.getFirst());
      List<Value> results = new ArrayList<>();
      for (int i = 0; i < outs.size(); i++) {
        results.add(Factorisation.checked(b, out.get(i), out.getLast()));
      }
      return results;
    }
  }

  /** Zero below the first subdiagonal, where the reflections stand. */
  public record Hessenberg() implements Factorisation {
    @Override
    public String name() {
      return "hessenberg";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = square(operands.getFirst());
      long n = x.dim(x.rank() - 1);
      if (n == 0) {
        throw new LaxTypeException(name(), "takes matrices of at least one row, not " + x);
      }
      return List.of(x, Factorisation.vector(x, x.dtype(), n - 1));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw noDerivative();
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value x = operands.getFirst();
      long n = x.shape().dim(x.shape().rank() - 1);
      Map<String, String> options = Map.of("low", "1", "high", Long.toString(n));
      var out = Factorisation.lapack(b, LapackRoutine.GEHRD, options, x);
      return List.of(
          Factorisation.checked(b, out.get(0), out.get(2)),
          Factorisation.checked(b, out.get(1), out.get(2)));
    }
  }

  /** Of a symmetric matrix, of which one triangle is read. */
  public record Tridiagonal(boolean lower) implements Factorisation {
    @Override
    public String name() {
      return "tridiagonal";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = square(operands.getFirst());
      long n = x.dim(x.rank() - 1);
      if (n == 0) {
        throw new LaxTypeException(name(), "takes matrices of at least one row, not " + x);
      }
      return List.of(
          x,
          Factorisation.vector(x, x.dtype().real(), n),
          Factorisation.vector(x, x.dtype().real(), n - 1),
          Factorisation.vector(x, x.dtype(), n - 1));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw noDerivative();
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Map<String, String> options = Map.of("uplo", lower ? "L" : "U");
      var out = Factorisation.lapack(b, LapackRoutine.SYTRD, options, operands.getFirst());
      List<Value> results = new ArrayList<>();
      for (int i = 0; i < outs.size(); i++) {
        results.add(Factorisation.checked(b, out.get(i), out.getLast()));
      }
      return results;
    }
  }

  /**
   * JAX's {@code lax.linalg.schur}.
   *
   * @param x shape (..., n, n) of f32, f64, c64 or c128
   * @return matrices of that shape; NaN where LAPACK fails or the matrix is not finite
   */
  public static SchurResult schur(Array x, boolean computeSchurVectors) {
    List<Array> out = Bind.bind(new Schur(computeSchurVectors), List.of(x));
    return new SchurResult(
        out.getFirst(), computeSchurVectors ? Optional.of(out.get(1)) : Optional.empty());
  }

  /**
   * JAX's {@code lax.linalg.hessenberg}.
   *
   * @param x shape (..., n, n) of f32, f64, c64 or c128, n at least 1
   * @return matrices of that shape, factors of reflections (..., n - 1)
   */
  public static Householder.Reflections hessenberg(Array x) {
    List<Array> out = Bind.bind(new Hessenberg(), List.of(x));
    return new Householder.Reflections(out.get(0), out.get(1));
  }

  /**
   * JAX's {@code lax.linalg.tridiagonal}.
   *
   * @param x shape (..., n, n) of f32, f64, c64 or c128, n at least 1
   * @param lower which triangle is read
   */
  public static TridiagonalResult tridiagonal(Array x, boolean lower) {
    List<Array> out = Bind.bind(new Tridiagonal(lower), List.of(x));
    return new TridiagonalResult(out.get(0), out.get(1), out.get(2), out.get(3));
  }
}
