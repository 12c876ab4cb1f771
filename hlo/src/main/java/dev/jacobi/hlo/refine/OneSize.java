package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.verify.HloVerifyException;
import dev.jacobi.hlo.verify.Verifier;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Programs in which every unknown size is the same one, that of the batch. They have two forms: the
 * <em>open</em> one, in which operations have results of unknown sizes, as tracing writes it; and
 * StableHLO's, in which such operations read the size from an argument.
 */
public final class OneSize {
  /** The name of the size, and of parameters of inner functions that hold it. */
  public static final String VARIABLE = "b";

  /** Linear functions of a size that are the size itself at two places are so everywhere. */
  private static final List<Long> TRIED = List.of(5L, 1009L);

  private OneSize() {}

  /** Whether an argument has an unknown size. */
  public static boolean isIn(HloModule module) {
    return !module.main().inputs().stream().allMatch(t -> t.shape().isStatic());
  }

  /**
   * StableHLO's form of an open program.
   *
   * @throws SymbolicSizeException if a size in it is another function of the batch's size
   */
  public static HloModule reading(HloModule open) {
    for (long size : TRIED) {
      verifyFor(open, size);
    }
    return new SizeReading(open).module();
  }

  private static void verifyFor(HloModule open, long size) {
    try {
      Verifier.verify(filled(open, size));
    } catch (HloVerifyException e) {
      throw new SymbolicSizeException(
          "with a batch of " + size + " the program is not valid: " + e.getMessage());
    }
  }

  /**
   * An open program for one size, with static shapes.
   *
   * @throws SymbolicSizeException if a size in it is another function of the batch's size
   */
  public static HloModule filled(HloModule open, long size) {
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    Filling filling = new Filling(size, new IdentityHashMap<>());
    open.funcs().forEach((name, f) -> funcs.put(name, withBody(f, filling.block(f.body()))));
    return new HloModule(open.name(), funcs, open.attrs());
  }

  static HloFunc withBody(HloFunc f, Block body) {
    return new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs(), f.attrs());
  }

  private record Filling(long size, Map<Value, Value> now) {
    private TensorType type(TensorType type) {
      return type.withShape(shape(type.shape()));
    }

    private Shape shape(Shape shape) {
      return shape.map(n -> n == Shape.DYNAMIC ? size : n);
    }

    private Longs sizes(Longs sizes) {
      return shape(Shape.of(sizes)).sizes();
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
        throw new SymbolicSizeException(old, e.getMessage());
      }
      if (!inferred.equals(stated)) {
        throw new SymbolicSizeException(
            old, "a size in " + inferred + " is not that of the batch, " + size);
      }
      return new Instr(op, old.results().stream().map(this::fresh).toList(), old.loc());
    }

    private Op filled(Op op) {
      return switch (op) {
        case ShapeOp.BroadcastInDim o ->
            new ShapeOp.BroadcastInDim(o.operand(), o.dims(), shape(o.shape()));
        case ShapeOp.Reshape o -> new ShapeOp.Reshape(o.operand(), shape(o.shape()));
        case ShapeOp.Slice o ->
            new ShapeOp.Slice(o.operand(), o.start(), sizes(o.limit()), o.strides());
        case IndexOp.DynamicSlice o ->
            new IndexOp.DynamicSlice(o.operand(), o.starts(), sizes(o.sizes()));
        case IndexOp.Gather o ->
            new IndexOp.Gather(
                o.operand(), o.indices(), o.dims(), sizes(o.sliceSizes()), o.sorted());
        case ElementwiseOp.Iota o -> new ElementwiseOp.Iota(type(o.type()), o.dim());
        case ElementwiseOp.BitcastConvert o ->
            new ElementwiseOp.BitcastConvert(o.operand(), type(o.type()));
        case ControlOp.Call o ->
            new ControlOp.Call(
                o.callee(), o.operands(), o.types().stream().map(this::type).toList());
        case ControlOp.CustomCall o ->
            new ControlOp.CustomCall(
                o.target(),
                o.operands(),
                o.types().stream().map(this::type).toList(),
                o.hasSideEffect(),
                o.attrs());
        case ControlOp.Composite o ->
            new ControlOp.Composite(
                o.name(),
                o.operands(),
                o.types().stream().map(this::type).toList(),
                o.decomposition(),
                o.version(),
                o.attrs());
        default -> op;
      };
    }
  }
}
