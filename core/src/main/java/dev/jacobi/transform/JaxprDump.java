package dev.jacobi.transform;

import dev.jacobi.hlo.config.Config;
import dev.jacobi.jaxpr.Jaxpr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes traced programs where {@code JACOBI_DUMP} asks for {@code jaxpr}. */
final class JaxprDump {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private JaxprDump() {}

  static void write(String function, Jaxpr jaxpr) {
    if (!List.of(Config.get("dump").orElse("").split(",")).contains("jaxpr")) {
      return;
    }
    String title = COUNT.incrementAndGet() + "-" + function + "-jaxpr";
    Optional<String> folder = Config.get("dump_dir");
    if (folder.isEmpty()) {
      System.err.println("==== " + title + "\n" + jaxpr);
      return;
    }
    try {
      Files.writeString(
          Files.createDirectories(Path.of(folder.get())).resolve(title + ".txt"), jaxpr + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
