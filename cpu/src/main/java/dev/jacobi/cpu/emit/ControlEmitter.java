package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Planner.Planned;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Emits loops and branches as native control flow. Scalar carries are SSA values; an array that is
 * updated in place lies where the loop's result does; of every other carried array that changes
 * there are two buffers, whose addresses change places.
 */
final class ControlEmitter {
  private final FunctionEmitter function;
  private final FnEmitter f;
  private final Map<Value, Val> places = new IdentityHashMap<>(); // of carries updated in place

  ControlEmitter(FunctionEmitter function) {
    this.function = function;
    this.f = function.code();
  }

  private MemoryPlan plan() {
    return function.plan();
  }

  void loop(Planned step, Instr instr, ControlOp.While o) {
    List<Val> init = new ArrayList<>();
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      Value v = o.inits().get(k);
      if (plan().isKept(param)) {
        prefetch(v);
      } else if (param.shape().isScalar()) {
        add(init, function.scalar(v));
      } else if (plan().carry(param) == Carry.IN_PLACE) {
        Value result = instr.results().get(k);
        Val place = function.address(result);
        places.put(param, place);
        if (plan().memory(v) != plan().memory(result)) {
          function.copied(instr, v.type(), plan().refused(result));
          function.copy(v.type(), function.address(v), place);
        }
      } else {
        Val current = function.scratch(step, 2 * k);
        function.copied(instr, v.type(), plan().carried(v));
        function.copy(v.type(), function.address(v), current);
        init.add(current);
        init.add(function.scratch(step, 2 * k + 1));
      }
    }
    scalarCaptures(o).forEach(this::prefetch);
    List<Val> last =
        f.whileLoop(
            init,
            carried -> {
              Val[] test = new Val[1];
              function.inside(
                  () -> {
                    bind(o, o.cond(), carried);
                    function.steps(o.cond());
                    Val again = function.scalar(o.cond().results().getFirst()).re();
                    Val stop = f.loadShared(LType.I32, function.context().stop());
                    test[0] = f.and(again, f.cmp(Cmp.EQ, stop, Val.i32(0)));
                  });
              return test[0];
            },
            carried -> {
              List<Val> next = new ArrayList<>();
              function.inside(() -> next.addAll(iteration(instr, o, carried)));
              return next;
            });
    finish(instr, o, last);
  }

  /** Scalars that a loop reads are loaded before it. */
  private void prefetch(Value v) {
    if (v.shape().isScalar()) {
      function.scalar(v);
    }
  }

  private static void add(List<Val> list, Reg r) {
    list.add(r.re());
    if (r.im() != null) {
      list.add(r.im());
    }
  }

  /** Gives a region's parameters their carried values. */
  private void bind(ControlOp.While o, Block region, List<Val> carried) {
    int at = 0;
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = region.params().get(k);
      if (plan().isKept(o.body().params().get(k))) {
        continue;
      }
      if (param.shape().isScalar()) {
        DType t = param.dtype();
        Val re = carried.get(at++);
        function.frame().put(param, new Reg(t, re, t.isComplex() ? carried.get(at++) : null));
      } else if (places.containsKey(o.body().params().get(k))) {
        Val place = places.get(o.body().params().get(k));
        function.frame().put(plan().memory(param), place);
      } else {
        function.frame().put(plan().memory(param), carried.get(at));
        Value next = region == o.body() ? o.body().results().get(k) : null;
        if (next != null && plan().carry(param) == Carry.SWAPPED) {
          function.frame().put(plan().memory(next), carried.get(at + 1));
        }
        at += 2;
      }
    }
  }

  private List<Val> iteration(Instr instr, ControlOp.While o, List<Val> carried) {
    bind(o, o.body(), carried);
    function.within(instr.loc(), () -> function.steps(o.body()));
    List<Val> next = new ArrayList<>();
    int at = 0;
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      Value result = o.body().results().get(k);
      if (plan().isKept(param) || places.containsKey(param)) {
        continue;
      }
      if (param.shape().isScalar()) {
        add(next, function.scalar(result));
        at += param.dtype().isComplex() ? 2 : 1;
        continue;
      }
      Val current = carried.get(at);
      Val other = carried.get(at + 1);
      at += 2;
      switch (plan().carry(param)) {
        case IN_PLACE -> throw new IllegalStateException("it has one place");
        case SWAPPED -> {
          next.add(other);
          next.add(current);
        }
        case COPIED -> {
          function.within(instr.loc(), () -> function.astray(instr, result, o.body()));
          function.copy(result.type(), function.address(result), other);
          next.add(other);
          next.add(current);
        }
      }
    }
    return next;
  }

  private void finish(Instr instr, ControlOp.While o, List<Val> last) {
    int at = 0;
    for (int k = 0; k < o.inits().size(); k++) {
      Value result = instr.results().get(k);
      Value param = o.body().params().get(k);
      if (plan().isKept(param) || places.containsKey(param)) {
        continue;
      }
      if (result.shape().isScalar()) {
        DType t = result.dtype();
        Val re = last.get(at++);
        function.frame().put(result, new Reg(t, re, t.isComplex() ? last.get(at++) : null));
      } else {
        function.frame().put(plan().memory(result), last.get(at));
        at += 2;
      }
    }
  }

  void choose(Instr instr, ControlOp.If o) {
    Val condition = function.scalar(o.pred()).re();
    prefetchAll(o);
    List<Val> out =
        f.ifElse(condition, () -> branch(instr, o.onTrue()), () -> branch(instr, o.onFalse()));
    results(instr, out);
  }

  void branches(Instr instr, ControlOp.Case o) {
    Val index = function.scalar(o.index()).re();
    prefetchAll(o);
    results(instr, cascade(instr, o, index, 0));
  }

  /** Branch {@code k} or one after it; the last one takes every other index. */
  private List<Val> cascade(Instr instr, ControlOp.Case o, Val index, int k) {
    if (k == o.branches().size() - 1) {
      return branch(instr, o.branches().get(k));
    }
    return f.ifElse(
        f.cmp(Cmp.EQ, index, Val.integer(index.type(), k)),
        () -> branch(instr, o.branches().get(k)),
        () -> cascade(instr, o, index, k + 1));
  }

  private void prefetchAll(Op op) {
    scalarCaptures(op).forEach(this::prefetch);
  }

  /** Runs a branch; arrays go to the operation's results, scalars are returned. */
  private List<Val> branch(Instr instr, Block branch) {
    List<Val> scalars = new ArrayList<>();
    function.inside(
        () -> {
          for (int k = 0; k < branch.results().size(); k++) {
            Value v = branch.results().get(k);
            if (plan().isWrittenDirectly(v, k)) {
              function.frame().put(plan().memory(v), function.address(instr.results().get(k)));
            }
          }
          function.steps(branch);
          for (int k = 0; k < branch.results().size(); k++) {
            Value v = branch.results().get(k);
            if (v.shape().isScalar()) {
              add(scalars, function.scalar(v));
            } else if (!plan().isWrittenDirectly(v, k)) {
              function.astray(instr, v, branch);
              function.copy(
                  v.type(), function.address(v), function.address(instr.results().get(k)));
            }
          }
        });
    return scalars;
  }

  private void results(Instr instr, List<Val> scalars) {
    var next = scalars.iterator();
    for (Value v : instr.results()) {
      if (v.shape().isScalar()) {
        Val re = next.next();
        function.frame().put(v, new Reg(v.dtype(), re, v.dtype().isComplex() ? next.next() : null));
      }
    }
  }

  private static List<Value> scalarCaptures(Op op) {
    return op.captures().stream().filter(v -> v.shape().isScalar()).toList();
  }

  /** For loops that need no carried values. */
  static void repeat(FnEmitter f, long count, Consumer<Val> body) {
    f.forLoop(Val.i64(0), Val.i64(count), Val.i64(1), body);
  }
}
