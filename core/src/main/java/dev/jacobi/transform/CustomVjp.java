package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.BatchAxis;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A program with the user's rule for its cotangents. */
final class CustomVjp extends CustomCall {
  private final Flat forward;
  private final Flat backward;

  /**
   * @param captured how many inputs come from outside the function; nothing flows back to them
   * @param forward from arguments to results and then residuals
   * @param backward from residuals and then cotangents of the results to cotangents of the
   *     arguments
   */
  CustomVjp(String function, Jaxpr jaxpr, int captured, Flat forward, Flat backward) {
    super("VJP", function, jaxpr, captured);
    this.forward = forward;
    this.backward = backward;
  }

  @Override
  CustomVjp with(Jaxpr program, int capturing) {
    return new CustomVjp(function, program, capturing, forward, backward);
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
    List<Array> pushed = tangents(primals, tangents);
    int n = jaxpr.outs().size();
    List<Array> all = forward.apply(arguments(primals));
    List<Array> operands = new ArrayList<>(all.subList(n, all.size()));
    int residuals = operands.size();
    operands.addAll(pushed);
    List<Aval> outs = jaxpr.outAvals().stream().map(Differentiation::tangentAval).toList();
    Pullback pullback = new Pullback(function, residuals, outs, backward);
    return paired(all.subList(0, n), Bind.bind(pullback, operands));
  }

  /** What flows back to an operand that devices share is then summed outside of the user's rule. */
  @Override
  public boolean joinsVarying() {
    return true;
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<@Nullable Integer> own = arguments(dims);
    Optional<String> name = BatchAxis.current();
    Flat mappedForward = a -> allFront(name, forward, size, a, own);
    Flat mappedBackward =
        a -> sumUnmapped(allFront(name, backward, size, a, Collections.nCopies(a.size(), 0)), own);
    Jaxpr mapped = mapped(size, operands, dims);
    return new Batched(
        Bind.bind(
            new CustomVjp(function, mapped, captured, mappedForward, mappedBackward), operands),
        front());
  }

  private static List<Array> allFront(
      Optional<String> name, Flat f, long size, List<Array> args, List<@Nullable Integer> dims) {
    Batched out = Batching.vmap(name, f, size, args, dims);
    List<Array> results = new ArrayList<>();
    for (int i = 0; i < out.values().size(); i++) {
      results.add(Dims.batchAt(out.values().get(i), out.dims().get(i), size, 0));
    }
    return results;
  }

  /** Cotangents of arguments that all lanes share add up; the others go back to their dimension. */
  private static List<Array> sumUnmapped(List<Array> cotangents, List<@Nullable Integer> dims) {
    List<Array> results = new ArrayList<>();
    for (int i = 0; i < cotangents.size(); i++) {
      Integer dim = dims.get(i);
      Array ct = cotangents.get(i);
      results.add(dim == null ? Reductions.sum(ct, Axes.of(0)) : Dims.move(ct, 0, dim));
    }
    return results;
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
