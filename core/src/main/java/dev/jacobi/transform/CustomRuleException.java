package dev.jacobi.transform;

import dev.jacobi.trace.UserCode;

/** A custom derivative rule was used where it has no meaning, or gave results of the wrong form. */
public final class CustomRuleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CustomRuleException(String message) {
    super(UserCode.line() + ": " + message);
  }
}
