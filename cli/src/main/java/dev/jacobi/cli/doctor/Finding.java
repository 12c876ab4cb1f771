package dev.jacobi.cli.doctor;

/** What a {@link Probe} found. */
sealed interface Finding {
  /** As it should be. */
  record Good(String fact) implements Finding {}

  /** Jacobi works, but something could be better. */
  record Poor(String fact, String advice) implements Finding {}

  /** Something will fail. */
  record Bad(String fact, String advice) implements Finding {}
}
