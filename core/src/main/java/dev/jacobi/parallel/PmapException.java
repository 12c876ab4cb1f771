package dev.jacobi.parallel;

import dev.jacobi.trace.UserCode;

/** A pmapped function was given parts that do not fit the devices. */
public final class PmapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PmapException(String problem) {
    super("pmap at " + UserCode.line() + ": " + problem);
  }
}
