package dev.jacobi.jaxpr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The rules of every {@link Jaxpr}: a variable is bound once, before it is read; literals are
 * scalars; an equation's results have the types of its primitive's shape rule; the operands of a
 * call are of the types of the called program's inputs. Runs when a jaxpr is made, if Java's
 * assertions are on.
 */
public final class JaxprChecker {
  private final Jaxpr jaxpr;
  private final Set<Atom> bound = Collections.newSetFromMap(new IdentityHashMap<>());

  private JaxprChecker(Jaxpr jaxpr) {
    this.jaxpr = jaxpr;
  }

  /** Throws {@link IllFormedJaxprException} if a rule is broken. Nested programs were checked. */
  public static void check(Jaxpr jaxpr) {
    new JaxprChecker(jaxpr).run();
  }

  /** The same for {@code assert}; never false. */
  static boolean holds(Jaxpr jaxpr) {
    check(jaxpr);
    return true;
  }

  private void run() {
    if (jaxpr.captured() < 0 || jaxpr.captured() > jaxpr.ins().size()) {
      String rule = jaxpr.captured() + " of " + jaxpr.ins().size() + " inputs are captured";
      throw new IllFormedJaxprException(rule, "(such a program cannot be printed)");
    }
    jaxpr.ins().forEach(v -> bind(v, "the inputs"));
    jaxpr.eqns().forEach(this::equation);
    jaxpr.outs().forEach(a -> read(a, "the results"));
  }

  private void equation(Eqn eqn) {
    String name = eqn.primitive().name();
    eqn.ins().forEach(a -> read(a, name));
    List<Aval> expected = eqn.primitive().outAvals(eqn.inAvals());
    if (!expected.equals(eqn.outAvals())) {
      throw broken("%s gives %s, but is written as %s", name, expected, eqn.outAvals());
    }
    if (eqn.primitive() instanceof Inlinable call) {
      called(name, call.jaxpr(), eqn);
    }
    eqn.outs().forEach(v -> bind(v, name));
  }

  private void called(String name, Jaxpr program, Eqn eqn) {
    List<Aval> wanted = strong(program.inAvals());
    List<Aval> given = strong(eqn.inAvals());
    if (!wanted.equals(given)) {
      throw broken("%s takes %s, but is called with %s", name, wanted, given);
    }
  }

  /** Weak operands may go where strong ones are expected. */
  private static List<Aval> strong(List<Aval> avals) {
    List<Aval> all = new ArrayList<>();
    avals.forEach(a -> all.add(a.strong()));
    return all;
  }

  private void bind(Atom.Var variable, String where) {
    if (!bound.add(variable)) {
      throw broken("a variable of type %s is bound twice, again by %s", variable.aval(), where);
    }
  }

  private void read(Atom atom, String where) {
    switch (atom) {
      case Atom.Lit l when l.aval().rank() != 0 ->
          throw broken("%s reads a literal of type %s, which is no scalar", where, l.aval());
      case Atom.Var v when !bound.contains(v) ->
          throw broken("%s reads a variable of type %s before it is bound", where, v.aval());
      case Atom.Lit _, Atom.Var _ -> {}
    }
  }

  private IllFormedJaxprException broken(String rule, Object... parts) {
    return new IllFormedJaxprException(rule.formatted(parts), jaxpr.toString());
  }
}
