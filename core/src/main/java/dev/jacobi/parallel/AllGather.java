package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All members' arrays, side by side, which each of them gets.
 *
 * @param dim the dimension along which they lie: a new one, or one that there is if {@code tiled}
 * @param size members of a group
 * @param invariant whether types say that the result does not differ along the axes
 */
record AllGather(
    int dim, List<String> axes, Groups groups, long size, boolean tiled, boolean invariant)
    implements Collective {
  @Override
  public String name() {
    return invariant ? "all_gather_invariant" : "all_gather";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("all_gather_dimension", dim);
    if (!invariant) {
      params.put("axis_index_groups", groups.indices());
    }
    params.put("axis_name", Collective.quoted(axes));
    params.put("axis_size", size);
    params.put("tiled", tiled);
    return params;
  }

  @Override
  public Aval shape(Aval x) {
    Shape s = x.shape();
    Aval all = x.withShape(tiled ? s.with(dim, s.dim(dim) * size) : s.insert(dim, size));
    return invariant
        ? all.withVarying(x.varying().stream().filter(a -> !axes.contains(a)).toList())
        : all;
  }

  /** Every member got it: what flows back to each is summed. One value was taken from once. */
  @Override
  public Array pull(Array ct, Aval operand) {
    if (!invariant) {
      return Bind.bind(new ReduceScatter(dim, axes, groups, size, tiled), ct);
    }
    long each = ct.dim(dim) / size;
    Array mine = Arithmetic.mul(Collectives.axisIndex(axes), Scalars.of(DType.I32, each));
    Array zero = Scalars.of(DType.I32, 0);
    List<Array> starts = new ArrayList<>(Collections.nCopies(ct.rank(), zero));
    starts.set(dim, mine);
    Array part = DynamicSlices.dynamicSlice(ct, starts, Collective.sizes(ct, dim, each));
    return tiled ? part : Shapes.squeeze(part, Axes.of(dim));
  }

  @Override
  public Batched shifted(Array x, int at) {
    boolean before = at <= dim;
    Primitive moved = new AllGather(before ? dim + 1 : dim, axes, groups, size, tiled, invariant);
    return Batched.of(Bind.bind(moved, x), before || tiled ? at : at + 1);
  }

  @Override
  public Batched together(Array members, long n) {
    if (groups.indices().isEmpty()) {
      return Batched.of(placed(members), null);
    }
    List<@Nullable Array> results = new ArrayList<>(Collections.nCopies((int) n, null));
    for (List<Integer> group : groups.places(n)) {
      Array all = placed(Collective.some(members, group));
      group.forEach(i -> results.set(i, all));
    }
    return Batched.of(Collective.stacked(results.stream().map(r -> r).toList()), 0);
  }

  private Array placed(Array members) {
    Array moved = Dims.move(members, 0, dim);
    return tiled ? Collective.merged(moved, dim) : moved;
  }

  /** Along one axis after the other, the last one first; the vmapped one waits in front. */
  @Override
  public Batched apart(String axis, Array x, @Nullable Integer at, long n) {
    if (groups.indices().isPresent()) {
      return Collective.super.apart(axis, x, at, n);
    }
    Array all = Dims.batchAt(x, at, n, 0);
    int inFront = 1;
    for (String a : axes.reversed()) {
      if (a.equals(axis)) {
        all = Dims.move(all, 0, dim);
        inFront = 0;
      } else {
        long m = Collectives.size(name(), a);
        all = Bind.bind(new AllGather(dim + inFront, List.of(a), groups, m, false, invariant), all);
      }
    }
    for (int i = tiled ? 0 : 1; i < axes.size(); i++) {
      all = Collective.merged(all, dim);
    }
    return Batched.of(all, null);
  }

  @Override
  public Value lower(LowerContext context, Value x, Aval out) {
    Value wide = x;
    if (!tiled) {
      wide = context.builder().add(new ShapeOp.Reshape(x, x.shape().insert(dim, 1)));
    }
    return context
        .builder()
        .add(
            new CollectiveOp.AllGather(
                List.of(wide),
                dim,
                groups.on(context.grid(), axes, true),
                List.of(out.physical())));
  }
}
