package dev.jacobi.cli;

import dev.jacobi.hlo.config.Config;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/**
 * An error as the author of a program wants to read it: what happened, and the lines of the program
 * that led there. {@code JACOBI_TRACE=full} keeps every frame.
 */
final class UserTrace {
  private static final int MOST_FRAMES = 20;

  private UserTrace() {}

  /** The text to print for {@code error}, ending with a line break. */
  static String of(Throwable error) {
    if (Config.get("trace").filter("full"::equals).isPresent()) {
      var text = new StringWriter();
      error.printStackTrace(new PrintWriter(text, true));
      return text.toString();
    }
    var text = new StringBuilder();
    int hidden = 0;
    var head = "";
    for (var cause = error; cause != null; cause = cause.getCause(), head = "Caused by: ") {
      text.append(head).append(cause).append('\n');
      var own = Arrays.stream(cause.getStackTrace()).filter(UserTrace::isUsers).toList();
      own.stream()
          .limit(MOST_FRAMES)
          .forEach(frame -> text.append("    at ").append(frame).append('\n'));
      if (own.size() > MOST_FRAMES) {
        text.append("    ... ").append(own.size() - MOST_FRAMES).append(" more\n");
      }
      hidden += cause.getStackTrace().length - own.size();
    }
    if (hidden > 0) {
      text.append("(JACOBI_TRACE=full shows the ")
          .append(hidden)
          .append(" frames of Jacobi and the JDK)\n");
    }
    return text.toString();
  }

  private static boolean isUsers(StackTraceElement frame) {
    var name = frame.getClassName();
    return !name.startsWith("java.")
        && !name.startsWith("javax.")
        && !name.startsWith("jdk.")
        && !name.startsWith("sun.")
        && !name.startsWith("picocli.")
        && (!name.startsWith("dev.jacobi.") || name.startsWith("dev.jacobi.examples."));
  }
}
