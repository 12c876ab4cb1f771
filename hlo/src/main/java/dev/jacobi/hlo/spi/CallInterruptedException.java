package dev.jacobi.hlo.spi;

/** A call was given up because its thread was interrupted; the thread's interrupt flag is set. */
public final class CallInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CallInterruptedException() {
    super("the call was interrupted");
  }
}
