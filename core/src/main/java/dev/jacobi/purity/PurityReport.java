package dev.jacobi.purity;

import java.util.List;

/**
 * What the check found out about one function.
 *
 * @param function its class and method, for people
 * @param findings in the order of the code, each once
 */
public record PurityReport(String function, List<Finding> findings) {
  public PurityReport {
    findings = List.copyOf(findings);
  }

  /** Whether the check found nothing, and could read everything. */
  public boolean isPure() {
    return findings.isEmpty();
  }

  /** Whether something impure was found, as opposed to code that could not be read. */
  public boolean isImpure() {
    return findings.stream().anyMatch(f -> !f.kind().isDoubt());
  }

  /** The report as {@code transform} logs it or throws it. */
  String text(String transform) {
    StringBuilder text = new StringBuilder(transform).append(": ").append(function);
    text.append(isImpure() ? " is not a pure function:" : " could not be checked for purity:");
    for (Finding finding : findings) {
      text.append("\n    ").append(finding.place()).append(" it ").append(finding);
    }
    return text.append(
            "\n  Silence this with @Pure on the method or class, or with JACOBI_PURITY=off.")
        .toString();
  }
}
