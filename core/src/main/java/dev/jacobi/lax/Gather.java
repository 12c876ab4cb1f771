package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collecting slices at indices. */
public final class Gather {
  private Gather() {}

  /**
   * Slices of the first operand at the index vectors along the last dimension of the second.
   *
   * @param fill what {@link GatherScatterMode#FILL_OR_DROP} gives out of bounds; null for JAX's
   *     choice: NaN, the smallest signed, the largest unsigned number, true
   */
  record GatherOp(
      GatherDims dims,
      Longs sliceSizes,
      GatherScatterMode mode,
      boolean sorted,
      boolean unique,
      @Nullable Double fill)
      implements Primitive {
    @Override
    public String name() {
      return "gather";
    }

    @Override
    public Map<String, Object> params() {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put(
          "dimension_numbers",
          "GatherDimensionNumbers(offset_dims="
              + dims.offsetDims()
              + ", collapsed_slice_dims="
              + dims.collapsedSliceDims()
              + ", start_index_map="
              + dims.startIndexMap()
              + ", operand_batching_dims="
              + dims.operandBatchingDims()
              + ", start_indices_batching_dims="
              + dims.startIndicesBatchingDims()
              + ")");
      params.put("fill_value", fill == null ? "None" : fill.toString());
      params.put("indices_are_sorted", sorted);
      params.put("mode", "GatherScatterMode." + mode);
      params.put("slice_sizes", sliceSizes);
      params.put("unique_indices", unique);
      return params;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.get(0);
      Aval indices = operands.get(1);
      Domain.INTEGER.check(name(), indices.dtype());
      if (sliceSizes.size() != x.rank()) {
        throw new LaxTypeException(name(), "slice sizes " + sliceSizes + " do not fit " + x);
      }
      for (int d = 0; d < x.rank(); d++) {
        long size = sliceSizes.get(d);
        if (size < 0 && size != Shape.DYNAMIC || !Dims.fits(size, x.shape(), d)) {
          throw new LaxTypeException(
              name(), "slices of sizes " + sliceSizes + " do not fit in " + x);
        }
      }
      requireDimensions(x, indices);
      Shape batch = indices.shape().without(Axes.of(indices.rank() - 1));
      Shape window =
          Shape.of(sliceSizes).without(dims.collapsedSliceDims().plus(dims.operandBatchingDims()));
      int rank = batch.rank() + window.rank();
      long[] sizes = new long[rank];
      Axes batchDims = dims.offsetDims().complement(rank);
      for (int i = 0; i < batch.rank(); i++) {
        sizes[batchDims.get(i)] = batch.at(i);
      }
      for (int i = 0; i < window.rank(); i++) {
        sizes[dims.offsetDims().get(i)] = window.at(i);
      }
      return List.of(x.withShape(Shape.of(sizes)));
    }

    private void requireDimensions(Aval x, Aval indices) {
      Axes gone = dims.collapsedSliceDims().plus(dims.operandBatchingDims());
      int rank = indices.rank() - 1 + dims.offsetDims().size();
      boolean fits =
          indices.rank() > 0
              && gone.size() + dims.offsetDims().size() == x.rank()
              && Dims.areSome(gone, x.rank())
              && Dims.areSome(dims.startIndexMap(), x.rank())
              && Dims.areSome(dims.startIndicesBatchingDims(), indices.rank() - 1)
              && Dims.areSome(dims.offsetDims(), rank)
              && dims.offsetDims().sorted().equals(dims.offsetDims());
      if (!fits) {
        throw new LaxTypeException(
            name(), "from " + x + " at indices " + indices + " cannot go along " + dims);
      }
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array indices = primals.get(1);
      Array dx = tangents.getFirst();
      Array y = Bind.bind(this, primals).getFirst();
      // what is filled in does not move
      GatherOp linear = new GatherOp(dims, sliceSizes, mode, sorted, unique, 0.0);
      return Jvp.of(y, dx == null ? null : Bind.bind(linear, dx, indices));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array zeros = Zeros.of(operands.getFirst().aval().strong());
      return Arrays.asList(pulled(zeros, cotangents.getFirst(), operands), null);
    }

    @Override
    public Optional<Array> transposeInto(
        Array sum, List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      return sum.dtype() == ct.dtype() ? Optional.of(pulled(sum, ct, operands)) : Optional.empty();
    }

    private Array pulled(Array sum, Array ct, List<Operand> operands) {
      ScatterDims back =
          new ScatterDims(
              dims.offsetDims(),
              dims.collapsedSliceDims(),
              dims.operandBatchingDims(),
              dims.startIndicesBatchingDims(),
              dims.startIndexMap(),
              dims.indexVectorDim());
      return Scatter.scatter(
          Scatter.Kind.ADD, sum, operands.get(1).known(), ct, back, mode, sorted, unique);
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> at) {
      Axes front = Axes.of(0);
      Axes offset = dims.offsetDims().map(d -> d + 1);
      Axes collapsed = dims.collapsedSliceDims();
      Axes operandBatch = dims.operandBatchingDims();
      Axes indexBatch = dims.startIndicesBatchingDims();
      Axes map = dims.startIndexMap();
      Integer xd = at.get(0);
      Integer id = at.get(1);
      Array x = xd == null ? operands.get(0) : Dims.move(operands.get(0), xd, 0);
      Array indices = id == null ? operands.get(1) : Dims.move(operands.get(1), id, 0);
      Longs sizes = sliceSizes;
      if (xd != null) {
        collapsed = collapsed.map(d -> d + 1);
        operandBatch = operandBatch.map(d -> d + 1);
        map = map.map(d -> d + 1);
        sizes = Slices.insert(sizes, 0, id == null ? size : 1);
      }
      if (id != null) {
        indexBatch = indexBatch.map(d -> d + 1);
      }
      if (xd != null && id != null) {
        operandBatch = front.plus(operandBatch);
        indexBatch = front.plus(indexBatch);
      } else if (xd != null) {
        offset = front.plus(offset);
      }
      GatherDims batched =
          new GatherDims(offset, collapsed, operandBatch, indexBatch, map, indices.rank() - 1);
      GatherOp op = new GatherOp(batched, sizes, mode, sorted && id == null, unique, fill);
      return Batched.of(Bind.bind(op, x, indices), 0);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value x = operands.get(0);
      Value indices = operands.get(1);
      boolean key = outs.getFirst().key();
      GatherDims physical =
          key
              ? new GatherDims(
                  dims.offsetDims().plus(Axes.of(outs.getFirst().rank())),
                  dims.collapsedSliceDims(),
                  dims.operandBatchingDims(),
                  dims.startIndicesBatchingDims(),
                  dims.startIndexMap(),
                  dims.indexVectorDim())
              : dims;
      Longs sizes = key ? Slices.insert(sliceSizes, sliceSizes.size(), 2) : sliceSizes;
      Value y = b.add(new IndexOp.Gather(x, indices, physical, sizes, sorted));
      if (mode != GatherScatterMode.FILL_OR_DROP || key) {
        return List.of(y);
      }
      Value inside = inBounds(b, indices, x.shape(), dims.startIndexMap(), sliceSizes);
      Axes batchDims = dims.offsetDims().complement(y.shape().rank());
      Value mask = b.add(new ShapeOp.BroadcastInDim(inside, batchDims, y.shape()));
      Value filler = b.broadcast(b.constant(filler(y.dtype())), y.shape());
      return List.of(b.pointwise(Fn.SELECT, mask, y, filler));
    }

    private Literal filler(DType dtype) {
      if (fill != null) {
        return Literal.scalar(dtype, fill);
      }
      return switch (dtype.kind()) {
        case FLOAT, COMPLEX -> Literal.scalar(dtype, Double.NaN);
        case SIGNED -> Literal.scalar(dtype, dtype.minInteger());
        case UNSIGNED -> Literal.scalar(dtype, dtype.maxInteger());
        case BOOL -> Literal.scalar(dtype, 1L);
      };
    }
  }

  /** Whether the slice at each index vector lies within {@code shape}. */
  static Value inBounds(HloBuilder b, Value indices, Shape shape, Axes startIndexMap, Longs sizes) {
    int last = indices.shape().rank() - 1;
    Value upper =
        b.add(
            new ShapeOp.BroadcastInDim(
                limits(b, indices.dtype(), shape, startIndexMap, sizes),
                Axes.of(last),
                indices.shape()));
    Value zero = b.full(indices.dtype(), indices.shape(), 0);
    Value inside =
        b.pointwise(
            Fn.AND,
            b.compare(ElementwiseOp.Direction.GE, indices, zero),
            b.compare(ElementwiseOp.Direction.LE, indices, upper));
    Value yes = b.constant(Literal.scalar(DType.BOOL, 1L));
    return b.add(
        new ReductionOp.Reduce(
            List.of(inside),
            List.of(yes),
            Axes.of(last),
            HloBuilder.binaryBody(Fn.AND, DType.BOOL)));
  }

  /** The greatest index along each indexed dimension at which a slice still fits. */
  static Value limits(HloBuilder b, DType dtype, Shape shape, Axes startIndexMap, Longs sizes) {
    Shape one = Shape.of(startIndexMap.size());
    var data = Literal.allocate(new dev.jacobi.hlo.TensorType(dtype, one));
    for (int i = 0; i < startIndexMap.size(); i++) {
      int d = startIndexMap.get(i);
      long limit = shape.dim(d) - sizes.get(d);
      boolean fits = dtype.bits() == 64 || limit <= dtype.maxInteger();
      Literal.setLong(dtype, data, i, fits ? limit : dtype.maxInteger());
    }
    return b.constant(Literal.wrap(new dev.jacobi.hlo.TensorType(dtype, one), data));
  }

  /** Slices of {@code x}; the index vectors lie along the last dimension of {@code indices}. */
  public static Array gather(
      Array x,
      Array indices,
      GatherDims dims,
      Longs sliceSizes,
      GatherScatterMode mode,
      @Nullable Double fill) {
    return Bind.bind(new GatherOp(dims, sliceSizes, mode, false, false, fill), x, indices);
  }
}
