package dev.jacobi.export;

import java.util.List;

/**
 * How a function is exported.
 *
 * @param platforms those that it may run on: {@code cpu}, {@code cuda}, {@code rocm}, {@code tpu};
 *     empty for the one that programs run on now
 * @param disabledChecks checks that are left out
 */
public record ExportOptions(List<String> platforms, List<DisabledSafetyCheck> disabledChecks) {
  /** The platform that programs run on now, with all checks. */
  public static final ExportOptions DEFAULT = new ExportOptions(List.of(), List.of());

  public ExportOptions {
    platforms = List.copyOf(platforms);
    disabledChecks = List.copyOf(disabledChecks);
  }

  /** The same for these platforms. */
  public ExportOptions withPlatforms(String... names) {
    return new ExportOptions(List.of(names), disabledChecks);
  }

  /** The same without these checks. */
  public ExportOptions withDisabledChecks(DisabledSafetyCheck... checks) {
    return new ExportOptions(platforms, List.of(checks));
  }
}
