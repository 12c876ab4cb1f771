package dev.jacobi.hlo.host;

import dev.jacobi.hlo.Literal;
import java.util.List;

/** A function in Java that a program calls. What it throws reaches the caller of the program. */
@FunctionalInterface
public interface HostFunction {
  /**
   * Computes the results.
   *
   * @param arguments valid during the call only: what is kept must be copied
   */
  List<Literal> call(List<Literal> arguments);
}
