package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.LinkedHashSet;
import java.util.List;

/** What passes ask of every operation: what it reads, its kind. */
public final class Ops {
  private Ops() {}

  /** Operands, and the values of enclosing blocks that the regions read. */
  public static List<Value> reads(Instr instr) {
    if (instr.op().regions().isEmpty()) {
      return instr.op().operands();
    }
    LinkedHashSet<Value> all = new LinkedHashSet<>(instr.op().operands());
    all.addAll(instr.op().captures());
    return List.copyOf(all);
  }

  /** Whether each result element is a function of the operands' elements at one index. */
  public static boolean isElementwise(Op op) {
    return switch (op) {
      case ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _,
          ElementwiseOp.ReducePrecision _ ->
          true;
      case ElementwiseOp.BitcastConvert o -> o.operand().shape().equals(o.type().shape());
      case ElementwiseOp.Constant _,
          ElementwiseOp.Iota _,
          ShapeOp.BroadcastInDim _,
          ShapeOp.Reshape _,
          ShapeOp.Transpose _ ->
          false;
      case ShapeOp.Concatenate _,
          ShapeOp.Pad _,
          ShapeOp.Slice _,
          IndexOp.DynamicSlice _,
          ShapeOp.Reverse _ ->
          false;
      case IndexOp.DynamicUpdateSlice _,
          ReductionOp.Reduce _,
          ReductionOp.DotGeneral _,
          ConvOp _,
          NormOp _,
          IndexOp.Gather _ ->
          false;
      case IndexOp.Scatter _,
          ControlOp.While _,
          ControlOp.Case _,
          ControlOp.If _,
          ControlOp.Call _,
          ControlOp.CustomCall _ ->
          false;
      case SpectralOp _ -> false;
      case LinalgOp.Cholesky _, LinalgOp.TriangularSolve _ -> false;
      case WindowOp _, ControlOp.Composite _, ControlOp.OptimizationBarrier _ -> false;
      case RandomOp _, ShorthandOp _, DynamicOp _, CollectiveOp _ -> false;
      case OrderOp _ -> false;
    };
  }

  /** How many of the results are operands in their memory, in order. */
  public static int renamed(Op op) {
    return switch (op) {
      case ShapeOp.Reshape _ -> 1;
      case ElementwiseOp.BitcastConvert o -> isElementwise(o) ? 0 : 1;
      case ControlOp.OptimizationBarrier o -> o.operands().size();
      default -> 0;
    };
  }

  /** Whether the result is the operand seen through an index map. */
  public static boolean isView(Op op) {
    return switch (op) {
      case ShapeOp.BroadcastInDim _,
          ShapeOp.Reshape _,
          ShapeOp.Transpose _,
          ShapeOp.Slice _,
          ShapeOp.Reverse _ ->
          true;
      case ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _,
          ElementwiseOp.ReducePrecision _ ->
          false;
      case ElementwiseOp.BitcastConvert _,
          ElementwiseOp.Constant _,
          ElementwiseOp.Iota _,
          ShapeOp.Concatenate _,
          ShapeOp.Pad _ ->
          false;
      case IndexOp.DynamicSlice _,
          IndexOp.DynamicUpdateSlice _,
          ReductionOp.Reduce _,
          ReductionOp.DotGeneral _,
          ConvOp _,
          NormOp _ ->
          false;
      case IndexOp.Gather _,
          IndexOp.Scatter _,
          ControlOp.While _,
          ControlOp.Case _,
          ControlOp.If _,
          ControlOp.Call _ ->
          false;
      case SpectralOp _ -> false;
      case LinalgOp.Cholesky _, LinalgOp.TriangularSolve _ -> false;
      case WindowOp _,
          ControlOp.CustomCall _,
          ControlOp.Composite _,
          ControlOp.OptimizationBarrier _ ->
          false;
      case RandomOp _, ShorthandOp _, DynamicOp _, CollectiveOp _ -> false;
      case OrderOp _ -> false;
    };
  }

  /** Whether it may be removed when nobody reads its results, and merged with an equal one. */
  public static boolean isPure(Op op) {
    return switch (op) {
      case RandomOp _, ShorthandOp _, DynamicOp _ -> true;
      case CollectiveOp o -> o instanceof CollectiveOp.ProcessId;
      case ControlOp.CustomCall o -> !o.hasSideEffect();
      case LinalgOp.Cholesky _, LinalgOp.TriangularSolve _ -> true;
      case ControlOp.While _,
          ControlOp.Case _,
          ControlOp.If _,
          ControlOp.Call _,
          ControlOp.Composite _ ->
          true;
      case ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _,
          ElementwiseOp.ReducePrecision _ ->
          true;
      case ElementwiseOp.BitcastConvert _,
          ElementwiseOp.Constant _,
          ElementwiseOp.Iota _,
          ShapeOp.BroadcastInDim _ ->
          true;
      case ShapeOp.Reshape _,
          ShapeOp.Transpose _,
          ShapeOp.Concatenate _,
          ShapeOp.Pad _,
          ShapeOp.Slice _ ->
          true;
      case IndexOp.DynamicSlice _,
          IndexOp.DynamicUpdateSlice _,
          ShapeOp.Reverse _,
          ReductionOp.Reduce _ ->
          true;
      case ReductionOp.DotGeneral _,
          ConvOp _,
          NormOp _,
          IndexOp.Gather _,
          IndexOp.Scatter _,
          WindowOp _,
          SpectralOp _,
          OrderOp _,
          ControlOp.OptimizationBarrier _ ->
          true;
    };
  }
}
