package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.refine.Refiner;
import dev.jacobi.hlo.refine.Runner;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes out what has a shorter form, once all sizes are known. */
public final class Shorthand {
  private final Map<Value, Value> replaced = new IdentityHashMap<>();
  private final HloModule module;
  private final int devices;

  private Shorthand(HloModule module, int devices) {
    this.module = module;
    this.devices = devices;
  }

  /** {@link #expand(HloModule, Runner, int)} for a program on one device. */
  public static HloModule expand(HloModule given, Runner runner) {
    return expand(given, runner, 1);
  }

  /**
   * The module without narrow types, without sizes that are values, and without operations of the
   * families {@link RandomOp} and {@link ShorthandOp}, for one device also {@link CollectiveOp},
   * products of mixed types and calls of {@code ApproxTopK}; the module itself if it has none.
   *
   * @param given verified, and with a {@code @main} of static parameters
   * @throws UnsupportedOpException if a shape does not follow from constants, if an operation needs
   *     several processes, or leaves its result open; or if a region of an element's computation
   *     reads what is no constant from around it
   */
  public static HloModule expand(HloModule given, Runner runner, int devices) {
    HloModule closed = Captures.close(given);
    HloModule module =
        Refiner.isNeeded(closed) ? Refiner.refine(closed, closed.main().inputs(), runner) : closed;
    if (module.funcs().values().stream().noneMatch(f -> has(f.body()))) {
      return NarrowTypes.strip(module);
    }
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    for (HloFunc f : module.funcs().values()) {
      Block body = new Shorthand(module, devices).block(f.body());
      funcs.put(f.name(), new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs()));
    }
    return NarrowTypes.strip(new HloModule(module.name(), funcs, module.attrs()));
  }

  private static boolean has(Block block) {
    return block.instrs().stream()
        .anyMatch(i -> isShort(i.op()) || i.op().regions().stream().anyMatch(Shorthand::has));
  }

  private static boolean isShort(Op op) {
    return switch (op) {
      case RandomOp _, ShorthandOp _, CollectiveOp _ -> true;
      case ControlOp.CustomCall o -> ApproxTopKCall.is(o);
      case ReductionOp.DotGeneral o -> MixedDot.is(o);
      default -> false;
    };
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
    if (op instanceof CollectiveOp o && devices == 1) {
      return OneProcess.expand(o, out, old.loc());
    }
    if (op instanceof ControlOp.CustomCall o && ApproxTopKCall.is(o)) {
      return ApproxTopKCall.expand(o, module, out, old.loc());
    }
    if (op instanceof ReductionOp.DotGeneral o && MixedDot.is(o)) {
      return List.of(MixedDot.expand(o, out));
    }
    return kept(op, old, out);
  }

  private static List<Value> kept(Op op, Instr old, HloBuilder out) {
    List<TensorType> types = old.results().stream().map(Value::type).toList();
    if (Infer.resultTypes(op).equals(types)) {
      out.append(new Instr(op, old.results(), old.loc()));
      return old.results();
    }
    return out.addAll(op);
  }

  static UnsupportedOpException unsupported(Op op, String why, Loc loc) {
    return new UnsupportedOpException(op.mnemonic() + " " + why, loc.toString());
  }
}
