package dev.jacobi.transform;

import dev.jacobi.trace.UserCode;

/** An array was donated to a function that gets it a second time. */
public final class DonationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

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
