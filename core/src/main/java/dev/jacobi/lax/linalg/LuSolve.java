package dev.jacobi.lax.linalg;

import static dev.jacobi.lax.linalg.Matrices.matmul;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Solves {@code a x = b} (or with the transpose of {@code a}) by the LU factors of {@code a}, which
 * are found once and serve derivatives too: these are the solution's, in {@code a} and {@code b};
 * the factors count as constants. JAX writes {@code custom_linear_solve} for the same purpose.
 *
 * <p>Operands: {@code a} (..., n, n), its factors, its permutation, and {@code b} (..., n, k).
 */
public record LuSolve(boolean transposed) implements Factorisation {
  @Override
  public String name() {
    return "lu_solve";
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval a = square(operands.get(0));
    Aval b = matrix(operands.get(3));
    long n = a.dim(a.rank() - 1);
    boolean fits =
        operands.get(1).strong().equals(a)
            && operands.get(2).strong().equals(Factorisation.vector(a, DType.I32, n))
            && b.equals(Factorisation.matrix(a, n, b.dim(b.rank() - 1)));
    if (!fits) {
      throw new LaxTypeException(
          name(), "takes a matrix, its factors, its permutation and right sides, not " + operands);
    }
    return List.of(b);
  }

  private Array of(List<Array> operands, Array b) {
    return Bind.bind(this, operands.get(0), operands.get(1), operands.get(2), b);
  }

  /** {@code dx = a^-1 (db - da x)}. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array x = of(primals, primals.get(3));
    Array da = tangents.get(0);
    Array db = tangents.get(3);
    if (da == null) {
      return Jvp.of(x, db == null ? null : of(primals, db));
    }
    Array change = matmul(transposed ? Matrices.transpose(da) : da, x);
    return Jvp.of(x, of(primals, db == null ? Arithmetic.neg(change) : Arithmetic.sub(db, change)));
  }

  /** Linear in the right side. */
  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    Array ct = cotangents.getFirst();
    if (ct == null || operands.subList(0, 3).stream().anyMatch(Operand::isLinear)) {
      throw new NotLinearException(this);
    }
    List<Array> known = operands.subList(0, 3).stream().map(Operand::known).toList();
    return Arrays.asList(null, null, null, new LuSolve(!transposed).of(known, ct));
  }

  /** One matrix for a batch of right sides: these stand side by side. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Integer dim = dims.get(3);
    boolean oneMatrix = dims.get(0) == null && dims.get(1) == null && dims.get(2) == null;
    if (!oneMatrix || dim == null) {
      return Factorisation.super.vmap(size, operands, dims);
    }
    int at = operands.get(0).rank();
    Array b = Dims.move(operands.get(3), dim, at);
    Shape flat = b.shape().without(Axes.of(at)).with(at - 1, b.dim(at - 1) * b.dim(at));
    Array x = of(operands, Shapes.reshape(b, flat));
    return Batched.of(Shapes.reshape(x, b.shape()), at);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder h = context.builder();
    Value lu = operands.get(1);
    Value permutation = operands.get(2);
    Value b = operands.get(3);
    TriangularSolve l = TriangularSolve.LOWER.unit();
    TriangularSolve u = TriangularSolve.UPPER;
    if (!transposed) {
      Value y = solved(context, outs, l, lu, Pivots.rows(h, b, permutation));
      return List.of(solved(context, outs, u, lu, y));
    }
    Value y = solved(context, outs, u.transposed(), lu, b);
    Value z = solved(context, outs, l.transposed(), lu, y);
    return List.of(Pivots.rows(h, z, Pivots.inverse(h, permutation)));
  }

  private static Value solved(
      LowerContext context, List<Aval> outs, TriangularSolve solve, Value a, Value b) {
    return solve.lower(context, List.of(a, b), outs).getFirst();
  }

  /**
   * Solves with factors that were found before.
   *
   * @param a what was factored, of shape (..., n, n); derivatives go through it
   * @param factors by {@link Lu#lu} of {@code stopGradient(a)}
   * @param b shape (..., n, k), with the batches of {@code a}
   */
  public static Array solve(Array a, Lu.Result factors, Array b) {
    return new LuSolve(false).of(List.of(a, factors.lu(), factors.permutation()), b);
  }
}
