package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The same value, counted as one of each device; what flows back to it is summed over them. */
record Pvary(List<String> axes) implements Collective {
  @Override
  public String name() {
    return "pvary";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("axes", Collective.quoted(axes));
  }

  @Override
  public Groups groups() {
    return Groups.ALL;
  }

  @Override
  public Aval shape(Aval x) {
    TreeSet<String> all = new TreeSet<>(x.varying());
    all.addAll(axes);
    return x.withVarying(List.copyOf(all));
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return List.of(shape(operands.getFirst())); // keys too
  }

  /** Of a value that differs along some of the axes already, the others remain. */
  @Override
  public Optional<List<Array>> done(List<Array> operands) {
    Array x = operands.getFirst();
    return x != null && axes.stream().anyMatch(x.aval().varying()::contains)
        ? Optional.of(List.of(Context.varied(x, axes)))
        : Optional.empty();
  }

  @Override
  public Array pull(Array cotangent, Aval operand) {
    return AllReduce.sumInvariant(cotangent, axes);
  }

  @Override
  public Batched shifted(Array x, int dim) {
    return Batched.of(Bind.bind(this, x), dim);
  }

  @Override
  public Batched together(Array members, long size) {
    return Batched.of(members, 0);
  }

  @Override
  public Batched apart(String axis, Array x, @Nullable Integer dim, long size) {
    List<String> rest = axes.stream().filter(a -> !a.equals(axis)).toList();
    return Batched.of(Bind.bind(new Pvary(rest), x), dim);
  }

  @Override
  public Value lower(LowerContext context, Value x, Aval out) {
    return x;
  }
}
