package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.emit.Evaluator.Scope;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.loop.Nest.Loops;
import dev.jacobi.cpu.loop.Node;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.List;

/** Emits nests whose kept dimension runs in lanes: a stripe of vectors, summed down the columns. */
final class ColumnsEmitter {
  private final FnEmitter f;
  private final Nest nest;
  private final Loops.Columns loops;
  private final Evaluator eval;
  private final int lane;
  private final int lanes;
  private final int stripe; // vectors side by side

  ColumnsEmitter(FnEmitter f, Nest nest, Schedule schedule, Val[] arrays, Reg[] scalars) {
    this.f = f;
    this.nest = nest;
    this.loops = (Loops.Columns) nest.loops();
    this.lane = loops.laneVariable();
    this.eval = new Evaluator(f, nest, arrays, scalars, lane);
    this.lanes = schedule.lanes();
    long outer = loops.outer().stream().reduce(1L, Math::multiplyExact);
    long perRow = schedule.units() / outer;
    long vectors = Math.ceilDiv(loops.lanes(), Math.max(1, lanes));
    int s = 1;
    while (Math.ceilDiv(vectors, s) > perRow) {
      s++;
    }
    this.stripe = s;
  }

  /** Emits the loops over units lo..hi. */
  void emit(Val lo, Val hi) {
    f.forLoop(lo, hi, Val.i64(1), this::unit);
  }

  private void unit(Val unit) {
    int step = Math.max(1, lanes);
    long width = (long) stripe * step;
    long stripes = Math.ceilDiv(loops.lanes(), width);
    Val[] vars = new Val[loops.extents().length];
    Val rest = stripes == 1 ? unit : f.udiv(unit, Val.i64(stripes));
    Val number = stripes == 1 ? Val.i64(0) : f.urem(unit, Val.i64(stripes));
    for (int k = lane - 1; k >= 0; k--) {
      Val extent = Val.i64(loops.outer().get(k));
      vars[k] = k == 0 ? rest : f.urem(rest, extent);
      rest = k == 0 ? rest : f.udiv(rest, extent);
    }
    Val first = f.mulNsw(number, Val.i64(width));
    int left = (int) (loops.lanes() % width);
    if (left == 0) {
      column(vars, first, width);
    } else if (stripes == 1) {
      column(vars, first, left);
    } else {
      f.ifElse(
          f.cmp(Cmp.SLT, number, Val.i64(stripes - 1)),
          () -> {
            column(vars, first, width);
            return List.of();
          },
          () -> {
            column(vars, first, left);
            return List.of();
          });
    }
  }

  /** One stripe of {@code width} elements from lane element {@code first} on. */
  private void column(Val[] vars, Val first, long width) {
    int step = Math.max(1, lanes);
    Scope common = Scope.uniform(null, vars);
    List<Integer> roots = roots();
    List<Integer> inits = new ArrayList<>();
    nest.reductions().forEach(r -> inits.addAll(r.inits()));
    eval.prepare(roots, common, lanes, 0);
    eval.prepare(inits, common, lanes, 0);
    List<Scope> scopes = new ArrayList<>();
    List<Reg> running = new ArrayList<>();
    for (int u = 0; u * step < width; u++) {
      int here = (int) Math.min(step, width - (long) u * step);
      Val[] own = vars.clone();
      own[lane] = f.addNsw(first, Val.i64((long) u * step));
      Val mask = here < step ? RowsEmitter.mask(lanes, here) : null;
      Scope s = Scope.lanes(null, common, own, lanes, mask, 0);
      eval.prepare(roots, s, 0, 0);
      scopes.add(s);
      inits.forEach(i -> running.add(eval.lanes(i, s)));
    }
    List<Reg> sums = loop(0, vars, common, scopes, running);
    finish(scopes, sums);
  }

  /** What every iteration reduces or stores. */
  private List<Integer> roots() {
    List<Integer> roots = new ArrayList<>();
    nest.reductions().forEach(r -> roots.addAll(r.inputs()));
    nest.stores().stream().filter(s -> !s.perRow()).forEach(s -> roots.add(s.node()));
    return roots;
  }

  /** The loops over reduced dimensions from number {@code depth} on. */
  private List<Reg> loop(
      int depth, Val[] vars, Scope common, List<Scope> scopes, List<Reg> running) {
    if (depth == loops.reduced().size()) {
      return iteration(vars, common, scopes, running);
    }
    List<Val> flat = new ArrayList<>();
    for (Reg r : running) {
      flat.add(r.re());
      if (r.im() != null) {
        flat.add(r.im());
      }
    }
    List<Val> last =
        f.forLoop(
            Val.i64(0),
            Val.i64(loops.reduced().get(depth)),
            Val.i64(1),
            flat,
            (i, carried) -> {
              Val[] inside = vars.clone();
              inside[lane + 1 + depth] = i;
              return flatten(loop(depth + 1, inside, common, scopes, like(running, carried)));
            });
    return like(running, last);
  }

  private static List<Val> flatten(List<Reg> regs) {
    List<Val> flat = new ArrayList<>();
    for (Reg r : regs) {
      flat.add(r.re());
      if (r.im() != null) {
        flat.add(r.im());
      }
    }
    return flat;
  }

  private static List<Reg> like(List<Reg> regs, List<Val> flat) {
    var next = flat.iterator();
    return regs.stream()
        .map(r -> new Reg(r.dtype(), next.next(), r.im() == null ? null : next.next()))
        .toList();
  }

  private List<Reg> iteration(Val[] vars, Scope common, List<Scope> scopes, List<Reg> running) {
    Scope uniform = Scope.uniform(common, vars);
    List<Reg> next = new ArrayList<>();
    int at = 0;
    for (Scope outer : scopes) {
      Val[] all = vars.clone();
      all[lane] = laneOf(outer);
      Scope s = Scope.lanes(outer, uniform, all, lanes, outer.mask(), 0);
      eval.compute(roots(), s);
      List<Runnable> stores = new ArrayList<>();
      for (Nest.Store store : nest.stores()) {
        if (!store.perRow()) {
          Reg value = eval.lanes(store.node(), s);
          stores.add(() -> store(store, value, s));
        }
      }
      for (Nest.Reduction r : nest.reductions()) {
        int n = r.inputs().size();
        List<Reg> added = r.inputs().stream().map(i -> eval.lanes(i, s)).toList();
        next.addAll(eval.combine(r.combiner(), running.subList(at, at + n), added));
        at += n;
      }
      stores.forEach(Runnable::run);
    }
    return next;
  }

  private Val laneOf(Scope s) {
    return s.variable(lane);
  }

  private void finish(List<Scope> scopes, List<Reg> sums) {
    int at = 0;
    for (Scope s : scopes) {
      int r = 0;
      for (Nest.Reduction reduction : nest.reductions()) {
        for (int k = 0; k < reduction.inputs().size(); k++) {
          put(s, r, k, sums.get(at++));
        }
        r++;
      }
      for (Nest.Store store : nest.stores()) {
        if (store.perRow()) {
          store(store, eval.lanes(store.node(), s), s);
        }
      }
    }
  }

  private void put(Scope s, int reduction, int result, Reg value) {
    for (int i = 0; i < nest.nodes().size(); i++) {
      if (nest.nodes().get(i) instanceof Node.Reduction n
          && n.reduction() == reduction
          && n.result() == result) {
        s.put(i, value);
      }
    }
  }

  private void store(Nest.Store store, Reg value, Scope s) {
    DType t = nest.params().get(store.param()).dtype();
    Val at = eval.pointer(store.param(), t, store.at(), s);
    if (lanes == 0) {
      Memory.store(f, value, at);
    } else {
      Memory.store(f, value, at, store.at().coeff(lane), s.mask(), Mem.PLAIN);
    }
  }
}
