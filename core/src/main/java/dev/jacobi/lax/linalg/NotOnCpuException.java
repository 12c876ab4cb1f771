package dev.jacobi.lax.linalg;

import dev.jacobi.trace.UserCode;

/** An algorithm was asked for that JAX has for accelerators only. */
public final class NotOnCpuException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotOnCpuException(String function, Enum<?> asked, Enum<?> instead) {
    super(
        function
            + " at "
            + UserCode.line()
            + ": the CPU has no "
            + asked
            + " implementation, as in JAX. Use "
            + instead.getDeclaringClass().getSimpleName()
            + "."
            + instead
            + ", or none for the default.");
  }
}
