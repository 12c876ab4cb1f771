package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.Attribute;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Operations of CHLO again, where portable bytecode has something in their place: composites {@code
 * "chlo.erf"} with a decomposition, or as XLA wrote until 2025, custom calls {@code @mhlo.erf}.
 * Engines have code of their own for the operations, and none for the calls.
 */
public final class Recompose {
  private static final String CHLO = "chlo.";
  private static final String MHLO = "mhlo.";
  private static final String NO_ATTRIBUTES = "{}";

  private final Set<String> decompositions = new HashSet<>();

  private Recompose() {}

  /** The program with operations of CHLO; decompositions that nothing needs any more are gone. */
  public static HloModule of(HloModule module) {
    Recompose pass = new Recompose();
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    module.funcs().forEach((name, func) -> funcs.put(name, pass.func(func)));
    if (pass.decompositions.isEmpty()) {
      return new HloModule(module.name(), funcs, module.attrs());
    }
    Set<String> needed = new HashSet<>();
    funcs.values().forEach(f -> called(f.body(), needed));
    pass.decompositions.removeAll(needed);
    funcs.values().removeIf(f -> !f.isPublic() && pass.decompositions.contains(f.name()));
    return new HloModule(module.name(), funcs, module.attrs());
  }

  private HloFunc func(HloFunc f) {
    return new HloFunc(
        f.name(), f.isPublic(), block(f.body()), f.argAttrs(), f.resultAttrs(), f.attrs());
  }

  private Block block(Block block) {
    List<Instr> instrs =
        block.instrs().stream()
            .map(i -> new Instr(op(i.op(), i.results()), i.results(), i.loc()))
            .toList();
    return new Block(block.params(), instrs, block.results());
  }

  private Op op(Op op, List<Value> results) {
    Optional<Op> found =
        switch (op) {
          case ControlOp.Composite o when o.name().startsWith(CHLO) && o.version() == 1 -> {
            decompositions.add(o.decomposition());
            yield composed(o.name(), o.operands(), Attribute.Dictionary.of(o.attrs()));
          }
          case ControlOp.CustomCall o when o.target().startsWith(MHLO) && !o.hasSideEffect() ->
              Attribute.parse(o.attrs().getOrDefault("mhlo.attributes", NO_ATTRIBUTES))
                      instanceof Attribute.Dictionary attrs
                  ? composed(
                      CHLO + o.target().substring(MHLO.length()).replace("topk", "top_k"),
                      o.operands(),
                      attrs)
                  : Optional.empty();
          default -> Optional.empty();
        };
    List<TensorType> types = results.stream().map(Value::type).toList();
    return found
        .filter(o -> Infer.resultTypes(o).equals(types))
        .orElseGet(() -> op.withRegions(op.regions().stream().map(this::block).toList()));
  }

  /** An operation of CHLO, if it is known and takes such operands. */
  private static Optional<Op> composed(
      String mnemonic, List<Value> operands, Attribute.Dictionary attrs) {
    if (mnemonic.equals("chlo.top_k")) {
      boolean isLargest =
          attrs.entries().getOrDefault("largest", new Attribute.Bool(true))
                  instanceof Attribute.Bool b
              && b.value();
      return operands.size() == 1
              && isLargest
              && attrs.entries().get("k") instanceof Attribute.Int k
              && k.value() >= 0
              && operands.getFirst().shape().rank() > 0
          ? Optional.of(new OrderOp.TopK(operands.getFirst(), k.value()))
          : Optional.empty();
    }
    return Fn.ofMnemonic(mnemonic)
        .filter(fn -> attrs.entries().isEmpty() && fn.arity() == operands.size())
        .filter(fn -> operands.stream().allMatch(v -> fn.takes(v.element())))
        .map(fn -> new ElementwiseOp.Pointwise(fn, operands));
  }

  private static void called(Block block, Set<String> names) {
    for (Instr instr : block.instrs()) {
      switch (instr.op()) {
        case ControlOp.Call o -> names.add(o.callee());
        case ControlOp.Composite o -> names.add(o.decomposition());
        case ControlOp.CustomCall o -> {
          if (Attribute.parse(o.attrs().getOrDefault("called_computations", "[]"))
              instanceof Attribute.Sequence s) {
            s.elements().stream()
                .filter(Attribute.Symbol.class::isInstance)
                .forEach(e -> names.add(((Attribute.Symbol) e).name()));
          }
        }
        default -> {
          // Others call nothing.
        }
      }
      instr.op().regions().forEach(r -> called(r, names));
    }
  }
}
