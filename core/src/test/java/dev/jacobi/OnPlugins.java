package dev.jacobi;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.jacobi.dispatch.Backends;

/** What our engines promise and a plugin's compiler does not. */
public final class OnPlugins {
  private OnPlugins() {}

  /**
   * By how much further results may lie from what is expected than ours: formulas are the plugin's
   * (XLA's of one version differ from those of another that made the goldens).
   */
  public static double slack() {
    return isPlugin() ? 64 : 1;
  }

  /** Skips the rest of a test on a PJRT plugin; the reason is counted and listed. */
  public static void skip(String reason) {
    assumeFalse(isPlugin(), "on a plugin " + reason);
  }

  /** Whether the tests run on one. */
  public static boolean isPlugin() {
    return Backends.current().name().startsWith("pjrt:");
  }
}
