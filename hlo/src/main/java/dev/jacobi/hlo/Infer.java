package dev.jacobi.hlo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Result types of operations. Checks only what it needs to compute them; the verifier checks every
 * constraint of the specification.
 */
public final class Infer {
  private Infer() {}

  /** The types of the values that {@code op} defines. */
  public static List<TensorType> resultTypes(Op op) {
    return switch (op) {
      case ElementwiseOp.Constant o -> List.of(o.literal().type());
      case ElementwiseOp.Iota o -> List.of(o.type());
      case ElementwiseOp.Pointwise o -> List.of(pointwise(o.fn(), o.operands()));
      case ElementwiseOp.Compare o -> List.of(o.lhs().type().withDtype(DType.BOOL));
      case ElementwiseOp.Convert o -> List.of(o.operand().type().withDtype(o.element()));
      case ElementwiseOp.ReducePrecision o -> List.of(o.operand().type());
      case ElementwiseOp.BitcastConvert o -> List.of(o.type());
      case ShapeOp.BroadcastInDim o -> List.of(o.operand().type().withShape(o.shape()));
      case ShapeOp.Reshape o -> List.of(reshape(o));
      case ShapeOp.Transpose o ->
          List.of(o.operand().type().withShape(o.operand().shape().select(o.permutation())));
      case ShapeOp.Concatenate o -> List.of(concatenate(o));
      case ShapeOp.Pad o -> List.of(pad(o));
      case ShapeOp.Slice o -> List.of(slice(o));
      case IndexOp.DynamicSlice o -> List.of(o.operand().type().withShape(Shape.of(o.sizes())));
      case IndexOp.DynamicUpdateSlice o -> List.of(o.operand().type());
      case ShapeOp.Reverse o -> List.of(o.operand().type());
      case ReductionOp.Reduce o -> reduce(o);
      case ReductionOp.DotGeneral o -> List.of(dotGeneral(o));
      case ConvOp.Convolution o -> List.of(convolution(o));
      case NormOp.BatchNormTraining o -> {
        TensorType perFeature = o.scale().type();
        yield List.of(o.operand().type(), perFeature, perFeature);
      }
      case NormOp.BatchNormInference o -> List.of(o.operand().type());
      case NormOp.BatchNormGrad o -> {
        TensorType perFeature = o.scale().type();
        yield List.of(o.operand().type(), perFeature, perFeature);
      }
      case SpectralOp.Fft o -> List.of(o.resultType());
      case OrderOp.Sort o -> types(o.inputs());
      case OrderOp.TopK o -> topK(o);
      case IndexOp.Gather o -> List.of(gather(o));
      case IndexOp.Scatter o -> scatter(o);
      case WindowOp.ReduceWindow o -> reduceWindow(o);
      case WindowOp.SelectAndScatter o ->
          List.of(o.operand().type().withDtype(o.scatter().results().getFirst().element()));
      case RandomOp o -> Inferred.of(o);
      case ShorthandOp o -> Inferred.of(o);
      case DynamicOp o -> List.of(Inferred.of(o));
      case CollectiveOp o -> Inferred.of(o);
      case LinalgOp.Cholesky o -> List.of(o.a().type());
      case LinalgOp.TriangularSolve o -> List.of(o.b().type());
      case ControlOp.While o -> types(o.inits());
      case ControlOp.Case o -> o.branches().getFirst().resultTypes();
      case ControlOp.If o -> o.onTrue().resultTypes();
      case ControlOp.Call o -> o.types();
      case ControlOp.CustomCall o -> o.types();
      case ControlOp.Composite o -> o.types();
      case ControlOp.OptimizationBarrier o -> types(o.operands());
    };
  }

  private static List<TensorType> types(List<Value> values) {
    return values.stream().map(Value::type).toList();
  }

  private static TensorType pointwise(Fn fn, List<Value> operands) {
    if (operands.size() != fn.arity()) {
      throw new HloTypeException(
          fn.mnemonic() + " takes " + fn.arity() + " operands, not " + operands.size());
    }
    boolean firstMayBeScalar = fn == Fn.SELECT || fn == Fn.CLAMP;
    TensorType data = operands.get(firstMayBeScalar ? 1 : 0).type();
    return switch (fn.gives()) {
      case SAME -> data;
      case BOOL -> data.withDtype(DType.BOOL);
      case REAL -> data.element().isComplex() ? data.withDtype(data.dtype().real()) : data;
      case COMPLEX ->
          data.withDtype(
              data.dtype()
                  .complex()
                  .orElseThrow(
                      () -> new HloTypeException("no complex type has parts of " + data.dtype())));
    };
  }

  private static TensorType reshape(ShapeOp.Reshape o) {
    TensorType from = o.operand().type();
    if (from.shape().isStatic()
        && o.shape().isStatic()
        && from.shape().size() != o.shape().size()) {
      throw new HloTypeException("cannot reshape " + from + " to " + o.shape());
    }
    return from.withShape(o.shape());
  }

  private static TensorType concatenate(ShapeOp.Concatenate o) {
    TensorType first = o.operands().getFirst().type();
    long size = 0;
    for (Value v : o.operands()) {
      boolean known = size != Shape.DYNAMIC && v.shape().isStatic(o.dim());
      size = known ? Math.addExact(size, v.type().dim(o.dim())) : Shape.DYNAMIC;
    }
    return first.withShape(first.shape().with(o.dim(), size));
  }

  private static TensorType pad(ShapeOp.Pad o) {
    TensorType t = o.operand().type();
    long[] sizes = new long[t.rank()];
    for (int d = 0; d < sizes.length; d++) {
      if (!t.shape().isStatic(d)) {
        sizes[d] = Shape.DYNAMIC;
        continue;
      }
      long n = t.dim(d);
      sizes[d] = n + o.low().get(d) + o.high().get(d) + Math.max(n - 1, 0) * o.interior().get(d);
    }
    return t.withShape(Shape.of(sizes));
  }

  private static TensorType slice(ShapeOp.Slice o) {
    long[] sizes = new long[o.operand().type().rank()];
    for (int d = 0; d < sizes.length; d++) {
      long stride = o.strides().get(d);
      if (stride <= 0) {
        throw new HloTypeException("slice strides must be positive, not " + o.strides());
      }
      boolean open = o.limit().get(d) == Shape.DYNAMIC;
      sizes[d] = open ? Shape.DYNAMIC : Math.ceilDiv(o.limit().get(d) - o.start().get(d), stride);
    }
    return o.operand().type().withShape(Shape.of(sizes));
  }

  private static List<TensorType> reduce(ReductionOp.Reduce o) {
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < o.inputs().size(); i++) {
      Shape shape = o.inputs().get(i).shape().without(o.dims());
      types.add(new TensorType(o.body().results().get(i).element(), shape));
    }
    return types;
  }

  private static List<TensorType> reduceWindow(WindowOp.ReduceWindow o) {
    Shape shape = WindowOp.stops(o);
    return o.body().results().stream().map(v -> new TensorType(v.element(), shape)).toList();
  }

  private static List<TensorType> topK(OrderOp.TopK o) {
    TensorType x = o.operand().type();
    TensorType values = x.withShape(x.shape().with(x.rank() - 1, o.k()));
    return List.of(values, values.withDtype(DType.I32));
  }

  private static List<TensorType> scatter(IndexOp.Scatter o) {
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < o.inputs().size(); i++) {
      types.add(o.inputs().get(i).type().withDtype(o.body().results().get(i).element()));
    }
    return types;
  }

  private static TensorType dotGeneral(ReductionOp.DotGeneral o) {
    ReductionOp.DotDims d = o.dims();
    Shape lhs = o.lhs().shape();
    Shape rhs = o.rhs().shape();
    Shape shape =
        lhs.select(d.lhsBatch())
            .concat(lhs.without(d.lhsBatch().plus(d.lhsContract())))
            .concat(rhs.without(d.rhsBatch().plus(d.rhsContract())));
    return new TensorType(o.element(), shape);
  }

  private static TensorType convolution(ConvOp.Convolution o) {
    ConvOp.ConvDims d = o.dims();
    long[] lhs = o.lhs().shape().toArray();
    long[] rhs = o.rhs().shape().toArray();
    long[] sizes = new long[lhs.length];
    long batch = lhs[d.inputBatch()];
    sizes[d.outputBatch()] = batch == Shape.DYNAMIC ? batch : batch / o.batchGroups();
    sizes[d.outputFeature()] = rhs[d.kernelOutputFeature()];
    for (int i = 0; i < o.window().rank(); i++) {
      long n = lhs[d.inputSpatial().get(i)];
      long k = rhs[d.kernelSpatial().get(i)];
      boolean known = n != Shape.DYNAMIC && k != Shape.DYNAMIC;
      sizes[d.outputSpatial().get(i)] = known ? o.window().windows(i, n, k) : Shape.DYNAMIC;
    }
    return new TensorType(o.element(), Shape.of(sizes));
  }

  private static TensorType gather(IndexOp.Gather o) {
    IndexOp.GatherDims d = o.dims();
    Shape indices = o.indices().shape();
    Shape batch =
        d.indexVectorDim() < indices.rank()
            ? indices.without(Axes.of(d.indexVectorDim()))
            : indices;
    Shape window =
        Shape.of(o.sliceSizes()).without(d.collapsedSliceDims().plus(d.operandBatchingDims()));
    int rank = batch.rank() + window.rank();
    Axes batchDims = d.offsetDims().complement(rank);
    long[] sizes = new long[rank];
    IntStream.range(0, batch.rank()).forEach(i -> sizes[batchDims.get(i)] = batch.toArray()[i]);
    IntStream.range(0, window.rank())
        .forEach(i -> sizes[d.offsetDims().get(i)] = window.toArray()[i]);
    return o.operand().type().withShape(Shape.of(sizes));
  }
}
