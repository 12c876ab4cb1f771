package dev.jacobi.pjrt;

/** A plugin reported an error: at a call, or later, while the program ran. */
public final class PjrtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of errors, those of absl::Status. */
  public enum Code {
    OK,
    CANCELLED,
    UNKNOWN,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED;

    static Code of(long number) {
      return number >= 0 && number < values().length ? values()[(int) number] : UNKNOWN;
    }
  }

  private final Code code;

  PjrtException(String plugin, String function, Code code, String message) {
    super("%s: %s (%s of the plugin %s)".formatted(code, message, function, plugin));
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** Whether memory of the process ran out; XLA's linker says of any error that it is internal. */
  boolean saysNoRoom() {
    return code == Code.RESOURCE_EXHAUSTED
        || code == Code.INTERNAL && getMessage().contains("Failed to materialize symbols");
  }
}
