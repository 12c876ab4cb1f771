package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of a function's values, chosen as MLIR's printer does: a region's values are numbered
 * before those of the regions in it; some operations name their results, such as constants {@code
 * %c} or {@code %cst}, and one counter tells equal names apart.
 */
final class Names {
  private final Map<Value, String> names = new HashMap<>();

  /** Counters and names that a region takes over from the one around it. */
  private static final class Context {
    final Context outer;
    final Set<String> used = new HashSet<>();
    int value;
    int argument;
    int conflict;

    Context(Context outer) {
      this.outer = outer;
      if (outer != null) {
        value = outer.value;
        argument = outer.argument;
        conflict = outer.conflict;
      }
    }

    private boolean isUsed(String name) {
      return used.contains(name) || outer != null && outer.isUsed(name);
    }

    String unique(String wanted) {
      String name = wanted;
      while (isUsed(name)) {
        name = wanted + "_" + conflict++;
      }
      used.add(name);
      return "%" + name;
    }
  }

  Names(Block body) {
    region(body, false, new Context(null));
  }

  String of(Value value) {
    String name = names.get(value);
    if (name == null) {
      throw new IllegalStateException("a value is used outside of the block that defines it");
    }
    return name;
  }

  private void region(Block block, boolean isLoop, Context context) {
    for (Value param : block.params()) {
      names.put(param, context.unique(isLoop ? "iterArg" : "arg" + context.argument++));
    }
    for (Instr instr : block.instrs()) {
      results(instr, context);
    }
    for (Instr instr : block.instrs()) {
      for (Block inner : instr.op().regions()) {
        region(inner, instr.op() instanceof ControlOp.While, new Context(context));
      }
    }
  }

  private void results(Instr instr, Context context) {
    List<Value> results = instr.results();
    if (results.isEmpty()) {
      return;
    }
    if (instr.op() instanceof ElementwiseOp.Constant constant) {
      boolean whole = !constant.literal().type().element().isInexact();
      names.put(instr.result(), context.unique(whole ? "c" : "cst"));
      return;
    }
    List<String> own = own(instr.op());
    if (!own.isEmpty()) {
      for (int i = 0; i < results.size(); i++) {
        names.put(results.get(i), context.unique(own.get(i)));
      }
      return;
    }
    String group = "%" + context.value++;
    for (int i = 0; i < results.size(); i++) {
      names.put(results.get(i), results.size() == 1 ? group : group + "#" + i);
    }
  }

  /** What the dialects call the results of an operation; empty for most. */
  private static List<String> own(Op op) {
    return switch (op) {
      case OrderOp.TopK _ -> List.of("values", "indices");
      case RandomOp.RngBitGenerator _ -> List.of("output_state", "output");
      case NormOp.BatchNormTraining _ -> List.of("output", "batch_mean", "batch_var");
      case NormOp.BatchNormGrad _ -> List.of("grad_operand", "grad_scale", "grad_offset");
      default -> List.of();
    };
  }
}
