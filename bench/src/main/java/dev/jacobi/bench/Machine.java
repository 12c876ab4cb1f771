package dev.jacobi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Names the processor, so that a table says where it was made. */
final class Machine {
  private Machine() {}

  static String description() {
    return "%s, %d cores, JDK %s"
        .formatted(
            processor(), Runtime.getRuntime().availableProcessors(), Runtime.version().feature());
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (var lines = Files.lines(info)) {
        return lines
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        return System.getProperty(
            "os.arch"); // The name is a comment; the figures stand without it.
      }
    }
    return System.getProperty("os.arch");
  }
}
