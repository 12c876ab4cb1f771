package dev.jacobi.lax.linalg;

import static dev.jacobi.lax.linalg.Matrices.matmul;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.LinalgOp.Transpose;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Solves {@code op(a) x = b}, or with the matrix on the right {@code x op(a) = b}, for stacks of
 * triangular matrices. Only one triangle of {@code a} is read; a zero on its diagonal gives
 * infinities and NaN. Begin with {@link #LOWER} or {@link #UPPER}:
 *
 * <pre>{@code LOWER.adjoint().of(l, y) // L^H x = y}</pre>
 *
 * @param leftSide whether {@code a} stands to the left of {@code x}
 * @param lower which triangle is read
 * @param transposeA whether op transposes
 * @param conjugateA whether op conjugates
 * @param unitDiagonal whether the diagonal counts as ones and is not read
 */
public record TriangularSolve(
    boolean leftSide, boolean lower, boolean transposeA, boolean conjugateA, boolean unitDiagonal)
    implements Factorisation {
  /** {@code a x = b} with a lower triangular matrix. */
  public static final TriangularSolve LOWER = new TriangularSolve(true, true, false, false, false);

  /** {@code a x = b} with an upper triangular matrix. */
  public static final TriangularSolve UPPER = new TriangularSolve(true, false, false, false, false);

  /** The matrix stands on the right: {@code x a = b}. */
  public TriangularSolve right() {
    return new TriangularSolve(false, lower, transposeA, conjugateA, unitDiagonal);
  }

  /** With the transpose of {@code a}, whose triangle is still named as it is stored. */
  public TriangularSolve transposed() {
    return new TriangularSolve(leftSide, lower, true, conjugateA, unitDiagonal);
  }

  /** With the conjugate transpose of {@code a}. */
  public TriangularSolve adjoint() {
    return new TriangularSolve(leftSide, lower, true, true, unitDiagonal);
  }

  /** With the conjugate of {@code a}. */
  public TriangularSolve conjugated() {
    return new TriangularSolve(leftSide, lower, transposeA, true, unitDiagonal);
  }

  /** With ones on the diagonal. */
  public TriangularSolve unit() {
    return new TriangularSolve(leftSide, lower, transposeA, conjugateA, true);
  }

  /**
   * JAX's {@code lax.linalg.triangular_solve}.
   *
   * @param a shape (..., n, n)
   * @param b shape (..., n, k), or (..., k, n) with the matrix on the right; dtype of {@code a}
   * @return the shape of {@code b}
   * @throws LaxTypeException if dtypes or shapes do not fit
   */
  public Array of(Array a, Array b) {
    boolean conjugates = conjugateA && a.dtype().isComplex();
    var canonical = new TriangularSolve(leftSide, lower, transposeA, conjugates, unitDiagonal);
    return Bind.bind(canonical, a, b);
  }

  @Override
  public String name() {
    return "triangular_solve";
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval a = operands.get(0);
    Aval b = operands.get(1);
    boolean ranks = a.rank() >= 2 && a.rank() == b.rank() && a.dtype().isInexact();
    if (!ranks || a.dtype() != b.dtype() || a.key() || b.key()) {
      throw new LaxTypeException(name(), "takes matrices of one inexact type, not " + operands);
    }
    int rank = a.rank();
    long n = a.dim(rank - 1);
    if (a.dim(rank - 2) != n
        || b.dim(leftSide ? rank - 2 : rank - 1) != n
        || !Factorisation.batch(a).equals(Factorisation.batch(b))) {
      throw new LaxTypeException(name(), "sizes of " + a + " and " + b + " do not fit");
    }
    return List.of(b.strong());
  }

  /** {@code dX = op(A)^-1 (dB - op(dA) X)}. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array a = primals.get(0);
    Array x = of(a, primals.get(1));
    Array da = tangents.get(0);
    Array db = tangents.get(1);
    Array first = da == null ? null : throughMatrix(a, x, da);
    return Jvp.of(x, Zeros.sum(first, db == null ? null : of(a, db)));
  }

  /** {@code -op(A)^-1 op(dA) X}, in the order that is cheaper. */
  private Array throughMatrix(Array a, Array x, Array da) {
    int k = unitDiagonal ? 1 : 0;
    Array g = Arithmetic.neg(lower ? Matrices.tril(da, -k) : Matrices.triu(da, k));
    g = transposeA ? Matrices.transpose(g) : g;
    g = conjugateA ? Complexes.conj(g) : g;
    long m = x.dim(-2);
    long n = x.dim(-1);
    if (leftSide) {
      return m > n ? of(a, matmul(g, x)) : matmul(of(a, g), x);
    }
    return m < n ? of(a, matmul(x, g)) : matmul(x, of(a, g));
  }

  /** Linear in the right side; cotangents are not conjugated, so only the transposition turns. */
  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    Array ct = cotangents.getFirst();
    if (operands.get(0).isLinear() || ct == null) {
      throw new NotLinearException(this);
    }
    var turned = new TriangularSolve(leftSide, lower, !transposeA, conjugateA, unitDiagonal);
    return Arrays.asList(null, turned.of(operands.get(0).known(), ct));
  }

  /** One matrix for a batch of right sides: these stand side by side. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Array a = operands.get(0);
    Integer dim = dims.get(1);
    if (dims.get(0) != null || dim == null) {
      return Factorisation.super.vmap(size, operands, dims);
    }
    int at = leftSide ? a.rank() : a.rank() - 1;
    int kept = leftSide ? a.rank() - 1 : a.rank() - 2;
    Array b = Dims.move(operands.get(1), dim, at);
    Shape flat = b.shape().without(Axes.of(at)).with(kept, b.dim(kept) * b.dim(kept + 1));
    return Batched.of(Shapes.reshape(of(a, Shapes.reshape(b, flat)), b.shape()), at);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder h = context.builder();
    Value a = operands.get(0);
    Value b = operands.get(1);
    if (conjugateA && !transposeA && a.dtype().isComplex()) {
      Value minus = h.pointwise(Fn.NEG, h.pointwise(Fn.IMAG, a));
      a = h.pointwise(Fn.COMPLEX, h.pointwise(Fn.REAL, a), minus);
    }
    if (!Factorisation.isLapack(a.dtype())) {
      Transpose op = transposeA ? Transpose.TRANSPOSE : Transpose.NO_TRANSPOSE;
      return h.addAll(new LinalgOp.TriangularSolve(a, b, leftSide, lower, unitDiagonal, op));
    }
    Map<String, String> options =
        Map.of(
            "side", leftSide ? "L" : "R",
            "uplo", lower ? "L" : "U",
            "trans_x", !transposeA ? "N" : conjugateA ? "C" : "T",
            "diag", unitDiagonal ? "U" : "N");
    return Factorisation.lapack(h, LapackRoutine.TRSM, options, a, b);
  }
}
