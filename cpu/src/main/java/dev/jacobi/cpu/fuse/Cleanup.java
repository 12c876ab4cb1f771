package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Equal instructions become one; unread ones go; barriers keep apart what is before and behind. */
public final class Cleanup {
  private Cleanup() {}

  /**
   * Removes instructions that compute what an earlier one in the same or an outer block computes.
   */
  public static HloModule mergeEqual(HloModule module) {
    Effects effects = Effects.of(module);
    return Rewriter.rewrite(module, () -> new Equal(effects, null));
  }

  /** What a block has computed so far; {@code outer}, null for none, is the block around it. */
  private record Equal(Effects effects, Equal outer, Map<Op, List<Value>> known)
      implements Rewriter.Rule {
    Equal(Effects effects, Equal outer) {
      this(effects, outer, new HashMap<>());
    }

    @Override
    public Optional<List<Value>> rewrite(Instr instr, HloBuilder out) {
      Op op = instr.op();
      boolean mergeable =
          effects.isPure(op)
              && op.regions().isEmpty()
              && !(op instanceof ControlOp.OptimizationBarrier);
      if (!mergeable) {
        return Optional.empty();
      }
      for (Equal e = this; e != null; e = e.outer) {
        List<Value> old = e.known.get(op);
        if (old != null) {
          return Optional.of(old);
        }
      }
      known.put(op, instr.results());
      return Optional.empty();
    }

    /** The bodies of reductions and the like see nothing of what is around them. */
    @Override
    public Rewriter.Rule enter(Op op) {
      return new Equal(effects, op instanceof ControlOp ? this : null);
    }
  }

  /** Scalars pass barriers, since they are kept nowhere; arrays stay behind them. */
  public static HloModule narrowBarriers(HloModule module) {
    return Rewriter.rewrite(module, () -> Cleanup::narrowed);
  }

  private static Optional<List<Value>> narrowed(Instr instr, HloBuilder out) {
    if (!(instr.op() instanceof ControlOp.OptimizationBarrier o)
        || o.operands().stream().noneMatch(v -> v.shape().isScalar())) {
      return Optional.empty();
    }
    List<Value> arrays = o.operands().stream().filter(v -> !v.shape().isScalar()).toList();
    List<Value> behind =
        arrays.isEmpty() ? List.of() : out.addAll(new ControlOp.OptimizationBarrier(arrays));
    List<Value> results = new ArrayList<>();
    int next = 0;
    for (Value v : o.operands()) {
      results.add(v.shape().isScalar() ? v : behind.get(next++));
    }
    return Optional.of(results);
  }

  /** Removes pure instructions whose results nobody reads. */
  public static HloModule removeDead(HloModule module) {
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    boolean changed = false;
    Effects effects = Effects.of(module);
    for (HloFunc f : module.funcs().values()) {
      Block body = removeDead(f.body(), effects);
      changed |= body != f.body();
      funcs.put(f.name(), new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs()));
    }
    return changed ? new HloModule(module.name(), funcs, module.attrs()) : module;
  }

  private static Block removeDead(Block block, Effects effects) {
    Set<Value> live = Collections.newSetFromMap(new IdentityHashMap<>());
    live.addAll(block.results());
    List<Instr> kept = new ArrayList<>();
    boolean changed = false;
    for (Instr instr : block.instrs().reversed()) {
      if (effects.isPure(instr.op()) && instr.results().stream().noneMatch(live::contains)) {
        changed = true;
        continue;
      }
      Instr now = instr;
      if (!instr.op().regions().isEmpty()) {
        List<Block> regions =
            instr.op().regions().stream().map(b -> removeDead(b, effects)).toList();
        if (!regions.equals(instr.op().regions())) {
          changed = true;
          now = new Instr(instr.op().withRegions(regions), instr.results(), instr.loc());
        }
      }
      live.addAll(Ops.reads(now));
      kept.add(now);
    }
    return changed ? new Block(block.params(), kept.reversed(), block.results()) : block;
  }
}
