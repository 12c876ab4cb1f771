package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.emit.Evaluator.Scope;
import dev.jacobi.cpu.fuse.Cost;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.loop.Nest.Loops;
import dev.jacobi.cpu.loop.Node;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Emits nests over rows: one pass over the row for every phase. */
final class RowsEmitter {
  /** Row buffers larger than this would leave the second-level cache: nodes are computed again. */
  private static final long MAX_SCRATCH = 64 << 10;

  /** All buffers together: they lie on the stack, and a Java thread has a megabyte. */
  private static final long MAX_STACK = 192 << 10;

  private static final int WORTH_KEEPING = 6;

  /** Costly functions that one phase of an elementwise nest may hold. */
  private static final int PHASE_COST = 45;

  /** Elements that pass through all phases before the next ones begin; their buffers stay in L1. */
  private static final int PHASE_BLOCK = 512;

  private final FnEmitter f;
  private final Nest nest;
  private final Loops.Rows loops;
  private final Schedule schedule;
  private final Evaluator eval;
  private final int inner;
  private final int lanes;
  private final int phaseCount;
  private final boolean blocked;
  private final Set<Integer> kept = new LinkedHashSet<>();
  private int[] costs;
  private long stackBytes;
  private final java.util.Map<Integer, Val> buffers = new java.util.HashMap<>();

  RowsEmitter(FnEmitter f, Nest nest, Schedule schedule, Val[] arrays, Reg[] scalars) {
    this.f = f;
    this.nest = nest;
    this.loops = (Loops.Rows) nest.loops();
    this.schedule = schedule;
    this.inner = loops.innerVariable();
    this.eval = new Evaluator(f, nest, arrays, scalars, inner);
    this.lanes = schedule.lanes();
    boolean divides =
        nest.reductions().isEmpty() && lanes > 0 && loops.inner() >= 64 && loops.total() == 0;
    if (divides) {
      eval.divide(PHASE_COST);
    }
    int last = 0;
    for (Nest.Store s : nest.stores()) {
      last = Math.max(last, s.perRow() ? 0 : eval.phase(s.node()));
    }
    for (Nest.Reduction r : nest.reductions()) {
      last = Math.max(last, phase(r));
    }
    phaseCount = last + 1;
    blocked = divides && phaseCount > 1;
    if (phaseCount > 1) {
      IntStream.iterate(phaseCount - 1, p -> p >= 0, p -> p - 1).forEach(this::chooseKept);
    }
  }

  private int phase(Nest.Reduction r) {
    return r.inputs().stream().mapToInt(eval::phase).max().orElse(0);
  }

  /** Without reductions all stores come last, since memory may be read again in every phase. */
  private int phase(Nest.Store s) {
    return blocked ? phaseCount - 1 : eval.phase(s.node());
  }

  /** What a phase stores or reduces. */
  private List<Integer> roots(int phase) {
    List<Integer> roots = new ArrayList<>();
    for (Nest.Reduction r : nest.reductions()) {
      if (phase(r) == phase) {
        roots.addAll(r.inputs());
      }
    }
    for (Nest.Store s : nest.stores()) {
      if (!s.perRow() && phase(s) == phase) {
        roots.add(s.node());
      }
    }
    return roots;
  }

  /** What a phase stores, reduces or keeps. */
  private List<Integer> needs(int phase) {
    List<Integer> roots = roots(phase);
    kept.stream().filter(n -> eval.phase(n) == phase).forEach(roots::add);
    return roots;
  }

  /** Chooses the costly nodes of earlier phases that a phase reads from buffers. */
  private void chooseKept(int phase) {
    boolean[] needed = new boolean[nest.nodes().size()];
    roots(phase).forEach(n -> needed[n] = true);
    kept.stream().filter(n -> eval.phase(n) == phase).forEach(n -> needed[n] = true);
    for (int i = needed.length - 1; i >= 0; i--) {
      if (!needed[i] || !eval.isPerLane(i)) {
        continue;
      }
      if (eval.phase(i) < phase && isWorthKeeping(i)) {
        keep(i);
      } else {
        nest.nodes().get(i).args().forEach(a -> needed[a] = true);
      }
    }
  }

  private boolean isWorthKeeping(int node) {
    long bytes = bufferElements() * nest.nodes().get(node).dtype().bytes();
    return cost(node) >= WORTH_KEEPING
        && bytes <= MAX_SCRATCH
        && (kept.contains(node) || stackBytes + bytes <= MAX_STACK)
        && loops.total() == 0;
  }

  private void keep(int node) {
    if (kept.add(node)) {
      DType t = nest.nodes().get(node).dtype();
      long count = bufferElements() * (t.isComplex() ? 2 : 1);
      Val buffer = f.alloca(Reg.memoryType(t, 0), (int) count, 64);
      buffers.put(node, buffer);
      stackBytes += bufferElements() * t.bytes();
      eval.keep(node, buffer);
    }
  }

  private long bufferElements() {
    return (blocked ? Math.min(loops.inner(), PHASE_BLOCK) : loops.inner()) + 64;
  }

  /** What it costs to compute a node again from memory and buffers. */
  private int cost(int node) {
    if (costs == null) {
      costs = new int[nest.nodes().size()];
      for (int i = 0; i < costs.length; i++) {
        costs[i] = eval.isPerLane(i) ? Math.min(1000, ownCost(i)) : 0;
      }
    }
    return costs[node];
  }

  private int ownCost(int node) {
    Node n = nest.nodes().get(node);
    int own = n instanceof Node.Apply a ? Cost.of(a.fn()) : n instanceof Node.Fetch ? 4 : 1;
    return own + n.args().stream().mapToInt(a -> costs[a]).sum();
  }

  /** Emits the loops over units lo..hi. */
  void emit(Val lo, Val hi) {
    boolean whole = hi.asLong().isPresent();
    if (schedule.splitInner() && whole) {
      f.forLoop(Val.i64(0), Val.i64(loops.rows()), Val.i64(1), row -> row(row, null, null));
    } else if (schedule.splitInner()) {
      Val from = f.mulNsw(lo, Val.i64(Schedule.BLOCK));
      Val to = f.smin(f.mulNsw(hi, Val.i64(Schedule.BLOCK)), Val.i64(loops.inner()));
      f.forLoop(Val.i64(0), Val.i64(loops.rows()), Val.i64(1), row -> row(row, from, to));
    } else {
      f.forLoop(lo, hi, Val.i64(1), row -> row(row, null, null));
    }
  }

  private void row(Val row, Val from, Val to) {
    Val[] vars = new Val[inner + 1];
    Val rest = row;
    for (int k = inner - 1; k >= 0; k--) {
      Val extent = Val.i64(loops.outer().get(k));
      vars[k] = k == 0 ? rest : f.urem(rest, extent);
      rest = k == 0 ? rest : f.udiv(rest, extent);
    }
    Scope scope = Scope.uniform(null, vars);
    if (blocked && (from != null || loops.inner() > PHASE_BLOCK)) {
      IntStream.range(0, phaseCount).forEach(p -> prepare(scope, p));
      Val begin = from == null ? Val.i64(0) : from;
      Val end = from == null ? Val.i64(loops.inner()) : to;
      f.forLoop(
          begin,
          end,
          Val.i64(PHASE_BLOCK),
          b -> {
            eval.startBuffersAt(b);
            phases(scope, vars, b, f.smin(f.addNsw(b, Val.i64(PHASE_BLOCK)), end));
          });
    } else {
      phases(scope, vars, from, to);
    }
    for (Nest.Store s : nest.stores()) {
      if (s.perRow()) {
        DType t = nest.params().get(s.param()).dtype();
        Memory.store(f, eval.value(s.node(), scope), eval.pointer(s.param(), t, s.at(), scope));
      }
    }
  }

  /** Computes in front of a phase's loop what that loop does not change. */
  private void prepare(Scope scope, int phase) {
    eval.prepare(needs(phase), scope, lanes, phase);
    for (Nest.Store s : nest.stores()) {
      if (!s.perRow() && phase(s) == phase) {
        eval.preparePointer(s.param(), nest.params().get(s.param()).dtype(), s.at(), scope);
      }
    }
  }

  private void phases(Scope scope, Val[] vars, Val from, Val to) {
    for (int p = 0; p < phaseCount; p++) {
      int phase = p;
      prepare(scope, p);
      List<Integer> reductions =
          IntStream.range(0, nest.reductions().size())
              .filter(r -> phase(nest.reductions().get(r)) == phase)
              .boxed()
              .toList();
      if (reductions.isEmpty()) {
        map(scope, vars, p, from, to);
      } else {
        new RowReducer(f, nest, eval, lanes, reductions)
            .reduce(scope, length(vars), (i, mask) -> body(scope, vars, i, mask, phase));
      }
    }
  }

  /** The row's length: a constant, or in the last chunk what is left. */
  private Val length(Val[] vars) {
    if (loops.total() == 0) {
      return Val.i64(loops.inner());
    }
    long chunks = loops.outer().getLast();
    Val last = f.cmp(Cmp.EQ, vars[inner - 1], Val.i64(chunks - 1));
    return f.select(
        last, Val.i64(loops.total() - (chunks - 1) * loops.inner()), Val.i64(loops.inner()));
  }

  /** Lanes from element i on: evaluates, keeps and stores what phase {@code p} does. */
  private Scope body(Scope row, Val[] vars, Val i, Val mask, int p) {
    Val[] all = vars.clone();
    all[inner] = i;
    Scope s = Scope.lanes(row, row, all, lanes, mask, p);
    eval.compute(needs(p), s);
    List<Runnable> stores = new ArrayList<>();
    for (Nest.Store store : nest.stores()) {
      if (!store.perRow() && phase(store) == p) {
        Reg value = eval.lanes(store.node(), s);
        stores.add(() -> store(store, value, s));
      }
    }
    for (int n : kept) {
      if (eval.phase(n) == p) {
        Reg value = eval.lanes(n, s);
        DType t = value.dtype();
        Val at = Memory.address(f, t, buffers.get(n), eval.inBuffer(i));
        stores.add(
            () -> {
              if (lanes == 0) {
                Memory.store(f, value, at);
              } else {
                Memory.store(f, value, at, 1, null, Mem.PLAIN);
              }
            });
      }
    }
    stores.forEach(Runnable::run);
    return s;
  }

  private void store(Nest.Store store, Reg value, Scope s) {
    DType t = nest.params().get(store.param()).dtype();
    Val at = eval.pointer(store.param(), t, store.at(), s);
    if (lanes == 0) {
      Memory.store(f, value, at);
      return;
    }
    Mem mem =
        streams(store, t)
            ? Mem.aligned(Math.min(lanes * t.bytes(), 64)).asNontemporal()
            : Mem.PLAIN;
    Memory.store(f, value, at, store.at().coeff(inner), s.mask(), mem);
  }

  /** Whether a store may bypass the caches: full, aligned vectors of a large array. */
  private boolean streams(Nest.Store store, DType t) {
    if (!schedule.streaming() || nest.params().get(store.param()).role() != Nest.Role.OUT) {
      return false;
    }
    int vector = Math.min(lanes * t.bytes(), 64);
    boolean aligned = vector >= 16 && store.at().base() * t.bytes() % vector == 0;
    for (int k = 0; k < inner; k++) {
      aligned &= store.at().coeff(k) * t.bytes() % vector == 0;
    }
    return aligned && store.at().coeff(inner) == 1 && !t.isBool();
  }

  private void map(Scope scope, Val[] vars, int p, Val from, Val to) {
    int step = Math.max(1, lanes);
    if (from == null && loops.total() == 0) {
      long n = loops.inner();
      long full = n / step * step;
      f.forLoop(Val.i64(0), Val.i64(full), Val.i64(step), i -> body(scope, vars, i, null, p));
      if (full < n) {
        body(scope, vars, Val.i64(full), mask((int) (n - full)), p);
      }
      return;
    }
    Val begin = from == null ? Val.i64(0) : from;
    Val end = from == null ? length(vars) : to;
    Val full = f.and(end, Val.i64(-step));
    f.forLoop(begin, full, Val.i64(step), i -> body(scope, vars, i, null, p));
    boolean even = loops.inner() % step == 0 && loops.total() % step == 0;
    if (!even) {
      Val left = f.sub(end, full);
      f.ifThen(
          f.cmp(Cmp.SGT, left, Val.i64(0)),
          () -> body(scope, vars, full, f.tailMask(lanes, left), p));
    }
  }

  /** The first {@code count} lanes. */
  private Val mask(int count) {
    return mask(lanes, count);
  }

  static Val mask(int lanes, int count) {
    return Val.integers(
        LType.I1, IntStream.range(0, lanes).mapToLong(i -> i < count ? 1 : 0).toArray());
  }

  /** Evaluates a vector of a row from an element on, under a mask (or null). */
  interface Body extends BiFunction<Val, Val, Scope> {}
}
