package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.loop.Launch;
import dev.jacobi.cpu.loop.Planner.Planned;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A function's plan as text for dumps: its steps and where their results lie, or its loop nests.
 */
final class PlanText {
  private final MemoryPlan plan;
  private final Map<Value, String> names = new IdentityHashMap<>();
  private final StringBuilder out = new StringBuilder();

  private PlanText(MemoryPlan plan) {
    this.plan = plan;
  }

  static boolean hasLoop(Block block) {
    return block.instrs().stream()
        .anyMatch(
            i ->
                i.op() instanceof ControlOp.While
                    || i.op().regions().stream().anyMatch(PlanText::hasLoop));
  }

  /** The steps, one line each. */
  static String groups(Block block, MemoryPlan plan) {
    PlanText text = new PlanText(plan);
    text.block(block, "");
    return text.out.append("arena ").append(plan.arenaBytes()).append(" bytes\n").toString();
  }

  private String name(Value v) {
    return names.computeIfAbsent(v, k -> "%" + names.size()) + ":" + v.type();
  }

  private String names(List<Value> values) {
    return values.stream().map(this::name).collect(Collectors.joining(", "));
  }

  private void block(Block block, String indent) {
    out.append(indent).append("block (").append(names(block.params())).append(")\n");
    for (Planned p : plan.steps(block)) {
      out.append(indent).append("  ");
      switch (p) {
        case Planned.Scalar s -> instr("scalar", s.instr());
        case Planned.Single s -> {
          instr("single", s.instr());
          if (s.instr().op() instanceof ControlOp.While o) {
            out.append(indent).append("    ").append(plan.loops().text(o)).append('\n');
          }
          s.instr().results().forEach(this::home);
          s.instr().op().regions().stream()
              .filter(b -> plan.steps(b) != null)
              .forEach(b -> block(b, indent + "    "));
        }
        case Planned.Nests n -> {
          out.append("group ").append(n.group().structure()).append('\n');
          for (Instr i : n.group().nodes()) {
            out.append(indent).append("    ");
            instr(n.group().rowNodes().contains(i) ? "row" : "node", i);
          }
          n.group().roots().forEach(this::home);
        }
      }
    }
    out.append(indent).append("  return ").append(names(block.results())).append('\n');
  }

  private void instr(String kind, Instr i) {
    String detail =
        i.op() instanceof ElementwiseOp.Pointwise p
            ? p.fn().name().toLowerCase(java.util.Locale.ROOT)
            : i.op().mnemonic();
    out.append(kind).append(' ').append(names(i.results())).append(" = ").append(detail);
    out.append(" (").append(names(i.op().operands())).append(")\n");
  }

  private void home(Value v) {
    if (!v.shape().isScalar()) {
      out.append("      ").append(name(v)).append(" in ").append(plan.home(v)).append('\n');
    }
  }

  /** The different nests in the order of their first use. */
  static String nests(Block block, MemoryPlan plan) {
    StringBuilder out = new StringBuilder();
    nests(block, plan, new HashMap<>(), out);
    return out.toString();
  }

  private static void nests(
      Block block, MemoryPlan plan, Map<Object, Integer> known, StringBuilder out) {
    for (Planned p : plan.steps(block)) {
      switch (p) {
        case Planned.Nests n -> {
          for (Launch l : n.launches()) {
            if (known.putIfAbsent(l.nest(), known.size()) == null) {
              out.append(l.nest()).append('\n');
            }
          }
        }
        case Planned.Single s ->
            s.instr().op().regions().stream()
                .filter(b -> plan.steps(b) != null)
                .forEach(b -> nests(b, plan, known, out));
        case Planned.Scalar _ -> {}
      }
    }
  }
}
