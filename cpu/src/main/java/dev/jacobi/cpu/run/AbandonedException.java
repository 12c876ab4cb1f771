package dev.jacobi.cpu.run;

/** A device's part of a call ended because another device failed, or the call was given up. */
public final class AbandonedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AbandonedException() {
    super("another device failed", null, false, false);
  }
}
