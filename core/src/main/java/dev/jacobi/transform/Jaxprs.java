package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Effect;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Inlinable;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.trace.ScalarArray;
import dev.jacobi.trace.UserCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** From functions to jaxprs and back. */
public final class Jaxprs {
  private Jaxprs() {}

  /** Traces a function of arrays. Captured arrays become the first inputs. */
  public static JaxprTrace.Traced trace(String transform, List<Aval> avals, Flat f) {
    JaxprTrace trace = new JaxprTrace(transform, Context.nextLevel());
    return Context.staged(
        trace,
        () -> {
          List<Array> ins = avals.stream().map(trace::input).toList();
          return trace.finish(f.apply(ins));
        });
  }

  /** Traces a function that captures nothing. */
  public static Jaxpr traceClosed(List<Aval> avals, Flat f) {
    JaxprTrace.Traced traced = trace("jit", avals, f);
    if (!traced.captured().isEmpty()) {
      throw new IllegalStateException("a program's transformation captured " + traced.captured());
    }
    return traced.jaxpr();
  }

  /** Performs a program's equations, each by its primitive. */
  public static List<Array> eval(Jaxpr jaxpr, List<Array> args) {
    return eval(jaxpr, args, Bind::bind);
  }

  /** Performs a program's equations, each by a function of its primitive and operands. */
  public static List<Array> eval(
      Jaxpr jaxpr, List<Array> args, BiFunction<Primitive, List<Array>, List<Array>> perform) {
    Map<Atom, Array> env = new HashMap<>();
    for (int i = 0; i < args.size(); i++) {
      env.put(jaxpr.ins().get(i), args.get(i));
    }
    for (Eqn eqn : jaxpr.eqns()) {
      List<Array> ins = read(env, eqn.ins());
      List<Array> outs = UserCode.inProgram(eqn.loc(), () -> perform.apply(eqn.primitive(), ins));
      for (int i = 0; i < outs.size(); i++) {
        env.put(eqn.outs().get(i), outs.get(i));
      }
    }
    return read(env, jaxpr.outs());
  }

  /**
   * The same with effects in those lanes only that are active; loops whose end nobody knows end at
   * once for the others.
   *
   * @param active which lanes of the leading dimensions
   */
  public static List<Array> evalWhere(Array active, Jaxpr jaxpr, List<Array> args) {
    if (jaxpr.effect() == Effect.NONE && !jaxpr.mayNotEnd()) {
      return eval(jaxpr, args);
    }
    return eval(
        jaxpr,
        args,
        (p, ins) -> p.hasEffects() || p.mayNotEnd() ? p.bindWhere(active, ins) : Bind.bind(p, ins));
  }

  /**
   * Performs a program some of whose inputs are tangents of a linear program that is being written.
   * A call that has both kinds of operands is taken apart, so that what depends on no tangent does
   * not become a part of the linear program.
   *
   * @param tangents the arrays that are tangents, by identity; those that depend on them are added
   */
  public static List<Array> evalApart(Jaxpr jaxpr, List<Array> args, Set<Array> tangents) {
    Map<Atom, Array> env = new HashMap<>();
    for (int i = 0; i < args.size(); i++) {
      env.put(jaxpr.ins().get(i), args.get(i));
    }
    for (Eqn eqn : jaxpr.eqns()) {
      List<Array> ins = read(env, eqn.ins());
      boolean linear = ins.stream().anyMatch(tangents::contains);
      List<Array> outs =
          linear && eqn.primitive() instanceof Inlinable call
              ? evalApart(call.jaxpr(), ins, tangents)
              : Bind.bind(eqn.primitive(), ins);
      for (int i = 0; i < outs.size(); i++) {
        env.put(eqn.outs().get(i), outs.get(i));
      }
      if (linear && !(eqn.primitive() instanceof Inlinable)) {
        tangents.addAll(outs);
      }
    }
    return read(env, jaxpr.outs());
  }

  private static List<Array> read(Map<Atom, Array> env, List<Atom> atoms) {
    List<Array> values = new ArrayList<>(atoms.size());
    for (Atom atom : atoms) {
      values.add(
          switch (atom) {
            case Atom.Lit l -> new ScalarArray(l);
            case Atom.Var v -> env.get(v);
          });
    }
    return values;
  }
}
