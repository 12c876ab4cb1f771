package dev.jacobi.lax.linalg;

import static dev.jacobi.lax.linalg.Matrices.adjoint;
import static dev.jacobi.lax.linalg.Matrices.matmul;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.NoDerivativeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Singular values, descending, and with {@code computeUv} the vectors: {@code a = u s vt}. The
 * common phase of a pair of vectors is LAPACK's; derivatives need different values.
 */
public record Svd(boolean fullMatrices, boolean computeUv, Algorithm algorithm)
    implements Factorisation {
  /** How values are found. */
  public enum Algorithm {
    /** JAX's choice: by dividing and conquering. */
    DEFAULT,
    /** By dividing and conquering: LAPACK's {@code gesdd}. */
    DIVIDE_AND_CONQUER,
    /** By QR steps, slower but more accurate for small values: LAPACK's {@code gesvd}. */
    QR
  }

  /**
   * {@code a = u diag(s) vt} of shapes (..., m, k), (..., k) and (..., k, n), where k is the
   * smaller of m and n; with full matrices u is (..., m, m) and vt (..., n, n).
   */
  public record Result(Array u, Array s, Array vt) {}

  @Override
  public String name() {
    return "svd";
  }

  /** As JAX prints them. */
  @Override
  public Map<String, Object> params() {
    Optional<Algorithm> chosen = Optional.of(algorithm).filter(a -> a != Algorithm.DEFAULT);
    return Map.of(
        "algorithm", chosen,
        "compute_uv", computeUv,
        "full_matrices", fullMatrices,
        "subset_by_index", Optional.empty());
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval x = matrix(operands.getFirst());
    long m = x.dim(x.rank() - 2);
    long n = x.dim(x.rank() - 1);
    long k = Math.min(m, n);
    Aval s = Factorisation.vector(x, x.dtype().real(), k);
    Aval u = Factorisation.matrix(x, m, fullMatrices ? m : k);
    Aval vt = Factorisation.matrix(x, fullMatrices ? n : k, n);
    return computeUv ? List.of(s, u, vt) : List.of(s);
  }

  /** Source: Giles, Collected matrix derivative results, with JAX's choice of phases. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array a = primals.getFirst();
    Array da = tangents.getFirst();
    long m = a.dim(-2);
    long n = a.dim(-1);
    if (computeUv && fullMatrices && m != n) {
      throw new NoDerivativeException(name() + " with full matrices that are not square");
    }
    List<Array> out = Bind.bind(new Svd(false, true, algorithm), List.of(a));
    Array s = out.get(0);
    Array u = out.get(1);
    Array v = adjoint(out.get(2));
    Array inner = matmul(matmul(adjoint(u), da), v);
    Array ds = Matrices.diagonal(a.dtype().isComplex() ? Complexes.real(inner) : inner);
    if (!computeUv) {
      return Jvp.of(s, ds);
    }
    Array turn = turn(s, inner);
    Array du = matmul(u, turn);
    Array dv = matmul(v, rowTurn(s, inner));
    if (m > n) {
      du = Arithmetic.add(du, outside(u, matmul(da, v), s));
    }
    if (n > m) {
      dv = Arithmetic.add(dv, outside(v, matmul(adjoint(da), u), s));
    }
    return new Jvp(out, List.of(ds, du, adjoint(dv)));
  }

  /** {@code F * (P S + (P S)^H) + (P - P^H) / 2S}: left vectors turn among each other. */
  private static Array turn(Array s, Array inner) {
    Array scaled = Arithmetic.mul(across(s, inner.dtype(), true), inner);
    Array other = Arithmetic.mul(gaps(s, inner.dtype()), Arithmetic.add(scaled, adjoint(scaled)));
    Array skew = Arithmetic.sub(inner, adjoint(inner));
    Array half = Arithmetic.mul(Scalars.like(skew, 0.5), skew);
    Array diagonal = Matrices.onDiagonal(across(inverse(s), inner.dtype(), true));
    return Arithmetic.add(other, Arithmetic.mul(half, diagonal));
  }

  /** {@code F * (S P + (S P)^H)}: right vectors turn among each other. */
  private static Array rowTurn(Array s, Array inner) {
    Array scaled = Arithmetic.mul(across(s, inner.dtype(), false), inner);
    return Arithmetic.mul(gaps(s, inner.dtype()), Arithmetic.add(scaled, adjoint(scaled)));
  }

  /** Element (i, j) is the value j if {@code columns}, else i. */
  private static Array across(Array s, DType dtype, boolean columns) {
    long k = s.dim(-1);
    Array wide = columns ? Matrices.acrossRows(s, k) : Matrices.acrossCols(s, k);
    return Convert.convertElementType(wide, dtype);
  }

  /** {@code F = 1 / (s_j^2 - s_i^2)}, 0 on the diagonal. */
  private static Array gaps(Array s, DType dtype) {
    Array row = across(s, s.dtype(), true);
    Array col = across(s, s.dtype(), false);
    Array eye = Matrices.eyeLike(row);
    Array difference = Arithmetic.mul(Arithmetic.add(row, col), Arithmetic.sub(row, col));
    Array quotient = Arithmetic.div(Scalars.like(s, 1), Arithmetic.add(difference, eye));
    return Convert.convertElementType(Arithmetic.sub(quotient, eye), dtype);
  }

  /** One over each value, 0 for 0. */
  private static Array inverse(Array s) {
    Array zero = Convert.convertElementType(Compare.eq(s, Scalars.like(s, 0)), s.dtype());
    return Arithmetic.sub(Arithmetic.div(Scalars.like(s, 1), Arithmetic.add(s, zero)), zero);
  }

  /** The part of a change of vectors that leaves the space they span. */
  private static Array outside(Array u, Array change, Array s) {
    Array inside = matmul(u, matmul(adjoint(u), change));
    Array scale = Convert.convertElementType(Matrices.acrossRows(s, u.dim(-2)), u.dtype());
    return Arithmetic.div(Arithmetic.sub(change, inside), scale);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder b = context.builder();
    Value x = operands.getFirst();
    if (x.type().dim(x.shape().rank() - 2) == 0 || x.type().dim(x.shape().rank() - 1) == 0) {
      return outs.stream().map(out -> Triangles.unit(b, out)).toList();
    }
    Map<String, String> options = Map.of("mode", !computeUv ? "N" : fullMatrices ? "A" : "S");
    LapackRoutine routine =
        switch (algorithm) {
          case DEFAULT, DIVIDE_AND_CONQUER -> LapackRoutine.GESDD;
          case QR -> LapackRoutine.GESVD;
        };
    var out = Factorisation.lapack(b, routine, options, x);
    List<Value> results = new ArrayList<>();
    for (int i = 1; i <= outs.size(); i++) {
      results.add(Factorisation.checked(b, out.get(i), out.get(4)));
    }
    return results;
  }

  /**
   * JAX's {@code lax.linalg.svd}.
   *
   * @param x shape (..., m, n) of f32, f64, c64 or c128
   * @return NaN for matrices of which LAPACK finds no singular values
   */
  public static Result svd(Array x, boolean fullMatrices) {
    return svd(x, fullMatrices, Algorithm.DEFAULT);
  }

  /** The same by another algorithm. */
  public static Result svd(Array x, boolean fullMatrices, Algorithm algorithm) {
    List<Array> out = Bind.bind(new Svd(fullMatrices, true, algorithm), List.of(x));
    return new Result(out.get(1), out.get(0), out.get(2));
  }

  /** The singular values only, of shape (..., min(m, n)). */
  public static Array svdvals(Array x) {
    return Bind.bind(new Svd(true, false, Algorithm.DEFAULT), x);
  }
}
