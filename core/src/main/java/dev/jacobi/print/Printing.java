package dev.jacobi.print;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The options that arrays are printed with: everywhere, or in a part of the program. */
public final class Printing {
  private static final AtomicReference<PrintOptions> EVERYWHERE =
      new AtomicReference<>(PrintOptions.DEFAULT);
  private static final ScopedValue<PrintOptions> HERE = ScopedValue.newInstance();

  private Printing() {}

  /** The options in force. */
  public static PrintOptions current() {
    return HERE.isBound() ? HERE.get() : EVERYWHERE.get();
  }

  /** Options for all threads from now on. */
  public static void set(PrintOptions options) {
    EVERYWHERE.set(options);
  }

  /** Options while a function runs in this thread. */
  public static <T> T with(PrintOptions options, Supplier<T> body) {
    return ScopedValue.where(HERE, options).call(body::get);
  }
}
