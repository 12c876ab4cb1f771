package dev.jacobi.cli.check;

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

  static Outcome parse(String line) {
    int space = line.indexOf(' ');
    var word = space < 0 ? line : line.substring(0, space);
    var reason = space < 0 ? "" : line.substring(space + 1);
    return switch (word) {
      case "PASSED" -> new Passed();
      case "FAILED" -> new Failed(reason);
      case "SKIPPED" -> new Skipped(reason);
      default -> new Failed("the worker answered \"" + line + "\"");
    };
  }
}
