package dev.jacobi.trace;

import java.util.function.Supplier;

/**
 * Where the current thread is: the trace that takes primitives without tracers (eager evaluation,
 * or the innermost {@code jit}), and the depth of nesting.
 */
public record Context(Trace dynamic, int level) {
  private static final ScopedValue<Context> CURRENT = ScopedValue.newInstance();
  private static final Context EAGER = new Context(EvalTrace.INSTANCE, 0);

  public static Context current() {
    return CURRENT.orElse(EAGER);
  }

  /** Whether no {@code jit} surrounds the current code. */
  public static boolean isEager() {
    return !CURRENT.isBound() || CURRENT.get().dynamic == EvalTrace.INSTANCE;
  }

  /** A level for a new trace, deeper than every trace around it. */
  public static int nextLevel() {
    return current().level + 1;
  }

  /** Runs {@code body} one level deeper, under the same dynamic trace. Ends the trace after it. */
  public static <R> R within(Trace trace, Supplier<R> body) {
    return run(new Context(current().dynamic, trace.level()), trace, body);
  }

  /**
   * Runs {@code body} so that every primitive in it goes to {@code trace}. Ends the trace after it.
   */
  public static <R> R staged(Trace trace, Supplier<R> body) {
    return run(new Context(trace, trace.level()), trace, body);
  }

  /** Runs {@code body} eagerly, whatever surrounds it. */
  public static <R> R eagerly(Supplier<R> body) {
    return ScopedValue.where(CURRENT, new Context(EvalTrace.INSTANCE, current().level))
        .call(body::get);
  }

  private static <R> R run(Context context, Trace trace, Supplier<R> body) {
    try {
      return ScopedValue.where(CURRENT, context).call(body::get);
    } finally {
      trace.end();
    }
  }
}
