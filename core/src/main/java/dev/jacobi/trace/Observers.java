package dev.jacobi.trace;

/** Holds the scope of {@link Observer}: an interface's fields would be public. */
final class Observers {
  static final ScopedValue<Observer> CURRENT = ScopedValue.newInstance();

  private Observers() {}
}
