package dev.jacobi.lowering;

import dev.jacobi.hlo.config.Config;
import java.util.List;
import java.util.function.Supplier;

/** Which results of operations are errors. */
public enum NanCheck {
  OFF,
  /** NaNs. */
  NANS,
  /** NaNs and infinities. */
  INFINITIES;

  private static final class Scope {
    static final ScopedValue<NanCheck> CURRENT = ScopedValue.newInstance();
    static final NanCheck SETTING =
        switch (Config.getWord("debug_nans", List.of("off", "nan", "inf"), "off")) {
          case "nan" -> NANS;
          case "inf" -> INFINITIES;
          default -> OFF;
        };
  }

  /** What holds here: the scope's, or that of the setting. */
  public static NanCheck current() {
    return Scope.CURRENT.isBound() ? Scope.CURRENT.get() : Scope.SETTING;
  }

  /** Runs {@code body} with these checks in every program that it calls. */
  public <R> R during(Supplier<R> body) {
    return ScopedValue.where(Scope.CURRENT, this).call(body::get);
  }
}
