package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Gather;
import dev.jacobi.lax.GatherScatterMode;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the largest (or smallest) elements along a dimension and their places, of which a backend
 * may miss some: Chern and others, "TPU-KNN", 2022. Here none is missed.
 *
 * @param recallTarget the share of the true ones that must be found
 * @param reductionInputSizeOverride if not negative, the size of the whole of which this is a part
 * @param aggregateToTopk whether the best k are picked and sorted
 */
public record ApproxTopK(
    boolean aggregateToTopk,
    boolean isMaxK,
    long k,
    double recallTarget,
    int reductionDimension,
    long reductionInputSizeOverride)
    implements Primitive {
  @Override
  public String name() {
    return "approx_top_k";
  }

  private int axis(int rank) {
    return reductionDimension < 0 ? reductionDimension + rank : reductionDimension;
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval x = operands.getFirst();
    int d = axis(x.rank());
    if (!x.dtype().isFloat() || x.key()) {
      throw new LaxTypeException(name(), "takes floating-point numbers, not " + x);
    }
    if (d < 0 || d >= x.rank()) {
      throw new LaxTypeException(name(), x + " has no dimension " + reductionDimension);
    }
    if (k <= 0 || k > x.dim(d) || x.dim(d) > Integer.MAX_VALUE) {
      throw new LaxTypeException(
          name(), "k must be from 1 to the size of dimension " + d + " of " + x + ": " + k);
    }
    Aval values = x.withShape(x.shape().with(d, found(x.dim(d), x.rank())));
    return List.of(values, Aval.of(DType.I32, values.shape()));
  }

  /**
   * How many candidates XLA keeps. Each of m bins keeps its best; one of the best k elements has
   * its bin to itself with the probability {@code (1 - 1/m)^(k-1)}, which is to be the recall. n is
   * halved as long as m bins are left, in whole tiles of a TPU.
   */
  private long found(long n, int rank) {
    if (aggregateToTopk) {
      return k;
    }
    long whole = reductionInputSizeOverride >= 0 ? reductionInputSizeOverride : n;
    if (!(recallTarget > 0 && recallTarget < 1) || n > whole) {
      throw new LaxTypeException(
          name(), "needs 0 < recallTarget < 1 and an override of at least " + n);
    }
    long tile = rank == 1 ? 1024 : 128;
    if (n <= tile || k == 1) {
      return Math.min(n, tile);
    }
    long bins = (long) ((1.0 - k) / Math.log((float) recallTarget));
    long m = Math.min(Math.max(bins, tile), whole);
    int halvings = 63 - Long.numberOfLeadingZeros(whole / m);
    if (halvings == 0) {
      return n;
    }
    int most = 64 - Long.numberOfLeadingZeros(n / tile - 1);
    return Math.ceilDiv(Math.ceilDiv(n, tile), 1L << Math.min(halvings, most)) * tile;
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    List<Array> found = Bind.bind(this, primals);
    Array t = tangents.getFirst();
    int d = axis(primals.getFirst().rank());
    return new Jvp(
        found, Arrays.asList(t == null ? null : takeAlongAxis(t, found.getLast(), d), null));
  }

  /** JAX's program of this name, for indices of the operand's shape but along one dimension. */
  private static Array takeAlongAxis(Array x, Array indices, int axis) {
    return NamedJit.call(
            "take_along_axis",
            axis,
            a -> List.of(taken(a.get(0), a.get(1), axis)),
            List.of(x, indices))
        .getFirst();
  }

  private static Array taken(Array x, Array indices, int axis) {
    Array isNegative = Compare.lt(indices, Scalars.like(indices, 0));
    Array fromEnd = Arithmetic.add(indices, Scalars.like(indices, x.dim(axis)));
    Array places = Compare.select(isNegative, fromEnd, indices);
    int rank = x.rank();
    Axes rest = Axes.of(axis).complement(rank);
    GatherDims dims = new GatherDims(Axes.of(), Axes.of(axis), rest, rest, Axes.of(axis), rank);
    Array vectors = Shapes.reshape(places, places.shape().insert(rank, 1));
    Longs one = Longs.fill(rank, 1);
    return Gather.gather(x, vectors, dims, one, GatherScatterMode.FILL_OR_DROP, null);
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new NotLinearException(this);
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    int dim = dims.getFirst();
    int d = axis(operands.getFirst().rank() - 1);
    ApproxTopK op =
        new ApproxTopK(
            aggregateToTopk,
            isMaxK,
            k,
            recallTarget,
            d < dim ? d : d + 1,
            reductionInputSizeOverride);
    return new Batched(Bind.bind(op, operands), List.of(dim, dim));
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    HloBuilder b = context.builder();
    Value x = operands.getFirst();
    int d = axis(x.shape().rank());
    int last = x.shape().rank() - 1;
    int[] swapped = Axes.range(last + 1).toArray();
    swapped[d] = last;
    swapped[last] = d;
    Axes swap = Axes.of(swapped);
    Value rows = d == last ? x : b.add(new ShapeOp.Transpose(x, swap));
    Value best = isMaxK ? rows : b.pointwise(Fn.NEG, rows);
    List<Value> found = b.addAll(new OrderOp.TopK(best, outs.getFirst().dim(d)));
    Value values = isMaxK ? found.get(0) : b.pointwise(Fn.NEG, found.get(0));
    return List.of(values, found.get(1)).stream()
        .map(v -> d == last ? v : b.add(new ShapeOp.Transpose(v, swap)))
        .toList();
  }
}
