package dev.jacobi.lax.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.Bind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Products of reflections as LAPACK keeps them: below the diagonal, with a factor each. */
public final class Householder {
  private Householder() {}

  /** R, below it the reflections whose product is Q, and their factors. */
  public record Reflections(Array a, Array taus) {}

  /** The same of the matrix with its columns in the order {@code pivots}, which counts from 1. */
  public record PivotedReflections(Array a, Array pivots, Array taus) {}

  /** R, and below it the reflections whose product is Q, and their factors. */
  public record Geqrf() implements Factorisation {
    @Override
    public String name() {
      return "geqrf";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = matrix(operands.getFirst());
      return List.of(x, Factorisation.vector(x, x.dtype(), least(x)));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw noDerivative();
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return Factorisation.lapack(
          context.builder(), LapackRoutine.GEQRF, Map.of(), operands.getFirst());
    }
  }

  /** The same with columns exchanged: those whose pivot is not 0 come first. */
  public record Geqp3() implements Factorisation {
    @Override
    public String name() {
      return "geqp3";
    }

    @Override
    public Map<String, Object> params() {
      return Map.of("use_magma", Optional.empty());
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = matrix(operands.get(0));
      Aval want = Factorisation.vector(x, DType.I32, x.dim(x.rank() - 1));
      if (!operands.get(1).strong().equals(want)) {
        throw new LaxTypeException(name(), "takes pivots " + want + ", not " + operands.get(1));
      }
      return List.of(x, want, Factorisation.vector(x, x.dtype(), least(x)));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw noDerivative();
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return Factorisation.lapack(
          context.builder(), LapackRoutine.GEQP3, Map.of(), operands.get(0), operands.get(1));
    }
  }

  /** The product of reflections. */
  public record HouseholderProduct() implements Factorisation {
    @Override
    public String name() {
      return "householder_product";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = matrix(operands.get(0));
      Aval taus = operands.get(1).strong();
      long m = x.dim(x.rank() - 2);
      long n = x.dim(x.rank() - 1);
      long k = taus.rank() == 0 ? 0 : taus.dim(taus.rank() - 1);
      if (m < n || k > n || !taus.equals(Factorisation.vector(x, x.dtype(), k))) {
        throw new LaxTypeException(
            name(),
            "takes matrices with no more columns than rows and at most as many factors of the"
                + " same type, not "
                + operands);
      }
      return List.of(x);
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw noDerivative();
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return Factorisation.lapack(
          context.builder(), LapackRoutine.ORGQR, Map.of(), operands.get(0), operands.get(1));
    }
  }

  private static long least(Aval x) {
    return Math.min(x.dim(x.rank() - 2), x.dim(x.rank() - 1));
  }

  /**
   * JAX's {@code lax.linalg.geqrf}.
   *
   * @param x shape (..., m, n) of f32, f64, c64 or c128
   * @return matrices of the same shape, factors (..., min(m, n))
   */
  public static Reflections geqrf(Array x) {
    List<Array> out = Bind.bind(new Geqrf(), List.of(x));
    return new Reflections(out.get(0), out.get(1));
  }

  /**
   * JAX's {@code lax.linalg.geqp3}.
   *
   * @param x shape (..., m, n) of f32, f64, c64 or c128
   * @param pivots (..., n) of i32: 0 for columns that may move
   */
  public static PivotedReflections geqp3(Array x, Array pivots) {
    List<Array> out = Bind.bind(new Geqp3(), List.of(x, pivots));
    return new PivotedReflections(out.get(0), out.get(1), out.get(2));
  }

  /**
   * JAX's {@code lax.linalg.householder_product}: the product of the reflections that stand below
   * the diagonal of {@code a}, its first columns.
   *
   * @param a shape (..., m, n), n at most m
   * @param taus shape (..., k), k at most n
   */
  public static Array householderProduct(Array a, Array taus) {
    return Bind.bind(new HouseholderProduct(), a, taus);
  }
}
