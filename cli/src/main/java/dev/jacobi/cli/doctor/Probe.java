package dev.jacobi.cli.doctor;

/**
 * One thing that Jacobi needs. Throwing counts as a fault whose advice is the exception's message.
 */
interface Probe {
  /** The word at the start of the report's line. */
  String name();

  Finding look() throws Exception;
}
