package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.WindowOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;

/**
 * Windows that slide over arrays. Padding and the holes of a dilated base hold nothing: the
 * specification puts the initial value there, which, being an identity, changes nothing; where it
 * is none, XLA counts it once per window, and so do we.
 */
final class Windows {
  /** The indices along every dimension of the array that window number {@code stop} covers. */
  private interface Covered {
    long[] at(int d, long stop);
  }

  private final Shape array;
  private final Shape stops;
  private final long[][][] covered; // by dimension and stop, in elements of the array

  private Windows(Shape array, Shape stops, Covered indices) {
    this.array = array;
    this.stops = stops;
    long[] strides = array.strides();
    covered = new long[array.rank()][][];
    for (int d = 0; d < covered.length; d++) {
      covered[d] = new long[Math.toIntExact(stops.dim(d))][];
      for (int i = 0; i < covered[d].length; i++) {
        long stride = strides[d];
        covered[d][i] = LongStream.of(indices.at(d, i)).map(x -> x * stride).toArray();
      }
    }
  }

  /** Visits the positions that the window at {@code stop} covers, in row-major order. */
  private void visit(int stop, IntConsumer position) {
    int[] index = new int[array.rank()];
    int rest = stop;
    for (int d = index.length - 1; d >= 0; d--) {
      index[d] = (int) (rest % stops.dim(d));
      rest /= (int) stops.dim(d);
    }
    visit(0, index, 0, position);
  }

  private void visit(int d, int[] index, long offset, IntConsumer position) {
    if (d == index.length) {
      position.accept((int) offset);
      return;
    }
    for (long x : covered[d][index[d]]) {
      visit(d + 1, index, offset + x, position);
    }
  }

  /** Reduces each window, in row-major order, from the initial values. */
  static List<Tensor> reduce(
      List<Tensor> inputs,
      List<Tensor> inits,
      WindowOp.ReduceWindow op,
      Shape shape,
      Combiner combiner) {
    List<Tensor> out = new ArrayList<>();
    inits.forEach(init -> out.add(init.fill(shape)));
    Shape array = inputs.getFirst().shape();
    Windows windows = new Windows(array, shape, (d, stop) -> covered(op, array, d, stop));
    for (int i = 0; i < shape.size(); i++) {
      int to = i;
      windows.visit(i, from -> combiner.combine(out, to, inputs, from));
    }
    return combiner.finish(out);
  }

  private static long[] covered(WindowOp.ReduceWindow op, Shape array, int d, long stop) {
    long start = stop * op.window().strides().get(d) - op.window().low().get(d);
    long base = op.baseDilations().get(d);
    long first = Math.ceilDiv(Math.max(start, 0), base);
    long end = Math.min(Math.floorDiv(start + op.span(d) - 1, base) + 1, array.dim(d));
    return LongStream.range(first, end)
        .filter(x -> (x * base - start) % op.windowDilations().get(d) == 0)
        .toArray();
  }

  /**
   * Each window selects among its elements; one that covers none selects nothing.
   *
   * @param keeps whether the first of two elements is kept
   */
  static Tensor selectAndScatter(
      Tensor operand,
      Tensor source,
      Tensor init,
      WindowOp.SelectAndScatter op,
      BinaryOperator<Tensor> keeps,
      Combiner scatter) {
    List<Tensor> out = new ArrayList<>(List.of(init.fill(operand.shape())));
    Shape array = operand.shape();
    Windows windows = new Windows(array, source.shape(), (d, stop) -> covered(op, array, d, stop));
    for (int i = 0; i < source.size(); i++) {
      int[] selected = {-1};
      windows.visit(
          i,
          at -> {
            if (selected[0] < 0 || !isTrue(keeps.apply(operand.at(selected[0]), operand.at(at)))) {
              selected[0] = at;
            }
          });
      if (selected[0] >= 0) {
        scatter.combine(out, selected[0], List.of(source), i);
      }
    }
    return scatter.finish(out).getFirst();
  }

  private static boolean isTrue(Tensor pred) {
    return ((Tensor.Ints) pred).values()[0] != 0;
  }

  private static long[] covered(WindowOp.SelectAndScatter op, Shape array, int d, long stop) {
    WindowOp.Window w = op.window();
    long start = stop * w.strides().get(d) - w.low().get(d);
    long from = Math.max(start, 0);
    return LongStream.range(from, Math.min(start + w.sizes().get(d), array.dim(d))).toArray();
  }
}
