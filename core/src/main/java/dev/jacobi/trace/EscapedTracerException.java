package dev.jacobi.trace;

/** A traced value was kept and used outside the function that was being traced. */
public final class EscapedTracerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private EscapedTracerException(String message) {
    super(message);
  }

  static EscapedTracerException afterEnd(Tracer tracer) {
    return new EscapedTracerException(
        tracer
            + " is used at "
            + UserCode.line()
            + " after the function that "
            + tracer.trace().transform()
            + " traced has returned. The function must have stored it, in a field or a collection,"
            + " as a side effect. Return the value from the function instead.");
  }

  static EscapedTracerException otherThread(Tracer tracer) {
    return new EscapedTracerException(
        tracer
            + " is used at "
            + UserCode.line()
            + " by thread "
            + Thread.currentThread().getName()
            + ", but "
            + tracer.trace().transform()
            + " traces it in another thread. Compute inside the traced function with its own"
            + " thread; start threads around transformed functions, not inside them.");
  }
}
