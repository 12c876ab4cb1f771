package dev.jacobi.sharding;

import dev.jacobi.trace.UserCode;

/** A mesh, a spec and an array do not fit each other. */
public final class ShardingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * What does not fit.
   *
   * @param where the function that was called
   */
  public ShardingException(String where, String problem) {
    super(where + " at " + UserCode.line() + ": " + problem);
  }
}
