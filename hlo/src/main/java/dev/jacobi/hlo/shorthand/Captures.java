package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Regions that compute one element, such as a reduction's or a sort's, read constants from around
 * them: each gets its own. XLA does the same, and like it we have no use for other such values.
 */
final class Captures {
  private final Map<Value, Instr> constants = new IdentityHashMap<>();

  private Captures() {}

  /** The module with closed regions; the module itself if it has no others. */
  static HloModule close(HloModule module) {
    if (module.funcs().values().stream().noneMatch(f -> isOpen(f.body()))) {
      return module;
    }
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    for (HloFunc f : module.funcs().values()) {
      Block body = new Captures().block(f.body());
      funcs.put(
          f.name(),
          new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs(), f.attrs()));
    }
    return new HloModule(module.name(), funcs, module.attrs());
  }

  private static boolean isOpen(Block block) {
    return block.instrs().stream()
        .anyMatch(i -> isOpen(i.op()) || i.op().regions().stream().anyMatch(Captures::isOpen));
  }

  private static boolean isOpen(Op op) {
    return !seesAround(op) && !op.regions().isEmpty() && !op.captures().isEmpty();
  }

  /** Loops and branches run whole programs, which see what is around them. */
  private static boolean seesAround(Op op) {
    return op instanceof ControlOp.While
        || op instanceof ControlOp.Case
        || op instanceof ControlOp.If;
  }

  private Block block(Block block) {
    List<Instr> instrs = new ArrayList<>();
    for (Instr i : block.instrs()) {
      if (i.op() instanceof ElementwiseOp.Constant) {
        constants.put(i.results().getFirst(), i);
      }
      Op op = i.op();
      if (!op.regions().isEmpty()) {
        op = op.withRegions(op.regions().stream().map(this::block).toList());
      }
      if (isOpen(op)) {
        op = op.withRegions(op.regions().stream().map(r -> closed(r, i)).toList());
      }
      instrs.add(new Instr(op, i.results(), i.loc()));
    }
    return new Block(block.params(), instrs, block.results());
  }

  private Block closed(Block region, Instr owner) {
    Set<Value> free = region.free();
    List<Instr> instrs = new ArrayList<>();
    Map<Value, Value> own = new IdentityHashMap<>();
    for (Value v : free) {
      Instr constant = constants.get(v);
      if (constant == null) {
        throw new UnsupportedOpException(
            owner.op().mnemonic()
                + " whose region reads a value from around it that is no constant",
            owner.loc().toString());
      }
      Value copy = new Value(v.type());
      own.put(v, copy);
      instrs.add(new Instr(constant.op(), List.of(copy), constant.loc()));
    }
    return renamed(region, own, instrs);
  }

  private static Block renamed(Block region, Map<Value, Value> own, List<Instr> instrs) {
    for (Instr i : region.instrs()) {
      Op op = i.op().mapOperands(v -> own.getOrDefault(v, v));
      if (!op.regions().isEmpty()) {
        op =
            op.withRegions(
                op.regions().stream().map(r -> renamed(r, own, new ArrayList<>())).toList());
      }
      instrs.add(new Instr(op, i.results(), i.loc()));
    }
    List<Value> results = region.results().stream().map(v -> own.getOrDefault(v, v)).toList();
    return new Block(region.params(), instrs, results);
  }
}
