package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks blocks, regions included, and replaces instructions one at a time. */
public final class Rewriter {
  /** One rule set. */
  public interface Rule {
    /**
     * What stands for the results of {@code instr}, whose operands have been replaced already;
     * empty leaves it. New instructions go to {@code out}.
     */
    Optional<List<Value>> rewrite(Instr instr, HloBuilder out);

    /** A fresh rule for the instructions of a region of {@code op}; most rules have no state. */
    default Rule enter(Op op) {
      return this;
    }
  }

  private final Map<Value, Value> replaced = new IdentityHashMap<>();
  private boolean changed;

  private Rewriter() {}

  public static HloModule rewrite(HloModule module, java.util.function.Supplier<Rule> rule) {
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    boolean changed = false;
    for (HloFunc f : module.funcs().values()) {
      Rewriter r = new Rewriter();
      Block body = r.block(f.body(), rule.get());
      changed |= r.changed;
      funcs.put(
          f.name(),
          r.changed ? new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs()) : f);
    }
    return changed ? new HloModule(module.name(), funcs, module.attrs()) : module;
  }

  /** A block alone; its parameters stay. */
  public static Block rewrite(Block block, Rule rule) {
    return new Rewriter().block(block, rule);
  }

  private Value now(Value v) {
    Value w = v;
    for (Value next = replaced.get(w); next != null; next = replaced.get(w)) {
      w = next;
    }
    return w;
  }

  private Block block(Block block, Rule rule) {
    HloBuilder out = new HloBuilder();
    for (Instr instr : block.instrs()) {
      Instr mapped = mapped(instr, rule);
      out.at(instr.loc());
      Optional<List<Value>> values = rule.rewrite(mapped, out);
      if (values.isEmpty()) {
        out.append(mapped);
      } else {
        changed = true;
        for (int i = 0; i < values.get().size(); i++) {
          Value to = values.get().get(i);
          if (to != instr.results().get(i)) {
            replaced.put(instr.results().get(i), to);
          }
        }
      }
    }
    List<Instr> instrs = out.build().instrs();
    return new Block(block.params(), instrs, block.results().stream().map(this::now).toList());
  }

  private Instr mapped(Instr instr, Rule rule) {
    var op = instr.op().mapOperands(this::now);
    if (!op.regions().isEmpty()) {
      List<Block> regions = new ArrayList<>();
      for (Block b : op.regions()) {
        regions.add(block(b, rule.enter(op)));
      }
      op = op.withRegions(regions);
    }
    return new Instr(op, instr.results(), instr.loc());
  }
}
