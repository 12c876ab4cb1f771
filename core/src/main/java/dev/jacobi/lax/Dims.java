package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Moving, adding and removing dimensions, as the rules need it. */
public final class Dims {
  private Dims() {}

  /**
   * A shape of sizes that a user gave.
   *
   * @throws LaxTypeException if one is negative, or there is no address for all elements
   */
  public static Shape shape(String function, long... sizes) {
    for (long size : sizes) {
      if (size < 0) {
        throw new LaxTypeException(function, "a size is negative: " + Arrays.toString(sizes));
      }
    }
    Shape shape = Shape.of(sizes);
    try {
      long unused = new TensorType(DType.C128, shape).byteSize();
    } catch (HloTypeException e) {
      String problem = "has too many elements: " + Arrays.toString(sizes);
      LaxTypeException tooLarge = new LaxTypeException(function, problem);
      tooLarge.initCause(e);
      throw tooLarge;
    }
    return shape;
  }

  /**
   * Whether a part of a size fits along a dimension; of an unknown size that is all of it, or one
   * that is found when the program runs.
   */
  static boolean fits(long part, Shape shape, int d) {
    return part == Shape.DYNAMIC ? !shape.isStatic(d) : part <= shape.dim(d);
  }

  /** Whether all are from 0 to {@code rank - 1}, and none is there twice. */
  static boolean areSome(Axes dimensions, int rank) {
    return dimensions.stream().allMatch(d -> d >= 0 && d < rank)
        && dimensions.stream().distinct().count() == dimensions.size();
  }

  /** Moves dimension {@code from} to position {@code to}. */
  public static Array move(Array x, int from, int to) {
    if (from == to) {
      return x;
    }
    int[] permutation = new int[x.rank()];
    int next = 0;
    for (int d = 0; d < permutation.length; d++) {
      next += next == from ? 1 : 0;
      permutation[d] = d == to ? from : next++;
    }
    return Shapes.transpose(x, Axes.of(permutation));
  }

  /**
   * The batch dimension moved to {@code to}, or (without one) the array repeated {@code size}
   * times.
   */
  public static Array batchAt(Array x, @Nullable Integer dim, long size, int to) {
    if (dim != null) {
      return move(x, dim, to);
    }
    Shape shape = x.shape().insert(to, size);
    return Shapes.broadcastInDim(x, shape, Axes.of(to).complement(shape.rank()));
  }

  /** A scalar repeated over {@code shape}; anything else already has it. */
  public static Array fill(Array x, Shape shape) {
    return x.rank() == 0 ? Zeros.full(x, shape) : x;
  }

  /** The transpose of {@link #fill}: the sum, if the operand was a scalar. */
  public static Array unfill(Array x, Shape shape) {
    return shape.isScalar() && x.rank() > 0 ? Reductions.sum(x, Axes.range(x.rank())) : x;
  }
}
