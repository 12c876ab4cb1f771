package dev.jacobi.debug;

/** A callback threw an exception, which is the cause. */
public final class CallbackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CallbackException(String callback, String line, String lane, Throwable cause) {
    super(
        callback
            + " at "
            + line
            + " threw "
            + cause
            + lane
            + ". What a callback throws ends the program that called it.",
        cause);
  }
}
