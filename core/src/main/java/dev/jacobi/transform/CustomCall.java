package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.jaxpr.ProgramPrimitive;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.BatchAxis;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program with the user's rule for its derivatives: what the two kinds of rule share. Equality is
 * identity.
 */
abstract sealed class CustomCall implements ProgramPrimitive permits CustomJvp, CustomVjp {
  private final String rule;
  final String function;
  final Jaxpr jaxpr;
  final int captured;

  /**
   * @param rule JVP or VJP
   * @param captured how many inputs come from outside the function; they have no derivatives
   */
  CustomCall(String rule, String function, Jaxpr jaxpr, int captured) {
    this.rule = rule;
    this.function = function;
    this.jaxpr = jaxpr.closed();
    this.captured = captured;
  }

  @Override
  public final String name() {
    return "custom_" + rule.toLowerCase(Locale.ROOT) + "_call";
  }

  @Override
  public final Map<String, Object> params() {
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
  public final List<Aval> abstractEval(List<Aval> operands) {
    return jaxpr.outAvals();
  }

  @Override
  public final List<@Nullable Array> transpose(
      List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new CustomRuleException(title() + " is not linear");
  }

  @Override
  public final List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return context.call(function, jaxpr, operands);
  }

  @Override
  public final Jaxpr jaxpr() {
    return jaxpr;
  }

  @Override
  public final List<Array> bindWhere(Array active, List<Array> operands) {
    List<Array> all = new ArrayList<>(List.of(active));
    all.addAll(operands);
    return Bind.bind(with(Derived.where(jaxpr, active.aval()), captured + 1), all);
  }

  @Override
  public final Optional<Primitive> silent() {
    return Optional.of(with(jaxpr.silent(), captured));
  }

  /** Another program for the function, with the same rule. */
  abstract CustomCall with(Jaxpr program, int capturing);

  private String title() {
    return "the function " + function + " with a custom " + rule + " rule";
  }

  /** The operands that are the function's arguments. */
  final <T extends @Nullable Object> List<T> arguments(List<T> operands) {
    return operands.subList(captured, operands.size());
  }

  /** The tangents of the arguments, zeros included. */
  final List<Array> tangents(List<Array> primals, List<@Nullable Array> tangents) {
    if (tangents.subList(0, captured).stream().anyMatch(t -> t != null)) {
      throw new CustomRuleException(
          title()
              + " captures a value that is being differentiated; its rule cannot see that value."
              + " Pass it as an argument.");
    }
    List<Array> all = new ArrayList<>();
    for (int i = captured; i < primals.size(); i++) {
      Array tangent = tangents.get(i);
      all.add(tangent == null ? Zeros.like(primals.get(i)) : tangent);
    }
    return all;
  }

  /** Results with the tangents of those that have any. */
  final Jvp paired(List<Array> outs, List<Array> tangents) {
    List<@Nullable Array> outTangents = new ArrayList<>();
    for (int i = 0; i < jaxpr.outs().size(); i++) {
      boolean smooth = jaxpr.outs().get(i).aval().isDifferentiable();
      outTangents.add(smooth ? tangents.get(i) : null);
    }
    return new Jvp(outs, outTangents);
  }

  /** The axes of the results of {@link #mapped}: all first. */
  final List<Integer> front() {
    return List.copyOf(Collections.nCopies(jaxpr.outs().size(), 0));
  }

  /** The program of the call over a batch. */
  final Jaxpr mapped(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Flat program = a -> Jaxprs.eval(jaxpr, a);
    List<Aval> avals = operands.stream().map(Array::aval).toList();
    return Jaxprs.traceClosed(
        avals, a -> Batching.vmap(BatchAxis.current(), program, size, a, dims, front()));
  }
}
