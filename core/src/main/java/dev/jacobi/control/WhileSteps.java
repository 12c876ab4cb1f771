package dev.jacobi.control;

import static dev.jacobi.control.Programs.join;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Zeros;
import dev.jacobi.tape.Steps;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.transform.Differentiation;
import dev.jacobi.transform.Flat;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a {@code while}. The way back hands on the cotangents of the carry, then those of
 * the body's constants so far.
 *
 * @param loop with one condition for all lanes
 * @param consts which of the body's constants have tangents
 * @param carried which parts of the carry have tangents
 */
record WhileSteps(While loop, List<Boolean> consts, List<Boolean> carried) implements Steps {
  @Override
  public Jaxpr anchor() {
    return loop.condJaxpr();
  }

  @Override
  public Object key() {
    return List.of(loop.bodyJaxpr(), loop.condConsts(), loop.bodyConsts());
  }

  @Override
  public List<Aval> operands() {
    return join(
        loop.condJaxpr().inAvals().subList(0, loop.condConsts()), loop.bodyJaxpr().inAvals());
  }

  @Override
  public List<Aval> results() {
    List<Aval> body = loop.bodyJaxpr().inAvals();
    return body.subList(loop.bodyConsts(), body.size());
  }

  @Override
  public List<Boolean> mask() {
    return join(Collections.nCopies(loop.condConsts(), false), join(consts, carried));
  }

  @Override
  public List<Boolean> resultMask() {
    return carried;
  }

  @Override
  public Steps silent() {
    return new WhileSteps(loop.withoutEffects(), consts, carried);
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.empty();
  }

  @Override
  public List<Array> start(List<Array> operands) {
    return loop.parts(operands).carry();
  }

  @Override
  public int carries() {
    return carried.size();
  }

  @Override
  public Array goesOn(List<Array> operands, List<Array> state) {
    List<Array> ins = join(loop.parts(operands).cond(), state);
    return Jaxprs.eval(loop.condJaxpr(), ins).getFirst();
  }

  @Override
  public List<Array> step(List<Array> operands, Array i, List<Array> state) {
    return Jaxprs.eval(loop.bodyJaxpr(), join(loop.parts(operands).body(), state));
  }

  @Override
  public List<Array> advance(List<Array> operands, Array i, List<Array> carry) {
    return step(operands, i, carry);
  }

  @Override
  public List<Array> end(List<Array> operands, List<Array> cotangents) {
    List<Array> back = new ArrayList<>(cotangents);
    Masks.<Array>select(loop.parts(operands).body(), consts, true)
        .forEach(c -> back.add(Zeros.of(c.aval().strong())));
    return back;
  }

  @Override
  public List<Array> pull(
      List<Array> operands, Array i, List<Array> carry, List<Array> cotangents, List<Array> back) {
    int n = Collections.frequency(carried, true);
    var lin =
        Differentiation.linearize(
            a -> Jaxprs.eval(loop.bodyJaxpr(), a),
            join(loop.parts(operands).body(), carry),
            join(consts, carried));
    List<@Nullable Array> pulled =
        lin.pull(Masks.spread(new ArrayList<>(back.subList(0, n)), carried));
    return join(
        carry(pulled.subList(sums(), pulled.size()), back.subList(0, n)),
        sums(pulled.subList(0, sums()), back.subList(n, back.size())));
  }

  private int sums() {
    return Collections.frequency(consts, true);
  }

  /** The cotangents of constants, with those of one more step. */
  static List<Array> sums(List<@Nullable Array> more, List<Array> sums) {
    List<Array> next = new ArrayList<>();
    for (int k = 0; k < sums.size(); k++) {
      Array ct = more.get(k);
      next.add(ct == null ? sums.get(k) : Zeros.addAny(sums.get(k), ct));
    }
    return next;
  }

  /** The cotangents of a carry, written out where they are zero. */
  static List<Array> carry(List<@Nullable Array> pulled, List<Array> before) {
    List<Array> next = new ArrayList<>();
    for (int k = 0; k < before.size(); k++) {
      Array ct = pulled.get(k);
      next.add(ct == null ? Zeros.like(before.get(k)) : ct);
    }
    return next;
  }

  @Override
  public List<Array> cotangents(List<Array> back) {
    int n = Collections.frequency(carried, true);
    return join(back.subList(n, back.size()), back.subList(0, n));
  }

  @Override
  public List<Array> repeat(Flat goesOn, Flat body, List<Array> init) {
    return loop(goesOn, body, init);
  }

  static List<Array> loop(Flat goesOn, Flat body, List<Array> init) {
    List<Aval> avals = init.stream().map(Array::aval).toList();
    JaxprTrace.Traced test = Jaxprs.trace("while_loop", avals, goesOn);
    JaxprTrace.Traced step = Jaxprs.trace("while_loop", avals, body);
    List<Array> operands = new ArrayList<>(test.captured());
    operands.addAll(step.captured());
    operands.addAll(init);
    While inner =
        new While(
            test.jaxpr().closed(),
            test.captured().size(),
            step.jaxpr().closed(),
            step.captured().size());
    return Bind.bind(inner, operands);
  }
}
