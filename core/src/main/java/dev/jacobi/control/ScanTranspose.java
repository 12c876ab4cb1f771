package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive.Operand;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import dev.jacobi.transform.Memo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The transpose of a scan that is linear in its carry and in some constants and elements. */
final class ScanTranspose {
  private static final Memo<Jaxpr> STEPS = new Memo<>();

  private final Scan scan;
  private final Scan.Parts<Operand> operands;
  private final List<Boolean> known;
  private final List<Boolean> linear; // the carry always: what it starts from may be a known zero

  ScanTranspose(Scan scan, List<Operand> operands) {
    this.scan = scan;
    this.operands = scan.parts(operands);
    this.known = operands.stream().map(o -> !o.isLinear()).toList();
    Scan.Parts<Boolean> own = scan.parts(operands.stream().map(Operand::isLinear).toList());
    List<Boolean> all = Collections.nCopies(scan.numCarry(), true);
    this.linear = new Scan.Parts<>(own.consts(), all, own.xs()).all();
  }

  /** The step backwards for the cotangents that are there, and which those of the carry are. */
  private record Step(Derived.Partial body, List<Boolean> carried) {}

  private Step step(List<Boolean> carry, List<Boolean> ys) {
    Scan.Parts<Boolean> parts = scan.parts(linear);
    int consts = Collections.frequency(parts.consts(), true);
    int xs = Collections.frequency(parts.xs(), true);
    Function<List<Boolean>, Derived.Partial> body =
        c ->
            Derived.transpose(
                scan.jaxpr(),
                linear,
                Programs.join(c, ys),
                new Scan.Parts<>(
                        Collections.nCopies(consts, false), c, Collections.nCopies(xs, false))
                    .all());
    List<Boolean> carried =
        Programs.carried(
            carry, c -> body.apply(c).nonzero().subList(consts, consts + scan.numCarry()));
    return new Step(body.apply(carried), carried);
  }

  List<@Nullable Array> pull(List<@Nullable Array> cotangents) {
    int numCarry = scan.numCarry();
    List<@Nullable Array> ctCarry = cotangents.subList(0, numCarry);
    List<@Nullable Array> ctYs = cotangents.subList(numCarry, cotangents.size());
    Step step = step(Masks.of(ctCarry), Masks.of(ctYs));
    Scan.Parts<Boolean> isLinear = scan.parts(linear);
    int numConsts = Collections.frequency(isLinear.consts(), true);
    List<Boolean> nonzero = step.body.nonzero();
    List<Boolean> constsThere = nonzero.subList(0, numConsts);
    List<Boolean> xsThere = nonzero.subList(numConsts + numCarry, nonzero.size());

    List<Array> knownConsts = known(operands.consts());
    List<Array> sums = new ArrayList<>();
    List<Aval> linearConsts = new ArrayList<>();
    operands.consts().stream().filter(Operand::isLinear).forEach(o -> linearConsts.add(o.aval()));
    Masks.<Aval>select(linearConsts, constsThere, true)
        .forEach(a -> sums.add(Zeros.of(a.strong())));
    List<Array> carry = new ArrayList<>(sums);
    for (int i = 0; i < numCarry; i++) {
      if (step.carried.get(i)) {
        Array ct = ctCarry.get(i);
        carry.add(ct == null ? Zeros.of(operands.carry().get(i).aval().strong()) : ct);
      }
    }
    List<Array> xs = Programs.join(known(operands.xs()), Masks.present(ctYs));
    int[] sizes = {
      knownConsts.size(), known(operands.xs()).size(), carry.size() - sums.size(), xs.size()
    };
    Jaxpr program = stepProgram(step.body.jaxpr(), sizes, sums.size());
    List<Array> outs = bind(program, knownConsts, carry, xs);
    List<@Nullable Array> pulled = new ArrayList<>();
    pulled.addAll(Masks.spread(outs.subList(0, sums.size()), constsThere));
    pulled.addAll(Masks.spread(outs.subList(sums.size(), carry.size()), step.carried));
    pulled.addAll(Masks.spread(outs.subList(carry.size(), outs.size()), xsThere));
    List<@Nullable Array> all = Masks.spread(pulled, linear);
    for (int i = 0; i < known.size(); i++) {
      all.set(i, known.get(i) ? null : all.get(i));
    }
    return all;
  }

  /** Binds the backward scan, without the constants and elements that it does not read. */
  private List<Array> bind(Jaxpr program, List<Array> consts, List<Array> carry, List<Array> xs) {
    List<Boolean> used = new ArrayList<>(program.usedInputs());
    for (int i = 0; i < carry.size(); i++) {
      used.set(consts.size() + i, true);
    }
    List<Integer> kept = Programs.where(used);
    int fewer = Collections.frequency(used.subList(0, consts.size()), true);
    Scan backwards =
        new Scan(
            Programs.withInputs(program, kept),
            scan.length(),
            !scan.reverse(),
            fewer,
            carry.size(),
            scan.unroll());
    List<Array> all = new Scan.Parts<>(consts, carry, xs).all();
    return Bind.bind(backwards, kept.stream().map(all::get).toList());
  }

  private static List<Array> known(List<Operand> operands) {
    List<Array> known = new ArrayList<>();
    operands.stream().filter(o -> !o.isLinear()).forEach(o -> known.add(o.known()));
    return known;
  }

  /**
   * The step in a scan's order, with the cotangents of constants added up.
   *
   * @param body from known constants, known elements, cotangents of the carry and of the results
   * @param sizes of these: the last one counts known elements too
   */
  private static Jaxpr stepProgram(Jaxpr body, int[] sizes, int sums) {
    return STEPS.get(
        body,
        List.of(sizes[0], sizes[1], sizes[2], sums),
        () -> {
          List<Aval> in = body.inAvals();
          int consts = sizes[0];
          int xs = sizes[1];
          int carry = sizes[2];
          List<Aval> avals = new ArrayList<>(in.subList(0, consts));
          body.outAvals().subList(0, sums).forEach(a -> avals.add(a.strong()));
          avals.addAll(in.subList(consts + xs, consts + xs + carry));
          avals.addAll(in.subList(consts, consts + xs));
          avals.addAll(in.subList(consts + xs + carry, in.size()));
          return Jaxprs.traceClosed(
              avals,
              ins -> {
                List<Array> args = new ArrayList<>(ins.subList(0, consts));
                int afterCarry = consts + sums + carry;
                args.addAll(ins.subList(afterCarry, afterCarry + xs));
                args.addAll(ins.subList(consts + sums, afterCarry));
                args.addAll(ins.subList(afterCarry + xs, ins.size()));
                List<Array> outs = new ArrayList<>(Jaxprs.eval(body, args));
                for (int i = 0; i < sums; i++) {
                  outs.set(i, Zeros.addAny(ins.get(consts + i), outs.get(i)));
                }
                return outs;
              });
        });
  }
}
