package dev.jacobi.scipy.linalg;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Fn2;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.transform.TreeFn;
import java.util.List;

/** Givens' rotations that make a quasi-triangular matrix triangular. */
final class Rotations {
  private Rotations() {}

  /**
   * The triangular form and its vectors, from the last block of order 2 on. Source: SciPy's
   * documentation of {@code rsf2csf}.
   */
  @SuppressWarnings("unchecked") // the loop gives what it takes
  static List<Array> triangular(Array t, Array z) {
    long n = t.dim(0);
    if (n < 2) {
      return List.of(t, z);
    }
    Fn2<Array, List<Array>, List<Array>> body =
        (i, tz) -> turned(Arithmetic.sub(Scalars.ofLong(i.dtype(), n), i), tz);
    TreeFn step = new TreeFn(body, a -> body.apply((Array) a[0], (List<Array>) a[1]));
    return (List<Array>) Loops.foriLoop(1, n, step, List.of(t, z), LoopOptions.DEFAULT);
  }

  /** Without the element (m, m - 1). */
  private static List<Array> turned(Array m, List<Array> tz) {
    Array t = tz.get(0);
    long n = t.dim(0);
    Array before = Arithmetic.sub(m, Scalars.of(m.dtype(), 1));
    Array none = Scalars.of(m.dtype(), 0);
    Array block = DynamicSlices.dynamicSlice(t, List.of(before, before), Longs.of(2, 2));
    Array g = rotation(block);
    Array gh = Matrices.adjoint(g);

    Array rows = DynamicSlices.dynamicSlice(t, List.of(before, none), Longs.of(2, n));
    Array right = Shapes.iota(DType.I32, rows.shape(), 1).ge(before);
    Array zero = Scalars.like(t, 0);
    Array product = Matrices.matmul(g, where(right, rows, zero));
    t = DynamicSlices.dynamicUpdateSlice(t, where(right, product, rows), List.of(before, none));

    Array columns = DynamicSlices.dynamicSlice(t, List.of(none, before), Longs.of(n, 2));
    Array upper = Shapes.iota(DType.I32, columns.shape(), 0).le(m);
    product = Matrices.matmul(where(upper, columns, zero), gh);
    t = DynamicSlices.dynamicUpdateSlice(t, where(upper, product, columns), List.of(none, before));

    Array cleared = Zeros.full(zero, Shape.of(1, 1));
    t = DynamicSlices.dynamicUpdateSlice(t, cleared, List.of(m, before));
    Array vectors = DynamicSlices.dynamicSlice(tz.get(1), List.of(none, before), Longs.of(n, 2));
    Array z =
        DynamicSlices.dynamicUpdateSlice(
            tz.get(1), Matrices.matmul(vectors, gh), List.of(none, before));
    return List.of(t, z);
  }

  /** That makes a block triangular, or none if its lower element is negligible. */
  private static Array rotation(Array block) {
    double eps = block.dtype().real() == DType.F32 ? 0x1p-23 : 0x1p-52;
    Array lower = block.get(1, 0);
    Array last = block.get(1, 1);
    Array scale = Arithmetic.abs(block.get(0, 0)).plus(Arithmetic.abs(last)).times(eps);
    Array needed = Arithmetic.abs(lower).gt(scale);
    Array mu = Functions.eigenvalues(block).get(0).minus(last);
    Array squares =
        Arithmetic.square(Arithmetic.abs(mu)).plus(Arithmetic.square(Arithmetic.abs(lower)));
    Array one = Scalars.like(squares, 1);
    Array length = Convert.convertElementType(Powers.sqrt(where(needed, squares, one)), mu.dtype());
    Array c = where(needed, mu.div(length), Scalars.like(mu, 1));
    Array s = where(needed, lower.div(length), Scalars.like(mu, 0));
    Array top = Concatenation.concatenate(List.of(flat(Complexes.conj(c)), flat(s)), 1);
    Array bottom = Concatenation.concatenate(List.of(flat(Arithmetic.neg(s)), flat(c)), 1);
    return Concatenation.concatenate(List.of(top, bottom), 0);
  }

  private static Array flat(Array scalar) {
    return Shapes.reshape(scalar, Shape.of(1, 1));
  }
}
