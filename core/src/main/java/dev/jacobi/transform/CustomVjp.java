package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program with the user's rule for its cotangents. Equality is identity. */
final class CustomVjp implements Primitive {
  private final String function;
  private final Jaxpr jaxpr;
  private final int captured;
  private final Flat forward;
  private final Flat backward;

  /**
   * @param captured how many inputs come from outside the function; nothing flows back to them
   * @param forward from arguments to results and then residuals
   * @param backward from residuals and then cotangents of the results to cotangents of the
   *     arguments
   */
  CustomVjp(String function, Jaxpr jaxpr, int captured, Flat forward, Flat backward) {
    this.function = function;
    this.jaxpr = jaxpr.closed();
    this.captured = captured;
    this.forward = forward;
    this.backward = backward;
  }

  @Override
  public String name() {
    return "custom_vjp_call";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("name", function);
    params.put("call_jaxpr", jaxpr);
    params.put("num_consts", captured);
    params.put("symbolic_zeros", false);
    return params;
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return jaxpr.outAvals();
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    throw new CustomRuleException(
        "forward differentiation (jvp, jacfwd) of the function "
            + function
            + ", which has a custom VJP rule only. Use reverse differentiation (grad, vjp, jacrev),"
            + " or give it a custom JVP rule.");
  }

  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    if (tangents.subList(0, captured).stream().anyMatch(t -> t != null)) {
      throw new CustomRuleException(
          "the function "
              + function
              + " with a custom VJP rule captures a value that is being differentiated; its rule"
              + " cannot see that value. Pass it as an argument.");
    }
    int n = jaxpr.outs().size();
    List<Array> all = forward.apply(primals.subList(captured, primals.size()));
    List<Array> operands = new ArrayList<>(all.subList(n, all.size()));
    int residuals = operands.size();
    for (int i = captured; i < primals.size(); i++) {
      Array tangent = tangents.get(i);
      operands.add(tangent == null ? Zeros.like(primals.get(i)) : tangent);
    }
    List<Aval> outs = jaxpr.outAvals().stream().map(Differentiation::tangentAval).toList();
    List<Array> pushed = Bind.bind(new Pullback(function, residuals, outs, backward), operands);
    List<@Nullable Array> outTangents = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      outTangents.add(outs.get(i).isDifferentiable() ? pushed.get(i) : null);
    }
    return new Jvp(all.subList(0, n), outTangents);
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new CustomRuleException(
        "the function " + function + " with a custom VJP rule is not linear");
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Flat program = a -> Jaxprs.eval(jaxpr, a);
    int n = jaxpr.outs().size();
    List<Aval> avals = operands.stream().map(Array::aval).toList();
    Jaxpr mapped =
        Jaxprs.traceClosed(
            avals, a -> Batching.vmap(program, size, a, dims, Collections.nCopies(n, 0)));
    List<@Nullable Integer> own = dims.subList(captured, dims.size());
    Flat mappedForward = a -> allFront(forward, size, a, own);
    Flat mappedBackward =
        a -> sumUnmapped(allFront(backward, size, a, Collections.nCopies(a.size(), 0)), own);
    return new Batched(
        Bind.bind(
            new CustomVjp(function, mapped, captured, mappedForward, mappedBackward), operands),
        List.copyOf(Collections.nCopies(n, 0)));
  }

  private static List<Array> allFront(
      Flat f, long size, List<Array> args, List<@Nullable Integer> dims) {
    Batched out = Batching.vmap(f, size, args, dims);
    List<Array> results = new ArrayList<>();
    for (int i = 0; i < out.values().size(); i++) {
      results.add(dev.jacobi.lax.Dims.batchAt(out.values().get(i), out.dims().get(i), size, 0));
    }
    return results;
  }

  /** Cotangents of arguments that all lanes share add up; the others go back to their dimension. */
  private static List<Array> sumUnmapped(List<Array> cotangents, List<@Nullable Integer> dims) {
    List<Array> results = new ArrayList<>();
    for (int i = 0; i < cotangents.size(); i++) {
      Integer dim = dims.get(i);
      Array ct = cotangents.get(i);
      results.add(
          dim == null
              ? dev.jacobi.lax.Reductions.sum(ct, dev.jacobi.hlo.Axes.of(0))
              : dev.jacobi.lax.Dims.move(ct, 0, dim));
    }
    return results;
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return context.call(function, jaxpr, operands);
  }

  /** The linear map whose transpose is the user's backward function. */
  private record Pullback(String function, int residuals, List<Aval> outs, Flat backward)
      implements Primitive {
    @Override
    public String name() {
      return "custom_lin";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      return outs;
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      List<Array> args = new ArrayList<>();
      operands.subList(0, residuals).forEach(o -> args.add(o.known()));
      for (int i = 0; i < outs.size(); i++) {
        Array ct = cotangents.get(i);
        args.add(ct == null ? Zeros.of(outs.get(i)) : ct);
      }
      List<@Nullable Array> all = new ArrayList<>(Transposition.zeros(residuals));
      all.addAll(backward.apply(args));
      return all;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw forwardOnly();
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      throw forwardOnly();
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> avals) {
      throw forwardOnly();
    }

    private CustomRuleException forwardOnly() {
      return new CustomRuleException(
          "the tangents of the function "
              + function
              + " are asked for going forward, but it has a custom VJP rule only; use vjp or grad");
    }
  }
}
