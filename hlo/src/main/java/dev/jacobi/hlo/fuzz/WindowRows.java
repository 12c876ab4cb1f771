package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.List;

/** Operations that slide a window. */
final class WindowRows {
  private WindowRows() {}

  static final List<Programs.Row> ALL =
      List.of(WindowRows::reduceWindow, WindowRows::running, WindowRows::selectAndScatter);

  /** Any window over any array, padded and dilated. */
  private static void reduceWindow(Programs p) {
    Value v = p.any(_ -> true);
    int rank = v.shape().rank();
    long[] sizes = new long[rank];
    long[] strides = new long[rank];
    long[] low = new long[rank];
    long[] high = new long[rank];
    long[] base = new long[rank];
    long[] dilations = new long[rank];
    for (int d = 0; d < rank; d++) {
      sizes[d] = p.draw.coin() ? 1 : p.draw.between(1, 4);
      strides[d] = p.draw.between(1, 3);
      low[d] = p.draw.between(-1, 2);
      high[d] = p.draw.between(-1, 2);
      base[d] = p.draw.oneIn(4) ? 2 : 1;
      dilations[d] = p.draw.oneIn(4) ? 2 : 1;
      if (low[d] + high[d] + v.shape().dim(d) < 0) {
        low[d] = 0;
      }
    }
    WindowOp.Window window =
        new WindowOp.Window(Longs.of(sizes), Longs.of(strides), Longs.of(low), Longs.of(high));
    add(p, v, window, Longs.of(base), Longs.of(dilations));
  }

  /** Sums so far, as JAX writes cumsum: a window as long as the array, padded at one end. */
  private static void running(Programs p) {
    Value v = p.any(_ -> true, s -> s.rank() > 0);
    int rank = v.shape().rank();
    int dim = p.draw.below(rank);
    long n = v.shape().dim(dim);
    if (n == 0 || n * v.shape().size() > 100_000) {
      return;
    }
    Longs ones = Longs.fill(rank, 1);
    Longs none = Longs.fill(rank, 0);
    Longs size = with(ones, dim, n);
    Longs before = with(none, dim, n - 1);
    boolean reverse = p.draw.coin();
    WindowOp.Window window =
        new WindowOp.Window(size, ones, reverse ? none : before, reverse ? before : none);
    add(p, v, window, ones, ones);
  }

  private static Longs with(Longs longs, int i, long value) {
    long[] copy = longs.toArray();
    copy[i] = value;
    return Longs.of(copy);
  }

  private static void add(
      Programs p, Value v, WindowOp.Window window, Longs base, Longs dilations) {
    if (p.draw.oneIn(5) && !v.dtype().isComplex()) {
      two(p, v, window, base, dilations);
      return;
    }
    Fn fn = p.draw.pick(ReductionRows.combiners(v.dtype()));
    Value init = ReductionRows.identity(p, fn, v.dtype());
    p.add(
        new WindowOp.ReduceWindow(
            List.of(v),
            List.of(init),
            window,
            base,
            dilations,
            HloBuilder.binaryBody(fn, v.dtype())));
  }

  /** Two arrays side by side. */
  private static void two(
      Programs p, Value v, WindowOp.Window window, Longs base, Longs dilations) {
    Value w = p.like(v.type().withDtype(p.draw.dtype(t -> !t.isComplex())));
    List<Fn> fns = List.of(ReductionRows.exact(p, v.dtype()), ReductionRows.exact(p, w.dtype()));
    List<Value> inits =
        List.of(
            ReductionRows.identity(p, fns.getFirst(), v.dtype()),
            ReductionRows.identity(p, fns.getLast(), w.dtype()));
    Block body = ReductionRows.both(fns, v.dtype(), w.dtype());
    p.add(new WindowOp.ReduceWindow(List.of(v, w), inits, window, base, dilations, body));
  }

  /** The gradient of max pooling: windows select by order, and sums arrive where they point. */
  private static void selectAndScatter(Programs p) {
    Value v = p.any(t -> t.isInteger() || t.isFloat());
    int rank = v.shape().rank();
    long[] sizes = new long[rank];
    long[] strides = new long[rank];
    long[] low = new long[rank];
    long[] high = new long[rank];
    for (int d = 0; d < rank; d++) {
      long n = v.shape().dim(d);
      sizes[d] = p.draw.between(1, Math.clamp(n, 1, 3));
      strides[d] = p.draw.between(1, 2);
      low[d] = n > 0 && p.draw.oneIn(3) ? p.draw.between(0, sizes[d] - 1) : 0;
      high[d] = n > 0 && p.draw.oneIn(3) ? p.draw.between(0, sizes[d] - 1) : 0;
    }
    WindowOp.Window window =
        new WindowOp.Window(Longs.of(sizes), Longs.of(strides), Longs.of(low), Longs.of(high));
    long[] stops = new long[rank];
    for (int d = 0; d < rank; d++) {
      stops[d] = window.stops(d, window.padded(d, v.shape().dim(d)), sizes[d]);
    }
    Value source = p.like(v.type().withShape(Shape.of(stops)));
    p.add(
        new WindowOp.SelectAndScatter(
            v,
            source,
            p.scalar(v.dtype()),
            window,
            selects(p, v.dtype()),
            HloBuilder.binaryBody(Fn.ADD, v.dtype())));
  }

  private static Block selects(Programs p, DType dtype) {
    ElementwiseOp.Direction direction =
        p.draw.pick(
            ElementwiseOp.Direction.GE,
            ElementwiseOp.Direction.GT,
            ElementwiseOp.Direction.LE,
            ElementwiseOp.Direction.LT);
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.scalar(dtype));
    Value y = b.param(TensorType.scalar(dtype));
    return b.build(b.compare(direction, x, y));
  }
}
