package dev.jacobi.remat;

import static dev.jacobi.control.Programs.join;

import dev.jacobi.Array;
import dev.jacobi.control.Cond;
import dev.jacobi.control.Programs;
import dev.jacobi.control.Scan;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Zeros;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Jit;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * An equation that holds programs, divided as they are.
 *
 * @param forward what stands in its place on the way there
 * @param saved what that keeps: new variables
 * @param again what computes the wanted results again
 */
record NestedDivision(List<Eqn> forward, List<Atom.Var> saved, Eqn again) {
  private static final Division.Saving NOTHING =
      new Division.Saving(CheckpointPolicies.nothingSaveable());

  /** An equation all of whose operands are known. */
  static NestedDivision ofKnown(Eqn eqn, List<Boolean> wanted, Division.Walk walk) {
    return switch (eqn.primitive()) {
      case Scan scan -> scan(eqn, scan, wanted, walk);
      case Cond cond -> cond(eqn, cond, wanted, walk.saving());
      case Jit call -> {
        Division parts = all(call.jaxpr(), wanted, NOTHING);
        Jit pruned = new Jit(call.function(), parts.again(), Set.of(), call.threads());
        yield whole(eqn, pruned(eqn, pruned, parts.inputs(), wanted));
      }
      case Checkpoint call -> {
        Division parts = all(call.jaxpr(), wanted, NOTHING);
        List<Boolean> barred = call.barred(0, parts.inputs(), 0);
        Checkpoint pruned = call.with(parts.again(), barred, call.differentiated());
        yield whole(eqn, pruned(eqn, pruned, parts.inputs(), wanted));
      }
      default -> whole(eqn, eqn);
    };
  }

  /**
   * An equation some of whose operands are not known on the way there. Of these only checkpointed
   * programs begin with something that is.
   */
  static NestedDivision ofUnknown(
      Eqn eqn, List<Boolean> unknown, List<Boolean> wanted, Division.Walk walk) {
    if (eqn.primitive().hasEffects()) {
      return new NestedDivision(List.of(), List.of(), eqn);
    }
    if (!(eqn.primitive() instanceof Checkpoint call)) {
      Eqn pruned = ofKnown(eqn, wanted, Division.Walk.savingNothing()).again();
      return new NestedDivision(List.of(), List.of(), pruned);
    }
    Jaxpr program = walk.saving().opened(call.jaxpr());
    Division parts = Division.of(program, unknown, wanted, List.of(), walk.saving());
    List<Integer> known = Programs.where(unknown.stream().map(u -> !u).toList());
    List<Atom.Var> kept = walk.compute(parts.forward(), select(eqn.ins(), known));
    Checkpoint again = call.with(parts.again(), call.barred(kept.size(), parts.inputs(), 0), true);
    List<Atom> operands = join(List.<Atom>copyOf(kept), select(eqn.ins(), parts.inputs()));
    List<Atom.Var> outs = Masks.select(eqn.outs(), wanted, true);
    return new NestedDivision(List.of(), kept, new Eqn(again, operands, outs, eqn.loc()));
  }

  private static NestedDivision whole(Eqn eqn, Eqn again) {
    return new NestedDivision(List.of(eqn), List.of(), again);
  }

  private static Eqn pruned(
      Eqn eqn, Primitive primitive, List<Integer> inputs, List<Boolean> wanted) {
    List<Atom.Var> outs = Masks.select(eqn.outs(), wanted, true);
    return new Eqn(primitive, select(eqn.ins(), inputs), outs, eqn.loc());
  }

  /** A program of known inputs; on the way there it gives all of its results. */
  private static Division all(Jaxpr program, List<Boolean> wanted, Division.Saving saving) {
    List<Boolean> none = Collections.nCopies(program.ins().size(), false);
    return Division.of(program, none, wanted, program.outs(), saving);
  }

  /** What a step keeps is stacked, or kept once if it is the same in every step. */
  private static NestedDivision scan(Eqn eqn, Scan scan, List<Boolean> wanted, Division.Walk walk) {
    Division.Saving saving = walk.saving();
    Jaxpr body = saving.opened(scan.jaxpr());
    int consts = scan.numConsts();
    int xs = consts + scan.numCarry();
    List<Boolean> ys = wanted.subList(scan.numCarry(), wanted.size());
    List<Boolean> carry =
        Programs.carried(
            wanted.subList(0, scan.numCarry()),
            c -> {
              List<Integer> read = all(body, join(c, ys), saving).inputs();
              return IntStream.range(consts, xs).mapToObj(read::contains).toList();
            });
    List<Boolean> outs = join(carry, ys);
    Division parts = all(body, outs, saving);
    Set<Atom> constant = Programs.constants(body, consts);
    List<Atom.Var> fixed = parts.saved().stream().filter(constant::contains).toList();
    List<Atom.Var> changing = parts.saved().stream().filter(v -> !constant.contains(v)).toList();
    Jaxpr once = Programs.invariant(body, consts, constant, List.copyOf(fixed));
    List<Atom.Var> fixedKept = walk.compute(once, eqn.ins().subList(0, consts));
    List<Atom.Var> changingKept = fresh(changing, v -> scan.stacked(v.aval()));
    Jaxpr values =
        new Jaxpr(
                0,
                body.ins(),
                parts.forward().eqns(),
                join(body.outs(), List.<Atom>copyOf(changing)))
            .eliminateDeadCode();
    Scan forward = with(scan, values, consts, scan.numCarry());

    List<Integer> carried = Programs.where(carry).stream().map(i -> consts + i).toList();
    List<Integer> first = parts.inputs().stream().filter(i -> i < consts).toList();
    List<Integer> last = parts.inputs().stream().filter(i -> i >= xs).toList();
    List<Atom.Var> ins = new ArrayList<>(select(body.ins(), first));
    ins.addAll(fixed);
    ins.addAll(select(body.ins(), join(carried, last)));
    ins.addAll(changing);
    List<Atom> operands = new ArrayList<>(select(eqn.ins(), first));
    operands.addAll(fixedKept);
    operands.addAll(select(eqn.ins(), join(carried, last)));
    operands.addAll(changingKept);
    Jaxpr step = new Jaxpr(0, ins, parts.again().eqns(), parts.again().outs());
    Scan again = with(scan, step, first.size() + fixed.size(), carried.size());
    return new NestedDivision(
        List.of(new Eqn(forward, eqn.ins(), join(eqn.outs(), changingKept), eqn.loc())),
        join(fixedKept, changingKept),
        new Eqn(again, operands, Masks.select(eqn.outs(), outs, true), eqn.loc()));
  }

  private static Scan with(Scan scan, Jaxpr step, int consts, int carry) {
    return new Scan(
        step, scan.length(), scan.reverse(), consts, carry, scan.unroll(), scan.checkpoints());
  }

  /** What branches keep shares places, since only one of them runs. */
  private static NestedDivision cond(
      Eqn eqn, Cond cond, List<Boolean> wanted, Division.Saving saving) {
    List<Jaxpr> branches = cond.branches().stream().map(saving::opened).toList();
    List<Division> parts = branches.stream().map(b -> all(b, wanted, saving)).toList();
    if (parts.stream().anyMatch(p -> p.saved().stream().anyMatch(v -> v.aval().key()))) {
      parts = branches.stream().map(b -> all(b, wanted, NOTHING)).toList();
    }
    List<Aval> places = new ArrayList<>();
    List<List<Integer>> used = parts.stream().map(p -> places(places, p.saved())).toList();
    Set<Integer> read = new TreeSet<>();
    parts.forEach(p -> read.addAll(p.inputs()));
    List<Integer> inputs = List.copyOf(read);
    List<Jaxpr> forward = new ArrayList<>();
    List<Jaxpr> again = new ArrayList<>();
    for (int b = 0; b < parts.size(); b++) {
      Division part = parts.get(b);
      forward.add(keeping(part, eqn.outs().size(), places, used.get(b)));
      List<Atom.Var> ins = fresh(places, a -> a);
      for (int k = 0; k < used.get(b).size(); k++) {
        ins.set(used.get(b).get(k), part.saved().get(k));
      }
      ins.addAll(select(branches.get(b).ins(), inputs));
      again.add(new Jaxpr(0, ins, part.again().eqns(), part.again().outs()));
    }
    List<Atom.Var> kept = fresh(places, a -> a);
    List<Atom> operands = new ArrayList<>(List.of(eqn.ins().getFirst()));
    operands.addAll(kept);
    inputs.forEach(i -> operands.add(eqn.ins().get(1 + i)));
    List<Atom.Var> outs = Masks.select(eqn.outs(), wanted, true);
    return new NestedDivision(
        places.isEmpty()
            ? List.of(eqn)
            : List.of(new Eqn(new Cond(forward), eqn.ins(), join(eqn.outs(), kept), eqn.loc())),
        kept,
        new Eqn(new Cond(again), operands, outs, eqn.loc()));
  }

  /** A place for each value, among those that are there as far as they are of its type. */
  private static List<Integer> places(List<Aval> places, List<Atom.Var> values) {
    List<Integer> mine = new ArrayList<>();
    for (Atom.Var v : values) {
      int place = 0;
      while (place < places.size()
          && (mine.contains(place) || !places.get(place).equals(v.aval().strong()))) {
        place++;
      }
      if (place == places.size()) {
        places.add(v.aval().strong());
      }
      mine.add(place);
    }
    return mine;
  }

  /** A branch's results and all places, with zeros where it keeps nothing. */
  private static Jaxpr keeping(Division part, int outs, List<Aval> places, List<Integer> mine) {
    return Jaxprs.traceClosed(
        part.forward().inAvals(),
        ins -> {
          List<Array> values = Jaxprs.eval(part.forward(), ins);
          List<Array> results = new ArrayList<>(values.subList(0, outs));
          places.forEach(p -> results.add(Zeros.of(p)));
          for (int k = 0; k < mine.size(); k++) {
            Array value = values.get(outs + k);
            results.set(outs + mine.get(k), Convert.convertElementType(value, value.dtype()));
          }
          return results;
        });
  }

  private static <T> List<Atom.Var> fresh(
      List<T> values, java.util.function.Function<T, Aval> type) {
    List<Atom.Var> all = new ArrayList<>();
    values.forEach(v -> all.add(new Atom.Var(type.apply(v))));
    return all;
  }

  private static <T> List<T> select(List<T> all, List<Integer> which) {
    return new ArrayList<>(which.stream().map(all::get).toList());
  }
}
