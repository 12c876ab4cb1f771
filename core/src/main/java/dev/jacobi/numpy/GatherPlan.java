package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.Mode;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Gather;
import dev.jacobi.lax.GatherScatterMode;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Scatter;
import dev.jacobi.lax.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How indices become one gather or scatter. Arrays of positions broadcast together; their
 * dimensions go where the first of them stands, or in front if something stands between them
 * (NumPy's rule).
 */
final class GatherPlan {
  private final Array x;
  private final @Nullable Mode mode;
  private final List<Long> resultShape = new ArrayList<>();
  private final List<Long> windowSizes = new ArrayList<>();
  private final List<Long> batchShape = new ArrayList<>();
  private final List<Integer> offsetDims = new ArrayList<>();
  private final List<Integer> collapsed = new ArrayList<>();
  private final List<Integer> startMap = new ArrayList<>();
  private final List<Integer> newAxes = new ArrayList<>();
  private final List<Integer> reversed = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private boolean vectors;
  private int resultDim; // without new axes

  /** Positions along one dimension and the batch dimension at which they start. */
  private record Part(Array index, int at) {}

  private GatherPlan(Array x, @Nullable Mode mode) {
    this.x = x;
    this.mode = mode;
  }

  static Axes axes(List<Integer> list) {
    return Axes.of(list.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Shape shape(List<Long> sizes) {
    return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
  }

  static GatherPlan of(Array x, List<Index> entries, @Nullable Mode mode) {
    GatherPlan plan = new GatherPlan(x, mode);
    plan.vectors = entries.stream().anyMatch(Entries::isVector);
    List<Integer> advanced = new ArrayList<>();
    for (int k = 0; plan.vectors && k < entries.size(); k++) {
      if (isScalar(entries.get(k)) || Entries.isVector(entries.get(k))) {
        advanced.add(k);
      }
    }
    boolean together =
        advanced.isEmpty() || advanced.getLast() - advanced.getFirst() == advanced.size() - 1;
    int d = 0;
    for (int k = 0; k < entries.size(); k++) {
      if (!advanced.isEmpty() && k == (together ? advanced.getFirst() : 0)) {
        plan.vectors(entries, advanced);
      }
      Index entry = entries.get(k);
      if (advanced.contains(k)) {
        plan.windowSizes.add(1L);
        d++;
      } else if (entry instanceof Index.NewAxis) {
        plan.newAxes.add(plan.resultShape.size());
        plan.resultShape.add(1L);
      } else if (entry instanceof Index.Range range) {
        if (Entries.isAll(range)) {
          plan.resultShape.add(x.shape().at(d));
          plan.window(x.shape().at(d++));
          plan.resultDim++;
        } else {
          plan.range(range.walk(x.shape().dim(d)), d++);
        }
      } else {
        plan.scalar(entry, d++);
      }
    }
    return plan;
  }

  private static boolean isScalar(Index entry) {
    return entry instanceof Index.At || entry instanceof Index.Positions p && p.array().rank() == 0;
  }

  /** Positions of one dimension, from 0. */
  private Array position(Index entry, int d) {
    long n = x.shape().dim(d);
    if (entry instanceof Index.At at) {
      long i = at.position();
      long from0 = mode == Mode.WRAP ? Math.floorMod(i, n) : i < 0 ? i + n : i;
      return Scalars.ofLong(DType.I32, from0);
    }
    Array index = ((Index.Positions) entry).array();
    return mode == Mode.WRAP ? Indexing.around(index, n) : Indexing.normalized(index, n, mode);
  }

  private void vectors(List<Index> entries, List<Integer> advanced) {
    Array[] positions = new Array[advanced.size()];
    int next = 0;
    int d = 0;
    List<Integer> dims = new ArrayList<>();
    for (int k = 0; k < entries.size(); k++) {
      if (advanced.contains(k)) {
        positions[next++] = position(entries.get(k), d);
        dims.add(d);
      }
      d += entries.get(k) instanceof Index.NewAxis ? 0 : 1;
    }
    Shape common = Promotion.commonShape("indexing", positions);
    for (Array p : positions) {
      parts.add(new Part(Promotion.broadcastTo(p, common), batchShape.size()));
    }
    for (long size : common.toArray()) {
      batchShape.add(size);
      resultShape.add(size);
    }
    startMap.addAll(dims);
    collapsed.addAll(dims);
    resultDim += common.rank();
  }

  private void scalar(Index entry, int d) {
    parts.add(new Part(position(entry, d), batchShape.size()));
    collapsed.add(d);
    windowSizes.add(1L);
    startMap.add(d);
  }

  private void range(Index.Walk walk, int d) {
    long n = x.shape().dim(d);
    resultShape.add(walk.count());
    if (walk.count() == n && Math.abs(walk.step()) == 1) {
      window(n);
    } else if (walk.step() == 1) {
      parts.add(new Part(Scalars.ofLong(DType.I32, walk.first()), batchShape.size()));
      startMap.add(d);
      window(walk.count());
    } else {
      long step = Math.abs(walk.step());
      long least = walk.step() > 0 ? walk.first() : walk.first() - (walk.count() - 1) * step;
      Array steps = Shapes.iota(DType.I32, Shape.of(walk.count()), 0);
      Array along = JnpMath.add(JnpMath.multiply(steps, JnpMath.weak(step)), JnpMath.weak(least));
      parts.add(new Part(along, batchShape.size()));
      startMap.add(d);
      windowSizes.add(1L);
      batchShape.add(walk.count());
      collapsed.add(d);
    }
    if (walk.step() < 0 && walk.count() > 0) {
      reversed.add(resultDim);
    }
    resultDim++;
  }

  private void window(long size) {
    windowSizes.add(size);
    offsetDims.add(resultDim);
  }

  /** Index vectors along the last dimension. */
  private Array indices() {
    Shape batch = shape(batchShape);
    if (parts.isEmpty()) {
      return JnpCreate.zeros(Shape.of(0), DType.I32);
    }
    if (parts.size() == 1) {
      Array only = parts.getFirst().index();
      return Shapes.expandDims(only, Axes.of(only.rank()));
    }
    boolean wide = parts.stream().anyMatch(p -> p.index().dtype() == DType.I64);
    Shape column = batch.insert(batch.rank(), 1);
    List<Array> columns = new ArrayList<>();
    for (Part p : parts) {
      Array index = Promotion.convert(p.index(), wide ? DType.I64 : DType.I32, false);
      columns.add(Shapes.broadcastInDim(index, column, Axes.range(p.at(), p.at() + index.rank())));
    }
    return Concatenation.concatenate(columns, batch.rank());
  }

  private Longs window() {
    return Longs.of(windowSizes.stream().mapToLong(Long::longValue).toArray());
  }

  Array gather(Array from, GatherScatterMode how, @Nullable Double fill) {
    Array indices = indices();
    GatherDims dims =
        new GatherDims(
            axes(offsetDims),
            axes(collapsed).sorted(),
            Axes.of(),
            Axes.of(),
            axes(startMap),
            indices.rank() - 1);
    Array y = Gather.gather(from, indices, dims, window(), how, fill);
    Array walked = reversed.isEmpty() ? y : Concatenation.rev(y, axes(reversed));
    return newAxes.isEmpty() ? walked : Shapes.expandDims(walked, axes(newAxes));
  }

  Array scatter(
      Scatter.Kind kind, Array into, Array values, GatherScatterMode how, boolean unique) {
    Shape place = shape(resultShape);
    if (place.isStatic() && place.size() == 0) {
      return into;
    }
    Array indices = indices();
    Array wide = Promotion.broadcastTo(values, place);
    Array updates = Shapes.squeeze(wide, axes(newAxes));
    Array walked = reversed.isEmpty() ? updates : Concatenation.rev(updates, axes(reversed));
    ScatterDims dims =
        new ScatterDims(
            axes(offsetDims),
            axes(collapsed).sorted(),
            Axes.of(),
            Axes.of(),
            axes(startMap),
            indices.rank() - 1);
    return Scatter.scatter(kind, into, indices, walked, dims, how, !vectors, unique || !vectors);
  }
}
