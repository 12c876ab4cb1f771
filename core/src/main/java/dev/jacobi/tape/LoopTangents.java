package dev.jacobi.tape;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Differentiation;
import dev.jacobi.transform.Flat;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Jit;
import dev.jacobi.transform.Masks;
import dev.jacobi.transform.Memo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The derivative of a loop as a linear function of tangents. The operands are the loop's, what its
 * tape holds, and the tangents of those operands that have some; the results are the tangents of
 * those results that have some. Forwards it runs the loop with tangents, backwards along the tape.
 */
public record LoopTangents(Reversal tape) implements Primitive {
  private static final Memo<Jaxpr> FORWARD = new Memo<>();
  private static final Memo<Jaxpr> PUSH = new Memo<>();
  private static final Memo<Jaxpr> PULL = new Memo<>();

  private Steps steps() {
    return tape.steps();
  }

  @Override
  public String name() {
    return steps().loop().name() + "_tangents";
  }

  @Override
  public Map<String, Object> params() {
    return steps().loop().params();
  }

  @Override
  public boolean joinsVarying() {
    return false;
  }

  private Jaxpr program(Memo<Jaxpr> memo, List<Aval> avals, Flat f) {
    Object key = List.of(steps().key(), steps().mask(), steps().resultMask(), tape.size());
    return memo.get(steps().anchor(), key, () -> Jaxprs.traceClosed(avals, f));
  }

  private Jit named(String suffix, Jaxpr program) {
    return new Jit(steps().loop().name() + suffix, program);
  }

  /**
   * The loop with its derivative.
   *
   * @param tangents of the operands that have some
   */
  public static Jvp linearize(Reversal tape, List<Array> primals, List<Array> tangents) {
    LoopTangents derivative = new LoopTangents(tape);
    Jaxpr program = derivative.program(FORWARD, tape.steps().operands(), tape::forward);
    List<Array> outs = Bind.bind(derivative.named("_with_tape", program), primals);
    int n = tape.steps().results().size();
    List<Array> operands = new ArrayList<>(primals);
    operands.addAll(outs.subList(n, outs.size()));
    operands.addAll(tangents);
    List<Array> pushed = Bind.bind(new LoopTangents(tape.silent()), operands);
    return new Jvp(
        outs.subList(0, n), Masks.spread(new ArrayList<>(pushed), tape.steps().resultMask()));
  }

  /** Types of all operands. */
  private List<Aval> operands() {
    List<Aval> all = new ArrayList<>(steps().operands());
    all.addAll(tape.kept());
    Masks.<Aval>select(steps().operands(), steps().mask(), true).forEach(a -> all.add(a.strong()));
    return all;
  }

  private List<Aval> results() {
    return Masks.<Aval>select(steps().results(), steps().resultMask(), true).stream()
        .map(Aval::strong)
        .toList();
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return results();
  }

  /** The loop with tangents: the derivative as a function of all its operands. */
  private List<Array> push(List<Array> operands) {
    int n = steps().operands().size();
    List<Array> given = operands.subList(n + tape.kept().size(), operands.size());
    List<@Nullable Array> ts = Masks.spread(new ArrayList<>(given), steps().mask());
    Jvp out = Differentiation.jvp(a -> Bind.bind(steps().loop(), a), operands.subList(0, n), ts);
    List<Array> tangents = new ArrayList<>();
    for (int i = 0; i < out.primals().size(); i++) {
      if (steps().resultMask().get(i)) {
        Array t = out.tangents().get(i);
        tangents.add(t == null ? Zeros.of(out.primals().get(i).aval().strong()) : t);
      }
    }
    return tangents;
  }

  private Jit pushed() {
    return named("_tangents", program(PUSH, operands(), this::push));
  }

  /** Second derivatives go through the loop with tangents, which is a loop as well. */
  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    return pushed().jvp(primals, tangents);
  }

  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    return pushed().linearize(primals, tangents);
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    int known = steps().operands().size() + tape.kept().size();
    List<Array> args = new ArrayList<>();
    operands.subList(0, known).forEach(o -> args.add(o.known()));
    List<Operand> linear = operands.subList(known, operands.size());
    List<Aval> outs = results();
    for (int i = 0; i < cotangents.size(); i++) {
      Array ct = cotangents.get(i);
      args.add(ct == null ? Zeros.of(outs.get(i)) : ct);
    }
    List<Aval> avals = new ArrayList<>(operands().subList(0, known));
    avals.addAll(outs);
    List<Array> pulled = Bind.bind(named("_transpose", program(PULL, avals, this::pull)), args);
    List<@Nullable Array> all = new ArrayList<>(Collections.nCopies(known, null));
    for (int i = 0; i < linear.size(); i++) {
      all.add(linear.get(i).isLinear() ? pulled.get(i) : null);
    }
    return all;
  }

  private List<Array> pull(List<Array> args) {
    int n = steps().operands().size();
    int known = n + tape.kept().size();
    return tape.reverse(
        args.subList(0, n), args.subList(n, known), args.subList(known, args.size()));
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    return pushed().vmap(size, operands, dims);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    return pushed().lower(context, operands, outs);
  }
}
