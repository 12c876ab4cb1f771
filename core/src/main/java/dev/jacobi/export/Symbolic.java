package dev.jacobi.export;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.verify.HloVerifyException;
import dev.jacobi.hlo.verify.Verifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Programs that were traced with a batch of unknown size. Tracing reads no unknown size, so that
 * the program is the same for all; each unknown size in it must be the batch's, which is checked by
 * filling in two numbers. What needs the size then takes it from an argument.
 */
final class Symbolic {
  /** The name of the size of the batch. */
  static final String VARIABLE = "b";

  /** Linear functions of a size that are the size itself at two places are so everywhere. */
  private static final List<Long> TRIED = List.of(5L, 1009L);

  private Symbolic() {}

  static boolean isSymbolic(HloModule module) {
    return !module.main().inputs().stream().allMatch(t -> t.shape().isStatic());
  }

  /**
   * The program with operations that read the batch's size.
   *
   * @throws ExportException.NotExportable if a size in it is another function of the batch's size
   */
  static HloModule of(HloModule traced) {
    for (long size : TRIED) {
      filled(traced, size);
    }
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    traced.funcs().forEach((name, f) -> funcs.put(name, withBody(f, new Reading(f).block())));
    return new HloModule(traced.name(), funcs, traced.attrs());
  }

  private static HloFunc withBody(HloFunc f, Block body) {
    return new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs(), f.attrs());
  }

  /** The program with every unknown size being {@code size}, which must be valid. */
  private static void filled(HloModule traced, long size) {
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    Filling filling = new Filling(size);
    traced.funcs().forEach((name, f) -> funcs.put(name, withBody(f, filling.block(f.body()))));
    try {
      Verifier.verify(new HloModule(traced.name(), funcs, traced.attrs()));
    } catch (HloVerifyException e) {
      throw new ExportException.NotExportable(
          "with a batch of " + size + " the program is not valid: " + e.getMessage());
    }
  }

  private record Filling(long size, Map<Value, Value> now) {
    Filling(long size) {
      this(size, new HashMap<>());
    }

    private TensorType type(TensorType type) {
      return type.withShape(shape(type.shape()));
    }

    private Shape shape(Shape shape) {
      return shape.map(n -> n == Shape.DYNAMIC ? size : n);
    }

    private Value fresh(Value old) {
      Value value = new Value(type(old.type()));
      now.put(old, value);
      return value;
    }

    Block block(Block old) {
      List<Value> params = old.params().stream().map(this::fresh).toList();
      List<Instr> instrs = old.instrs().stream().map(this::instr).toList();
      return new Block(params, instrs, old.results().stream().map(now::get).toList());
    }

    private Instr instr(Instr old) {
      Op op = filled(old.op().mapOperands(now::get));
      if (!op.regions().isEmpty()) {
        op = op.withRegions(op.regions().stream().map(this::block).toList());
      }
      List<TensorType> stated = old.results().stream().map(v -> type(v.type())).toList();
      List<TensorType> inferred;
      try {
        inferred = Infer.resultTypes(op);
      } catch (HloTypeException e) {
        throw unknown(old, e.getMessage());
      }
      if (!inferred.equals(stated)) {
        throw unknown(old, "a size in " + inferred + " is not that of the batch, " + size);
      }
      return new Instr(op, old.results().stream().map(this::fresh).toList(), old.loc());
    }

    private Op filled(Op op) {
      return switch (op) {
        case ShapeOp.BroadcastInDim o ->
            new ShapeOp.BroadcastInDim(o.operand(), o.dims(), shape(o.shape()));
        case ShapeOp.Reshape o -> new ShapeOp.Reshape(o.operand(), shape(o.shape()));
        case ElementwiseOp.Iota o -> new ElementwiseOp.Iota(type(o.type()), o.dim());
        case ControlOp.Call o ->
            new ControlOp.Call(
                o.callee(), o.operands(), o.types().stream().map(this::type).toList());
        default -> op;
      };
    }
  }

  private static ExportException unknown(Instr instr, String why) {
    return new ExportException.NotExportable(
        instr.op().mnemonic()
            + " cannot be exported for any size of the batch"
            + (instr.loc().isKnown() ? " (" + instr.loc() + ")" : "")
            + ": "
            + why);
  }

  /** One function whose operations read the size from a parameter. */
  private static final class Reading {
    private final HloFunc func;
    private final List<Instr> head = new ArrayList<>();
    private Optional<Value> size = Optional.empty(); // of type tensor<1xi32>

    Reading(HloFunc func) {
      this.func = func;
    }

    Block block() {
      Block body = block(func.body());
      List<Instr> all = new ArrayList<>(head);
      all.addAll(body.instrs());
      return new Block(body.params(), all, body.results());
    }

    private Block block(Block old) {
      List<Instr> out = new ArrayList<>();
      for (Instr instr : old.instrs()) {
        List<Block> regions = instr.op().regions().stream().map(this::block).toList();
        Op op = regions.isEmpty() ? instr.op() : instr.op().withRegions(regions);
        out.add(new Instr(reading(op, instr, out), instr.results(), instr.loc()));
      }
      return new Block(old.params(), out, old.results());
    }

    private Op reading(Op op, Instr instr, List<Instr> out) {
      TensorType type = instr.results().isEmpty() ? null : instr.results().getFirst().type();
      return switch (op) {
        case ShapeOp.BroadcastInDim o when !o.shape().isStatic() ->
            new DynamicOp.DynamicBroadcastInDim(
                o.operand(),
                sizes(o.shape(), instr, out),
                o.dims(),
                Optional.empty(),
                Optional.empty(),
                type);
        case ShapeOp.Reshape o when !o.shape().isStatic() ->
            new DynamicOp.DynamicReshape(o.operand(), sizes(o.shape(), instr, out), type);
        case ElementwiseOp.Iota o when !o.type().shape().isStatic() ->
            new DynamicOp.DynamicIota(sizes(o.type().shape(), instr, out), o.dim(), type);
        default -> op;
      };
    }

    private Value sizes(Shape shape, Instr instr, List<Instr> out) {
      List<Value> parts = new ArrayList<>();
      for (long n : shape.toArray()) {
        parts.add(
            n == Shape.DYNAMIC
                ? size(instr)
                : add(
                    new ElementwiseOp.Constant(Literal.ofInts(Shape.of(1), Math.toIntExact(n))),
                    out));
      }
      return parts.size() == 1 ? parts.getFirst() : add(new ShapeOp.Concatenate(parts, 0), out);
    }

    private static Value add(Op op, List<Instr> out) {
      Value value = new Value(Infer.resultTypes(op).getFirst());
      out.add(new Instr(op, List.of(value), Loc.UNKNOWN));
      return value;
    }

    /** The size of the batch, computed where the function begins. */
    private Value size(Instr instr) {
      if (size.isEmpty()) {
        Value source =
            func.body().params().stream()
                .filter(p -> !p.shape().isStatic())
                .findFirst()
                .orElseThrow(() -> unknown(instr, "no argument of @" + func.name() + " has it"));
        int dim = 0;
        while (source.shape().isStatic(dim)) {
          dim++;
        }
        Value scalar = add(new DynamicOp.GetDimensionSize(source, dim), head);
        size = Optional.of(add(new ShapeOp.Reshape(scalar, Shape.of(1)), head));
      }
      return size.get();
    }
  }
}
