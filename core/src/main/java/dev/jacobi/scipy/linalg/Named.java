package dev.jacobi.scipy.linalg;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.numpy.Jnp;
import java.util.List;
import java.util.function.Supplier;

/** Matrices that nothing but their order gives. They are computed in f64 and rounded once. */
public final class Named {
  private Named() {}

  private static Array rows(DType dtype, long m, long n) {
    return Shapes.iota(dtype, Shape.of(m, n), 0);
  }

  private static Array columns(DType dtype, long m, long n) {
    return Shapes.iota(dtype, Shape.of(m, n), 1);
  }

  private static Array rounded(Array x, DType dtype) {
    return Convert.convertElementType(x, dtype);
  }

  /** {@code 1 / (i + j + 1)}. */
  public static Array hilbert(long n, DType dtype) {
    Calls.requireOrder("hilbert", n, 0);
    Calls.requireFloat("hilbert", dtype);
    return Calls.one(
        "hilbert",
        List.of(n, dtype),
        x -> {
          Array sum = rows(DType.F64, n, n).plus(columns(DType.F64, n, n)).plus(1);
          return rounded(Jnp.div(1, sum), dtype);
        });
  }

  /**
   * The inverse, {@code p[i] p[j] / (i + j + 1)} with {@code p[i] = -p[i-1] (n - i)(n + i) / i^2},
   * whole numbers. Source: Choi, Tricks or treats with the Hilbert matrix, American Mathematical
   * Monthly 90 (1983).
   */
  public static Array invhilbert(long n, DType dtype) {
    Calls.requireOrder("invhilbert", n, 0);
    Calls.requireFloat("invhilbert", dtype);
    return Calls.one(
        "invhilbert",
        List.of(n, dtype),
        x -> {
          Array i = Shapes.iota(DType.F64, Shape.of(n), 0);
          Array first = i.eq(0);
          Array safe = where(first, Scalars.like(i, 1), i);
          Array ratio = i.minus(n).times(i.plus(n)).div(safe.times(safe));
          Array p = Jnp.cumprod(where(first, Scalars.like(i, n), ratio), 0);
          Array sum = rows(DType.F64, n, n).plus(columns(DType.F64, n, n)).plus(1);
          return rounded(Jnp.expandDims(p, 1).div(sum).times(p), dtype);
        });
  }

  /** {@code (i + j)! / (i! j!)}. */
  public static Array pascal(long n, DType dtype) {
    return binomial("pascal", n, dtype, () -> symmetric(n));
  }

  /** {@code i! / (j! (i - j)!)}, zeros above the diagonal. */
  public static Array lowerPascal(long n, DType dtype) {
    return binomial("pascal_lower", n, dtype, () -> binomials(n));
  }

  /** The inverse: a product of lower inverses, in which no terms cancel. */
  public static Array invpascal(long n, DType dtype) {
    return binomial(
        "invpascal",
        n,
        dtype,
        () -> Jnp.matmul(Jnp.matrixTranspose(alternating(n)), alternating(n)));
  }

  /** The inverse of the lower one: the same with signs that alternate. */
  public static Array invLowerPascal(long n, DType dtype) {
    return binomial("invpascal_lower", n, dtype, () -> alternating(n));
  }

  private static Array binomial(String name, long n, DType dtype, Supplier<Array> all) {
    Calls.requireOrder(name, n, 0);
    Calls.requireFloat(name, dtype);
    return Calls.one(name, List.of(n, dtype), x -> rounded(all.get(), dtype));
  }

  /** Products of ratios along rows: whole up to 2^53 but for roundings. */
  private static Array symmetric(long n) {
    Array i = rows(DType.F64, n, n);
    Array j = columns(DType.F64, n, n);
    Array first = j.eq(0);
    Array one = Scalars.like(j, 1);
    return whole(Jnp.cumprod(where(first, one, i.plus(j).div(where(first, one, j))), 1));
  }

  private static Array binomials(long n) {
    Array i = rows(DType.F64, n, n);
    Array j = columns(DType.F64, n, n);
    Array used = Bits.and(j.gt(0), j.le(i));
    Array one = Scalars.like(j, 1);
    Array ratio = where(used, i.minus(j).plus(1).div(where(used, j, one)), one);
    return where(j.le(i), whole(Jnp.cumprod(ratio, 1)), Scalars.like(j, 0));
  }

  /** The nearest whole number: what it is but for roundings. */
  private static Array whole(Array x) {
    return Elementary.roundEven(x);
  }

  private static Array alternating(long n) {
    Array one = Scalars.of(DType.I32, 1);
    Array sum = Arithmetic.add(rows(DType.I32, n, n), columns(DType.I32, n, n));
    Array lower = binomials(n);
    return where(Bits.and(sum, one).ne(0), Arithmetic.neg(lower), lower);
  }

  /** {@code (-1)^(ones in the bits that i and j have in common)}. Source: Sylvester (1867). */
  public static Array hadamard(long n, DType dtype) {
    if (n < 1 || Long.bitCount(n) != 1) {
      throw new LaxTypeException("hadamard", "needs an order that is a power of 2, not " + n);
    }
    if (dtype.isBool() || dtype.isUnsigned()) {
      throw new LaxTypeException("hadamard", "has negative elements, not " + dtype.shortName());
    }
    return Calls.one(
        "hadamard",
        List.of(n, dtype),
        x -> {
          Array common = Bits.and(rows(DType.I32, n, n), columns(DType.I32, n, n));
          Array one = Scalars.of(DType.I32, 1);
          Array odd = Bits.and(Bits.populationCount(common), one).ne(0);
          return where(odd, Scalars.of(dtype, -1), Scalars.of(dtype, 1));
        });
  }

  /** Orthonormal rows: differences of an element from the mean of those before it. */
  public static Array helmert(long n, boolean full, DType dtype) {
    Calls.requireOrder("helmert", n, 1);
    Calls.requireFloat("helmert", dtype);
    return Calls.one(
        "helmert",
        List.of(n, full, dtype),
        x -> {
          long from = full ? 0 : 1;
          Array k = rows(DType.F64, n - from, n).plus(from); // row k, of which row 0 is the mean
          Array j = columns(DType.F64, n - from, n);
          Array safe = where(k.eq(0), Scalars.like(k, n), k);
          Array length = where(k.eq(0), Scalars.like(k, n), safe.times(safe.plus(1)));
          Array size = Jnp.div(1, Powers.sqrt(length));
          Array own = where(j.eq(k), Arithmetic.neg(k).times(size), Scalars.like(k, 0));
          Array before = Bits.or(j.lt(k), k.eq(0));
          return rounded(where(before, size, own), dtype);
        });
  }

  /** {@code exp(-2 pi i j k / n) scale}, by a table of the n different elements. */
  public static Array dft(long n, double scale, DType dtype) {
    Calls.requireOrder("dft", n, 0);
    if (!dtype.isComplex()) {
      throw new LaxTypeException("dft", "has complex elements, not " + dtype.shortName());
    }
    if (n == 0) {
      return Jnp.zeros(Shape.of(0, 0), dtype);
    }
    return Calls.one(
        "dft",
        List.of(n, scale, dtype),
        x -> {
          Array angle = Shapes.iota(DType.F64, Shape.of(n), 0).times(-2 * Math.PI / n);
          Array re = Elementary.cos(angle).times(scale);
          Array im = Elementary.sin(angle).times(scale);
          Array table = rounded(Complexes.complex(re, im), dtype);
          DType wide = n <= 46340 ? DType.I32 : DType.I64; // holds (n - 1)^2
          Array product = Arithmetic.mul(rows(wide, n, n), columns(wide, n, n));
          Array place = Arithmetic.rem(product, Scalars.of(wide, n));
          return Jnp.take(table, rounded(place, DType.I32), 0, Mode.CLIP);
        });
  }
}
