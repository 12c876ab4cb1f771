package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operations that move elements. */
final class ShapeRows {
  private ShapeRows() {}

  static final List<Programs.Row> ALL =
      List.of(
          ShapeRows::broadcast,
          ShapeRows::reshape,
          ShapeRows::transpose,
          ShapeRows::concatenate,
          ShapeRows::pad,
          ShapeRows::slice,
          ShapeRows::reverse);

  /** New dimensions among the old ones, in a new order; sizes of 1 stretch. */
  private static void broadcast(Programs p) {
    Value v = p.any(_ -> true);
    int rank = v.shape().rank();
    int wide = Math.min(rank + p.draw.below(3), 6);
    if (wide < rank) {
      return;
    }
    Axes places = p.draw.permutation(wide);
    long[] sizes = new long[wide];
    int[] dims = new int[rank];
    long n = Math.max(v.shape().size(), 1);
    for (int i = 0; i < wide; i++) {
      boolean old = i < rank;
      boolean free = !old || v.shape().dim(i) == 1;
      long size = free ? p.draw.size() : v.shape().dim(i);
      if (free && n * size > p.draw.most()) {
        size = 1;
      }
      n *= free ? Math.max(size, 1) : 1;
      sizes[places.get(i)] = size;
      if (old) {
        dims[i] = places.get(i);
      }
    }
    p.add(new ShapeOp.BroadcastInDim(v, Axes.of(dims), Shape.of(sizes)));
  }

  /** Some dimensions split, or neighbours joined. */
  private static void reshape(Programs p) {
    Value v = p.any(_ -> true);
    List<Long> sizes = new ArrayList<>();
    for (int d = 0; d < v.shape().rank(); d++) {
      long n = v.shape().dim(d);
      long f = p.draw.pick(1L, 2L, 3L, 4L, 5L);
      if (p.draw.oneIn(3) && !sizes.isEmpty()) {
        sizes.set(sizes.size() - 1, sizes.getLast() * n);
      } else if (n > 0 && n % f == 0 && sizes.size() < 5 && p.draw.coin()) {
        sizes.add(f);
        sizes.add(n / f);
      } else {
        sizes.add(n);
      }
    }
    if (p.draw.oneIn(4) && sizes.size() < 6) {
      sizes.add(p.draw.below(sizes.size() + 1), 1L);
    }
    p.add(new ShapeOp.Reshape(v, Shape.of(sizes.stream().mapToLong(n -> n).toArray())));
  }

  private static void transpose(Programs p) {
    Value v = p.any(_ -> true);
    p.add(new ShapeOp.Transpose(v, p.draw.permutation(v.shape().rank())));
  }

  private static void concatenate(Programs p) {
    Value v = p.any(_ -> true, s -> s.rank() > 0);
    int dim = p.draw.below(v.shape().rank());
    List<Value> parts = new ArrayList<>(List.of(v));
    for (int i = p.draw.below(3); i > 0; i--) {
      long size = p.draw.coin() ? v.shape().dim(dim) : p.draw.size();
      TensorType type = v.type().withShape(v.shape().with(dim, size));
      parts.add(type.shape().size() > p.draw.most() ? v : p.like(type));
    }
    p.add(new ShapeOp.Concatenate(parts, dim));
  }

  /** Edges grow or shrink, and neighbours part. */
  private static void pad(Programs p) {
    Value v = p.any(_ -> true);
    int rank = v.shape().rank();
    long[] low = new long[rank];
    long[] high = new long[rank];
    long[] interior = new long[rank];
    for (int d = 0; d < rank; d++) {
      interior[d] = p.draw.oneIn(3) ? p.draw.below(3) : 0;
      long n = v.shape().dim(d);
      long stretched = n + Math.max(n - 1, 0) * interior[d];
      low[d] = p.draw.between(-Math.min(2, stretched), 3);
      high[d] = p.draw.between(-Math.min(2, Math.max(stretched + low[d], 0)), 3);
    }
    ShapeOp.Pad pad =
        new ShapeOp.Pad(v, p.scalar(v.dtype()), Longs.of(low), Longs.of(high), Longs.of(interior));
    if (grown(v.shape(), pad) <= 8 * p.draw.most()) {
      p.add(pad);
    }
  }

  private static long grown(Shape s, ShapeOp.Pad pad) {
    long n = 1;
    for (int d = 0; d < s.rank(); d++) {
      long inner = s.dim(d) + Math.max(s.dim(d) - 1, 0) * pad.interior().get(d);
      n *= inner + pad.low().get(d) + pad.high().get(d);
    }
    return n;
  }

  private static void slice(Programs p) {
    Value v = p.any(_ -> true);
    int rank = v.shape().rank();
    long[] start = new long[rank];
    long[] limit = new long[rank];
    for (int d = 0; d < rank; d++) {
      long n = v.shape().dim(d);
      start[d] = p.draw.coin() ? 0 : p.draw.between(0, n);
      limit[d] = p.draw.coin() ? n : p.draw.between(start[d], n);
    }
    long[] strides = LongStream.generate(() -> 1L + p.draw.below(3)).limit(rank).toArray();
    p.add(new ShapeOp.Slice(v, Longs.of(start), Longs.of(limit), Longs.of(strides)));
  }

  private static void reverse(Programs p) {
    Value v = p.any(_ -> true);
    int[] dims = IntStream.range(0, v.shape().rank()).filter(_ -> p.draw.coin()).toArray();
    p.add(new ShapeOp.Reverse(v, Axes.of(dims)));
  }
}
