package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reduction over dimensions by any program of scalars. */
record GeneralReduce(Jaxpr jaxpr, Axes dimensions) implements Reducer {
  @Override
  public String name() {
    return "reduce";
  }

  @Override
  public List<Aval> reduced(List<Aval> arrays) {
    Aval first = arrays.getFirst();
    if (dimensions.stream().anyMatch(d -> d < 0 || d >= first.rank())) {
      throw new LaxTypeException(
          name(), "axes " + dimensions + " are not all dimensions of " + first);
    }
    return arrays.stream().map(x -> x.withShape(x.shape().without(dimensions)).strong()).toList();
  }

  @Override
  public Reducer behindBatch() {
    return new GeneralReduce(jaxpr, dimensions.map(d -> d + 1));
  }

  /** The derivative of a tree of halves, in which the program runs on whole arrays. */
  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Reducer.requireFixed(name(), tangents);
    int n = primals.size() / 2;
    List<Array> inits = primals.subList(n, 2 * n);
    Jvp tree =
        Differentiation.jvp(xs -> tree(xs, inits), primals.subList(0, n), tangents.subList(0, n));
    return new Jvp(Bind.bind(this, primals), tree.tangents());
  }

  private List<Array> tree(List<Array> arrays, List<Array> inits) {
    Shape shape = arrays.getFirst().shape();
    Axes kept = dimensions.complement(shape.rank());
    Shape result = shape.select(kept);
    Shape rows = Shape.of(shape.select(dimensions).size(), result.size());
    List<Array> x = new ArrayList<>();
    arrays.forEach(a -> x.add(Shapes.reshape(Shapes.transpose(a, dimensions.plus(kept)), rows)));
    if (rows.dim(0) == 0) {
      return inits.stream().map(i -> Zeros.full(i, result)).toList();
    }
    List<Array> now = x;
    while (now.getFirst().dim(0) > 1) {
      long m = now.getFirst().dim(0);
      long half = (m + 1) / 2;
      List<Array> next = new ArrayList<>();
      now.forEach(a -> next.add(rows(a, 0, half)));
      for (int k = 0; k < now.size(); k++) {
        Array rest = rows(now.get(k), half, m);
        Longs none = Longs.of(0, 0);
        next.add(m % 2 == 0 ? rest : Slices.pad(rest, inits.get(k), none, Longs.of(1, 0), none));
      }
      now = onArrays(next);
    }
    return now.stream().map(a -> Shapes.reshape(a, result)).toList();
  }

  private static Array rows(Array x, long from, long to) {
    return Slices.slice(x, Longs.of(from, 0), Longs.of(to, x.dim(1)), Longs.of(1, 1));
  }

  /** The program of scalars on matrices of one shape. */
  private List<Array> onArrays(List<Array> operands) {
    Shape shape = operands.getFirst().shape();
    Shape flat = Shape.of(shape.size());
    List<Array> vectors = operands.stream().map(a -> Shapes.reshape(a, flat)).toList();
    List<Integer> operandDims = Collections.nCopies(operands.size(), 0);
    List<Integer> resultDims = Collections.nCopies(operands.size() / 2, 0);
    return Batching.vmap(a -> Jaxprs.eval(jaxpr, a), shape.size(), vectors, operandDims, resultDims)
        .stream()
        .map(a -> Shapes.reshape(a, shape))
        .toList();
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    int n = operands.size() / 2;
    return context
        .builder()
        .addAll(
            new ReductionOp.Reduce(
                operands.subList(0, n),
                operands.subList(n, 2 * n),
                dimensions,
                context.body(jaxpr)));
  }
}
