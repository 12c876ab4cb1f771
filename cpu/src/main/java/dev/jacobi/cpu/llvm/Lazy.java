package dev.jacobi.cpu.llvm;

import java.util.function.Supplier;

/**
 * A value made when it is asked for first. Unlike a static initialiser it does not remember a
 * failure: every caller gets the error itself, and a later one may succeed. Thread-safe.
 */
public final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private volatile T value;

  public Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T now = value;
    return now != null ? now : make();
  }

  private synchronized T make() {
    if (value == null) {
      value = maker.get();
    }
    return value;
  }
}
