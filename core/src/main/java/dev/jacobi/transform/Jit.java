package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.CallPrimitive;
import dev.jacobi.jaxpr.GridLayout;
import dev.jacobi.jaxpr.GridPrimitive;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lowering.GridPlan;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The call primitive: a program compiled as one, under the name of its function. */
public record Jit(String function, Jaxpr jaxpr, Set<Integer> donated, int threads)
    implements CallPrimitive, GridPrimitive {
  /** A call with no donation on all threads. */
  public Jit(String function, Jaxpr jaxpr) {
    this(function, jaxpr.closed(), Set.of(), 0);
  }

  @Override
  public String name() {
    return "jit";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("name", function);
    params.put("jaxpr", jaxpr);
    return params;
  }

  private List<Array> call(String suffix, Jaxpr derived, List<Array> operands) {
    return Bind.bind(new Jit(function + suffix, derived, Set.of(), threads), operands);
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return jaxpr.outAvals();
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    var derived = Derived.jvp(jaxpr, Masks.of(tangents), List.of());
    List<Array> operands = new ArrayList<>(primals);
    operands.addAll(Masks.present(tangents));
    List<Array> outs = call("", derived.jaxpr(), operands);
    int n = jaxpr.outs().size();
    return new Jvp(
        outs.subList(0, n), Masks.spread(outs.subList(n, outs.size()), derived.nonzero()));
  }

  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    var split = Derived.linearize(jaxpr, Masks.of(tangents), List.of());
    List<Array> outs = call("", split.primal(), primals);
    int n = jaxpr.outs().size();
    List<Array> operands = new ArrayList<>();
    for (int source : split.residuals()) {
      operands.add(source >= 0 ? primals.get(source) : outs.get(n - 1 - source));
    }
    operands.addAll(Masks.present(tangents));
    List<Array> pushed =
        split.linear().outs().isEmpty() ? List.of() : call("_tangent", split.linear(), operands);
    return new Jvp(outs.subList(0, n), Masks.spread(pushed, split.nonzero()));
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    List<Boolean> linear = operands.stream().map(Operand::isLinear).toList();
    var derived = Derived.transpose(jaxpr, linear, Masks.of(cotangents), List.of());
    List<Array> args = new ArrayList<>();
    operands.stream().filter(o -> !o.isLinear()).forEach(o -> args.add(o.known()));
    args.addAll(Masks.present(cotangents));
    List<@Nullable Array> pulled = call("_transpose", derived.jaxpr(), args);
    return Masks.spread(Masks.spread(pulled, derived.nonzero()), linear);
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    var mapped = Derived.vmap(jaxpr, size, dims);
    return new Batched(call("", mapped.jaxpr(), operands), mapped.dims());
  }

  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    List<Array> all = new ArrayList<>(List.of(active));
    all.addAll(operands);
    return call("", Derived.where(jaxpr, active.aval()), all);
  }

  @Override
  public Optional<Primitive> silent() {
    return Optional.of(new Jit(function, jaxpr.silent(), donated, threads));
  }

  @Override
  public List<Optional<GridLayout>> operandLayouts() {
    return GridPlan.wanted(jaxpr);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return context.call(function, jaxpr, operands);
  }
}
