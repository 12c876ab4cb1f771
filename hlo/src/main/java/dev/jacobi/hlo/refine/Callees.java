package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.Value;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What a module's functions do, with all that they call. */
final class Callees {
  private final HloModule module;
  private final Map<String, Boolean> dynamic = new HashMap<>();
  private final Map<String, Boolean> arithmetic = new HashMap<>();

  Callees(HloModule module) {
    this.module = module;
  }

  /** Whether any size in the function is unknown, or follows from its arguments' values. */
  boolean isDynamic(String name) {
    return any(name, dynamic, Callees::isDynamic);
  }

  /** Whether the function surely ends, and does nothing but to compute its results. */
  boolean isArithmetic(String name) {
    return !name.equals("main") && !isDynamic(name) && !any(name, arithmetic, Callees::mayNotFold);
  }

  /** The function and all that it calls. */
  Set<String> reached(String name) {
    Set<String> names = new LinkedHashSet<>();
    reach(name, names);
    return names;
  }

  private void reach(String name, Set<String> names) {
    if (names.add(name)) {
      calls(module.func(name).body()).forEach(callee -> reach(callee, names));
    }
  }

  private boolean any(String name, Map<String, Boolean> seen, Predicate<Instr> test) {
    Boolean before = seen.get(name);
    if (before == null) {
      Block body = module.func(name).body();
      before =
          body.params().stream().anyMatch(Callees::isDynamic)
              || holds(body, test)
              || calls(body).stream().anyMatch(callee -> any(callee, seen, test));
      seen.put(name, before);
    }
    return before;
  }

  private static boolean holds(Block block, Predicate<Instr> test) {
    return block.instrs().stream()
        .anyMatch(i -> test.test(i) || i.op().regions().stream().anyMatch(r -> holds(r, test)));
  }

  private static Set<String> calls(Block block) {
    Set<String> names = new LinkedHashSet<>();
    for (Instr i : block.instrs()) {
      if (i.op() instanceof ControlOp.Call call) {
        names.add(call.callee());
      } else if (i.op() instanceof ControlOp.Composite composite) {
        names.add(composite.decomposition());
      }
      i.op().regions().forEach(region -> names.addAll(calls(region)));
    }
    return names;
  }

  private static boolean isDynamic(Value v) {
    return !v.type().shape().isStatic();
  }

  private static boolean isDynamic(Instr i) {
    return i.op() instanceof DynamicOp
        || i.op() instanceof ControlOp.CustomCall call && DynamicCalls.isDynamic(call)
        || i.results().stream().anyMatch(Callees::isDynamic);
  }

  private static boolean mayNotFold(Instr i) {
    Op op = i.op();
    return op instanceof ControlOp.While
        || op instanceof ControlOp.CustomCall
        || op instanceof ControlOp.Composite
        || op instanceof RandomOp
        || op instanceof CollectiveOp;
  }
}
