package dev.jacobi.trace;

import dev.jacobi.Array;
import dev.jacobi.hlo.config.Config;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether {@code jit}, loops and branches compile programs, or run step by step in Java: slow, but
 * with values in every variable, for a debugger.
 */
public final class JitSwitch {
  private static final ScopedValue<Boolean> OFF = ScopedValue.newInstance();
  private static final boolean OFF_BY_SETTING =
      Config.getWord("disable_jit", List.of("off", "on"), "off").equals("on");

  private JitSwitch() {}

  /** Whether everything runs step by step. */
  public static boolean isOff() {
    return OFF.isBound() ? OFF.get() : OFF_BY_SETTING;
  }

  /** Runs {@code body} step by step. */
  public static <R> R off(Supplier<R> body) {
    NullArgumentException.require(body, "disable_jit", "the function");
    return ScopedValue.where(OFF, true).call(body::get);
  }

  /** Whether an array has a value that a Java program can decide by. */
  public static boolean isKnown(Array array) {
    return array instanceof ConcreteArray || array instanceof ScalarArray;
  }
}
