package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes out what has a shorter form. Types are inferred anew, so that sizes which follow from
 * constants become known.
 */
public final class Shorthand {
  /** More elements than that do not describe a shape. */
  private static final int MAX_FOLDED = 1024;

  private final Runner runner;
  private final Map<Value, Value> replaced = new IdentityHashMap<>();
  private final Map<Value, Literal> known = new IdentityHashMap<>();

  private Shorthand(Runner runner) {
    this.runner = runner;
  }

  /** Computes a program's results: for what is made of constants. */
  public interface Runner {
    List<Literal> run(HloModule module, List<Literal> arguments);
  }

  /**
   * The module without narrow types and without operations of the families {@link RandomOp}, {@link
   * ShorthandOp}, {@link DynamicOp} and {@link CollectiveOp}; the module itself if it has none.
   *
   * @param given verified
   * @throws UnsupportedOpException if one of them has no constant shape, needs several processes,
   *     or leaves its result open; or if a region of an element's computation reads what is no
   *     constant from around it
   */
  public static HloModule expand(HloModule given, Runner runner) {
    HloModule module = Captures.close(given);
    if (module.funcs().values().stream().noneMatch(f -> has(f.body()))) {
      return NarrowTypes.strip(module);
    }
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    for (HloFunc f : module.funcs().values()) {
      Block body = new Shorthand(runner).block(f.body());
      funcs.put(f.name(), new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs()));
    }
    return NarrowTypes.strip(new HloModule(module.name(), funcs, module.attrs()));
  }

  private static boolean has(Block block) {
    return block.instrs().stream()
        .anyMatch(i -> isShort(i.op()) || i.op().regions().stream().anyMatch(Shorthand::has));
  }

  private static boolean isShort(Op op) {
    return op instanceof RandomOp
        || op instanceof ShorthandOp
        || op instanceof DynamicOp
        || op instanceof CollectiveOp;
  }

  private Value now(Value v) {
    return replaced.getOrDefault(v, v);
  }

  private Block block(Block block) {
    HloBuilder out = new HloBuilder();
    for (Instr instr : block.instrs()) {
      out.at(instr.loc());
      Op op = instr.op().mapOperands(this::now);
      if (!op.regions().isEmpty()) {
        op = op.withRegions(op.regions().stream().map(this::block).toList());
      }
      List<Value> results = instruction(op, instr, out);
      for (int i = 0; i < results.size(); i++) {
        replaced.put(instr.results().get(i), results.get(i));
      }
    }
    List<Value> results = block.results().stream().map(this::now).toList();
    return new Block(block.params(), out.build().instrs(), results);
  }

  private List<Value> instruction(Op op, Instr old, HloBuilder out) {
    boolean computes =
        op instanceof RandomOp
            || op instanceof ShorthandOp.Einsum
            || op instanceof ShorthandOp.UnaryEinsum;
    if (computes
        && Stream.concat(op.operands().stream(), old.results().stream())
            .anyMatch(v -> v.type().isNarrow())) {
      throw NarrowTypes.unsupported(op, old.loc());
    }
    if (op instanceof RandomOp o) {
      return RandomBits.expand(o, out, old.loc());
    }
    if (op instanceof ShorthandOp o) {
      return List.of(OlderForms.expand(o, out, old.loc()));
    }
    if (op instanceof DynamicOp o) {
      return List.of(new StaticShapes(known, out, old.loc()).expand(o));
    }
    if (op instanceof CollectiveOp o) {
      return OneProcess.expand(o, out, old.loc());
    }
    List<Value> results = kept(op, old, out);
    fold(op, results);
    return results;
  }

  private static List<Value> kept(Op op, Instr old, HloBuilder out) {
    List<TensorType> types = old.results().stream().map(Value::type).toList();
    if (Infer.resultTypes(op).equals(types)) {
      out.append(new Instr(op, old.results(), old.loc()));
      return old.results();
    }
    return out.addAll(op);
  }

  /** Notes the value of what is made of known integers. */
  private void fold(Op op, List<Value> results) {
    if (op instanceof ElementwiseOp.Constant c) {
      note(results.getFirst(), c.literal());
      return;
    }
    boolean small =
        !(op instanceof ControlOp)
            && op.regions().isEmpty()
            && results.size() == 1
            && isSmall(results.getFirst().type());
    if (!small) {
      return;
    }
    List<Literal> operands = new ArrayList<>();
    for (Value v : op.operands()) {
      if (!known.containsKey(v)) {
        return;
      }
      operands.add(known.get(v));
    }
    HloBuilder main = new HloBuilder();
    List<Value> params = op.operands().stream().map(v -> main.param(v.type())).toList();
    int[] next = {0};
    Value result = main.add(op.mapOperands(v -> params.get(next[0]++)));
    HloFunc f = new HloFunc("main", true, main.build(result));
    note(
        results.getFirst(),
        runner.run(new HloModule("", Map.of("main", f), Map.of()), operands).getFirst());
  }

  private static boolean isSmall(TensorType t) {
    boolean integers = t.dtype().isInteger() || t.dtype() == DType.BOOL;
    return integers && !t.isNarrow() && t.shape().isStatic() && t.shape().size() <= MAX_FOLDED;
  }

  private void note(Value v, Literal literal) {
    if (isSmall(literal.type())) {
      known.put(v, literal);
    }
  }

  static UnsupportedOpException unsupported(Op op, String why, Loc loc) {
    return new UnsupportedOpException(op.mnemonic() + " " + why, loc.toString());
  }
}
