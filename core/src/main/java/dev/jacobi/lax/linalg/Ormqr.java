package dev.jacobi.lax.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.Bind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A product with the orthogonal matrix that reflections make, without making it: {@code q c}, or
 * {@code c q}, or with {@code transpose} with q's conjugate transpose. JAX has no derivative.
 */
public record Ormqr(boolean left, boolean transpose) implements Factorisation {
  @Override
  public String name() {
    return "ormqr";
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval a = matrix(operands.get(0));
    Aval taus = operands.get(1).strong();
    Aval c = matrix(operands.get(2));
    int rank = a.rank();
    long m = a.dim(rank - 2);
    long k = taus.rank() == 0 ? 0 : taus.dim(taus.rank() - 1);
    boolean fits =
        c.dtype() == a.dtype()
            && c.rank() == rank
            && Factorisation.batch(a).equals(Factorisation.batch(c))
            && c.dim(left ? rank - 2 : rank - 1) == m
            && k <= Math.min(m, a.dim(rank - 1))
            && taus.equals(Factorisation.vector(a, a.dtype(), k));
    if (!fits) {
      throw new LaxTypeException(
          name(),
          "takes reflections (m, n), at most as many factors, and a matrix with m "
              + (left ? "rows" : "columns")
              + ", all of one type, not "
              + operands);
    }
    return List.of(c);
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    throw noDerivative();
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    if (outs.getFirst().shape().size() == 0) {
      return List.of(operands.get(2));
    }
    Map<String, String> options =
        Map.of("left", Boolean.toString(left), "transpose", Boolean.toString(transpose));
    return Factorisation.lapack(
        context.builder(),
        LapackRoutine.ORMQR,
        options,
        operands.get(0),
        operands.get(1),
        operands.get(2));
  }

  /**
   * JAX's {@code lax.linalg.ormqr}.
   *
   * @param a reflections below the diagonal, shape (..., m, n), as from {@code geqrf}
   * @param taus their factors (..., k)
   * @param c (..., m, p), or (..., p, m) if not {@code left}
   */
  public static Array ormqr(Array a, Array taus, Array c, boolean left, boolean transpose) {
    return Bind.bind(new Ormqr(left, transpose), List.of(a, taus, c)).getFirst();
  }
}
