package dev.jacobi.scipy.linalg;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.transform.TreeFn;
import java.util.List;

/**
 * The exponential of a matrix by a rational function of a power of two of it, squared as often.
 * Source: Higham, The scaling and squaring method for the matrix exponential revisited, SIAM
 * Journal on Matrix Analysis 26 (2005). The degree is the type's largest, whatever the norm, so
 * that batches need no branches; JAX takes lower ones for small norms.
 */
public final class Expm {
  /** Coefficients of Padé's numerator of degree 7, the constant first. */
  private static final double[] SEVEN = {17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1};

  /** Coefficients of Padé's numerator of degree 13. */
  private static final double[] THIRTEEN = {
    64764752532480000.,
    32382376266240000.,
    7771770303897600.,
    1187353796428800.,
    129060195264000.,
    10559470521600.,
    670442572800.,
    33522128640.,
    1323241920.,
    40840800.,
    960960.,
    16380.,
    182.,
    1.
  };

  private Expm() {}

  /** The exponential of stacks of matrices; NaN where more squarings than that are needed. */
  public static Array expm(Array a, boolean triangular, int maxSquarings) {
    return Calls.one(
        "expm",
        List.of(triangular, maxSquarings),
        x ->
            Jnp.vectorize(y -> List.of(of(y.getFirst(), triangular, maxSquarings)), "(n,n)->(n,n)")
                .apply(List.of(x[0]))
                .getFirst(),
        Calls.squares("expm", a));
  }

  private static Array of(Array a, boolean triangular, int maxSquarings) {
    if (a.dim(0) == 0) {
      return a;
    }
    boolean wide = a.dtype().real() == DType.F64;
    double theta = wide ? 5.371920351148152 : 3.925724783138660; // Higham's, for these degrees
    Array norm = Jnp.max(Jnp.sum(Arithmetic.abs(Convert.stopGradient(a)), 0));
    Array exponent = Jnp.log2(norm.div(theta));
    Array times = Jnp.maximum(Elementary.ceil(exponent), Scalars.like(exponent, 0));
    Array isTooLarge = Elementary.floor(exponent).gt(maxSquarings);
    // where it is too large, or not finite, nothing needs to be done
    Array safe = where(times.le(maxSquarings + 1L), times, Scalars.like(times, 0));
    Array scale = Convert.convertElementType(Jnp.exp2(safe.unaryMinus()), a.dtype());
    List<Array> uv = halves(a.times(scale), wide ? THIRTEEN : SEVEN);
    Array numerator = uv.get(0).plus(uv.get(1));
    Array denominator = uv.get(1).minus(uv.get(0));
    Array r =
        triangular
            ? TriangularSolve.UPPER.of(denominator, numerator)
            : Linalg.solve(denominator, numerator);
    Array squared = squared(r, Convert.convertElementType(safe, DType.I32));
    return where(isTooLarge, Double.NaN, squared);
  }

  /** The numerator's odd and even powers. */
  private static List<Array> halves(Array a, double[] b) {
    Array unit = Matrices.eye(a.dtype(), Matrices.batch(a), a.dim(0), a.dim(1));
    Array a2 = Matrices.matmul(a, a);
    Array a4 = Matrices.matmul(a2, a2);
    Array a6 = Matrices.matmul(a4, a2);
    Array odd = a6.times(b[7]).plus(a4.times(b[5])).plus(a2.times(b[3])).plus(unit.times(b[1]));
    Array even = a6.times(b[6]).plus(a4.times(b[4])).plus(a2.times(b[2])).plus(unit.times(b[0]));
    if (b.length > 8) {
      Array high = a6.times(b[13]).plus(a4.times(b[11])).plus(a2.times(b[9]));
      odd = Matrices.matmul(a6, high).plus(odd);
      high = a6.times(b[12]).plus(a4.times(b[10])).plus(a2.times(b[8]));
      even = Matrices.matmul(a6, high).plus(even);
    }
    return List.of(Matrices.matmul(a, odd), even);
  }

  @SuppressWarnings("unchecked") // the loop gives what it takes
  private static Array squared(Array r, Array times) {
    Array none = Scalars.of(DType.I32, 0);
    Fn1<List<Array>, Array> goesOn = x -> Compare.gt(x.getFirst(), none);
    Fn1<List<Array>, List<Array>> step =
        x -> List.of(x.get(0).minus(1), Matrices.matmul(x.get(1), x.get(1)));
    List<Array> end =
        (List<Array>)
            Loops.whileLoop(
                new TreeFn(goesOn, x -> goesOn.apply((List<Array>) x[0])),
                new TreeFn(step, x -> step.apply((List<Array>) x[0])),
                List.of(times, r),
                LoopOptions.DEFAULT);
    return end.get(1);
  }
}
