package dev.jacobi.lax;

/** An accuracy by name: {@code AccuracyMode.HIGHEST.exp(x)}. */
public enum AccuracyMode implements ResultAccuracy {
  /** The most exact variant that a backend has. */
  HIGHEST,
  /** A backend's usual variant. */
  DEFAULT;

  @Override
  public String toString() {
    return "AccuracyMode." + name();
  }
}
