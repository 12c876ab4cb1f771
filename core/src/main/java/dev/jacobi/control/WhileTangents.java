package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Differentiation;
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
 * tape holds, and the tangents of constants and of initial values that are there; the results are
 * the tangents of what it carries. Forwards it runs the loop with tangents, backwards along the
 * tape.
 */
record WhileTangents(Tape tape) implements Primitive {
  private static final Memo<Jaxpr> FORWARD = new Memo<>();
  private static final Memo<Jaxpr> PUSH = new Memo<>();
  private static final Memo<Jaxpr> PULL = new Memo<>();

  @Override
  public String name() {
    return "while_tangents";
  }

  @Override
  public Map<String, Object> params() {
    While loop = tape.loop();
    return Map.of("body_jaxpr", loop.bodyJaxpr(), "cond_jaxpr", loop.condJaxpr());
  }

  private Object key() {
    return List.of(tape.loop().bodyJaxpr(), tape.mask(), tape.carried(), tape.rows());
  }

  private int tangents() {
    return Collections.frequency(tape.mask(), true) + Collections.frequency(tape.carried(), true);
  }

  /** Results of the loop, and what the tape holds. */
  static List<Array> forward(Tape tape, List<Array> operands) {
    WhileTangents tangents = new WhileTangents(tape);
    List<Aval> avals = tangents.operands().subList(0, tangents.loopOperands());
    Jaxpr program =
        FORWARD.get(
            tape.loop().condJaxpr(),
            tangents.key(),
            () -> Jaxprs.traceClosed(avals, tape::forward));
    return Bind.bind(new Jit("while_with_tape", program), operands);
  }

  /** Types of all operands. */
  private List<Aval> operands() {
    While loop = tape.loop();
    List<Aval> all = new ArrayList<>(loop.condJaxpr().inAvals().subList(0, loop.condConsts()));
    List<Aval> body = loop.bodyJaxpr().inAvals();
    all.addAll(body);
    all.addAll(tape.avals(body.subList(loop.bodyConsts(), body.size())));
    List<Boolean> mask = Programs.join(tape.mask(), tape.carried());
    Masks.<Aval>select(body, mask, true).forEach(a -> all.add(a.strong()));
    return all;
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return carriedAvals();
  }

  private List<Aval> carriedAvals() {
    List<Aval> body = tape.loop().bodyJaxpr().inAvals();
    List<Aval> carry = body.subList(tape.loop().bodyConsts(), body.size());
    return Masks.<Aval>select(carry, tape.carried(), true).stream().map(Aval::strong).toList();
  }

  private int loopOperands() {
    While loop = tape.loop();
    return loop.condConsts() + loop.bodyJaxpr().ins().size();
  }

  /** The loop with tangents: the derivative as a function of all its operands. */
  private List<Array> push(List<Array> operands) {
    int n = loopOperands();
    List<Array> given = operands.subList(operands.size() - tangents(), operands.size());
    List<Boolean> cond = Collections.nCopies(tape.loop().condConsts(), false);
    List<Boolean> mask = Programs.join(cond, Programs.join(tape.mask(), tape.carried()));
    List<@Nullable Array> ts = Masks.spread(new ArrayList<>(given), mask);
    Jvp out = Differentiation.jvp(a -> Bind.bind(tape.loop(), a), operands.subList(0, n), ts);
    List<Array> tangents = new ArrayList<>();
    for (int i = 0; i < tape.carried().size(); i++) {
      if (tape.carried().get(i)) {
        tangents.add(Programs.written(out.tangents().get(i), out.primals().get(i)));
      }
    }
    return tangents;
  }

  private Jit pushed() {
    Jaxpr program =
        PUSH.get(tape.loop().condJaxpr(), key(), () -> Jaxprs.traceClosed(operands(), this::push));
    return new Jit("while_tangents", program);
  }

  /** Second derivatives go through the loop with tangents, which is a loop as well. */
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
    int known = operands.size() - tangents();
    List<Array> args = new ArrayList<>();
    operands.subList(0, known).forEach(o -> args.add(o.known()));
    List<Operand> linear = operands.subList(known, operands.size());
    List<Aval> outs = carriedAvals();
    for (int i = 0; i < cotangents.size(); i++) {
      Array ct = cotangents.get(i);
      args.add(ct == null ? Zeros.of(outs.get(i)) : ct);
    }
    List<Aval> avals = new ArrayList<>(operands().subList(0, known));
    avals.addAll(outs);
    Jaxpr program =
        PULL.get(tape.loop().condJaxpr(), key(), () -> Jaxprs.traceClosed(avals, this::pull));
    List<Array> pulled = Bind.bind(new Jit("while_transpose", program), args);
    List<@Nullable Array> all = new ArrayList<>(Collections.nCopies(known, null));
    for (int i = 0; i < linear.size(); i++) {
      all.add(linear.get(i).isLinear() ? pulled.get(i) : null);
    }
    return all;
  }

  private List<Array> pull(List<Array> args) {
    int n = loopOperands();
    int kept = n + 2 + tape.carried().size();
    return tape.reverse(
        args.subList(0, n),
        args.get(n),
        args.get(n + 1),
        args.subList(n + 2, kept),
        args.subList(kept, args.size()));
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
