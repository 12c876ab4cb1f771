package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Combiner;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.WindowOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Emits select_and_scatter. Dimensions in front that the window leaves alone are divided among
 * threads, those at the end are lanes; windows follow each other in row-major order, so that what
 * one place receives always combines in the same order.
 */
final class SelectionEmitter {
  /** Elements that make several threads worth it. */
  private static final long PARALLEL = 1 << 15;

  /**
   * What a selection is, in the dimensions that windows extend over.
   *
   * @param type of the operand and the source
   * @param scattered of the result, to which initial value and source are converted
   */
  record Selection(
      DType type,
      DType scattered,
      Combiner select,
      Combiner scatter,
      long outer,
      Shape operand,
      Shape source,
      long inner,
      WindowOp.Window window) {

    static Selection of(WindowOp.SelectAndScatter o) {
      Combiner.check("a select_and_scatter", o.select());
      Combiner.check("a select_and_scatter", o.scatter());
      Shape all = o.operand().shape();
      WindowOp.Window w = o.window();
      int first = 0;
      int end = all.rank();
      while (first < end && isLeftAlone(w, first)) {
        first++;
      }
      while (end > first && isLeftAlone(w, end - 1)) {
        end--;
      }
      var dims = Axes.range(first, end);
      return new Selection(
          o.operand().dtype(),
          o.scatter().results().getFirst().dtype(),
          Combiner.of(o.select()),
          Combiner.of(o.scatter()),
          all.select(Axes.range(first)).size(),
          all.select(dims),
          o.source().shape().select(dims),
          all.select(Axes.range(end, all.rank())).size(),
          new WindowOp.Window(
              part(w.sizes(), first, end),
              part(w.strides(), first, end),
              part(w.low(), first, end),
              part(w.high(), first, end)));
    }

    private static boolean isLeftAlone(WindowOp.Window w, int d) {
      return w.sizes().get(d) == 1
          && w.strides().get(d) == 1
          && w.low().get(d) == 0
          && w.high().get(d) == 0;
    }

    private static Longs part(Longs all, int from, int to) {
      return Longs.of(Arrays.copyOfRange(all.toArray(), from, to));
    }

    private long size() {
      return operand.size() * inner;
    }
  }

  private final Selection s;
  private final FnEmitter f;
  private final Evaluator evaluator;
  private final Pointwise pointwise;
  private final Val operand; // of one outer index each
  private final Val source;
  private final Val result;

  private SelectionEmitter(Selection s, FnEmitter f, Val operand, Val source, Val result) {
    this.s = s;
    this.f = f;
    Nest none = new Nest(List.of(), null, List.of(), List.of(), List.of());
    this.evaluator = new Evaluator(f, none, null, null, 0);
    this.pointwise = new Pointwise(f);
    this.operand = operand;
    this.source = source;
    this.result = result;
  }

  /** Writes {@code void name(ptr operand, ptr source, ptr init, ptr result, ptr pool)}. */
  static void emit(IrModule module, String name, Selection s, boolean threads) {
    IrModule.Param[] params =
        IntStream.range(0, 5)
            .mapToObj(i -> new IrModule.Param(LType.PTR, "p" + i))
            .toArray(IrModule.Param[]::new);
    FnEmitter f = module.internalFunction(name, LType.VOID, params);
    Parallel parallel = new Parallel(module, threads);
    String task = parallel.task(name + "_task", 4, (g, words) -> one(s, g, words));
    Val words = Parallel.words(f, List.of(f.param(0), f.param(1), f.param(2), f.param(3)));
    boolean worthIt = s.outer * s.size() >= PARALLEL;
    parallel.run(f, task, f.param(4), words, s.outer, worthIt);
    f.ret();
  }

  private static void one(Selection s, FnEmitter g, List<Val> words) {
    Val at = words.get(4);
    Val base = g.mulNsw(at, Val.i64(s.size()));
    Val sources = g.mulNsw(at, Val.i64(s.source.size() * s.inner));
    Val x = Memory.address(g, s.type, Parallel.pointer(g, words.get(0)), base);
    Val y = Memory.address(g, s.type, Parallel.pointer(g, words.get(1)), sources);
    Val to = Memory.address(g, s.scattered, Parallel.pointer(g, words.get(3)), base);
    SelectionEmitter e = new SelectionEmitter(s, g, x, y, to);
    Reg init = Memory.load(g, s.type, Parallel.pointer(g, words.get(2)));
    e.fill(e.pointwise.convert(init, s.scattered));
    e.windows(new ArrayList<>(), Val.i64(0));
  }

  private int lanes() {
    int widest = Math.max(4, Math.max(s.type.real().bytes(), s.scattered.real().bytes()));
    return (int) Math.min(Math.min(16, 64 / widest), Long.highestOneBit(s.inner));
  }

  private interface Piece {
    void write(Val first, int width);
  }

  /** All of {@code count} elements, in vectors as far as they go. */
  private void pieces(long count, Piece piece) {
    int lanes = lanes();
    long full = lanes == 1 ? 0 : count / lanes * lanes;
    f.forLoop(Val.i64(0), Val.i64(full), Val.i64(lanes), i -> piece.write(i, lanes));
    f.forLoop(Val.i64(full), Val.i64(count), Val.i64(1), i -> piece.write(i, 0));
  }

  private void fill(Reg init) {
    pieces(s.size(), (i, width) -> store(init.splat(f, width), i));
  }

  private Reg load(DType t, Val array, Val at, int width) {
    Val address = Memory.address(f, t, array, at);
    return width == 0 ? Memory.load(f, t, address) : Memory.load(f, t, address, 1, width, null);
  }

  private void store(Reg value, Val at) {
    Val address = Memory.address(f, s.scattered, result, at);
    if (value.lanes() == 0) {
      Memory.store(f, value, address);
    } else {
      Memory.store(f, value, address, 1, null, Mem.PLAIN);
    }
  }

  /** The loops over the windows, from dimension {@code stops.size()} on. */
  private void windows(List<Val> stops, Val at) {
    int d = stops.size();
    if (d == s.source.rank()) {
      Val from = f.mulNsw(at, Val.i64(s.inner));
      List<Span> spans = spans(stops);
      pieces(s.inner, (i, width) -> window(spans, i, f.addNsw(from, i), width));
      return;
    }
    f.forLoop(
        Val.i64(0),
        Val.i64(s.source.dim(d)),
        Val.i64(1),
        stop -> {
          List<Val> more = new ArrayList<>(stops);
          more.add(stop);
          windows(more, f.addNsw(f.mulNsw(at, Val.i64(s.source.dim(d))), stop));
        });
  }

  /** The indices from..to of the operand that a window covers along one dimension. */
  private record Span(Val from, Val to) {}

  private List<Span> spans(List<Val> stops) {
    List<Span> spans = new ArrayList<>();
    WindowOp.Window w = s.window;
    for (int d = 0; d < stops.size(); d++) {
      long size = s.operand.dim(d);
      Val start =
          f.sub(f.mulNsw(stops.get(d), Val.i64(w.strides().get(d))), Val.i64(w.low().get(d)));
      Val end = f.addNsw(start, Val.i64(w.sizes().get(d)));
      spans.add(
          isInside(d)
              ? new Span(start, end)
              : new Span(f.smax(start, Val.i64(0)), f.smin(end, Val.i64(size))));
    }
    return spans;
  }

  /** Whether all windows lie in the operand along a dimension. */
  private boolean isInside(int d) {
    WindowOp.Window w = s.window;
    long last = (s.source.dim(d) - 1) * w.strides().get(d) - w.low().get(d) + w.sizes().get(d);
    return w.low().get(d) <= 0 && last <= s.operand.dim(d);
  }

  private void window(List<Span> spans, Val lane, Val from, int width) {
    Reg start = load(s.type, operand, lane, width);
    Reg nothing = start.map(v -> Val.zero(v.type()));
    Val none = Val.integer(LType.I64.lanes(width), -1);
    List<Val> first = new ArrayList<>(new Regs(List.of(nothing)).flat());
    first.add(none);
    List<Val> last =
        covered(0, spans, Val.i64(0), first, (at, v) -> select(at, v, nothing, lane, width));
    Val chosen = last.getLast();
    Reg received = pointwise.convert(load(s.type, source, from, width), s.scattered);
    covered(
        0,
        spans,
        Val.i64(0),
        List.of(),
        (at, v) -> {
          receive(at, chosen, received, lane, width);
          return v;
        });
  }

  /** Visits the covered elements by their numbers, with carried values. */
  private List<Val> covered(
      int d,
      List<Span> spans,
      Val at,
      List<Val> carried,
      BiFunction<Val, List<Val>, List<Val>> body) {
    if (d == spans.size()) {
      return body.apply(at, carried);
    }
    return f.forLoop(
        spans.get(d).from(),
        spans.get(d).to(),
        Val.i64(1),
        carried,
        (i, v) -> {
          Val next = f.addNsw(f.mulNsw(at, Val.i64(s.operand.dim(d))), i);
          return covered(d + 1, spans, next, v, body);
        });
  }

  /** The chosen element so far, and its number; the first element is always taken. */
  private List<Val> select(Val at, List<Val> v, Reg type, Val lane, int width) {
    Reg best = new Regs(List.of(type)).with(v).list().getFirst();
    Reg next = load(s.type, operand, place(at, lane), width);
    Val keep = evaluator.combine(s.select, List.of(best), List.of(next)).getFirst().re();
    Val chosen = v.getLast();
    keep = f.and(keep, f.cmp(Cmp.NE, chosen, Val.integer(chosen.type(), -1)));
    List<Val> now = new ArrayList<>();
    Regs picked = Regs.select(f, keep, new Regs(List.of(best)), new Regs(List.of(next)));
    now.addAll(picked.flat());
    now.add(f.select(keep, chosen, f.splat(at, width)));
    return now;
  }

  private void receive(Val at, Val chosen, Reg received, Val lane, int width) {
    Val place = place(at, lane);
    Val here = f.cmp(Cmp.EQ, chosen, width == 0 ? at : f.splat(at, width));
    Reg old = load(s.scattered, result, place, width);
    Reg sum = evaluator.combine(s.scatter, List.of(old), List.of(received)).getFirst();
    Regs now = Regs.select(f, here, new Regs(List.of(sum)), new Regs(List.of(old)));
    store(now.list().getFirst(), place);
  }

  private Val place(Val at, Val lane) {
    return f.addNsw(f.mulNsw(at, Val.i64(s.inner)), lane);
  }
}
