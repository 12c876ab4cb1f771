package dev.jacobi.transform;

import dev.jacobi.trace.UserCode;

/** An array was donated that a function gets a second time, or an argument that it lacks. */
public final class DonationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DonationException(String problem) {
    super("jit at " + UserCode.line() + ": " + problem);
  }

  DonationException(String function, int donated, int other) {
    super(
        "the call of "
            + function
            + " at "
            + UserCode.line()
            + " donates leaf "
            + donated
            + ", but leaf "
            + other
            + " is the same array, whose memory would be overwritten."
            + " Pass an array of its own, or do not donate it.");
  }
}
