package dev.jacobi.trace;

import dev.jacobi.jaxpr.Atom;

/** A scalar of the program text: traced as a literal, given memory only when an engine needs it. */
public final class ScalarArray extends ArrayForm {
  private final Atom.Lit lit;

  public ScalarArray(Atom.Lit lit) {
    super(lit.aval());
    this.lit = lit;
  }

  public Atom.Lit lit() {
    return lit;
  }
}
