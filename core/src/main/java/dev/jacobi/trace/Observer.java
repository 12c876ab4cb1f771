package dev.jacobi.trace;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Primitive;
import java.util.List;
import java.util.function.Supplier;

/** Sees every primitive that is evaluated or written into a jaxpr, within a scope. */
@FunctionalInterface
public interface Observer {
  /** Called after the primitive gave its results. */
  void observe(Primitive primitive, List<Array> operands, List<Array> results);

  /** Runs {@code body} under an observer. */
  static <R> R during(Observer observer, Supplier<R> body) {
    return ScopedValue.where(Observers.CURRENT, observer).call(body::get);
  }

  /** Tells the current observer, if there is one. */
  static void notify(Primitive primitive, List<Array> operands, List<Array> results) {
    if (Observers.CURRENT.isBound()) {
      Observers.CURRENT.get().observe(primitive, operands, results);
    }
  }

  /** Whether somebody watches. */
  static boolean isActive() {
    return Observers.CURRENT.isBound();
  }
}
