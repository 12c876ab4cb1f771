package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Narrow;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Takes narrow types out of a program: what moves elements moves their bytes, what computes does so
 * on wide numbers, and each result is rounded once.
 */
final class NarrowTypes {
  private final Map<Value, Value> now = new IdentityHashMap<>();

  private NarrowTypes() {}

  /** The same program on bytes; the module itself if it has no narrow type. */
  static HloModule strip(HloModule module) {
    if (module.funcs().values().stream().noneMatch(f -> isNarrow(f.body()))) {
      return module;
    }
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    for (HloFunc f : module.funcs().values()) {
      Block body = new NarrowTypes().block(f.body());
      funcs.put(f.name(), new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs()));
    }
    return new HloModule(module.name(), funcs, module.attrs());
  }

  private static boolean isNarrow(Block block) {
    return block.params().stream().anyMatch(NarrowTypes::isNarrow)
        || block.instrs().stream().anyMatch(NarrowTypes::isNarrow);
  }

  private static boolean isNarrow(Instr instr) {
    return Stream.concat(instr.op().operands().stream(), instr.results().stream())
            .anyMatch(NarrowTypes::isNarrow)
        || instr.op().regions().stream().anyMatch(NarrowTypes::isNarrow);
  }

  private static boolean isNarrow(Value v) {
    return v.type().isNarrow();
  }

  private Value now(Value v) {
    return now.getOrDefault(v, v);
  }

  private Block block(Block block) {
    HloBuilder out = new HloBuilder();
    List<Value> params = new ArrayList<>();
    for (Value p : block.params()) {
      Value param = isNarrow(p) ? new Value(p.type().storage()) : p;
      now.put(p, param);
      params.add(param);
    }
    for (Instr instr : block.instrs()) {
      out.at(instr.loc());
      List<Value> results = instruction(instr, out);
      for (int i = 0; i < results.size(); i++) {
        now.put(instr.results().get(i), results.get(i));
      }
    }
    List<Value> results = block.results().stream().map(this::now).toList();
    return new Block(params, out.build().instrs(), results);
  }

  private List<Value> instruction(Instr instr, HloBuilder out) {
    Op op = instr.op();
    if (!isNarrow(instr)) {
      Op same =
          op.mapOperands(this::now).withRegions(op.regions().stream().map(this::block).toList());
      out.append(new Instr(same, instr.results(), instr.loc()));
      return instr.results();
    }
    return switch (op) {
      case ElementwiseOp o -> List.of(elementwise(o, instr, out));
      case ShapeOp _, IndexOp _, WindowOp _ -> moved(op, out);
      case ReductionOp.Reduce _, OrderOp.Sort _ -> moved(op, out);
      case ReductionOp.DotGeneral o -> List.of(dot(o, out));
      case ConvOp.Convolution o -> List.of(convolution(o, out));
      case OrderOp.TopK o -> topK(o, out);
      case ControlOp o -> control(o, instr.loc(), out);
      case NormOp _, SpectralOp _, RandomOp _, LinalgOp _, ShorthandOp _ ->
          throw unsupported(op, instr.loc());
      case CollectiveOp o -> collective(o, instr.loc(), out);
      case DynamicOp _ -> throw unsupported(op, instr.loc());
    };
  }

  static RuntimeException unsupported(Op op, Loc loc) {
    String type =
        op.operands().stream()
            .map(Value::type)
            .filter(TensorType::isNarrow)
            .map(t -> t.element().mlir())
            .findFirst()
            .orElse("narrow types");
    return Shorthand.unsupported(op, "of " + type, loc);
  }

  private List<Value> moved(Op op, HloBuilder out) {
    Op bytes = op.mapOperands(this::now);
    return out.addAll(bytes.withRegions(op.regions().stream().map(this::block).toList()));
  }

  private List<Value> collective(CollectiveOp op, Loc loc, HloBuilder out) {
    return switch (op) {
      case CollectiveOp.AllToAll _,
          CollectiveOp.CollectivePermute _,
          CollectiveOp.CollectiveBroadcast _ ->
          moved(op, out);
      case CollectiveOp.AllGather o ->
          out.addAll(
              new CollectiveOp.AllGather(
                  Op.map(o.operands(), this::now), o.dim(), o.groups(), bytes(o.types())));
      case CollectiveOp.AllReduce _,
          CollectiveOp.ReduceScatter _,
          CollectiveOp.CrossReplicaSum _,
          CollectiveOp.ProcessId _ ->
          throw unsupported(op, loc);
    };
  }

  private List<Value> control(ControlOp op, Loc loc, HloBuilder out) {
    return switch (op) {
      case ControlOp.While _, ControlOp.Case _, ControlOp.If _ -> moved(op, out);
      case ControlOp.OptimizationBarrier _ -> moved(op, out);
      case ControlOp.Call o ->
          out.addAll(
              new ControlOp.Call(o.callee(), Op.map(o.operands(), this::now), bytes(o.types())));
      case ControlOp.Composite o ->
          out.addAll(
              new ControlOp.Composite(
                  o.name(),
                  Op.map(o.operands(), this::now),
                  bytes(o.types()),
                  o.decomposition(),
                  o.version(),
                  o.attrs()));
      case ControlOp.CustomCall _ -> throw unsupported(op, loc);
    };
  }

  private static List<TensorType> bytes(List<TensorType> types) {
    return types.stream().map(TensorType::storage).toList();
  }

  // --- computing ---

  private Value wide(Value v, HloBuilder out) {
    return isNarrow(v) ? NarrowValues.decode(now(v), (Narrow) v.element(), out) : now(v);
  }

  private Value narrowed(Value wide, TensorType type, HloBuilder out) {
    return type.isNarrow() ? NarrowValues.encode(wide, (Narrow) type.element(), out) : wide;
  }

  private Value elementwise(ElementwiseOp op, Instr instr, HloBuilder out) {
    TensorType type = instr.result().type();
    return switch (op) {
      case ElementwiseOp.Constant o ->
          out.constant(Literal.wrap(type.storage(), o.literal().data()));
      case ElementwiseOp.Iota o ->
          narrowed(out.add(new ElementwiseOp.Iota(type.withDtype(DType.I32), o.dim())), type, out);
      case ElementwiseOp.Convert o -> {
        Value x = wide(o.operand(), out);
        yield type.isNarrow()
            ? narrowed(x, type, out)
            : out.add(new ElementwiseOp.Convert(x, type.element()));
      }
      case ElementwiseOp.BitcastConvert o -> bits(o, instr.loc(), out);
      case ElementwiseOp.Pointwise o -> {
        if (o.fn() == Fn.SELECT) {
          yield out.add(o.mapOperands(this::now));
        }
        Narrow t = (Narrow) instr.op().operands().getFirst().element();
        yield NarrowValues.pointwise(
            o, Op.map(o.operands(), v -> wide(v, out)), t, out, instr.loc());
      }
      case ElementwiseOp.Compare _ -> out.add(op.mapOperands(v -> wide(v, out)));
      case ElementwiseOp.ReducePrecision _ ->
          narrowed(out.add(op.mapOperands(v -> wide(v, out))), type, out);
    };
  }

  /** Between types of one width only: elsewhere several elements would share a byte. */
  private Value bits(ElementwiseOp.BitcastConvert op, Loc loc, HloBuilder out) {
    if (op.operand().element().bits() != op.type().element().bits()) {
      throw unsupported(op, loc);
    }
    Value x = now(op.operand());
    TensorType type = op.type().storage();
    Value same = x.dtype() == type.dtype() ? x : out.add(new ElementwiseOp.BitcastConvert(x, type));
    return op.type().element() instanceof Narrow to ? NarrowValues.lowBits(same, to, out) : same;
  }

  private Value dot(ReductionOp.DotGeneral op, HloBuilder out) {
    Value a = wide(op.lhs(), out);
    Value b = wide(op.rhs(), out);
    Element element = carrier(op.element());
    Value sum =
        out.add(
            new ReductionOp.DotGeneral(
                a, b, op.dims(), op.lhsPrecision(), op.rhsPrecision(), element, op.algorithm()));
    return narrowed(sum, sum.type().withDtype(op.element()), out);
  }

  private static Element carrier(Element type) {
    return type instanceof Narrow narrow ? NarrowValues.carrier(narrow) : type;
  }

  private Value convolution(ConvOp.Convolution op, HloBuilder out) {
    Element element = carrier(op.element());
    Value sum =
        out.add(
            new ConvOp.Convolution(
                wide(op.lhs(), out),
                wide(op.rhs(), out),
                op.dims(),
                op.window(),
                op.featureGroups(),
                op.batchGroups(),
                op.lhsPrecision(),
                op.rhsPrecision(),
                element));
    return narrowed(sum, sum.type().withDtype(op.element()), out);
  }

  private List<Value> topK(OrderOp.TopK op, HloBuilder out) {
    List<Value> results = out.addAll(op.mapOperands(v -> wide(v, out)));
    return List.of(
        narrowed(results.get(0), results.get(0).type().withDtype(op.operand().element()), out),
        results.get(1));
  }
}
