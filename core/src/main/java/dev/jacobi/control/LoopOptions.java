package dev.jacobi.control;

import dev.jacobi.lax.LaxTypeException;

/**
 * What the reverse derivative of a loop keeps.
 *
 * @param checkpoints how many of the states that the loop goes through; 0 for a tape, which is of
 *     any length for a {@code scan} and a {@code foriLoop} of known length, and of a few megabytes
 *     for other loops
 */
public record LoopOptions(long checkpoints) {
  public static final LoopOptions DEFAULT = new LoopOptions(0);

  public LoopOptions {
    if (checkpoints < 0) {
      throw new LaxTypeException("loop", "cannot keep " + checkpoints + " states");
    }
  }

  /**
   * Keeps at most so many states on the way to a reverse derivative, and computes what lies between
   * them again: with {@code k} of them and {@code r} repetitions of each step at most, {@code C(k +
   * r, k)} steps are possible. The derivative is the same to the bit.
   *
   * @throws LaxTypeException if there is not at least one
   */
  public LoopOptions withCheckpoints(long states) {
    if (states < 1) {
      throw new LaxTypeException("loop", "must keep at least 1 state, not " + states);
    }
    return new LoopOptions(states);
  }
}
