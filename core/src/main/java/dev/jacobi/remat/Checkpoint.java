package dev.jacobi.remat;

import dev.jacobi.Array;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Inlinable;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.Tracer;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A program that keeps little for its derivative and is performed again on the way back, behind a
 * barrier so that no compiler merges both. The name is JAX's.
 *
 * @param preventCse whether there is a barrier
 * @param perOperand the same for each operand by itself; empty means that all are alike
 * @param differentiated whether this is the part that is performed again
 * @param policy what is kept besides the operands
 */
public record Checkpoint(
    Jaxpr jaxpr,
    boolean preventCse,
    List<Boolean> perOperand,
    boolean differentiated,
    Optional<CheckpointPolicy> policy)
    implements Inlinable {
  @Override
  public String name() {
    return "remat2";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new TreeMap<>();
    params.put("differentiated", differentiated);
    params.put("jaxpr", jaxpr);
    params.put("policy", policy);
    params.put("prevent_cse", perOperand.isEmpty() ? (Object) preventCse : perOperand);
    return params;
  }

  /**
   * Another program under the same options.
   *
   * @param barred per operand as it is here, or as a new one; see {@link #barred}
   */
  Checkpoint with(Jaxpr program, List<Boolean> barred, boolean again) {
    List<Boolean> each = perOperand.isEmpty() ? List.of() : List.copyOf(barred);
    return new Checkpoint(program, preventCse, each, again, policy);
  }

  /** Which operands stand behind a barrier, if there is one. */
  private List<Boolean> barred(int operands) {
    return perOperand.isEmpty() ? Collections.nCopies(operands, preventCse) : perOperand;
  }

  /** Some of the operands, after as many new ones. */
  List<Boolean> barred(int before, List<Integer> operands, int after) {
    List<Boolean> all = new ArrayList<>(Collections.nCopies(before, true));
    operands.forEach(i -> all.add(perOperand.isEmpty() ? preventCse : perOperand.get(i)));
    all.addAll(Collections.nCopies(after, true));
    return all;
  }

  /**
   * Calls the program; eagerly equation by equation, so that it need not be compiled as a whole.
   */
  List<Array> call(List<Array> operands) {
    boolean eager = Context.isEager() && operands.stream().noneMatch(Tracer.class::isInstance);
    return eager ? Jaxprs.eval(jaxpr, operands) : Bind.bind(this, operands);
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
    List<Boolean> barred = new ArrayList<>(barred(primals.size()));
    barred.addAll(Collections.nCopies(operands.size() - primals.size(), true));
    List<Array> outs = with(derived.jaxpr(), barred, differentiated).call(operands);
    int n = jaxpr.outs().size();
    return new Jvp(
        outs.subList(0, n), Masks.spread(outs.subList(n, outs.size()), derived.nonzero()));
  }

  /** The values are computed here and now; the tangents' program begins by computing them again. */
  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    Recomputation plan = Recomputation.of(this, Masks.of(tangents));
    List<Array> outs = Jaxprs.eval(plan.forward(), primals);
    int n = jaxpr.outs().size();
    List<Array> operands = new ArrayList<>(outs.subList(n, outs.size()));
    int saved = operands.size();
    plan.inputs().forEach(i -> operands.add(primals.get(i)));
    List<Array> present = Masks.present(tangents);
    plan.tangents().forEach(i -> operands.add(present.get(i)));
    Checkpoint again =
        with(plan.again(), barred(saved, plan.inputs(), plan.tangents().size()), true);
    List<Array> pushed = plan.again().outs().isEmpty() ? List.of() : again.call(operands);
    return new Jvp(outs.subList(0, n), Masks.spread(new ArrayList<>(pushed), plan.nonzero()));
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    List<Boolean> linear = operands.stream().map(Operand::isLinear).toList();
    var derived = Derived.transpose(jaxpr, linear, Masks.of(cotangents), List.of());
    List<Integer> known = new ArrayList<>();
    List<Array> args = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      if (!operands.get(i).isLinear()) {
        known.add(i);
        args.add(operands.get(i).known());
      }
    }
    List<Array> cts = Masks.present(cotangents);
    args.addAll(cts);
    Checkpoint backwards = with(derived.jaxpr(), barred(0, known, cts.size()), differentiated);
    List<@Nullable Array> pulled = new ArrayList<>(backwards.call(args));
    return Masks.spread(Masks.spread(pulled, derived.nonzero()), linear);
  }

  /** All batches lie first, as in JAX. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<Boolean> first = Collections.nCopies(jaxpr.outs().size(), false);
    var mapped = Derived.vmap(jaxpr, size, dims, first);
    Checkpoint batch = with(mapped.jaxpr(), perOperand, differentiated);
    return new Batched(batch.call(operands), mapped.dims());
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    List<Boolean> barred = barred(operands.size());
    if (!differentiated || !barred.contains(true)) {
      return context.inline(jaxpr, operands);
    }
    List<Value> passing = Masks.select(operands, barred, true);
    List<Value> passed = context.builder().addAll(new ControlOp.OptimizationBarrier(passing));
    List<Value> all = new ArrayList<>(operands);
    int next = 0;
    for (int i = 0; i < all.size(); i++) {
      if (barred.get(i)) {
        all.set(i, passed.get(next++));
      }
    }
    return context.inline(jaxpr, all);
  }

  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    List<Array> all = new ArrayList<>(List.of(active));
    all.addAll(operands);
    List<Boolean> barred = new ArrayList<>(List.of(true));
    barred.addAll(barred(operands.size()));
    return with(Derived.where(jaxpr, active.aval()), barred, differentiated).call(all);
  }

  @Override
  public Optional<Primitive> silent() {
    return Optional.of(with(jaxpr.silent(), perOperand, differentiated));
  }
}
