package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sum of all members' arrays, of which each gets its part.
 *
 * @param dim the dimension that is divided; it is gone afterwards unless {@code tiled}
 * @param size members of a group
 */
record ReduceScatter(int dim, List<String> axes, Groups groups, long size, boolean tiled)
    implements Collective {
  @Override
  public String name() {
    return "reduce_scatter";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("axis_index_groups", groups.indices());
    params.put("axis_name", Collective.quoted(axes));
    params.put("axis_size", size);
    params.put("scatter_dimension", dim);
    params.put("tiled", tiled);
    return params;
  }

  @Override
  public Aval shape(Aval x) {
    Shape s = x.shape();
    return x.withShape(tiled ? s.with(dim, s.dim(dim) / size) : s.without(Axes.of(dim)));
  }

  @Override
  public Array pull(Array cotangent, Aval operand) {
    return Bind.bind(new AllGather(dim, axes, groups, size, tiled, false), cotangent);
  }

  @Override
  public Batched shifted(Array x, int at) {
    boolean before = at <= dim;
    Primitive moved = new ReduceScatter(before ? dim + 1 : dim, axes, groups, size, tiled);
    return Batched.of(Bind.bind(moved, x), before || tiled ? at : at - 1);
  }

  @Override
  public Batched together(Array members, long n) {
    if (groups.indices().isEmpty()) {
      return Batched.of(divided(members), dim);
    }
    List<@Nullable Array> results = new ArrayList<>(Collections.nCopies((int) n, null));
    for (List<Integer> group : groups.places(n)) {
      Array parts = Dims.move(divided(Collective.some(members, group)), dim, 0);
      for (int i = 0; i < group.size(); i++) {
        results.set(group.get(i), Collective.member(parts, i));
      }
    }
    return Batched.of(Collective.stacked(results.stream().map(r -> r).toList()), 0);
  }

  /** The sum; at {@code dim} whose part it is. */
  private Array divided(Array members) {
    Array sum = Reductions.sum(members, Axes.of(0));
    return tiled ? Collective.split(sum, dim, size) : sum;
  }

  /** Along one axis after the other, the first one first. */
  @Override
  public Batched apart(String axis, Array x, @Nullable Integer at, long n) {
    if (groups.indices().isPresent()) {
      return Collective.super.apart(axis, x, at, n);
    }
    Array part = Dims.batchAt(x, at, n, 0);
    for (String a : axes) {
      if (a.equals(axis)) {
        part = Dims.move(Collective.split(Reductions.sum(part, Axes.of(0)), dim, n), dim, 0);
      } else {
        long m = Collectives.size(name(), a);
        part = Bind.bind(new ReduceScatter(dim + 1, List.of(a), groups, m, true), part);
      }
    }
    return Batched.of(tiled ? part : Shapes.squeeze(part, Axes.of(dim + 1)), 0);
  }

  @Override
  public Value lower(LowerContext context, Value x, Aval out) {
    TensorType part = new TensorType(x.dtype(), x.shape().with(dim, x.shape().dim(dim) / size));
    Value scattered =
        context
            .builder()
            .add(
                new CollectiveOp.ReduceScatter(
                    x,
                    dim,
                    groups.on(context.grid(), axes, true),
                    HloBuilder.binaryBody(Fn.ADD, x.dtype()),
                    part));
    return tiled ? scattered : context.builder().add(new ShapeOp.Reshape(scattered, out.shape()));
  }
}
