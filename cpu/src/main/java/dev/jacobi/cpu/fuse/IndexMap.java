package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Indices of an array's dimensions as functions of loop variables, and how they relate to offsets.
 */
public final class IndexMap {
  private IndexMap() {}

  /** A loop of {@code extent} iterations must become two, the inner one of {@code factor}. */
  public record Split(int variable, long factor) {}

  /** Indices, or the split without which they would not be affine; both empty: never affine. */
  public record Result(Optional<List<Affine>> indices, Optional<Split> split) {
    static Result of(List<Affine> indices) {
      return new Result(Optional.of(indices), Optional.empty());
    }
  }

  /** The row-major element offset of {@code indices} in a dense array of {@code shape}. */
  public static Affine linear(List<Affine> indices, Shape shape, int vars) {
    long[] strides = shape.strides();
    Affine sum = Affine.constant(vars, 0);
    for (int d = 0; d < strides.length; d++) {
      sum = sum.plus(indices.get(d).times(strides[d]));
    }
    return sum;
  }

  /** One variable per dimension, constant 0 for dimensions of size 1. */
  public static List<Affine> identity(Shape shape) {
    List<Affine> indices = new ArrayList<>();
    for (int d = 0; d < shape.rank(); d++) {
      indices.add(
          shape.dim(d) == 1 ? Affine.constant(shape.rank(), 0) : Affine.variable(shape.rank(), d));
    }
    return indices;
  }

  /** The inverse of {@link #linear}: indices into {@code shape} with a given element offset. */
  public static Result delinearize(Affine linear, Shape shape, long[] extents) {
    int rank = shape.rank();
    int vars = linear.vars();
    long[] strides = shape.strides();
    long[][] coeffs = new long[rank][vars];
    long[] base = new long[rank];
    long rest = linear.base();
    for (int d = 0; d < rank; d++) {
      base[d] = strides[d] == 0 ? 0 : rest / strides[d];
      rest -= base[d] * strides[d];
    }
    for (int k = 0; k < vars; k++) {
      long c = linear.coeff(k);
      if (c == 0 || extents[k] == 1) {
        continue;
      }
      int d = dimensionOf(Math.abs(c), strides, shape);
      if (d < 0) {
        return new Result(Optional.empty(), Optional.empty());
      }
      coeffs[d][k] = c / strides[d];
    }
    return check(base, coeffs, shape, extents);
  }

  /** The dimension whose stride is the largest that divides {@code c}. */
  private static int dimensionOf(long c, long[] strides, Shape shape) {
    for (int d = 0; d < strides.length; d++) {
      if (shape.dim(d) > 1 && strides[d] <= c) {
        return c % strides[d] == 0 ? d : -1;
      }
    }
    return -1;
  }

  private static Result check(long[] base, long[][] coeffs, Shape shape, long[] extents) {
    List<Affine> indices = new ArrayList<>();
    for (int d = 0; d < base.length; d++) {
      Affine a = Affine.of(base[d], coeffs[d]);
      if (a.max(extents) >= Math.max(shape.dim(d), 1) || a.min(extents) < 0) {
        return new Result(Optional.empty(), splitFor(coeffs[d], shape.dim(d), extents));
      }
      indices.add(a);
    }
    return Result.of(indices);
  }

  /** Which loop overruns a dimension of {@code size}, and where to cut it. */
  private static Optional<Split> splitFor(long[] coeffs, long size, long[] extents) {
    for (int k = 0; k < coeffs.length; k++) {
      long c = Math.abs(coeffs[k]);
      if (c != 0 && size % c == 0 && extents[k] > size / c && extents[k] % (size / c) == 0) {
        return size / c > 1 ? Optional.of(new Split(k, size / c)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether {@code linear} runs through consecutive elements over loops of {@code extents}. */
  public static boolean isRowMajor(Affine linear, long[] extents) {
    return prefixLength(linear, extents).filter(n -> n == suffixStart(extents)).isPresent();
  }

  private static int suffixStart(long[] extents) {
    int n = extents.length;
    while (n > 0 && extents[n - 1] == 1) {
      n--;
    }
    return n;
  }

  /**
   * The number n of leading loops over which {@code linear} runs through consecutive elements while
   * the others do not matter. Trailing loops of one iteration are not counted.
   */
  public static Optional<Integer> prefixLength(Affine linear, long[] extents) {
    if (linear.base() != 0) {
      return Optional.empty();
    }
    int n = 0;
    for (int k = 0; k < extents.length; k++) {
      if (extents[k] > 1 && linear.uses(k)) {
        n = k + 1;
      }
    }
    long stride = 1;
    for (int k = n - 1; k >= 0; k--) {
      if (extents[k] > 1 && linear.coeff(k) != stride) {
        return Optional.empty();
      }
      stride *= extents[k];
    }
    return Optional.of(n);
  }

  /** The product of the first {@code n} extents. */
  public static long product(long[] extents, int n) {
    return Arrays.stream(extents, 0, n).reduce(1, Math::multiplyExact);
  }
}
