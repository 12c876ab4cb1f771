package dev.jacobi.remat;

import dev.jacobi.Array;
import dev.jacobi.control.Cond;
import dev.jacobi.control.Scan;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Inlinable;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A program as two: one that computes values, and one that computes some results again from what
 * the first kept and from the inputs. Walks backwards from the wanted results: an operation whose
 * results may be kept ends the walk, any other one is repeated.
 *
 * @param forward from the known inputs to given values and then what is kept
 * @param saved what is kept: variables of the program
 * @param again from what is kept and then some inputs to the wanted results
 * @param inputs which inputs these are
 */
record Division(Jaxpr forward, List<Atom.Var> saved, Jaxpr again, List<Integer> inputs) {
  /** A policy, and where to ask it. */
  record Saving(CheckpointPolicy policy) {
    /** Whether results are kept: effects happen once. */
    boolean keeps(Eqn eqn) {
      Primitive p = eqn.primitive();
      return p.hasEffects() || policy.saves(p, eqn.inAvals());
    }

    /** Whether something inside of an operation is kept. */
    boolean keepsInside(Primitive p) {
      return switch (p) {
        case Inlinable call -> any(call.jaxpr());
        case Scan scan -> any(scan.jaxpr());
        case Cond cond -> cond.branches().stream().anyMatch(this::any);
        default -> false;
      };
    }

    private boolean any(Jaxpr program) {
      return program.eqns().stream()
          .anyMatch(e -> isDivided(e.primitive()) ? keepsInside(e.primitive()) : keeps(e));
    }

    /** Whether an operation is not asked about, but its program's are. */
    static boolean isDivided(Primitive p) {
      return p instanceof Inlinable || p instanceof Scan || p instanceof Cond;
    }

    /** The program without the calls of programs in which something is kept. */
    Jaxpr opened(Jaxpr program) {
      return program.eqns().stream().anyMatch(e -> isOpened(e.primitive()))
          ? Jaxprs.traceClosed(program.inAvals(), ins -> open(program, ins))
          : program;
    }

    private boolean isOpened(Primitive p) {
      return p instanceof Inlinable && keepsInside(p);
    }

    /** Performs a program without these calls. */
    List<Array> open(Jaxpr program, List<Array> args) {
      return Jaxprs.eval(
          program,
          args,
          (p, operands) ->
              p instanceof Inlinable call && isOpened(p)
                  ? open(call.jaxpr(), operands)
                  : Bind.bind(p, operands));
    }
  }

  /**
   * Divides a program.
   *
   * @param unknown inputs that are not there on the way there, as a mask
   * @param wanted results to compute again, as a mask
   * @param given values to compute on the way there
   */
  static Division of(
      Jaxpr program, List<Boolean> unknown, List<Boolean> wanted, List<Atom> given, Saving saving) {
    return new Walk(program, unknown, saving)
        .divide(Masks.select(program.outs(), wanted, true), given);
  }

  /** An operation on values. */
  private record Computed(Primitive primitive, List<Atom> ins) {}

  /** One division on its way. */
  static final class Walk {
    private final Jaxpr program;
    private final Saving saving;
    private final List<Boolean> unknownIns;
    private final Set<Atom> unknown = new HashSet<>();
    private final Set<Atom> live = new HashSet<>();
    private final LinkedHashSet<Atom.Var> saved = new LinkedHashSet<>();
    private final List<Eqn> again = new ArrayList<>();
    private final Map<Eqn, List<Eqn>> replaced = new IdentityHashMap<>();
    private final List<Eqn> added = new ArrayList<>();
    private final Map<Computed, List<Atom.Var>> computed = new HashMap<>();

    private Walk(Jaxpr program, List<Boolean> unknownIns, Saving saving) {
      this.program = program;
      this.saving = saving;
      this.unknownIns = unknownIns;
      unknown.addAll(Masks.select(program.ins(), unknownIns, true));
      for (Eqn eqn : program.eqns()) {
        if (eqn.ins().stream().anyMatch(unknown::contains)) {
          unknown.addAll(eqn.outs());
        } else if (!eqn.primitive().hasEffects()) {
          computed.putIfAbsent(new Computed(eqn.primitive(), eqn.ins()), eqn.outs());
        }
      }
    }

    private Division divide(List<Atom> wanted, List<Atom> given) {
      live.addAll(wanted);
      program.eqns().reversed().forEach(this::visit);
      List<Integer> inputs =
          IntStream.range(0, program.ins().size())
              .filter(i -> live.contains(program.ins().get(i)))
              .boxed()
              .toList();
      List<Atom.Var> kept = new ArrayList<>(saved).reversed();
      List<Atom.Var> ins = new ArrayList<>(kept);
      inputs.forEach(i -> ins.add(program.ins().get(i)));
      List<Eqn> forward = new ArrayList<>();
      for (Eqn eqn : program.eqns()) {
        boolean isUnknown = eqn.ins().stream().anyMatch(unknown::contains);
        forward.addAll(replaced.getOrDefault(eqn, isUnknown ? List.of() : List.of(eqn)));
      }
      forward.addAll(added);
      List<Atom> outs = new ArrayList<>(given);
      outs.addAll(kept);
      List<Atom.Var> known = Masks.select(program.ins(), unknownIns, false);
      return new Division(
          new Jaxpr(0, known, forward, outs).eliminateDeadCode(),
          List.copyOf(kept),
          new Jaxpr(0, ins, again.reversed(), wanted).silent(), // effects happen once
          inputs);
    }

    private void visit(Eqn eqn) {
      boolean isUnknown = eqn.ins().stream().anyMatch(unknown::contains);
      boolean isLive = eqn.outs().stream().anyMatch(live::contains);
      if (!isLive && !(isUnknown && eqn.primitive().hasEffects())) {
        return;
      }
      if (Saving.isDivided(eqn.primitive())) {
        nested(eqn, isUnknown);
      } else if (!isUnknown && saving.keeps(eqn)) {
        eqn.outs().stream().filter(live::contains).toList().reversed().forEach(saved::add);
      } else {
        again(eqn);
      }
    }

    private void nested(Eqn eqn, boolean isUnknown) {
      List<Boolean> wanted = eqn.outs().stream().map(live::contains).toList();
      List<Boolean> masked = eqn.ins().stream().map(unknown::contains).toList();
      NestedDivision parts =
          isUnknown
              ? NestedDivision.ofUnknown(eqn, masked, wanted, this)
              : NestedDivision.ofKnown(eqn, wanted, this);
      replaced.put(eqn, parts.forward());
      parts.saved().reversed().forEach(saved::add);
      again(parts.again());
    }

    /** A division of nothing, in which nothing is kept. */
    static Walk savingNothing() {
      Jaxpr empty = new Jaxpr(0, List.of(), List.of(), List.of());
      return new Walk(empty, List.of(), new Saving(CheckpointPolicies.nothingSaveable()));
    }

    Saving saving() {
      return saving;
    }

    /**
     * Computes a program on the way there, as far as its values are not computed there already.
     *
     * @param operands its inputs
     * @return its results
     */
    List<Atom.Var> compute(Jaxpr part, List<Atom> operands) {
      Map<Atom, Atom> env = new HashMap<>();
      for (int i = 0; i < operands.size(); i++) {
        env.put(part.ins().get(i), operands.get(i));
      }
      for (Eqn eqn : part.eqns()) {
        List<Atom> ins = eqn.ins().stream().map(a -> env.getOrDefault(a, a)).toList();
        List<Atom.Var> outs =
            computed.computeIfAbsent(
                new Computed(eqn.primitive(), ins),
                k -> {
                  List<Atom.Var> fresh =
                      eqn.outs().stream().map(v -> new Atom.Var(v.aval())).toList();
                  added.add(new Eqn(eqn.primitive(), ins, fresh, eqn.loc()));
                  return fresh;
                });
        for (int i = 0; i < outs.size(); i++) {
          env.put(eqn.outs().get(i), outs.get(i));
        }
      }
      return part.outs().stream().map(a -> (Atom.Var) env.get(a)).toList();
    }

    private void again(Eqn eqn) {
      again.add(eqn);
      eqn.ins().stream().filter(a -> !saved.contains(a)).forEach(live::add);
    }
  }
}
