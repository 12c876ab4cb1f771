package dev.jacobi.cli.check;

import java.util.Optional;

/** What became of one file; travels from a worker to the command as one line. */
sealed interface Outcome {
  /** Every check held. */
  record Passed() implements Outcome {}

  /** A check did not hold, or the program could not be run to its end. */
  record Failed(String reason) implements Outcome {}

  /**
   * Not run: marked as disabled, or an operation that is not built yet; {@code reason} is counted.
   */
  record Skipped(String reason) implements Outcome {}

  /** The line that {@link #parse} reads. */
  default String line() {
    return switch (this) {
      case Passed() -> "PASSED";
      case Failed(var reason) -> "FAILED " + oneLine(reason);
      case Skipped(var reason) -> "SKIPPED " + oneLine(reason);
    };
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " | ");
  }

  /** Empty for a line that is no answer: libraries and crashes print to standard output too. */
  static Optional<Outcome> parse(String line) {
    int space = line.indexOf(' ');
    var word = space < 0 ? line : line.substring(0, space);
    var reason = space < 0 ? "" : line.substring(space + 1);
    return switch (word) {
      case "PASSED" -> Optional.of(new Passed());
      case "FAILED" -> Optional.of(new Failed(reason));
      case "SKIPPED" -> Optional.of(new Skipped(reason));
      default -> Optional.empty();
    };
  }
}
