package dev.jacobi.hlo.memory;

/** Memory was used after {@code close()}, or after it was donated to a call. */
public final class ClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Of memory of that size. */
  public ClosedException(long bytes) {
    super(
        "this array's memory (%d bytes) was closed or donated; use the result of the call instead,"
                .formatted(bytes)
            + " or do not close it: memory returns by itself");
  }
}
