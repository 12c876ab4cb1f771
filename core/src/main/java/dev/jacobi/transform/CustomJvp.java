package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.JaxprTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A program with the user's rule for its tangents. Equality is identity. */
final class CustomJvp implements Primitive {
  private final String function;
  private final Jaxpr jaxpr;
  private final int captured;
  private final Flat rule;

  /**
   * @param captured how many inputs come from outside the function; they get no tangents
   * @param rule from arguments and their tangents to results and their tangents
   */
  CustomJvp(String function, Jaxpr jaxpr, int captured, Flat rule) {
    this.function = function;
    this.jaxpr = jaxpr.closed();
    this.captured = captured;
    this.rule = rule;
  }

  @Override
  public String name() {
    return "custom_jvp_call";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("name", function);
    params.put("call_jaxpr", jaxpr);
    if (captured > 0) {
      params.put("num_consts", captured);
    }
    params.put("symbolic_zeros", false);
    return params;
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return jaxpr.outAvals();
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    return split(rule.apply(arguments(primals, tangents)));
  }

  /** The rule is traced first: its calls may mix values and tangents, which must come apart. */
  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    List<Array> args = arguments(primals, tangents);
    List<Aval> avals = args.stream().map(Array::aval).toList();
    JaxprTrace.Traced traced = Jaxprs.trace("a custom JVP rule", avals, rule);
    List<Array> all = new ArrayList<>(traced.captured());
    all.addAll(args);
    Set<Array> linear = Collections.newSetFromMap(new IdentityHashMap<>());
    linear.addAll(args.subList(args.size() / 2, args.size()));
    return split(Jaxprs.evalApart(traced.jaxpr(), all, linear));
  }

  /** The rule's arguments: values, then tangents. */
  private List<Array> arguments(List<Array> primals, List<@Nullable Array> tangents) {
    if (tangents.subList(0, captured).stream().anyMatch(t -> t != null)) {
      throw new CustomRuleException(
          "the function "
              + function
              + " with a custom JVP rule captures a value that is being differentiated; its rule"
              + " cannot see that value. Pass it as an argument.");
    }
    List<Array> args = new ArrayList<>(primals.subList(captured, primals.size()));
    for (int i = captured; i < primals.size(); i++) {
      Array tangent = tangents.get(i);
      args.add(tangent == null ? Zeros.like(primals.get(i)) : tangent);
    }
    return args;
  }

  private Jvp split(List<Array> outs) {
    int n = jaxpr.outs().size();
    List<@Nullable Array> outTangents = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean smooth = jaxpr.outs().get(i).aval().isDifferentiable();
      outTangents.add(smooth ? outs.get(n + i) : null);
    }
    return new Jvp(outs.subList(0, n), outTangents);
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new CustomRuleException(
        "the function " + function + " with a custom JVP rule is not linear");
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Flat program = a -> Jaxprs.eval(jaxpr, a);
    List<Integer> front = Collections.nCopies(jaxpr.outs().size(), 0);
    List<Aval> avals = operands.stream().map(Array::aval).toList();
    Jaxpr mapped = Jaxprs.traceClosed(avals, a -> Batching.vmap(program, size, a, dims, front));
    List<@Nullable Integer> own = dims.subList(captured, dims.size());
    List<@Nullable Integer> twice = new ArrayList<>(own);
    twice.addAll(own);
    List<Integer> fronts = Collections.nCopies(2 * jaxpr.outs().size(), 0);
    Flat mappedRule = a -> Batching.vmap(rule, size, a, twice, fronts);
    return new Batched(
        Bind.bind(new CustomJvp(function, mapped, captured, mappedRule), operands),
        List.copyOf(front));
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return context.call(function, jaxpr, operands);
  }
}
