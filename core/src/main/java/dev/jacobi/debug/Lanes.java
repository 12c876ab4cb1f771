package dev.jacobi.debug;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The batches that a call is part of, the outermost first, and which of its operands have them:
 * each has the dimensions of its batches before its own.
 *
 * @param sizes of the batches
 * @param batched per operand, which of the batches it has
 */
record Lanes(Longs sizes, List<List<Boolean>> batched) {
  Lanes {
    batched = List.copyOf(batched);
  }

  /** No batch yet. */
  static Lanes none(int operands) {
    return new Lanes(Longs.of(), LongStream.range(0, operands).mapToObj(i -> noBatch()).toList());
  }

  private static List<Boolean> noBatch() {
    return List.of();
  }

  int depth() {
    return sizes.size();
  }

  /** One more batch around these; its dimension must come first in the operands that have it. */
  Lanes within(long size, List<@Nullable Integer> dims) {
    List<List<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < batched.size(); i++) {
      List<Boolean> mine = new ArrayList<>(List.of(dims.get(i) != null));
      mine.addAll(batched.get(i));
      all.add(List.copyOf(mine));
    }
    return new Lanes(
        Longs.of(LongStream.concat(LongStream.of(size), sizes.stream()).toArray()), all);
  }

  /** The operands with a new batch's dimension in front. */
  static List<Array> front(List<Array> operands, List<@Nullable Integer> dims) {
    List<Array> all = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Integer dim = dims.get(i);
      all.add(dim == null ? operands.get(i) : Dims.move(operands.get(i), dim, 0));
    }
    return all;
  }

  /** The same with one more operand, which has all batches. */
  Lanes withOperand() {
    List<List<Boolean>> all = new ArrayList<>(batched);
    all.add(everywhere());
    return new Lanes(sizes, all);
  }

  /** The same with operand {@code i} in all batches. */
  Lanes spread(int i) {
    List<List<Boolean>> all = new ArrayList<>(batched);
    all.set(i, everywhere());
    return new Lanes(sizes, all);
  }

  private List<Boolean> everywhere() {
    return sizes.stream().mapToObj(n -> true).toList();
  }

  private Shape shape() {
    return Shape.of(sizes);
  }

  /** The shape of operand {@code i} in all lanes, from its own in one. */
  Shape wide(int i, Shape own) {
    List<Boolean> mine = batched.get(i);
    long[] has =
        IntStream.range(0, mine.size()).filter(mine::get).mapToLong(d -> sizes.get(d)).toArray();
    return Shape.of(has).concat(own);
  }

  /** The same with a size in place of one that the program leaves open. */
  Lanes filled(long size) {
    return new Lanes(shape().map(n -> n == Shape.DYNAMIC ? size : n).sizes(), batched);
  }

  /** How many lanes there are in all. */
  long count() {
    return shape().size();
  }

  /** Operand {@code i}, repeated over the batches that it does not have. */
  Array spread(int i, Array x) {
    List<Boolean> mine = batched.get(i);
    List<Integer> kept = new ArrayList<>();
    long[] own = x.shape().toArray();
    int has = (int) mine.stream().filter(b -> b).count();
    if (has == depth()) {
      return x;
    }
    for (int d = 0; d < depth(); d++) {
      if (mine.get(d)) {
        kept.add(d);
      }
    }
    for (int d = has; d < own.length; d++) {
      kept.add(depth() + d - has);
    }
    long[] rest = java.util.Arrays.copyOfRange(own, has, own.length);
    Shape wide = Shape.of(LongStream.concat(sizes.stream(), LongStream.of(rest)).toArray());
    return Shapes.broadcastInDim(x, wide, Axes.of(kept.stream().mapToInt(k -> k).toArray()));
  }

  /**
   * A mask of the lanes, from one of the lanes of a loop or a branch around. A call that has other
   * batches happens if any lane is active.
   */
  Array mask(Array active) {
    Array own =
        active.shape().equals(shape()) ? active : Reductions.or(active, Axes.range(active.rank()));
    return own.shape().equals(shape()) ? own : Shapes.broadcastInDim(own, shape(), Axes.of());
  }

  /** Both masks. */
  static Array both(Array a, Array b) {
    return Bits.and(a, b);
  }

  /** The numbers of lane {@code lane} in each batch. */
  long[] coordinates(long lane) {
    long[] at = new long[depth()];
    long rest = lane;
    for (int d = depth() - 1; d >= 0; d--) {
      at[d] = rest % sizes.get(d);
      rest /= sizes.get(d);
    }
    return at;
  }

  /** What operand {@code i} is in a lane. */
  Literal slice(int i, Literal operand, long[] lane) {
    List<Boolean> mine = batched.get(i);
    long[] dims = operand.shape().toArray();
    long number = 0;
    int used = 0;
    for (int d = 0; d < mine.size(); d++) {
      if (mine.get(d)) {
        number = number * dims[used++] + lane[d];
      }
    }
    if (used == 0) {
      return operand;
    }
    Shape own = Shape.of(java.util.Arrays.copyOfRange(dims, used, dims.length));
    TensorType type = operand.type().withShape(own);
    return Literal.wrap(type, operand.data().asSlice(number * type.byteSize(), type.byteSize()));
  }

  /** Names a lane for messages: nothing without batches. */
  static String text(long[] lane) {
    return switch (lane.length) {
      case 0 -> "";
      case 1 -> " in lane " + lane[0];
      default -> " in lane " + Longs.of(lane);
    };
  }
}
