package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Combining slices into an array at indices. */
public final class Scatter {
  private Scatter() {}

  /** How an update meets the element that is there. */
  public enum Kind {
    SET("scatter", null),
    ADD("scatter-add", Fn.ADD),
    SUB("scatter-sub", Fn.SUB),
    MUL("scatter-mul", Fn.MUL),
    MIN("scatter-min", Fn.MIN),
    MAX("scatter-max", Fn.MAX);

    private final String primitive;
    private final @Nullable Fn fn;

    Kind(String primitive, @Nullable Fn fn) {
      this.primitive = primitive;
      this.fn = fn;
    }

    Block body(DType dtype) {
      if (fn != null) {
        return HloBuilder.binaryBody(fn, dtype);
      }
      HloBuilder b = new HloBuilder();
      b.param(TensorType.scalar(dtype));
      return b.build(b.param(TensorType.scalar(dtype)));
    }
  }

  /** Operands: the array, index vectors along the last dimension, updates. */
  record ScatterOp(
      Kind kind, ScatterDims dims, GatherScatterMode mode, boolean sorted, boolean unique)
      implements Primitive {
    @Override
    public String name() {
      return kind.primitive;
    }

    @Override
    public Map<String, Object> params() {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put(
          "dimension_numbers",
          "ScatterDimensionNumbers(update_window_dims="
              + dims.updateWindowDims()
              + ", inserted_window_dims="
              + dims.insertedWindowDims()
              + ", scatter_dims_to_operand_dims="
              + dims.scatterDimsToOperandDims()
              + ", operand_batching_dims="
              + dims.inputBatchingDims()
              + ", scatter_indices_batching_dims="
              + dims.scatterIndicesBatchingDims()
              + ")");
      params.put("indices_are_sorted", sorted);
      params.put("mode", "GatherScatterMode." + mode);
      params.put("unique_indices", unique);
      params.put("update_consts", "()");
      params.put("update_jaxpr", "None");
      return params;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.get(0);
      Aval indices = operands.get(1);
      Aval updates = operands.get(2);
      Elementwise.sameType(name(), List.of(x, updates));
      Domain.INTEGER.check(name(), indices.dtype());
      Shape batch = indices.shape().without(Axes.of(indices.rank() - 1));
      int window = dims.updateWindowDims().size();
      Shape got = updates.shape().without(dims.updateWindowDims());
      if (updates.rank() != batch.rank() + window || !got.equals(batch)) {
        throw new LaxTypeException(
            name(),
            "updates of shape "
                + updates.shape()
                + " do not fit indices of shape "
                + indices.shape()
                + " with windows along "
                + dims.updateWindowDims());
      }
      return List.of(x.strong());
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array y = Bind.bind(this, primals).getFirst();
      if (!y.aval().isDifferentiable()) {
        return Jvp.of(y, null);
      }
      Array x = primals.get(0);
      Array i = primals.get(1);
      Array u = primals.get(2);
      Array dx = tangents.get(0) == null ? Zeros.like(x) : tangents.get(0);
      Array du = tangents.get(2) == null ? Zeros.like(u) : tangents.get(2);
      Array dy =
          switch (kind) {
            case ADD, SUB -> Bind.bind(this, dx, i, du);
            case SET -> setTangent(x, i, u, dx, tangents.get(2));
            case MUL -> mulTangent(x, i, u, dx, tangents.get(2));
            case MIN, MAX -> extremalTangent(x, i, u, y, dx, du);
          };
      return Jvp.of(y, dy);
    }

    /** Numbers the updates, sees which one won at each place, and lets only that one through. */
    private Array setTangent(Array x, Array i, Array u, Array dx, @Nullable Array du) {
      if (unique || du == null) {
        return Bind.bind(this, dx, i, du == null ? Zeros.like(u) : du);
      }
      DType id = u.size() < Integer.MAX_VALUE ? DType.I32 : DType.I64;
      Array numbers = Shapes.reshape(Shapes.iota(id, Shape.of(u.size()), 0), u.shape());
      Array ids = Arithmetic.add(numbers, Scalars.of(id, 1));
      Array winners = Bind.bind(this, Zeros.of(Aval.of(id, x.shape())), i, ids);
      Array won = Compare.eq(ids, gatherBack(winners, i, u.shape(), 0.0));
      Array kept = Compare.select(Compare.eq(winners, Scalars.of(id, 0)), dx, Zeros.like(dx));
      Array let = Compare.select(won, du, Zeros.like(du));
      return Bind.bind(as(Kind.ADD), kept, i, let);
    }

    private Array mulTangent(Array x, Array i, Array u, Array dx, @Nullable Array du) {
      Array scaled = Bind.bind(this, dx, i, u);
      if (du == null) {
        return scaled;
      }
      if (!unique) {
        throw new LaxTypeException(
            name(),
            "has no derivative in the updates where two of them may meet the same element;"
                + " promise uniqueIndices if they cannot");
      }
      Array there = gatherBack(x, i, u.shape(), 0.0);
      return Bind.bind(as(Kind.ADD), scaled, i, Arithmetic.mul(there, du));
    }

    /** What attains the extremum shares its tangent equally. */
    private Array extremalTangent(Array x, Array i, Array u, Array y, Array dx, Array du) {
      Array stays = Convert.convertElementType(Compare.eq(x, y), x.dtype());
      Array reaches =
          Convert.convertElementType(
              Compare.eq(u, gatherBack(y, i, u.shape(), Double.NaN)), u.dtype());
      ScatterOp add = as(Kind.ADD);
      Array count = Bind.bind(add, stays, i, reaches);
      Array total = Bind.bind(add, Arithmetic.mul(dx, stays), i, Arithmetic.mul(du, reaches));
      return Arithmetic.div(total, count);
    }

    private ScatterOp as(Kind other) {
      return new ScatterOp(other, dims, mode, sorted, unique);
    }

    /** What {@code x} holds where each update goes. */
    private Array gatherBack(Array x, Array indices, Shape updates, double fill) {
      GatherDims back =
          new GatherDims(
              dims.updateWindowDims(),
              dims.insertedWindowDims(),
              dims.inputBatchingDims(),
              dims.scatterIndicesBatchingDims(),
              dims.scatterDimsToOperandDims(),
              dims.indexVectorDim());
      Longs sizes = windowSizes(x.rank(), updates);
      return Bind.bind(new Gather.GatherOp(back, sizes, mode, sorted, unique, fill), x, indices);
    }

    /** The window of an update as sizes along all dimensions of the array. */
    private Longs windowSizes(int rank, Shape updates) {
      Axes ones = dims.insertedWindowDims().plus(dims.inputBatchingDims());
      long[] sizes = new long[rank];
      int next = 0;
      for (int d = 0; d < rank; d++) {
        sizes[d] = ones.contains(d) ? 1 : updates.at(dims.updateWindowDims().get(next++));
      }
      return Longs.of(sizes);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      Operand x = operands.get(0);
      Array i = operands.get(1).known();
      Operand u = operands.get(2);
      Shape updates = u.aval().shape();
      return switch (kind) {
        case ADD, SUB -> {
          Array there = u.isLinear() ? gatherBack(ct, i, updates, 0.0) : null;
          Array pulled = there != null && kind == Kind.SUB ? Arithmetic.neg(there) : there;
          yield Arrays.asList(x.isLinear() ? ct : null, null, pulled);
        }
        case SET -> {
          if (!unique && u.isLinear()) {
            throw new NotLinearException(this);
          }
          // Read before it is written over: then a loop does so in place.
          Array there = u.isLinear() ? gatherBack(ct, i, updates, 0.0) : null;
          Array kept = x.isLinear() ? Bind.bind(this, ct, i, Zeros.of(u.aval())) : null;
          yield Arrays.asList(kept, null, there);
        }
        case MUL -> {
          if (u.isLinear()) {
            throw new NotLinearException(this);
          }
          yield Arrays.asList(Bind.bind(this, ct, i, u.known()), null, null);
        }
        case MIN, MAX -> throw new NotLinearException(this);
      };
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> at) {
      Array x = Dims.batchAt(operands.get(0), at.get(0), size, 0);
      Array u = Dims.batchAt(operands.get(2), at.get(2), size, 0);
      Integer id = at.get(1);
      Array i = id == null ? operands.get(1) : Dims.move(operands.get(1), id, 0);
      return Batched.of(Bind.bind(batched(id != null, i.rank()), x, i, u), 0);
    }

    /** The same behind a batch dimension of arrays and updates, and of the indices or not. */
    ScatterOp batched(boolean indices, int indicesRank) {
      Axes front = Axes.of(0);
      Axes window = dims.updateWindowDims().map(d -> d + 1);
      Axes batching = dims.inputBatchingDims().map(d -> d + 1);
      Axes indexBatching = dims.scatterIndicesBatchingDims();
      ScatterDims batched =
          new ScatterDims(
              indices ? window : front.plus(window),
              dims.insertedWindowDims().map(d -> d + 1),
              indices ? front.plus(batching) : batching,
              indices ? front.plus(indexBatching.map(d -> d + 1)) : indexBatching,
              dims.scatterDimsToOperandDims().map(d -> d + 1),
              indicesRank - 1);
      return new ScatterOp(kind, batched, mode, sorted && !indices, unique);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return lower(context.builder(), operands, kind.body(operands.getFirst().dtype()));
    }

    List<Value> lower(HloBuilder b, List<Value> operands, Block body) {
      Value x = operands.get(0);
      Value indices = operands.get(1);
      Value updates = operands.get(2);
      if (mode == GatherScatterMode.CLIP) {
        indices = clipped(b, x, indices, updates);
      }
      return b.addAll(
          new IndexOp.Scatter(List.of(x), indices, List.of(updates), dims, sorted, unique, body));
    }

    private Value clipped(HloBuilder b, Value x, Value indices, Value updates) {
      Longs sizes = windowSizes(x.shape().rank(), updates.shape());
      Axes map = dims.scatterDimsToOperandDims();
      Value limits = Gather.limits(b, indices.dtype(), x.shape(), map, sizes);
      Axes last = Axes.of(indices.shape().rank() - 1);
      Value upper = b.add(new ShapeOp.BroadcastInDim(limits, last, indices.shape()));
      Value zero = b.full(indices.dtype(), indices.shape(), 0);
      return b.pointwise(Fn.CLAMP, zero, indices, upper);
    }
  }

  /** The array with slices of {@code updates} combined into it, in row-major order of updates. */
  public static Array scatter(
      Kind kind,
      Array x,
      Array indices,
      Array updates,
      ScatterDims dims,
      GatherScatterMode mode,
      boolean sorted,
      boolean unique) {
    return Bind.bind(new ScatterOp(kind, dims, mode, sorted, unique), x, indices, updates);
  }
}
