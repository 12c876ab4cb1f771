package dev.jacobi.parallel;

import dev.jacobi.trace.UserCode;

/** A collective was given axes, groups or shapes that do not fit each other. */
public final class CollectiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CollectiveException(String collective, String problem) {
    super(collective + " at " + UserCode.line() + ": " + problem);
  }
}
