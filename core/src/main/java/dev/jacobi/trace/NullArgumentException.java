package dev.jacobi.trace;

import org.jspecify.annotations.Nullable;

/** An array, a function or an option that is null, where one must be. */
public final class NullArgumentException extends NullPointerException {
  private static final long serialVersionUID = 1L;

  private NullArgumentException(String what, String argument, String fix) {
    super(what + " at " + UserCode.line() + ": " + argument + " is null. " + fix);
  }

  /**
   * The value, unless it is null.
   *
   * @param what the function that was called
   * @param argument the argument in words
   */
  public static <T> T require(@Nullable T value, String what, String argument) {
    if (value == null) {
      throw new NullArgumentException(
          what, argument, "Pass a value: what may be missing is an empty Optional or List.");
    }
    return value;
  }

  /** That none of the operands is null. */
  public static void requireArrays(String what, @Nullable Object... operands) {
    for (int i = 0; i < operands.length; i++) {
      if (operands[i] == null) {
        throw new NullArgumentException(
            what,
            operands.length == 1 ? "the operand" : "operand " + (i + 1),
            "Pass an array; a field that is read before it is set is null.");
      }
    }
  }
}
