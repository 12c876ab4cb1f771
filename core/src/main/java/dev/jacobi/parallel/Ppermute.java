package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Members send their arrays to each other; who gets nothing has zeros.
 *
 * @param perm pairs of source and target along the axes
 */
record Ppermute(List<String> axes, List<List<Integer>> perm) implements Collective {
  @Override
  public String name() {
    return "ppermute";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("axis_name", Collective.quoted(axes));
    params.put("perm", perm);
    return params;
  }

  @Override
  public Groups groups() {
    return Groups.ALL;
  }

  @Override
  public Aval shape(Aval x) {
    return x;
  }

  @Override
  public Array pull(Array cotangent, Aval operand) {
    return Bind.bind(new Ppermute(axes, perm.stream().map(List::reversed).toList()), cotangent);
  }

  @Override
  public Batched shifted(Array x, int dim) {
    return Batched.of(Bind.bind(this, x), dim);
  }

  @Override
  public Batched together(Array members, long size) {
    List<Array> results = new ArrayList<>(Collections.nCopies((int) size, nothing(members)));
    perm.forEach(p -> results.set(p.get(1), Collective.member(members, p.get(0))));
    return Batched.of(Collective.stacked(results), 0);
  }

  private static Array nothing(Array members) {
    return Zeros.of(Collective.member(members, 0).aval());
  }

  @Override
  public Value lower(LowerContext context, Value x, Aval out) {
    return context
        .builder()
        .add(new CollectiveOp.CollectivePermute(x, Groups.pairs(context.grid(), axes, perm)));
  }
}
