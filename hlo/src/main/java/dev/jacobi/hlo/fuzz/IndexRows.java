package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Operations that read and write at indices. */
final class IndexRows {
  private IndexRows() {}

  static final List<Programs.Row> ALL =
      List.of(IndexRows::dynamicSlice, IndexRows::update, IndexRows::gather, IndexRows::scatter);

  private static List<Value> starts(Programs p, Shape shape) {
    DType dtype = p.draw.dtype(t -> t.isInteger());
    List<Value> starts = new ArrayList<>();
    for (int d = 0; d < shape.rank(); d++) {
      starts.add(p.index(dtype, shape.dim(d)));
    }
    return starts;
  }

  private static Longs part(Programs p, Shape shape) {
    return Longs.of(
        IntStream.range(0, shape.rank())
            .mapToLong(d -> p.draw.coin() ? shape.dim(d) : p.draw.between(0, shape.dim(d)))
            .toArray());
  }

  private static void dynamicSlice(Programs p) {
    Value v = p.any(_ -> true);
    p.add(new IndexOp.DynamicSlice(v, starts(p, v.shape()), part(p, v.shape())));
  }

  private static void update(Programs p) {
    Value v = p.any(_ -> true);
    Value update = p.like(v.type().withShape(Shape.of(part(p, v.shape()))));
    p.add(new IndexOp.DynamicUpdateSlice(v, update, starts(p, v.shape())));
  }

  /** How a gather or scatter addresses an operand of {@code shape}. */
  private record Addressing(
      Shape operand,
      Shape batch,
      Axes indexed,
      Axes dropped,
      Axes batching,
      Axes windowDims,
      Longs window,
      Value indices) {
    /** Shape of the gathered slices, the same as that of a scatter's updates. */
    Shape slices() {
      long[] sizes = new long[batch.rank() + windowDims.size()];
      Axes rest = windowDims.complement(sizes.length);
      for (int i = 0; i < batch.rank(); i++) {
        sizes[rest.get(i)] = batch.dim(i);
      }
      int k = 0;
      for (int d = 0; d < operand.rank(); d++) {
        if (!dropped.contains(d) && !batching.contains(d)) {
          sizes[windowDims.get(k++)] = window.get(d);
        }
      }
      return Shape.of(sizes);
    }
  }

  private static Addressing addressing(Programs p, Shape operand) {
    int rank = operand.rank();
    Axes batching = rank > 0 && p.draw.oneIn(4) ? Axes.of(p.draw.below(rank)) : Axes.of();
    Axes indexed =
        Axes.of(p.draw.subset(rank).stream().filter(d -> !batching.contains(d)).toArray());
    Axes shuffled = indexed.size() > 1 && p.draw.coin() ? reversed(indexed) : indexed;
    long[] window = new long[rank];
    List<Integer> dropped = new ArrayList<>();
    for (int d = 0; d < rank; d++) {
      long n = operand.dim(d);
      window[d] = p.draw.coin() ? n : p.draw.between(Math.min(1, n), Math.min(n, 4));
      if (indexed.contains(d) && n > 0 && p.draw.coin()) {
        window[d] = 1;
        dropped.add(d);
      }
    }
    batching.stream().forEach(d -> window[d] = Math.min(1, operand.dim(d)));
    Shape others = p.draw.pick(Shape.of(), Shape.of(1), Shape.of(5), Shape.of(3, 2), Shape.of(0));
    Shape batch = operand.select(batching).concat(others);
    Axes drop = Axes.of(dropped.stream().mapToInt(d -> d).toArray());
    int slices = rank - dropped.size() - batching.size();
    int result = batch.rank() + slices;
    Axes windowDims =
        Axes.of(IntStream.range(p.draw.coin() ? 0 : batch.rank(), result).limit(slices).toArray());
    long vector = shuffled.size();
    Value indices =
        p.like(new TensorType(p.draw.dtype(DType::isInteger), batch.insert(batch.rank(), vector)));
    return new Addressing(
        operand, batch, shuffled, drop, batching, windowDims, Longs.of(window), indices);
  }

  private static Axes reversed(Axes axes) {
    int n = axes.size();
    return Axes.of(IntStream.range(0, n).map(i -> axes.get(n - 1 - i)).toArray());
  }

  static void gather(Programs p) {
    Value v = p.any(_ -> true);
    Addressing a = addressing(p, v.shape());
    if (a.slices().size() > p.draw.most()) {
      return;
    }
    IndexOp.GatherDims dims =
        new IndexOp.GatherDims(
            a.windowDims(),
            a.dropped(),
            a.batching(),
            Axes.range(a.batching().size()),
            a.indexed(),
            a.batch().rank());
    p.add(new IndexOp.Gather(v, a.indices(), dims, a.window(), false));
  }

  private static void scatter(Programs p) {
    Value v = p.any(_ -> true);
    Addressing a = addressing(p, v.shape());
    if (a.slices().size() > p.draw.most()) {
      return;
    }
    IndexOp.ScatterDims dims =
        new IndexOp.ScatterDims(
            a.windowDims(),
            a.dropped(),
            a.batching(),
            Axes.range(a.batching().size()),
            a.indexed(),
            a.batch().rank());
    List<Value> inputs = new ArrayList<>(List.of(v));
    if (p.draw.oneIn(4)) {
      inputs.add(p.like(v.type().withDtype(p.draw.dtype(_ -> true))));
    }
    List<Value> updates = inputs.stream().map(i -> p.like(i.type().withShape(a.slices()))).toList();
    boolean one = a.batch().size() <= 1; // a promise that holds
    Block body = inputs.size() > 1 || p.draw.oneIn(3) ? set(inputs) : combine(p, v.dtype());
    p.add(new IndexOp.Scatter(inputs, a.indices(), updates, dims, one, one, body));
  }

  private static Block combine(Programs p, DType dtype) {
    return HloBuilder.binaryBody(p.draw.pick(ReductionRows.combiners(dtype)), dtype);
  }

  /** What is written replaces what was there. */
  private static Block set(List<Value> inputs) {
    HloBuilder b = new HloBuilder();
    inputs.forEach(v -> b.param(TensorType.scalar(v.dtype())));
    return b.build(inputs.stream().map(v -> b.param(TensorType.scalar(v.dtype()))).toList());
  }
}
