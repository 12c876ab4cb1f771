package dev.jacobi.hlo.verify;

import dev.jacobi.hlo.Loc;

/** A module breaks a rule of the StableHLO specification. */
public final class HloVerifyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String constraint;

  HloVerifyException(String constraint, String detail, String where, Loc loc) {
    super(constraint + ": " + detail + "; in " + where + (loc.isKnown() ? " (" + loc + ")" : ""));
    this.constraint = constraint;
  }

  /** The broken rule's name, such as {@code clamp_c1}. */
  public String constraint() {
    return constraint;
  }
}
