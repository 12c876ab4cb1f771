package dev.jacobi.trace;

import java.util.Optional;
import java.util.function.Supplier;

/** The name of the axis whose batch a primitive's vmap rule is asked for. */
public final class BatchAxis {
  private static final ScopedValue<Optional<String>> CURRENT = ScopedValue.newInstance();

  private BatchAxis() {}

  /** The name, if it has one. */
  public static Optional<String> current() {
    return CURRENT.orElse(Optional.empty());
  }

  /** Runs a rule for a batch of that name. */
  public static <R> R named(Optional<String> name, Supplier<R> rule) {
    return name.equals(current()) ? rule.get() : ScopedValue.where(CURRENT, name).call(rule::get);
  }
}
