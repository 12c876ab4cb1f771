package dev.jacobi.hlo.host;

import dev.jacobi.hlo.Literal;
import java.util.List;

/** Says what went wrong where a check of a program failed. */
@FunctionalInterface
public interface FailureHandler {
  /**
   * The exception for the caller of the program.
   *
   * @param values what the check shows; valid during the call only
   */
  RuntimeException failure(List<Literal> values);
}
