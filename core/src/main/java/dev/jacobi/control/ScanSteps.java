package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.tape.Rows;
import dev.jacobi.tape.Steps;
import dev.jacobi.transform.Differentiation;
import dev.jacobi.transform.Flat;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a {@code scan}. Its stacked results are written and never read. The way back hands
 * on the cotangents of constants so far, of the carry, and of all elements.
 *
 * @param mask which operands have tangents
 * @param resultMask which results have tangents
 */
record ScanSteps(Scan loop, List<Boolean> mask, List<Boolean> resultMask) implements Steps {
  @Override
  public Jaxpr anchor() {
    return loop.jaxpr();
  }

  @Override
  public Object key() {
    return List.of(loop.length(), loop.reverse(), loop.numConsts(), loop.numCarry(), loop.unroll());
  }

  @Override
  public List<Aval> operands() {
    Scan.Parts<Aval> parts = loop.parts(loop.jaxpr().inAvals());
    List<Aval> stacked = parts.xs().stream().map(loop::stacked).toList();
    return new Scan.Parts<>(parts.consts(), parts.carry(), stacked).all();
  }

  @Override
  public List<Aval> results() {
    return loop.abstractEval(operands());
  }

  @Override
  public Steps silent() {
    return new ScanSteps((Scan) loop.silent().orElseThrow(), mask, resultMask);
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(loop.length());
  }

  @Override
  public List<Array> start(List<Array> operands) {
    List<Array> state = new ArrayList<>(loop.parts(operands).carry());
    results().subList(loop.numCarry(), resultMask.size()).forEach(ys -> state.add(Zeros.of(ys)));
    return state;
  }

  @Override
  public int carries() {
    return loop.numCarry();
  }

  @Override
  public Array goesOn(List<Array> operands, List<Array> state) {
    throw new IllegalStateException("a scan has a known length");
  }

  /** The element of step {@code i}. */
  private Array place(Array i) {
    return loop.reverse() ? Arithmetic.sub(Scalars.like(i, loop.length() - 1), i) : i;
  }

  /** What the program reads in one step. */
  private List<Array> ins(List<Array> operands, Array place, List<Array> carry) {
    Scan.Parts<Array> parts = loop.parts(operands);
    List<Array> slices = parts.xs().stream().map(xs -> Rows.get(xs, place)).toList();
    return new Scan.Parts<>(parts.consts(), carry, slices).all();
  }

  @Override
  public List<Array> step(List<Array> operands, Array i, List<Array> state) {
    Array place = place(i);
    int n = loop.numCarry();
    List<Array> outs = Jaxprs.eval(loop.jaxpr(), ins(operands, place, state.subList(0, n)));
    List<Array> next = new ArrayList<>(outs.subList(0, n));
    for (int k = n; k < outs.size(); k++) {
      next.add(Rows.with(state.get(k), outs.get(k), place));
    }
    return next;
  }

  @Override
  public List<Array> advance(List<Array> operands, Array i, List<Array> carry) {
    List<Integer> carried = IntStream.range(0, loop.numCarry()).boxed().toList();
    Jaxpr program = Programs.withResults(loop.jaxpr(), carried);
    return Jaxprs.eval(program, ins(operands, place(i), carry));
  }

  @Override
  public List<Array> end(List<Array> operands, List<Array> cotangents) {
    Scan.Parts<Boolean> isLinear = loop.parts(mask);
    Scan.Parts<Array> parts = loop.parts(operands);
    List<Array> back = new ArrayList<>(zeros(parts.consts(), isLinear.consts()));
    back.addAll(cotangents.subList(0, Collections.frequency(isLinear.carry(), true)));
    back.addAll(zeros(parts.xs(), isLinear.xs()));
    return back;
  }

  private static List<Array> zeros(List<Array> like, List<Boolean> mask) {
    List<Array> zeros = new ArrayList<>();
    Masks.<Array>select(like, mask, true).forEach(x -> zeros.add(Zeros.of(x.aval().strong())));
    return zeros;
  }

  @Override
  public List<Array> pull(
      List<Array> operands, Array i, List<Array> carry, List<Array> cotangents, List<Array> back) {
    Array place = place(i);
    Scan.Parts<Boolean> isLinear = loop.parts(mask);
    int consts = Collections.frequency(isLinear.consts(), true);
    int xs = consts + Collections.frequency(isLinear.carry(), true);
    List<Array> cts = new ArrayList<>(back.subList(consts, xs));
    cotangents.subList(xs - consts, cotangents.size()).forEach(ys -> cts.add(Rows.get(ys, place)));
    var lin =
        Differentiation.linearize(
            a -> Jaxprs.eval(loop.jaxpr(), a), ins(operands, place, carry), mask);
    List<@Nullable Array> pulled = lin.pull(Masks.spread(new ArrayList<>(cts), resultMask));
    List<Array> next = WhileSteps.sums(pulled.subList(0, consts), back.subList(0, consts));
    next.addAll(WhileSteps.carry(pulled.subList(consts, xs), back.subList(consts, xs)));
    for (int k = xs; k < back.size(); k++) {
      Array ct = pulled.get(k);
      next.add(ct == null ? back.get(k) : Rows.with(back.get(k), ct, place));
    }
    return next;
  }

  @Override
  public List<Array> cotangents(List<Array> back) {
    return back;
  }

  @Override
  public List<Array> repeat(Flat goesOn, Flat body, List<Array> init) {
    return WhileSteps.loop(goesOn, body, init);
  }
}
