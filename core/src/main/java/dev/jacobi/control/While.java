package dev.jacobi.control;

import static dev.jacobi.control.Programs.join;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Effect;
import dev.jacobi.jaxpr.HoldsPrograms;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.Reductions;
import dev.jacobi.tape.Checkpoints;
import dev.jacobi.tape.LoopTangents;
import dev.jacobi.tape.Reversal;
import dev.jacobi.tape.Tape;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import dev.jacobi.transform.Memo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a program on what it carries as long as a condition holds. The operands are the
 * condition's constants, the body's constants, and the initial values.
 *
 * @param condJaxpr from its constants and the carry to one boolean; to one per lane if loops of a
 *     batch run together, of which each stops by itself
 * @param bodyJaxpr from its constants and the carry to the carry
 * @param checkpoints how many states a reverse derivative keeps; 0 if it keeps a tape
 */
public record While(
    Jaxpr condJaxpr, int condConsts, Jaxpr bodyJaxpr, int bodyConsts, long checkpoints)
    implements HoldsPrograms {
  private static final Memo<While> TOGETHER = new Memo<>();
  private static final Memo<Jaxpr> ACTIVE = new Memo<>();

  /** A loop whose reverse derivative keeps a tape. */
  public While(Jaxpr condJaxpr, int condConsts, Jaxpr bodyJaxpr, int bodyConsts) {
    this(condJaxpr, condConsts, bodyJaxpr, bodyConsts, 0);
  }

  @Override
  public String name() {
    return "while";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("cond_jaxpr", condJaxpr);
    params.put("cond_nconsts", condConsts);
    params.put("body_jaxpr", bodyJaxpr);
    params.put("body_nconsts", bodyConsts);
    if (checkpoints > 0) {
      params.put("checkpoints", checkpoints);
    }
    return params;
  }

  /** The operands by what they are for. */
  record Parts<T extends @Nullable Object>(List<T> cond, List<T> body, List<T> carry) {
    List<T> all() {
      List<T> all = new ArrayList<>(cond);
      all.addAll(body);
      all.addAll(carry);
      return all;
    }
  }

  <T extends @Nullable Object> Parts<T> parts(List<T> operands) {
    int carry = condConsts + bodyConsts;
    return new Parts<>(
        operands.subList(0, condConsts),
        operands.subList(condConsts, carry),
        operands.subList(carry, operands.size()));
  }

  /** Whether loops of a batch run together. */
  private boolean isBatched() {
    return condJaxpr.outs().getFirst().aval().rank() > 0;
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Parts<Aval> parts = parts(operands);
    Programs.takes(name(), condJaxpr, join(parts.cond, parts.carry));
    Programs.takes(name(), bodyJaxpr, join(parts.body, parts.carry));
    if (!Programs.strong(bodyJaxpr.outAvals()).equals(Programs.strong(parts.carry))) {
      throw new LaxTypeException(
          name(), "carries " + parts.carry + ", but its body gives " + bodyJaxpr.outAvals());
    }
    return bodyJaxpr.outAvals();
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Parts<Array> x = parts(primals);
    Parts<@Nullable Array> t = parts(tangents);
    List<Boolean> carried = carried(t);
    List<Boolean> mask = join(Masks.of(t.body), carried);
    Derived.Partial body = Derived.jvp(bodyJaxpr, mask, carried);
    List<Array> carryTangents = Programs.written(t.carry, x.carry, carried);
    List<Array> bodyTangents = Masks.present(t.body);
    int[] sizes = {bodyConsts, x.carry.size(), bodyTangents.size(), carryTangents.size()};
    While both =
        new While(
            Programs.ignoring(condJaxpr, carryTangents.stream().map(Array::aval).toList()),
            condConsts,
            Programs.withInputs(body.jaxpr(), Programs.order(sizes, 0, 2, 1, 3)),
            bodyConsts + bodyTangents.size(),
            checkpoints);
    List<Array> outs =
        Bind.bind(
            both,
            new Parts<>(x.cond, join(x.body, bodyTangents), join(x.carry, carryTangents)).all());
    int n = x.carry.size();
    return new Jvp(outs.subList(0, n), Masks.spread(outs.subList(n, outs.size()), carried));
  }

  private List<Boolean> carried(Parts<@Nullable Array> t) {
    return Programs.carried(
        Masks.of(t.carry), c -> Derived.jvp(bodyJaxpr, join(Masks.of(t.body), c), c).nonzero());
  }

  /** The loop keeps a tape, along which {@link LoopTangents} go backwards. */
  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    Parts<Array> x = parts(primals);
    Parts<@Nullable Array> t = parts(tangents);
    if (isBatched()) {
      List<@Nullable Array> none = Collections.nCopies(2 * condConsts, null);
      return together().linearize(join(x.cond, primals), join(none, join(t.body, t.carry)));
    }
    List<Boolean> carried = carried(t);
    if (!carried.contains(true)) {
      return new Jvp(Bind.bind(this, primals), Collections.nCopies(carried.size(), null));
    }
    WhileSteps steps = new WhileSteps(this, Masks.of(t.body), carried);
    Reversal tape = checkpoints > 0 ? Checkpoints.of(steps, checkpoints) : Tape.of(steps, x.carry);
    List<Array> tangentsThere = Masks.present(t.body);
    return LoopTangents.linearize(
        tape, primals, join(tangentsThere, Programs.written(t.carry, x.carry, carried)));
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new NotLinearException(this);
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Parts<@Nullable Integer> d = parts(dims);
    List<Boolean> carried =
        Programs.carried(
            d.carry.stream().map(c -> c != null).toList(),
            c ->
                cond(size, d, c).dims().getFirst() != null
                    ? Collections.nCopies(c.size(), true)
                    : Programs.isBatched(body(size, d, c)));
    Derived.Mapped body = body(size, d, carried);
    List<Array> placed = new ArrayList<>(operands.subList(0, condConsts + bodyConsts));
    Parts<Array> x = parts(operands);
    for (int i = 0; i < carried.size(); i++) {
      Array init = x.carry.get(i);
      placed.add(carried.get(i) ? Dims.batchAt(init, d.carry.get(i), size, 0) : init);
    }
    Jaxpr cond = cond(size, d, carried).jaxpr();
    While mapped = new While(cond, condConsts, body.jaxpr(), bodyConsts, checkpoints);
    return new Batched(Bind.bind(mapped, placed), body.dims());
  }

  private Derived.Mapped cond(long size, Parts<@Nullable Integer> d, List<Boolean> carried) {
    return Derived.vmap(condJaxpr, size, join(d.cond, Programs.first(carried)), List.of(false));
  }

  private Derived.Mapped body(long size, Parts<@Nullable Integer> d, List<Boolean> carried) {
    return Derived.vmap(bodyJaxpr, size, join(d.body, Programs.first(carried)), carried);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    Parts<Value> parts = parts(operands);
    if (isBatched()) {
      return together().lower(context, join(parts.cond, operands), outs);
    }
    List<TensorType> types = parts.carry.stream().map(Value::type).toList();
    Block cond =
        context.region(types, (inner, carry) -> inner.inline(condJaxpr, join(parts.cond, carry)));
    Block body =
        context.region(types, (inner, carry) -> inner.inline(bodyJaxpr, join(parts.body, carry)));
    return context.builder().addAll(new ControlOp.While(parts.carry, cond, body));
  }

  /** The loop that goes on as long as any lane does; it takes the condition's constants twice. */
  private While together() {
    return TOGETHER.get(
        condJaxpr,
        List.of(bodyJaxpr, bodyConsts, checkpoints),
        () ->
            new While(
                anyLane(), condConsts, stoppedLanesStay(), condConsts + bodyConsts, checkpoints));
  }

  private Jaxpr anyLane() {
    return Jaxprs.traceClosed(
        condJaxpr.inAvals(),
        ins -> {
          Array lanes = Jaxprs.eval(condJaxpr, ins).getFirst();
          return List.of(Reductions.or(lanes, Axes.range(lanes.rank())));
        });
  }

  /** The body, in which lanes whose condition no longer holds keep what they have. */
  private Jaxpr stoppedLanesStay() {
    List<Aval> carry = bodyJaxpr.inAvals().subList(bodyConsts, bodyJaxpr.ins().size());
    List<Aval> avals = new ArrayList<>(condJaxpr.inAvals().subList(0, condConsts));
    avals.addAll(bodyJaxpr.inAvals());
    return Jaxprs.traceClosed(
        avals,
        ins -> {
          Parts<Array> x = parts(ins);
          Array lanes = Jaxprs.eval(condJaxpr.silent(), join(x.cond, x.carry)).getFirst();
          List<Array> next = Jaxprs.evalWhere(lanes, bodyJaxpr, join(x.body, x.carry));
          List<Array> kept = new ArrayList<>();
          for (int i = 0; i < carry.size(); i++) {
            Array mask = Programs.overLanes(lanes, carry.get(i).shape());
            kept.add(Compare.select(mask, next.get(i), x.carry.get(i)));
          }
          return kept;
        });
  }

  @Override
  public List<Jaxpr> programs() {
    return List.of(condJaxpr, bodyJaxpr);
  }

  /** Whether anything but a counter up to a bound says when it ends, or a loop within may not. */
  @Override
  public boolean mayNotEnd() {
    return condJaxpr.mayNotEnd() || bodyJaxpr.mayNotEnd() || !Counted.is(this);
  }

  /** One whose end nobody knows ends at once where no lane needs it. */
  @Override
  public boolean isCostly() {
    return !mayNotEnd();
  }

  /** The loop ends where a lane is not active, too. */
  private Jaxpr condWhere(Aval active) {
    return ACTIVE.get(
        condJaxpr,
        active,
        () ->
            Jaxprs.traceClosed(
                join(List.of(active), condJaxpr.inAvals()),
                ins -> {
                  Array lanes = ins.getFirst();
                  Array more =
                      Jaxprs.evalWhere(lanes, condJaxpr, ins.subList(1, ins.size())).getFirst();
                  Array some =
                      more.rank() == 0
                          ? Reductions.or(lanes, Axes.range(lanes.rank()))
                          : Programs.overLanes(lanes, more.shape());
                  return List.of(Bits.and(some, more));
                }));
  }

  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    Parts<Array> parts = parts(operands);
    While some =
        new While(
            mayNotEnd() ? condWhere(active.aval()) : Derived.where(condJaxpr, active.aval()),
            condConsts + 1,
            Derived.where(bodyJaxpr, active.aval()),
            bodyConsts + 1,
            checkpoints);
    List<Array> first = List.of(active);
    return Bind.bind(
        some, new Parts<>(join(first, parts.cond), join(first, parts.body), parts.carry).all());
  }

  @Override
  public Optional<Primitive> silent() {
    return Optional.of(withoutEffects());
  }

  /** The same loop without effects, for steps that are repeated. */
  While withoutEffects() {
    return effect() == Effect.NONE
        ? this
        : new While(condJaxpr.silent(), condConsts, bodyJaxpr.silent(), bodyConsts, checkpoints);
  }
}
