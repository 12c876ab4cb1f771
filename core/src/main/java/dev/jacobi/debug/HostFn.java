package dev.jacobi.debug;

/** Java code that a running program calls with values and whose result it goes on with. */
@FunctionalInterface
public interface HostFn<T, R> {
  R apply(T argument);
}
