package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.WindowOp.ReduceWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes windows out as slices and elementwise functions, which then fuse like all others. A window
 * of a few elements is one combination of as many shifted slices; a larger one goes dimension by
 * dimension, and along each dimension combines windows of 8, then windows of 8 of those: about 2
 * log8(w) passes instead of w. What is left are scans: windows that grow by an element per step.
 */
public final class Windows {
  /** A window of up to so many elements is combined at once. */
  private static final int FEW = 16;

  /** Elements that one pass along a dimension combines. */
  private static final int RADIX = 8;

  private Windows() {}

  public static HloModule run(HloModule module) {
    return Rewriter.rewrite(module, () -> Windows::visit);
  }

  private static Optional<List<Value>> visit(Instr instr, HloBuilder out) {
    return instr.op() instanceof ReduceWindow o && !isScan(o)
        ? Optional.of(expand(o, out))
        : Optional.empty();
  }

  /** Whether the windows of an operation grow by one element per step along one dimension. */
  public static boolean isScan(ReduceWindow o) {
    int d = scanned(o);
    return d >= 0 && (isForward(o, d) || Folds.identity(o).isPresent());
  }

  /** Whether a scan starts at index 0. */
  public static boolean isForward(ReduceWindow o, int d) {
    return o.window().high().get(d) == 0;
  }

  /** The dimension along which an operation is a scan, or -1. */
  public static int scanned(ReduceWindow o) {
    Shape in = o.inputs().getFirst().shape();
    int found = -1;
    for (int d = 0; d < in.rank(); d++) {
      if (isTrivial(o, d)) {
        continue;
      }
      if (found >= 0 || !grows(o, d)) {
        return -1;
      }
      found = d;
    }
    return in.size() == 0 ? -1 : found;
  }

  /** Whether a dimension is left as it is. */
  private static boolean isTrivial(ReduceWindow o, int d) {
    return o.window().sizes().get(d) == 1 && isPlain(o, d) && sum(o, d) == 0;
  }

  private static boolean grows(ReduceWindow o, int d) {
    WindowOp.Window w = o.window();
    long size = w.sizes().get(d);
    return isPlain(o, d)
        && size >= o.inputs().getFirst().type().dim(d)
        && sum(o, d) == size - 1
        && (w.low().get(d) == 0 || w.high().get(d) == 0);
  }

  /** Without strides and dilations. */
  private static boolean isPlain(ReduceWindow o, int d) {
    return o.window().strides().get(d) == 1
        && o.baseDilations().get(d) == 1
        && o.windowDilations().get(d) == 1;
  }

  /** All padding of a dimension; -1 if some is negative. */
  private static long sum(ReduceWindow o, int d) {
    long low = o.window().low().get(d);
    long high = o.window().high().get(d);
    return low < 0 || high < 0 ? -1 : low + high;
  }

  private static List<Value> expand(ReduceWindow o, HloBuilder out) {
    Shape shape = WindowOp.stops(o);
    Shape in = o.inputs().getFirst().shape();
    if (shape.size() == 0 || in.size() == 0) {
      return o.inits().stream().map(v -> out.broadcast(v, shape)).toList();
    }
    if (elements(o) <= FEW) {
      return atOnce(o, padded(o, false, out), shape);
    }
    Folds folds = padded(o, true, out);
    for (int d = in.rank() - 1; d >= 0; d--) {
      folds = along(o, folds, d, shape.dim(d), out);
    }
    return folds.from(o.inits());
  }

  /** Elements of a window, counted up to the first dimension that makes them many. */
  private static long elements(ReduceWindow o) {
    long n = 1;
    for (int d = 0; d < o.window().sizes().size() && n <= FEW; d++) {
      n *= Math.min(o.window().sizes().get(d), FEW + 1);
    }
    return n;
  }

  /**
   * The base: inputs with padding and holes, which hold nothing.
   *
   * @param scans leaves out the padding of dimensions that will be scanned
   */
  private static Folds padded(ReduceWindow o, boolean scans, HloBuilder out) {
    Longs holes = Longs.of(o.baseDilations().stream().map(b -> b - 1).toArray());
    int rank = holes.size();
    long[] low = new long[rank];
    long[] high = new long[rank];
    boolean needed = false;
    for (int d = 0; d < rank; d++) {
      boolean later = scans && grows(o, d) && Folds.identity(o).isPresent();
      low[d] = later ? 0 : o.window().low().get(d);
      high[d] = later ? 0 : o.window().high().get(d);
      needed |= low[d] != 0 || high[d] != 0 || holes.get(d) != 0;
    }
    if (!needed) {
      return new Folds(o.body(), o.inputs(), Optional.empty(), out);
    }
    Optional<Literal> identity = Folds.identity(o);
    List<Value> arrays = new ArrayList<>();
    for (Value x : o.inputs()) {
      Value nothing = out.constant(identity.orElse(Literal.scalar(x.dtype(), 0)));
      arrays.add(out.add(new ShapeOp.Pad(x, nothing, Longs.of(low), Longs.of(high), holes)));
    }
    Optional<Value> there = Optional.empty();
    if (identity.isEmpty()) {
      Value all = out.full(DType.BOOL, o.inputs().getFirst().shape(), 1);
      Value none = out.constant(DType.BOOL, 0);
      there =
          Optional.of(out.add(new ShapeOp.Pad(all, none, Longs.of(low), Longs.of(high), holes)));
    }
    return new Folds(o.body(), arrays, there, out);
  }

  /** All elements of every window, in row-major order. */
  private static List<Value> atOnce(ReduceWindow o, Folds folds, Shape shape) {
    int rank = shape.rank();
    Shape window = Shape.of(o.window().sizes());
    List<Folds> taps = new ArrayList<>();
    for (long k = 0; k < window.size(); k++) {
      long[] start = new long[rank];
      long rest = k;
      for (int d = rank - 1; d >= 0; d--) {
        start[d] = rest % window.dim(d) * o.windowDilations().get(d);
        rest /= window.dim(d);
      }
      taps.add(folds.slice(start, shape.toArray(), o.window().strides().toArray()));
    }
    return Folds.from(o.inits(), taps);
  }

  /** Dimension {@code d} reduced to its windows, of which there are {@code stops}. */
  private static Folds along(ReduceWindow o, Folds x, int d, long stops, HloBuilder out) {
    if (isTrivial(o, d)) {
      return x;
    }
    if (grows(o, d) && Folds.identity(o).isPresent()) {
      return x.scan(o, d, out);
    }
    long stride = o.window().strides().get(d);
    return fold(x, d, o.window().sizes().get(d), o.windowDilations().get(d), stops, stride);
  }

  /**
   * Element i along {@code d} combines {@code count} elements of x, {@code step} apart, from i *
   * stride on.
   */
  private static Folds fold(Folds x, int d, long count, long step, long stops, long stride) {
    if (count <= RADIX) {
      return x.taps(d, 0, count, step, stops, stride);
    }
    long q = count / RADIX;
    long r = count % RADIX;
    long all = (stops - 1) * stride + 1; // starts that anyone asks for
    long inner = all + (q - 1) * RADIX * step;
    Folds eights = x.taps(d, 0, RADIX, step, inner, 1);
    Folds whole = fold(eights, d, q, RADIX * step, r == 0 ? stops : all, r == 0 ? stride : 1);
    return r == 0
        ? whole
        : whole.taps(d, 0, 1, 1, stops, stride).then(x.parts(d, q * RADIX, r, step, stops, stride));
  }
}
