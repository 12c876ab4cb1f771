package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes StableHLO's form of an open program: operations that need the batch's size read it from a
 * parameter. A function none of whose parameters has it gets it as one more, marked as JAX does.
 */
final class SizeReading {
  private static final Map<String, String> MARK =
      Map.of("jax.global_constant", "\"" + OneSize.VARIABLE + "\"");

  private final HloModule open;
  private final Map<String, HloFunc> done = new HashMap<>();

  SizeReading(HloModule open) {
    this.open = open;
  }

  HloModule module() {
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    open.funcs().keySet().forEach(name -> funcs.put(name, function(name)));
    return new HloModule(open.name(), funcs, open.attrs());
  }

  private HloFunc function(String name) {
    HloFunc known = done.get(name);
    if (known == null) {
      known = new Function(open.func(name)).written();
      done.put(name, known);
    }
    return known;
  }

  static boolean isSize(HloFunc f, int i) {
    return MARK.equals(f.argAttrs().get(i));
  }

  private static Value add(Op op, List<Instr> out) {
    Value value = new Value(Infer.resultTypes(op).getFirst());
    out.add(new Instr(op, List.of(value), Loc.UNKNOWN));
    return value;
  }

  private final class Function {
    private final HloFunc func;
    private final List<Instr> head = new ArrayList<>();
    private Optional<Value> extra = Optional.empty();
    private Optional<Value> scalar = Optional.empty(); // of type tensor<i32>
    private Optional<Value> size = Optional.empty(); // of type tensor<1xi32>

    Function(HloFunc func) {
      this.func = func;
    }

    HloFunc written() {
      Block body = block(func.body());
      List<Instr> all = new ArrayList<>(head);
      all.addAll(body.instrs());
      List<Value> params = new ArrayList<>(body.params());
      List<Map<String, String>> attrs = new ArrayList<>(func.argAttrs());
      extra.ifPresent(
          v -> {
            params.add(v);
            attrs.add(MARK);
          });
      Block whole = new Block(params, all, body.results());
      return new HloFunc(
          func.name(), func.isPublic(), whole, attrs, func.resultAttrs(), func.attrs());
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
        case ShapeOp.Slice o when isOpen(o.limit()) ->
            new DynamicOp.RealDynamicSlice(
                o.operand(),
                numbers(o.start(), instr, out),
                numbers(o.limit(), instr, out),
                numbers(o.strides(), instr, out),
                type);
        case IndexOp.DynamicSlice o when isOpen(o.sizes()) -> dynamicSlice(o, instr, out);
        case IndexOp.Gather o when isOpen(o.sliceSizes()) ->
            new DynamicOp.DynamicGather(
                o.operand(),
                o.indices(),
                numbers(o.sliceSizes(), instr, out),
                o.dims(),
                o.sorted(),
                type);
        case ControlOp.Call o when takesSize(o.callee()) ->
            new ControlOp.Call(o.callee(), withSize(o.operands(), instr), o.types());
        case ControlOp.Composite o when takesSize(o.decomposition()) ->
            new ControlOp.Composite(
                o.name(),
                withSize(o.operands(), instr),
                o.types(),
                o.decomposition(),
                o.version(),
                o.attrs());
        default -> op;
      };
    }

    private static boolean isOpen(Longs sizes) {
      return sizes.stream().anyMatch(n -> n == Shape.DYNAMIC);
    }

    /** As JAX writes it: from starts that are clamped, as many elements as there are sizes. */
    private Op dynamicSlice(IndexOp.DynamicSlice o, Instr instr, List<Instr> out) {
      Value sizes = numbers(o.sizes(), instr, out);
      List<Value> starts = new ArrayList<>();
      for (Value s : o.starts()) {
        Value one = add(new ElementwiseOp.Convert(s, DType.I32), out);
        starts.add(add(new ShapeOp.Reshape(one, Shape.of(1)), out));
      }
      Value start =
          starts.size() == 1 ? starts.get(0) : add(new ShapeOp.Concatenate(starts, 0), out);
      Value last = add(pointwise(Fn.SUB, sizes(o.operand().shape(), instr, out), sizes), out);
      Longs none = Longs.fill(starts.size(), 0);
      Value clamped = add(pointwise(Fn.CLAMP, numbers(none, instr, out), start, last), out);
      Value limit = add(pointwise(Fn.ADD, clamped, sizes), out);
      Value strides = numbers(Longs.fill(starts.size(), 1), instr, out);
      return new DynamicOp.RealDynamicSlice(
          o.operand(), clamped, limit, strides, instr.result().type());
    }

    private static Op pointwise(Fn fn, Value... operands) {
      return new ElementwiseOp.Pointwise(fn, List.of(operands));
    }

    private Value numbers(Longs sizes, Instr instr, List<Instr> out) {
      return sizes(Shape.of(sizes), instr, out);
    }

    private boolean takesSize(String callee) {
      return function(callee).inputs().size() > open.func(callee).inputs().size();
    }

    private List<Value> withSize(List<Value> operands, Instr instr) {
      List<Value> all = new ArrayList<>(operands);
      all.add(scalar(instr));
      return all;
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

    private Value size(Instr instr) {
      if (size.isEmpty()) {
        size = Optional.of(add(new ShapeOp.Reshape(scalar(instr), Shape.of(1)), head));
      }
      return size.get();
    }

    /** The size of the batch, read where the function begins. */
    private Value scalar(Instr instr) {
      if (scalar.isEmpty()) {
        Optional<Value> source =
            func.body().params().stream().filter(p -> !p.shape().isStatic()).findFirst();
        if (source.isPresent()) {
          scalar = Optional.of(read(source.get()));
        } else if (func.name().equals("main")) {
          throw new SymbolicSizeException(instr, "no argument has its size");
        } else {
          extra = Optional.of(new Value(TensorType.scalar(DType.I32)));
          scalar = extra;
        }
      }
      return scalar.get();
    }

    private Value read(Value source) {
      int dim = 0;
      while (source.shape().isStatic(dim)) {
        dim++;
      }
      return add(new DynamicOp.GetDimensionSize(source, dim), head);
    }
  }
}
