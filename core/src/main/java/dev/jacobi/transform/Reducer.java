package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Stacking;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reductions of N arrays, followed by their N initial values, by a program of 2N scalars. */
sealed interface Reducer extends Primitive permits GeneralReduce, GeneralReduceWindow {
  Jaxpr jaxpr();

  /** The same where the arrays have a new first dimension that is not reduced. */
  Reducer behindBatch();

  /** The types of arrays after the reduction. */
  List<Aval> reduced(List<Aval> arrays);

  @Override
  default List<Aval> abstractEval(List<Aval> operands) {
    int n = operands.size() / 2;
    List<Aval> arrays = operands.subList(0, n);
    for (int k = 0; k < n; k++) {
      Aval x = arrays.get(k);
      Aval init = operands.get(n + k);
      if (x.dtype() != init.dtype() || init.rank() != 0) {
        throw new LaxTypeException(name(), "cannot reduce " + x + " from " + init);
      }
      if (!x.shape().equals(arrays.getFirst().shape())) {
        throw new LaxTypeException(name(), "takes arrays of one shape, not " + arrays);
      }
    }
    return reduced(arrays);
  }

  @Override
  default List<@Nullable Array> transpose(
      List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new NotLinearException(this);
  }

  /** Initial values of a batch each have a reduction of their own; JAX has no rule for them. */
  @Override
  default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    int n = operands.size() / 2;
    boolean shared = dims.subList(n, 2 * n).stream().allMatch(d -> d == null);
    if (!shared) {
      return apart(size, operands, dims);
    }
    List<Array> moved = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      moved.add(Dims.batchAt(operands.get(k), dims.get(k), size, 0));
    }
    moved.addAll(operands.subList(n, 2 * n));
    List<Array> out = Bind.bind(behindBatch(), moved);
    return new Batched(out, Collections.nCopies(n, 0));
  }

  private Batched apart(long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<List<Array>> results = new ArrayList<>();
    for (long i = 0; i < size; i++) {
      List<Array> one = new ArrayList<>();
      for (int k = 0; k < operands.size(); k++) {
        Integer dim = dims.get(k);
        one.add(dim == null ? operands.get(k) : entry(operands.get(k), dim, i));
      }
      results.add(Bind.bind(this, one));
    }
    List<Array> stacked = new ArrayList<>();
    for (int k = 0; k < operands.size() / 2; k++) {
      int result = k;
      stacked.add(Stacking.stack(results.stream().map(r -> r.get(result)).toList(), 0));
    }
    return new Batched(stacked, Collections.nCopies(stacked.size(), 0));
  }

  private static Array entry(Array x, int dim, long i) {
    long[] from = new long[x.rank()];
    long[] to = x.shape().toArray();
    from[dim] = i;
    to[dim] = i + 1;
    Array slice = Slices.slice(x, Longs.of(from), Longs.of(to), Longs.fill(from.length, 1));
    return Shapes.reshape(slice, x.shape().without(Axes.of(dim)));
  }

  /** Tangents of initial values have no rule, as in JAX. */
  static void requireFixed(String name, List<@Nullable Array> tangents) {
    int n = tangents.size() / 2;
    if (tangents.subList(n, 2 * n).stream().anyMatch(t -> t != null)) {
      throw new LaxTypeException(
          name, "has no derivative in its initial values; combine them with the result instead");
    }
  }
}
