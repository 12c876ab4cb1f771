package dev.jacobi.dispatch;

/** An engine was asked what it does not tell. */
public final class NotToldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotToldException(String engine, String what) {
    super(
        "the engine '"
            + engine
            + "' does not tell "
            + what
            + ". The CPU engine does: withBackend(\"cpu\"), or JACOBI_BACKEND=cpu.");
  }
}
