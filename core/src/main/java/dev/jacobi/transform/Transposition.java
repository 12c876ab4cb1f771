package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive.Operand;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.ScalarArray;
import dev.jacobi.trace.UserCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs linear programs backwards. */
public final class Transposition {
  private final Map<Atom, Array> known = new HashMap<>();
  private final Map<Atom, Array> cotangents = new HashMap<>();

  private Transposition() {}

  /**
   * Cotangents of a linear program's arguments.
   *
   * @param captured values of the inputs that come first; the program is linear in the others
   * @param cotangents one per result, null for zero
   * @return one per linear input, null for zero
   */
  public static List<@Nullable Array> pull(
      Jaxpr jaxpr, List<Array> captured, List<@Nullable Array> cotangents) {
    Transposition run = new Transposition();
    for (int i = 0; i < captured.size(); i++) {
      run.known.put(jaxpr.ins().get(i), captured.get(i));
    }
    List<Eqn> linear = run.forward(jaxpr);
    for (int i = 0; i < cotangents.size(); i++) {
      run.accumulate(jaxpr.outs().get(i), cotangents.get(i));
    }
    linear.reversed().forEach(run::backward);
    List<@Nullable Array> results = new ArrayList<>();
    for (int i = captured.size(); i < jaxpr.ins().size(); i++) {
      results.add(run.cotangents.get(jaxpr.ins().get(i)));
    }
    return results;
  }

  /** Computes what does not depend on linear inputs, and returns the equations that do. */
  private List<Eqn> forward(Jaxpr jaxpr) {
    List<Eqn> linear = new ArrayList<>();
    for (Eqn eqn : jaxpr.eqns()) {
      List<Operand> operands = eqn.ins().stream().map(this::operand).toList();
      if (operands.stream().anyMatch(Operand::isLinear)) {
        linear.add(eqn);
        continue;
      }
      List<Array> ins = operands.stream().map(Operand::known).toList();
      List<Array> outs = UserCode.inProgram(eqn.loc(), () -> Bind.bind(eqn.primitive(), ins));
      for (int i = 0; i < outs.size(); i++) {
        known.put(eqn.outs().get(i), outs.get(i));
      }
    }
    return linear;
  }

  private void backward(Eqn eqn) {
    List<@Nullable Array> outs = new ArrayList<>();
    eqn.outs().forEach(v -> outs.add(cotangents.remove(v)));
    if (outs.stream().allMatch(ct -> ct == null)) {
      return;
    }
    List<Operand> operands = eqn.ins().stream().map(this::operand).toList();
    Atom first = eqn.ins().isEmpty() ? null : eqn.ins().getFirst();
    Array sum = first == null || known.containsKey(first) ? null : cotangents.get(first);
    Optional<Array> into =
        sum == null
            ? Optional.empty()
            : UserCode.inProgram(
                eqn.loc(), () -> eqn.primitive().transposeInto(sum, outs, operands));
    if (into.isPresent()) {
      cotangents.put(first, into.get());
      return;
    }
    List<@Nullable Array> ins =
        UserCode.inProgram(eqn.loc(), () -> eqn.primitive().transpose(outs, operands));
    for (int i = 0; i < ins.size(); i++) {
      accumulate(eqn.ins().get(i), ins.get(i));
    }
  }

  private Operand operand(Atom atom) {
    return switch (atom) {
      case Atom.Lit l -> new Operand(l.aval(), new ScalarArray(l));
      case Atom.Var v -> new Operand(v.aval(), known.get(v));
    };
  }

  private void accumulate(Atom atom, @Nullable Array cotangent) {
    if (cotangent != null && atom instanceof Atom.Var && !known.containsKey(atom)) {
      cotangents.merge(atom, cotangent, Zeros::addAny);
    }
  }

  /** Nothing flows back to any of {@code n} operands. */
  static List<@Nullable Array> zeros(int n) {
    return Collections.nCopies(n, null);
  }
}
