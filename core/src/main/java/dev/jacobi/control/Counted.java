package dev.jacobi.control;

import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Jaxpr;
import java.util.List;

/** Loops that end because a counter grows up to a bound that stays. */
final class Counted {
  private Counted() {}

  /** Whether a loop goes on while {@code i < n}, adds a positive constant to i and leaves n. */
  static boolean is(While loop) {
    Jaxpr cond = loop.condJaxpr();
    if (cond.eqns().size() != 1
        || !cond.eqns().getFirst().primitive().name().equals("lt")
        || cond.outs().getFirst() != cond.eqns().getFirst().outs().getFirst()) {
      return false;
    }
    List<Atom> compared = cond.eqns().getFirst().ins();
    int counter = carried(cond, loop.condConsts(), compared.get(0));
    int bound = carried(cond, loop.condConsts(), compared.get(1));
    boolean stays =
        compared.get(1) instanceof Atom.Lit
            || cond.ins().indexOf(compared.get(1)) < loop.condConsts()
            || next(loop, bound) == param(loop, bound);
    return counter >= 0 && stays && grows(loop, counter);
  }

  /** Which part of the state an operand of the condition is; negative if none. */
  private static int carried(Jaxpr cond, int consts, Atom atom) {
    return cond.ins().indexOf(atom) - consts;
  }

  private static Atom param(While loop, int k) {
    return loop.bodyJaxpr().ins().get(loop.bodyConsts() + k);
  }

  private static Atom next(While loop, int k) {
    return loop.bodyJaxpr().outs().get(k);
  }

  private static boolean grows(While loop, int k) {
    for (Eqn eqn : loop.bodyJaxpr().eqns()) {
      if (eqn.outs().contains(next(loop, k))) {
        return eqn.primitive().name().equals("add")
            && eqn.ins().getFirst() == param(loop, k)
            && eqn.ins().getLast() instanceof Atom.Lit step
            && step.doubleValue() > 0;
      }
    }
    return false;
  }
}
