package dev.jacobi.trace;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Primitive;
import java.util.List;

/** One level of interpretation of a function's primitives. */
public abstract class Trace {
  private final int level;
  private final Thread owner = Thread.currentThread();
  private volatile boolean ended;

  protected Trace(int level) {
    this.level = level;
  }

  /** Nesting depth: 0 is eager evaluation; a deeper trace handles what involves its tracers. */
  public final int level() {
    return level;
  }

  /** What this trace is, for error messages: {@code jit}, {@code grad}, ... */
  public abstract String transform();

  /** Performs one primitive. No operand belongs to a deeper trace. */
  public abstract List<Array> process(Primitive primitive, List<Array> operands);

  /** Ends the trace: its tracers may not be used any more. */
  public final void end() {
    ended = true;
  }

  /** Throws if a tracer of this trace is used after its function returned or by another thread. */
  final void checkUse(Tracer tracer) {
    if (ended) {
      throw EscapedTracerException.afterEnd(tracer);
    }
    if (level > 0 && owner != Thread.currentThread()) {
      throw EscapedTracerException.otherThread(tracer);
    }
  }
}
