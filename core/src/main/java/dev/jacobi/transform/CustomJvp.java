package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.trace.BatchAxis;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.JaxprTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A program with the user's rule for its tangents. */
final class CustomJvp extends CustomCall {
  private final Flat rule;

  /**
   * @param captured how many inputs come from outside the function; they get no tangents
   * @param rule from arguments and their tangents to results and their tangents
   */
  CustomJvp(String function, Jaxpr jaxpr, int captured, Flat rule) {
    super("JVP", function, jaxpr, captured);
    this.rule = rule;
  }

  @Override
  CustomJvp with(Jaxpr program, int capturing) {
    return new CustomJvp(function, program, capturing, rule);
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    return split(rule.apply(both(primals, tangents)));
  }

  /** The rule is traced first: its calls may mix values and tangents, which must come apart. */
  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    List<Array> args = both(primals, tangents);
    List<Aval> avals = args.stream().map(Array::aval).toList();
    JaxprTrace.Traced traced = Jaxprs.trace("a custom JVP rule", avals, rule);
    List<Array> all = new ArrayList<>(traced.captured());
    all.addAll(args);
    Set<Array> linear = Collections.newSetFromMap(new IdentityHashMap<>());
    linear.addAll(args.subList(args.size() / 2, args.size()));
    List<Array> outs = Jaxprs.evalApart(traced.jaxpr(), all, linear);
    if (outs.subList(0, jaxpr.outs().size()).stream().anyMatch(linear::contains)) {
      throw new CustomRuleException(
          "the custom JVP rule of "
              + function
              + " computes values together with tangents in one loop or branch (as jvp of a"
              + " function with loops does), or values from tangents. Reverse derivatives need them"
              + " apart, as linearize(f, x) in the rule gives them.");
    }
    return split(outs);
  }

  /** The rule's arguments: values, then tangents. */
  private List<Array> both(List<Array> primals, List<@Nullable Array> tangents) {
    List<Array> args = new ArrayList<>(arguments(primals));
    args.addAll(tangents(primals, tangents));
    return args;
  }

  private Jvp split(List<Array> outs) {
    int n = jaxpr.outs().size();
    return paired(outs.subList(0, n), outs.subList(n, outs.size()));
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<@Nullable Integer> twice = new ArrayList<>(arguments(dims));
    twice.addAll(arguments(dims));
    List<Integer> fronts = Collections.nCopies(2 * jaxpr.outs().size(), 0);
    Optional<String> name = BatchAxis.current();
    Flat mappedRule = a -> Batching.vmap(name, rule, size, a, twice, fronts);
    Jaxpr mapped = mapped(size, operands, dims);
    return new Batched(
        Bind.bind(new CustomJvp(function, mapped, captured, mappedRule), operands), front());
  }
}
