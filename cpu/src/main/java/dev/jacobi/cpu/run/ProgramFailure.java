package dev.jacobi.cpu.run;

import java.util.Arrays;

/**
 * A program found an error and ended early: the first in program order, whatever the threads. Who
 * knows the program turns the site into a message and the user's line.
 */
public final class ProgramFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int site;
  private final transient long[] values;

  ProgramFailure(int site, long[] values) {
    super(
        "the program failed at site %d with values %s".formatted(site, Arrays.toString(values)),
        null,
        false,
        true);
    this.site = site;
    this.values = values;
  }

  /** The number that the compiler gave to the place of the check. */
  public int site() {
    return site;
  }

  /** What the check saw, such as an index and its bound; up to eight. */
  public long[] values() {
    return values.clone();
  }
}
