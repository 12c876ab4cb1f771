package dev.jacobi.sparse;

import dev.jacobi.Array;
import dev.jacobi.control.Cond;
import dev.jacobi.control.Scan;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.jaxpr.ProgramPrimitive;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.ScalarArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows through a program which elements of the input each value depends on: never too few, and
 * too many only where a primitive has no rule ({@link Rules}) or a value is not known before.
 */
final class Dependencies {
  private Dependencies() {}

  /** The results' dependencies on those operands that have some. */
  static List<Flow> follow(Jaxpr jaxpr, List<Flow> args) {
    Map<Atom, Flow> env = new HashMap<>();
    for (int i = 0; i < args.size(); i++) {
      env.put(jaxpr.ins().get(i), args.get(i));
    }
    for (Eqn eqn : jaxpr.eqns()) {
      List<Flow> outs = follow(eqn, read(env, eqn.ins()));
      for (int i = 0; i < outs.size(); i++) {
        env.put(eqn.outs().get(i), outs.get(i));
      }
    }
    return read(env, jaxpr.outs());
  }

  private static List<Flow> read(Map<Atom, Flow> env, List<Atom> atoms) {
    List<Flow> flows = new ArrayList<>();
    for (Atom atom : atoms) {
      flows.add(
          switch (atom) {
            case Atom.Lit l -> Flow.known(new ScalarArray(l));
            case Atom.Var v -> env.get(v);
          });
    }
    return flows;
  }

  private static List<Flow> follow(Eqn eqn, List<Flow> in) {
    Primitive p = eqn.primitive();
    if (in.stream().noneMatch(Flow::isActive)) {
      boolean known = in.stream().allMatch(f -> f.value() != null) && !p.hasEffects();
      return known ? values(p, in) : eqn.outAvals().stream().map(Flow::constant).toList();
    }
    if (p instanceof ProgramPrimitive call && !(p instanceof Scan)) {
      return follow(call.jaxpr(), in);
    }
    if (p instanceof Cond cond) {
      return either(cond, in);
    }
    return Rules.follow(p, in, eqn.outAvals());
  }

  private static List<Flow> values(Primitive p, List<Flow> in) {
    List<Array> operands = in.stream().map(Flow::value).toList();
    return Bind.bind(p, operands).stream().map(Flow::known).toList();
  }

  /** What any branch's results depend on; the first operand chooses, and has no derivative. */
  private static List<Flow> either(Cond cond, List<Flow> in) {
    List<Flow> operands = in.subList(1, in.size());
    List<Flow> joined = new ArrayList<>();
    for (Jaxpr branch : cond.branches()) {
      List<Flow> outs = follow(branch, operands);
      for (int k = 0; k < outs.size(); k++) {
        Flow out = outs.get(k);
        Flow other = joined.size() > k ? joined.get(k) : Flow.constant(out.aval());
        int[][] on = new int[Flow.size(out.aval())][];
        for (int i = 0; i < on.length; i++) {
          on[i] = IndexSets.union(out.at(i), other.at(i));
        }
        Flow both = Flow.of(out.aval(), on);
        if (joined.size() > k) {
          joined.set(k, both);
        } else {
          joined.add(both);
        }
      }
    }
    return joined;
  }
}
