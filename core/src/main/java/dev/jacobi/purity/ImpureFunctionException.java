package dev.jacobi.purity;

/**
 * A function that reads or changes more than its arguments was given to a transformation while
 * {@code JACOBI_PURITY=strict}. The message lists every finding with class, method, line and fix.
 */
public final class ImpureFunctionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient PurityReport report;

  ImpureFunctionException(String transform, PurityReport report) {
    super(report.text(transform));
    this.report = report;
  }

  /** The findings. */
  public PurityReport report() {
    return report;
  }
}
