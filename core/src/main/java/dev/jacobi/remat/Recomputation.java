package dev.jacobi.remat;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Memo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A checkpointed program, divided into what is computed on the way there and what is computed again
 * on the way back: JAX's {@code remat_partial_eval}.
 *
 * @param forward from the inputs to the results and then what is kept
 * @param again from what is kept, some inputs and some tangents to the results' tangents that are
 *     there
 * @param inputs which inputs it takes
 * @param tangents which of the tangents that are there it takes
 * @param nonzero which results have tangents
 */
record Recomputation(
    Jaxpr forward,
    Jaxpr again,
    List<Integer> inputs,
    List<Integer> tangents,
    List<Boolean> nonzero) {
  private static final Memo<Recomputation> KNOWN = new Memo<>();

  static Recomputation of(Checkpoint call, List<Boolean> mask) {
    CheckpointPolicy policy = call.policy().orElse(CheckpointPolicies.nothingSaveable());
    return KNOWN.get(call.jaxpr(), List.of(mask, policy), () -> make(call.jaxpr(), mask, policy));
  }

  private static Recomputation make(Jaxpr program, List<Boolean> mask, CheckpointPolicy policy) {
    Derived.Split split = Derived.linearize(program, mask, List.of());
    Division.Saving saving = new Division.Saving(policy);
    int ins = program.ins().size();
    int outs = program.outs().size();
    Jaxpr both = both(split, saving, outs);
    List<Boolean> unknown = mask(both.ins().size(), ins);
    List<Boolean> wanted = mask(both.outs().size(), outs);
    List<Atom> values = both.outs().subList(0, outs);
    Division parts = Division.of(both, unknown, wanted, values, saving);
    List<Integer> inputs = parts.inputs().stream().filter(i -> i < ins).toList();
    List<Integer> tangents =
        parts.inputs().stream().filter(i -> i >= ins).map(i -> i - ins).toList();
    return new Recomputation(parts.forward(), parts.again(), inputs, tangents, split.nonzero());
  }

  private static List<Boolean> mask(int n, int from) {
    return IntStream.range(0, n).mapToObj(i -> i >= from).toList();
  }

  /** Values and tangents as one program of inputs and tangents. */
  private static Jaxpr both(Derived.Split split, Division.Saving saving, int outs) {
    int ins = split.primal().ins().size();
    List<Aval> avals = new ArrayList<>(split.primal().inAvals());
    List<Aval> linear = split.linear().inAvals();
    avals.addAll(linear.subList(split.residuals().size(), linear.size()));
    return Jaxprs.traceClosed(
        avals,
        all -> {
          List<Array> values = saving.open(split.primal(), all.subList(0, ins));
          List<Array> args = new ArrayList<>();
          for (int source : split.residuals()) {
            args.add(source >= 0 ? all.get(source) : values.get(outs - 1 - source));
          }
          args.addAll(all.subList(ins, all.size()));
          List<Array> results = new ArrayList<>(values.subList(0, outs));
          results.addAll(Jaxprs.eval(split.linear(), args));
          return results;
        });
  }
}
