package dev.jacobi.hlo;

import java.util.List;

/** Result types of the operations that are written out in others before they run. */
final class Inferred {
  private Inferred() {}

  static List<TensorType> of(RandomOp op) {
    return switch (op) {
      case RandomOp.RngBitGenerator o -> List.of(o.state().type(), o.type());
      case RandomOp.Rng o -> List.of(o.type());
    };
  }

  static List<TensorType> of(ShorthandOp op) {
    return switch (op) {
      case ShorthandOp.Dot o -> List.of(dot(o));
      case ShorthandOp.RaggedDot o -> {
        Shape sizes = o.groupSizes().shape();
        if (o.dims().lhsRagged().size() != 1 || sizes.isScalar()) {
          throw new HloTypeException("chlo.ragged_dot along " + o.dims().lhsRagged());
        }
        long groups = sizes.dim(sizes.rank() - 1);
        Shape shape = o.dims().shape(o.lhs().shape(), o.rhs().shape(), groups);
        yield List.of(new TensorType(o.element(), shape));
      }
      case ShorthandOp.Einsum o -> List.of(o.type());
      case ShorthandOp.UnaryEinsum o -> List.of(o.type());
      case ShorthandOp.TorchIndexSelect o -> List.of(select(o));
      case ShorthandOp.Broadcast o -> {
        TensorType t = o.operand().type();
        yield List.of(t.withShape(Shape.of(o.sizes()).concat(t.shape())));
      }
      case ShorthandOp.MapOp o -> {
        Shape shape = o.operands().isEmpty() ? Shape.scalar() : o.operands().getFirst().shape();
        yield o.body().resultTypes().stream().map(t -> t.withShape(shape)).toList();
      }
    };
  }

  private static TensorType dot(ShorthandOp.Dot o) {
    Shape lhs = o.lhs().shape();
    Shape rhs = o.rhs().shape();
    if (lhs.isScalar() || rhs.isScalar()) {
      throw new HloTypeException("stablehlo.dot of " + o.lhs().type() + " and " + o.rhs().type());
    }
    return new TensorType(
        o.element(), lhs.without(Axes.of(lhs.rank() - 1)).concat(rhs.without(Axes.of(0))));
  }

  private static TensorType select(ShorthandOp.TorchIndexSelect o) {
    Shape shape = o.operand().shape();
    Shape index = o.index().shape();
    if (o.dim() < 0 || o.dim() >= shape.rank() || o.batchDims() < 0 || o.batchDims() > o.dim()) {
      throw new HloTypeException("torch_index_select along " + o.dim() + " of " + shape);
    }
    Shape before = shape.select(Axes.range(o.dim()));
    Shape within = index.select(Axes.range(o.batchDims(), index.rank()));
    Shape after = shape.select(Axes.range(o.dim() + 1, shape.rank()));
    return o.operand().type().withShape(before.concat(within).concat(after));
  }

  static TensorType of(DynamicOp op) {
    return switch (op) {
      case DynamicOp.DynamicReshape o -> o.type();
      case DynamicOp.DynamicBroadcastInDim o -> o.type();
      case DynamicOp.DynamicIota o -> o.type();
      case DynamicOp.DynamicPad o -> o.type();
      case DynamicOp.RealDynamicSlice o -> o.type();
      case DynamicOp.DynamicConv o -> o.type();
      case DynamicOp.DynamicGather o -> o.type();
      case DynamicOp.GetDimensionSize _ -> TensorType.scalar(DType.I32);
      case DynamicOp.SetDimensionSize o -> o.type();
    };
  }

  static List<TensorType> of(CollectiveOp op) {
    return switch (op) {
      case CollectiveOp.AllReduce o ->
          o.operands().stream()
              .map(v -> v.type().withDtype(o.body().results().getFirst().element()))
              .toList();
      case CollectiveOp.ReduceScatter o -> List.of(o.type());
      case CollectiveOp.AllGather o -> o.types();
      case CollectiveOp.AllToAll o ->
          o.operands().stream().map(v -> exchanged(o, v.type())).toList();
      case CollectiveOp.CollectivePermute o -> List.of(o.operand().type());
      case CollectiveOp.CollectiveBroadcast o -> List.of(o.operand().type());
      case CollectiveOp.CrossReplicaSum o -> List.of(o.operand().type());
      case CollectiveOp.ProcessId _ -> List.of(TensorType.scalar(DType.U32));
    };
  }

  private static TensorType exchanged(CollectiveOp.AllToAll o, TensorType t) {
    if (o.count() <= 0) {
      throw new HloTypeException("all_to_all of " + o.count() + " parts");
    }
    Shape shape = t.shape();
    if (shape.isStatic(o.splitDim())) {
      shape = shape.with(o.splitDim(), shape.dim(o.splitDim()) / o.count());
    }
    if (shape.isStatic(o.concatDim())) {
      long size = Math.multiplyExact(shape.dim(o.concatDim()), o.count());
      shape = shape.with(o.concatDim(), size);
    }
    return t.withShape(shape);
  }
}
