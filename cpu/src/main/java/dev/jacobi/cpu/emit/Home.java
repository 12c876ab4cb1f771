package dev.jacobi.cpu.emit;

import dev.jacobi.hlo.Literal;

/** Where an array lives. */
sealed interface Home {
  /** In the memory of a function's argument. */
  record Argument(int index) implements Home {}

  /** In the memory of a function's result. */
  record Output(int index) implements Home {}

  /** At a constant offset of the function's arena. */
  record Arena(long offset) implements Home {}

  /** In the constants of the program. */
  record Constant(Literal literal) implements Home {}

  /** Where code that runs earlier says: a carry of a loop, the result of a branch. */
  record Elsewhere() implements Home {}
}
