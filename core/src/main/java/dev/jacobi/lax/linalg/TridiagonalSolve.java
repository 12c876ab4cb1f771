package dev.jacobi.lax.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Solves {@code a x = b} for a tridiagonal matrix, given by what stands below, on and above its
 * diagonal: {@code dl[i] = a[i, i-1]}, {@code d[i] = a[i, i]}, {@code du[i] = a[i, i+1]}. The first
 * of dl and the last of du are not used. NaN if the matrix is singular.
 */
public record TridiagonalSolve() implements Factorisation {
  @Override
  public String name() {
    return "tridiagonal_solve";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("perturb_singular", false);
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval b = matrix(operands.get(3));
    Aval want = Factorisation.vector(b, b.dtype(), b.dim(b.rank() - 2));
    for (Aval diagonal : operands.subList(0, 3)) {
      if (!diagonal.strong().equals(want)) {
        throw new LaxTypeException(
            name(), "takes diagonals (..., n) and b (..., n, k) of one type, not " + operands);
      }
    }
    return List.of(b);
  }

  /** {@code dx = a^-1 (db - da x)}. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array x = Bind.bind(this, primals).getFirst();
    Array through = product(tangents, x);
    Array right = tangents.get(3);
    if (through != null) {
      right = Zeros.sum(right, Arithmetic.neg(through));
    }
    return Jvp.of(x, with(primals, right));
  }

  /** The tridiagonal matrix of which some diagonals are not zero, times x. */
  private static @Nullable Array product(List<@Nullable Array> diagonals, Array x) {
    Array dl = diagonals.get(0);
    Array d = diagonals.get(1);
    Array du = diagonals.get(2);
    long k = x.dim(-1);
    Array sum = d == null ? null : Arithmetic.mul(Matrices.acrossCols(d, k), x);
    if (dl != null) {
      sum = Zeros.sum(sum, Arithmetic.mul(Matrices.acrossCols(dl, k), moved(x, 1, x.rank() - 2)));
    }
    if (du != null) {
      sum = Zeros.sum(sum, Arithmetic.mul(Matrices.acrossCols(du, k), moved(x, -1, x.rank() - 2)));
    }
    return sum;
  }

  /** Element i becomes element i + by; zeros come in. */
  private static Array moved(Array x, int by, int axis) {
    Longs none = Longs.fill(x.rank(), 0);
    Longs low = Shape.of(none).with(axis, 0).sizes();
    if (x.dim(axis) == 0) {
      return x;
    }
    Longs high = none;
    Longs start = none;
    Shape limit = x.shape();
    if (by > 0) {
      low = Shape.of(none).with(axis, 1).sizes();
      limit = limit.with(axis, x.dim(axis) - 1);
    } else {
      high = Shape.of(none).with(axis, 1).sizes();
      start = high;
    }
    Array cut = Slices.slice(x, start, limit.sizes(), Longs.fill(x.rank(), 1));
    return Slices.pad(cut, Scalars.like(x, 0), low, high, none);
  }

  private Array with(List<Array> operands, @Nullable Array right) {
    return Bind.bind(this, List.of(operands.get(0), operands.get(1), operands.get(2), right))
        .getFirst();
  }

  /** Linear in the right side: solves with the transposed matrix. */
  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    Array ct = cotangents.getFirst();
    for (Operand diagonal : operands.subList(0, 3)) {
      if (diagonal.isLinear()) {
        throw new NotLinearException(this);
      }
    }
    Array dl = operands.get(0).known();
    Array du = operands.get(2).known();
    List<Array> turned =
        List.of(moved(du, 1, du.rank() - 1), operands.get(1).known(), moved(dl, -1, dl.rank() - 1));
    return Arrays.asList(null, null, null, ct == null ? null : with(turned, ct));
  }

  /** One matrix for a batch of right sides: these stand side by side. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Integer dim = dims.get(3);
    if (dims.get(0) != null || dims.get(1) != null || dims.get(2) != null || dim == null) {
      return Factorisation.super.vmap(size, operands, dims);
    }
    int at = operands.get(3).rank() - 2;
    Array b = Dims.move(operands.get(3), dim, at);
    Shape flat = b.shape().without(Axes.of(at)).with(at, b.dim(at) * b.dim(at + 1));
    Array x = with(operands, Shapes.reshape(b, flat));
    return Batched.of(Shapes.reshape(x, b.shape()), at);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder b = context.builder();
    if (outs.getFirst().shape().size() == 0) {
      return List.of(operands.get(3));
    }
    var out = Factorisation.lapack(b, LapackRoutine.GTSV, Map.of(), operands.toArray(Value[]::new));
    return List.of(Factorisation.checked(b, out.get(3), out.get(4)));
  }

  /**
   * JAX's {@code lax.linalg.tridiagonal_solve}.
   *
   * @param dl shape (..., n) of f32, f64, c64 or c128, its first not used
   * @param d shape (..., n)
   * @param du shape (..., n), its last not used
   * @param b right sides as columns, shape (..., n, k)
   */
  public static Array tridiagonalSolve(Array dl, Array d, Array du, Array b) {
    return Bind.bind(new TridiagonalSolve(), List.of(dl, d, du, b)).getFirst();
  }
}
