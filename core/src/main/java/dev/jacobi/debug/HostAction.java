package dev.jacobi.debug;

/**
 * Java code that a running program calls with values. It may do what it likes: it does not run
 * while a function is traced.
 */
@FunctionalInterface
public interface HostAction<T> {
  void accept(T values);
}
