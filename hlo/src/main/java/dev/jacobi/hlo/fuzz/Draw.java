package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Random choices: shapes, types and values with a taste for the awkward. */
final class Draw {
  private static final long[] SIZES = {1, 1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31, 33, 64, 100};
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Float.MIN_VALUE,
    -0x1p-130,
    Float.MIN_NORMAL,
    Double.MIN_NORMAL,
    Float.MAX_VALUE,
    -Double.MAX_VALUE,
    0x1p-24,
    65504,
    0x1p31,
    0x1p63,
    -0x1p15,
    Math.PI
  };

  private final Random random;
  private final long most;

  /**
   * @param most elements that an array may have
   */
  Draw(long seed, long most) {
    random = new Random(seed);
    this.most = most;
  }

  long most() {
    return most;
  }

  int below(int n) {
    return random.nextInt(n);
  }

  /** A number in {@code from..to}, both included. */
  long between(long from, long to) {
    return random.nextLong(from, to + 1);
  }

  /** True in one of {@code n} cases. */
  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  boolean coin() {
    return random.nextBoolean();
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @SafeVarargs
  final <T> T pick(T... list) {
    return list[random.nextInt(list.length)];
  }

  DType dtype(Predicate<DType> takes) {
    return pick(Arrays.stream(DType.values()).filter(takes).toList());
  }

  long size() {
    return oneIn(40) ? 0 : SIZES[random.nextInt(SIZES.length)];
  }

  /** Mostly small ranks, now and then six dimensions, now and then an empty one. */
  Shape shape() {
    int rank = oneIn(12) ? 4 + below(3) : below(4);
    long[] sizes = new long[rank];
    long n = 1;
    for (int d = 0; d < rank; d++) {
      long size = size();
      sizes[d] = n * size > most ? 1 : size;
      n *= sizes[d];
    }
    return Shape.of(sizes);
  }

  Axes permutation(int rank) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(order, random);
    return Axes.of(order.stream().mapToInt(i -> i).toArray());
  }

  /** Each dimension with probability one half, in order. */
  Axes subset(int rank) {
    return subset(rank, _ -> coin());
  }

  private static Axes subset(int rank, IntPredicate takes) {
    return Axes.of(IntStream.range(0, rank).filter(takes).toArray());
  }

  /** Values of one flavour: ordinary, small integers, special ones, or any bits. */
  Literal literal(TensorType type) {
    MemorySegment data = Literal.allocate(type);
    int flavour = below(8);
    for (long i = 0; i < type.shape().size(); i++) {
      element(type.dtype(), data, i, flavour);
    }
    return Literal.wrap(type, data);
  }

  /** Ordinary numbers only. */
  Literal gaussian(TensorType type) {
    MemorySegment data = Literal.allocate(type);
    for (long i = 0; i < type.shape().size(); i++) {
      Literal.set(type.dtype(), data, i, random.nextGaussian(), random.nextGaussian());
    }
    return Literal.wrap(type, data);
  }

  private void element(DType dtype, MemorySegment data, long i, int flavour) {
    boolean special = flavour == 0 || flavour == 1 && oneIn(6);
    if (special && dtype.isInteger()) {
      long extreme = pick(dtype.minInteger(), dtype.maxInteger(), -1L, 0L, 1L, 2L);
      Literal.setLong(dtype, data, i, extreme + (oneIn(4) ? 1 : 0));
    } else if (special) {
      Literal.set(dtype, data, i, special(), special());
    } else if (flavour == 2 && !dtype.isInexact()) {
      Literal.setLong(dtype, data, i, random.nextLong());
    } else if (flavour == 2) {
      Literal.set(dtype, data, i, scaled(), scaled());
    } else if (flavour <= 4 || !dtype.isInexact()) {
      Literal.set(dtype, data, i, random.nextInt(-4, 10), random.nextInt(-4, 5));
    } else {
      Literal.set(dtype, data, i, random.nextGaussian(), random.nextGaussian());
    }
  }

  private double special() {
    return SPECIAL[random.nextInt(SPECIAL.length)];
  }

  /** A number of any magnitude that single precision knows. */
  private double scaled() {
    return Math.scalb(random.nextGaussian(), random.nextInt(-140, 120));
  }
}
