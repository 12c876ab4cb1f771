package dev.jacobi.control;

import dev.jacobi.lax.LaxTypeException;
import java.util.OptionalLong;

/**
 * How a {@code scan} runs.
 *
 * @param length how many steps; needed where there are no elements to run over
 * @param reverse whether the last element comes first; results stay at their elements' places
 * @param unroll how many steps are written out in one turn of the loop
 * @param loop what reverse derivatives keep
 */
public record ScanOptions(OptionalLong length, boolean reverse, long unroll, LoopOptions loop) {
  public static final ScanOptions DEFAULT =
      new ScanOptions(OptionalLong.empty(), false, 1, LoopOptions.DEFAULT);

  public ScanOptions {
    if (length.orElse(0) < 0) {
      throw new LaxTypeException("scan", "cannot have " + length.getAsLong() + " steps");
    }
    if (unroll < 1) {
      throw new LaxTypeException("scan", "unroll must be at least 1, not " + unroll);
    }
  }

  static ScanOptions of(LoopOptions options) {
    return new ScanOptions(OptionalLong.empty(), false, 1, options);
  }

  public ScanOptions withLength(long steps) {
    return new ScanOptions(OptionalLong.of(steps), reverse, unroll, loop);
  }

  public ScanOptions reversed() {
    return new ScanOptions(length, true, unroll, loop);
  }

  public ScanOptions withUnroll(long steps) {
    return new ScanOptions(length, reverse, steps, loop);
  }

  /** With {@link LoopOptions#withCheckpoints}. */
  public ScanOptions withCheckpoints(long states) {
    return new ScanOptions(length, reverse, unroll, loop.withCheckpoints(states));
  }
}
