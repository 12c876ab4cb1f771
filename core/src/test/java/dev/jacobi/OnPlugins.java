package dev.jacobi;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.jacobi.dispatch.Backends;

/** What our engines promise and a plugin's compiler does not. */
public final class OnPlugins {
  private OnPlugins() {}

  /** Skips the rest of a test on a PJRT plugin; the reason is counted and listed. */
  public static void skip(String reason) {
    assumeFalse(Backends.current().name().startsWith("pjrt:"), "on a plugin " + reason);
  }
}
