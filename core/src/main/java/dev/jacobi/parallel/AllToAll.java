package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Dims;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Members cut their arrays into parts, hand part {@code i} to member {@code i}, and put what they
 * get side by side.
 *
 * @param split the dimension that is cut
 * @param concat the dimension along which parts are put together
 * @param size members of a group
 * @param tiled as a user said it; dimensions stay either way
 */
record AllToAll(List<String> axes, int split, int concat, Groups groups, long size, boolean tiled)
    implements Collective {
  @Override
  public String name() {
    return "all_to_all";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("axis_index_groups", groups.indices());
    params.put("axis_name", axes.size() == 1 ? axes.getFirst() : Collective.quoted(axes));
    params.put("concat_axis", concat);
    params.put("split_axis", split);
    params.put("tiled", tiled);
    return params;
  }

  @Override
  public Aval shape(Aval x) {
    Shape cut = x.shape().with(split, x.dim(split) / size);
    return x.withShape(cut.with(concat, cut.dim(concat) * size)).strong();
  }

  @Override
  public Array pull(Array cotangent, Aval operand) {
    return Bind.bind(new AllToAll(axes, concat, split, groups, size, tiled), cotangent);
  }

  @Override
  public Batched shifted(Array x, int dim) {
    int s = dim <= split ? split + 1 : split;
    int c = dim <= concat ? concat + 1 : concat;
    return Batched.of(Bind.bind(new AllToAll(axes, s, c, groups, size, tiled), x), dim);
  }

  /** Parts of a dimension become members, and members parts: a transposition. */
  @Override
  public Batched together(Array members, long n) {
    if (groups.indices().isEmpty()) {
      return Batched.of(exchanged(members), 0);
    }
    List<@Nullable Array> results = new ArrayList<>(Collections.nCopies((int) n, null));
    for (List<Integer> group : groups.places(n)) {
      Array each = exchanged(Collective.some(members, group));
      for (int i = 0; i < group.size(); i++) {
        results.set(group.get(i), Collective.member(each, i));
      }
    }
    return Batched.of(Collective.stacked(results.stream().map(r -> r).toList()), 0);
  }

  private Array exchanged(Array members) {
    Array parts = Dims.move(Collective.split(members, split + 1, size), split + 1, 0);
    return Collective.merged(Dims.move(parts, 1, concat + 1), concat + 1);
  }

  @Override
  public Value lower(LowerContext context, Value x, Aval out) {
    return context
        .builder()
        .add(
            new CollectiveOp.AllToAll(
                List.of(x), split, concat, size, groups.on(context.grid(), axes, false)));
  }
}
