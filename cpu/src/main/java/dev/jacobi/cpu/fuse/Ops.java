package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What passes ask of every operation: its operands replaced, its captures, its kind. */
public final class Ops {
  private Ops() {}

  /** The operation with each operand (not captures) replaced. */
  public static Op map(Op op, UnaryOperator<Value> f) {
    return switch (op) {
      case Op.Constant o -> o;
      case Op.Iota o -> o;
      case Op.Pointwise o -> new Op.Pointwise(o.fn(), map(o.operands(), f), o.accuracy());
      case Op.Compare o ->
          new Op.Compare(o.direction(), o.order(), f.apply(o.lhs()), f.apply(o.rhs()));
      case Op.Convert o -> new Op.Convert(f.apply(o.operand()), o.dtype());
      case Op.ReducePrecision o ->
          new Op.ReducePrecision(f.apply(o.operand()), o.exponentBits(), o.mantissaBits());
      case Op.BitcastConvert o -> new Op.BitcastConvert(f.apply(o.operand()), o.type());
      case Op.BroadcastInDim o -> new Op.BroadcastInDim(f.apply(o.operand()), o.dims(), o.shape());
      case Op.Reshape o -> new Op.Reshape(f.apply(o.operand()), o.shape());
      case Op.Transpose o -> new Op.Transpose(f.apply(o.operand()), o.permutation());
      case Op.Concatenate o -> new Op.Concatenate(map(o.operands(), f), o.dim());
      case Op.Pad o ->
          new Op.Pad(f.apply(o.operand()), f.apply(o.value()), o.low(), o.high(), o.interior());
      case Op.Slice o -> new Op.Slice(f.apply(o.operand()), o.start(), o.limit(), o.strides());
      case Op.DynamicSlice o ->
          new Op.DynamicSlice(f.apply(o.operand()), map(o.starts(), f), o.sizes());
      case Op.DynamicUpdateSlice o ->
          new Op.DynamicUpdateSlice(f.apply(o.operand()), f.apply(o.update()), map(o.starts(), f));
      case Op.Reverse o -> new Op.Reverse(f.apply(o.operand()), o.dims());
      case Op.Reduce o -> new Op.Reduce(map(o.inputs(), f), map(o.inits(), f), o.dims(), o.body());
      case Op.DotGeneral o ->
          new Op.DotGeneral(
              f.apply(o.lhs()),
              f.apply(o.rhs()),
              o.dims(),
              o.lhsPrecision(),
              o.rhsPrecision(),
              o.dtype(),
              o.algorithm());
      case Op.Gather o ->
          new Op.Gather(
              f.apply(o.operand()), f.apply(o.indices()), o.dims(), o.sliceSizes(), o.sorted());
      case Op.Scatter o ->
          new Op.Scatter(
              map(o.inputs(), f),
              f.apply(o.indices()),
              map(o.updates(), f),
              o.dims(),
              o.sorted(),
              o.unique(),
              o.body());
      case Op.While o -> new Op.While(map(o.inits(), f), o.cond(), o.body());
      case Op.Case o -> new Op.Case(f.apply(o.index()), o.branches());
      case Op.If o -> new Op.If(f.apply(o.pred()), o.onTrue(), o.onFalse());
      case Op.Call o -> new Op.Call(o.callee(), map(o.operands(), f), o.types());
      case Op.CustomCall o ->
          new Op.CustomCall(
              o.target(), map(o.operands(), f), o.types(), o.hasSideEffect(), o.attrs());
      case Op.Composite o ->
          new Op.Composite(
              o.name(), map(o.operands(), f), o.types(), o.decomposition(), o.version(), o.attrs());
      case Op.OptimizationBarrier o -> new Op.OptimizationBarrier(map(o.operands(), f));
    };
  }

  private static List<Value> map(List<Value> values, UnaryOperator<Value> f) {
    return values.stream().map(f).toList();
  }

  /** The operation with other regions, in the order of {@link Op#regions}. */
  public static Op withRegions(Op op, List<Block> regions) {
    return switch (op) {
      case Op.Reduce o -> new Op.Reduce(o.inputs(), o.inits(), o.dims(), regions.getFirst());
      case Op.Scatter o ->
          new Op.Scatter(
              o.inputs(),
              o.indices(),
              o.updates(),
              o.dims(),
              o.sorted(),
              o.unique(),
              regions.getFirst());
      case Op.While o -> new Op.While(o.inits(), regions.get(0), regions.get(1));
      case Op.Case o -> new Op.Case(o.index(), regions);
      case Op.If o -> new Op.If(o.pred(), regions.get(0), regions.get(1));
      case Op.Constant o -> o;
      case Op.Iota o -> o;
      case Op.Pointwise o -> o;
      case Op.Compare o -> o;
      case Op.Convert o -> o;
      case Op.ReducePrecision o -> o;
      case Op.BitcastConvert o -> o;
      case Op.BroadcastInDim o -> o;
      case Op.Reshape o -> o;
      case Op.Transpose o -> o;
      case Op.Concatenate o -> o;
      case Op.Pad o -> o;
      case Op.Slice o -> o;
      case Op.DynamicSlice o -> o;
      case Op.DynamicUpdateSlice o -> o;
      case Op.Reverse o -> o;
      case Op.DotGeneral o -> o;
      case Op.Gather o -> o;
      case Op.Call o -> o;
      case Op.CustomCall o -> o;
      case Op.Composite o -> o;
      case Op.OptimizationBarrier o -> o;
    };
  }

  /** Operands, and the values of enclosing blocks that the regions read. */
  public static List<Value> reads(Instr instr) {
    if (instr.op().regions().isEmpty()) {
      return instr.op().operands();
    }
    LinkedHashSet<Value> all = new LinkedHashSet<>(instr.op().operands());
    all.addAll(captures(instr.op()));
    return List.copyOf(all);
  }

  /** The values of enclosing blocks that the regions of an operation read. */
  public static Set<Value> captures(Op op) {
    Set<Value> read = new LinkedHashSet<>();
    Set<Value> defined = new HashSet<>();
    op.regions().forEach(b -> collect(b, read, defined));
    read.removeAll(defined);
    return read;
  }

  private static void collect(Block block, Collection<Value> read, Collection<Value> defined) {
    defined.addAll(block.params());
    for (Instr i : block.instrs()) {
      read.addAll(i.op().operands());
      i.op().regions().forEach(b -> collect(b, read, defined));
      defined.addAll(i.results());
    }
    read.addAll(block.results());
  }

  /** Whether each result element is a function of the operands' elements at one index. */
  public static boolean isElementwise(Op op) {
    return switch (op) {
      case Op.Pointwise _, Op.Compare _, Op.Convert _, Op.ReducePrecision _ -> true;
      case Op.BitcastConvert o -> o.operand().shape().equals(o.type().shape());
      case Op.Constant _, Op.Iota _, Op.BroadcastInDim _, Op.Reshape _, Op.Transpose _ -> false;
      case Op.Concatenate _, Op.Pad _, Op.Slice _, Op.DynamicSlice _, Op.Reverse _ -> false;
      case Op.DynamicUpdateSlice _, Op.Reduce _, Op.DotGeneral _, Op.Gather _ -> false;
      case Op.Scatter _, Op.While _, Op.Case _, Op.If _, Op.Call _, Op.CustomCall _ -> false;
      case Op.Composite _, Op.OptimizationBarrier _ -> false;
    };
  }

  /** Whether the result is the operand seen through an index map. */
  public static boolean isView(Op op) {
    return switch (op) {
      case Op.BroadcastInDim _, Op.Reshape _, Op.Transpose _, Op.Slice _, Op.Reverse _ -> true;
      case Op.Pointwise _, Op.Compare _, Op.Convert _, Op.ReducePrecision _ -> false;
      case Op.BitcastConvert _, Op.Constant _, Op.Iota _, Op.Concatenate _, Op.Pad _ -> false;
      case Op.DynamicSlice _, Op.DynamicUpdateSlice _, Op.Reduce _, Op.DotGeneral _ -> false;
      case Op.Gather _, Op.Scatter _, Op.While _, Op.Case _, Op.If _, Op.Call _ -> false;
      case Op.CustomCall _, Op.Composite _, Op.OptimizationBarrier _ -> false;
    };
  }

  /** Whether it may be removed when nobody reads its results, and merged with an equal one. */
  public static boolean isPure(Op op) {
    return switch (op) {
      case Op.CustomCall o -> !o.hasSideEffect();
      case Op.While _, Op.Case _, Op.If _, Op.Call _, Op.Composite _ -> true;
      case Op.Pointwise _, Op.Compare _, Op.Convert _, Op.ReducePrecision _ -> true;
      case Op.BitcastConvert _, Op.Constant _, Op.Iota _, Op.BroadcastInDim _ -> true;
      case Op.Reshape _, Op.Transpose _, Op.Concatenate _, Op.Pad _, Op.Slice _ -> true;
      case Op.DynamicSlice _, Op.DynamicUpdateSlice _, Op.Reverse _, Op.Reduce _ -> true;
      case Op.DotGeneral _, Op.Gather _, Op.Scatter _, Op.OptimizationBarrier _ -> true;
    };
  }
}
