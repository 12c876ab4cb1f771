package dev.jacobi.hlo.check;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module in which no checks are left: every function returns the operands of its checks, and of
 * those of the functions that it calls, after its own results; {@code @main} returns nothing else.
 *
 * @param checks in the order of {@code @main}'s results, two each
 */
record CheckOutputs(HloModule module, List<Check> checks) {
  static CheckOutputs of(HloModule module) {
    Rewriter rewriter = new Rewriter(module);
    Rewritten main = rewriter.rewrite(module.main());
    rewriter.done.put("main", main.alone());
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    module.funcs().forEach((name, f) -> funcs.put(name, rewriter.of(name).func));
    return new CheckOutputs(
        new HloModule(module.name(), funcs, module.attrs()), List.copyOf(main.checks));
  }

  /** A function whose last results are {@code extra}, the operands of {@code checks}. */
  private record Rewritten(HloFunc func, List<Value> extra, List<Check> checks) {
    /** Without the function's own results. */
    Rewritten alone() {
      Block body = func.body();
      Block block = new Block(body.params(), body.instrs(), extra);
      return new Rewritten(new HloFunc(func.name(), func.isPublic(), block), extra, checks);
    }
  }

  private static final class Rewriter {
    private final HloModule module;
    private final Map<String, Rewritten> done = new LinkedHashMap<>();

    Rewriter(HloModule module) {
      this.module = module;
    }

    Rewritten of(String name) {
      Rewritten known = done.get(name);
      if (known == null) {
        known = rewrite(module.func(name));
        done.put(name, known);
      }
      return known;
    }

    Rewritten rewrite(HloFunc func) {
      List<Instr> instrs = new ArrayList<>();
      List<Value> extra = new ArrayList<>();
      List<Check> checks = new ArrayList<>();
      for (Instr instr : func.body().instrs()) {
        if (instr.op() instanceof ControlOp.CustomCall c && Check.isCheck(c)) {
          checks.add(Check.of(c, func.name(), instr.loc()));
          extra.addAll(c.operands());
        } else if (instr.op() instanceof ControlOp.Call c && hasChecks(c)) {
          Instr longer = withExtraResults(instr, c, of(c.callee()));
          instrs.add(longer);
          extra.addAll(longer.results().subList(c.types().size(), longer.results().size()));
          checks.addAll(of(c.callee()).checks);
        } else {
          instr.op().regions().forEach(this::rejectChecks);
          instrs.add(instr);
        }
      }
      List<Value> results = new ArrayList<>(func.body().results());
      results.addAll(extra);
      Block body = new Block(func.body().params(), instrs, results);
      HloFunc longer = extra.isEmpty() ? func : new HloFunc(func.name(), func.isPublic(), body);
      return new Rewritten(longer, extra, checks);
    }

    private boolean hasChecks(ControlOp.Call call) {
      return !of(call.callee()).checks.isEmpty();
    }

    private static Instr withExtraResults(Instr instr, ControlOp.Call call, Rewritten callee) {
      List<TensorType> types = new ArrayList<>(call.types());
      List<Value> results = new ArrayList<>(instr.results());
      for (Value value : callee.extra) {
        types.add(value.type());
        results.add(new Value(value.type()));
      }
      return new Instr(
          new ControlOp.Call(call.callee(), call.operands(), types), results, instr.loc());
    }

    /** What a region runs, and how often, is not known outside: its checks have no place to go. */
    private void rejectChecks(Block block) {
      for (Instr instr : block.instrs()) {
        if (instr.op() instanceof ControlOp.CustomCall c && Check.isCheck(c)
            || instr.op() instanceof ControlOp.Call call && hasChecks(call)) {
          throw new HloTypeException(
              "a check inside a region cannot run: " + instr.op().mnemonic());
        }
        instr.op().regions().forEach(this::rejectChecks);
      }
    }
  }
}
