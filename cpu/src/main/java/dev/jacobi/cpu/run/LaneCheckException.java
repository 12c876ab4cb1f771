package dev.jacobi.cpu.run;

/**
 * A check failed in a lane of a loop, which does not know what to show: the call must be made again
 * with a program whose loops run step by step.
 */
public final class LaneCheckException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LaneCheckException() {
    super("a check failed in a lane", null, false, false);
  }
}
