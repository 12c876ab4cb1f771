package dev.jacobi.scipy.linalg;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.JnpLinalg.ConvolveMode;
import dev.jacobi.numpy.Promotion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Matrices whose elements vectors give; stacks of vectors give stacks of matrices. */
public final class Structured {
  private Structured() {}

  private static Array rows(long m, long n) {
    return Shapes.iota(DType.I32, Shape.of(m, n), 0);
  }

  private static Array columns(long m, long n) {
    return Shapes.iota(DType.I32, Shape.of(m, n), 1);
  }

  /** The elements of vectors at positions that are in bounds: shape (..., m, n). */
  private static Array at(Array vectors, Array positions) {
    return Jnp.take(vectors, positions, -1, Mode.CLIP);
  }

  /** Element (i, j) is {@code x[j]} or {@code x[i]}. */
  private static Array across(Array x) {
    return Jnp.expandDims(x, -2);
  }

  private static Array down(Array x) {
    return Jnp.expandDims(x, -1);
  }

  /** {@code c[i - j]} and, above the diagonal, {@code r[j - i]}. */
  public static Array toeplitz(Array c, Array r) {
    Array[] cr = promoted(Jnp.atleast1d(c), Jnp.atleast1d(r));
    return Calls.one("toeplitz", "", x -> diagonals(x[0], x[1]), cr);
  }

  private static Array diagonals(Array c, Array r) {
    long m = c.dim(-1);
    long n = r.dim(-1);
    if (m == 0 || n == 0) {
      return empty(c, r, m, n);
    }
    Array all = joined(Jnp.flip(c, -1), r.get(Jnp.ellipsis(), Jnp.from(1)));
    Array place = Arithmetic.sub(columns(m, n), rows(m, n));
    return at(all, Arithmetic.add(place, Scalars.of(DType.I32, m - 1)));
  }

  private static Array empty(Array c, Array r, long m, long n) {
    Shape batch = Promotion.commonShape("toeplitz", firstOf(c), firstOf(r));
    return Zeros.of(c.aval().withShape(batch.concat(Shape.of(m, n))));
  }

  /** Without the last dimension. */
  private static Array firstOf(Array x) {
    return Jnp.sum(x, -1);
  }

  /** Joined along the last dimension, those before broadcast. */
  private static Array joined(Array x, Array y) {
    Shape batch = Promotion.commonShape("toeplitz", firstOf(x), firstOf(y));
    Array left = Promotion.broadcastTo(x, batch.concat(Shape.of(x.dim(-1))));
    Array right = Promotion.broadcastTo(y, batch.concat(Shape.of(y.dim(-1))));
    return Concatenation.concatenate(List.of(left, right), left.rank() - 1);
  }

  private static Array[] promoted(Array... x) {
    return Calls.promoted(x);
  }

  /** {@code c[i + j]} and, beyond the end of c, {@code r[i + j + 1 - m]}. */
  public static Array hankel(Array c, Array r) {
    if (c.rank() == 0 || r.rank() == 0) {
      throw new LaxTypeException("hankel", "takes vectors, not scalars");
    }
    return Calls.one("hankel", "", x -> antidiagonals(x[0], x[1]), promoted(c, r));
  }

  private static Array antidiagonals(Array c, Array r) {
    long m = c.dim(-1);
    long n = r.dim(-1);
    if (m == 0 || n == 0) {
      return empty(c, r, m, n);
    }
    Array all = joined(c, r.get(Jnp.ellipsis(), Jnp.from(1)));
    return at(all, Arithmetic.add(rows(m, n), columns(m, n)));
  }

  /** {@code c[(i - j) mod n]}. */
  public static Array circulant(Array c) {
    return Calls.one(
        "circulant",
        "",
        x -> {
          long n = x[0].dim(-1);
          if (n == 0) {
            return empty(x[0], x[0], 0, 0);
          }
          Array place = Arithmetic.sub(rows(n, n), columns(n, n));
          Array wrapped = Arithmetic.add(place, Scalars.of(DType.I32, n));
          Array before = place.lt(0);
          return at(x[0], where(before, wrapped, place));
        },
        Jnp.atleast1d(c));
  }

  /** f in the first row, s below the diagonal. */
  public static Array leslie(Array f, Array s) {
    Array first = Calls.vectors("leslie", f, 2);
    Array below = Jnp.atleast1d(s);
    if (below.dim(-1) != first.dim(-1) - 1) {
      throw Calls.mismatch("leslie", "s must be one shorter than f", f, s);
    }
    return Calls.one(
        "leslie",
        "",
        x -> {
          long n = x[0].dim(-1);
          Array one = Scalars.of(DType.I32, 1);
          Array isBelow = rows(n, n).eq(Arithmetic.add(columns(n, n), one));
          Array zero = Scalars.like(x[0], 0);
          int[][] end = new int[x[1].rank()][2];
          end[end.length - 1][1] = 1;
          Array rates = where(isBelow, across(Jnp.pad(x[1], end, 0)), zero);
          return where(rows(n, n).eq(0), across(x[0]), rates);
        },
        promoted(first, below));
  }

  /** The matrix whose characteristic polynomial has coefficients a, the highest power first. */
  public static Array companion(Array a) {
    return Calls.one(
        "companion",
        "",
        x -> {
          Array row = monic(x[0]);
          long n = row.dim(-1);
          Array below = rows(n, n).eq(Arithmetic.add(columns(n, n), Scalars.of(DType.I32, 1)));
          Array ones = where(below, Scalars.like(row, 1), Scalars.like(row, 0));
          return where(rows(n, n).eq(0), across(row), ones);
        },
        Calls.inexact(Calls.vectors("companion", a, 2)));
  }

  /** {@code -a[1:] / a[0]}. */
  private static Array monic(Array a) {
    Array first = a.get(Jnp.ellipsis(), Jnp.range(0, 1));
    return Arithmetic.neg(a.get(Jnp.ellipsis(), Jnp.from(1))).div(first);
  }

  /** {@code |a[i] - a[j]|}. */
  public static Array fiedler(Array a) {
    return Calls.one("fiedler", "", x -> Jnp.abs(down(x[0]).minus(across(x[0]))), Jnp.atleast1d(a));
  }

  /**
   * A companion matrix with five diagonals. Source: Fiedler, A note on companion matrices, Linear
   * Algebra and its Applications 372 (2003).
   */
  public static Array fiedlerCompanion(Array a) {
    Array x = Calls.inexact(Calls.vectors("fiedlerCompanion", a, 1))[0];
    return Calls.one("fiedler_companion", "", y -> fiveDiagonals(monic(y[0])), x);
  }

  private static Array fiveDiagonals(Array c) {
    long n = c.dim(-1);
    Array i = rows(n, n);
    Array ahead = Arithmetic.sub(columns(n, n), i); // of the diagonal
    Array even = Bits.and(i, Scalars.of(DType.I32, 1)).eq(0);
    Array odd = Bits.not(even);
    Array corner = Bits.and(i.eq(0), ahead.eq(0));
    Array above = Bits.or(corner, Bits.and(even, ahead.eq(1)));
    Array below = Bits.and(even, ahead.eq(-1));
    Array farAbove = Bits.and(even, ahead.eq(2));
    Array farBelow = Bits.and(odd, ahead.eq(-2));
    Array second = Bits.and(i.eq(1), ahead.eq(-1));
    Array ones = Bits.or(second, Bits.or(farAbove, farBelow));
    Array rest = where(ones, Scalars.like(c, 1), Scalars.like(c, 0));
    return where(above, across(c), where(below, down(c), rest));
  }

  /** The matrix whose product with a vector of n elements is the convolution of a and it. */
  public static Array convolutionMatrix(Array a, long n, ConvolveMode mode) {
    Calls.requireOrder("convolutionMatrix", n, 1);
    if (a.rank() == 0 || a.dim(-1) == 0) {
      throw new LaxTypeException("convolutionMatrix", "takes vectors, not shape " + a.shape());
    }
    long m = a.dim(-1);
    long less = Math.min(n, m) - 1;
    long from =
        switch (mode) {
          case FULL -> 0;
          case SAME -> less / 2;
          case VALID -> less;
        };
    long rows =
        switch (mode) {
          case FULL -> m + n - 1;
          case SAME -> Math.max(m, n);
          case VALID -> m + n - 1 - 2 * less;
        };
    return Calls.one(
        "convolution_matrix",
        List.of(n, mode),
        x -> {
          int[][] widths = new int[x[0].rank()][2];
          Arrays.fill(widths[widths.length - 1], (int) (n - 1));
          Array all = Jnp.pad(x[0], widths, 0); // element k is a[k - (n - 1)]
          Array place = Arithmetic.sub(rows(rows, n), columns(rows, n));
          return at(all, Arithmetic.add(place, Scalars.of(DType.I32, from + n - 1)));
        },
        a);
  }

  /** The matrices along the diagonal, zeros elsewhere. */
  public static Array blockDiag(Array... arrays) {
    if (arrays.length == 0) {
      return Jnp.zeros(Shape.of(1, 0), DType.F32);
    }
    for (Array a : arrays) {
      if (a.rank() > 2) {
        throw new LaxTypeException(
            "blockDiag", "takes arrays of at most 2 dimensions, not shape " + a.shape());
      }
    }
    return Calls.one("block_diag", "", Structured::blocks, promoted(arrays));
  }

  private static Array blocks(Array[] x) {
    int width = 0;
    for (Array a : x) {
      width += (int) Jnp.atleast2d(a).dim(1);
    }
    List<Array> bands = new ArrayList<>();
    int before = 0;
    for (Array a : x) {
      Array block = Jnp.atleast2d(a);
      int own = (int) block.dim(1);
      bands.add(Jnp.pad(block, new int[][] {{0, 0}, {before, width - own - before}}, 0));
      before += own;
    }
    return Concatenation.concatenate(bands, 0);
  }

  /** The conjugate of what a Hermitian matrix has in its first column. */
  public static Array conjugate(Array c) {
    return c.dtype().isComplex() ? Complexes.conj(c) : c;
  }
}
