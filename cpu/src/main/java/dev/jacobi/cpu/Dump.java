package dev.jacobi.cpu;

import dev.jacobi.hlo.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Writes what {@code JACOBI_DUMP} asks for ({@code hlo,fuse,loops,llvm,asm,time}) to files in
 * {@code JACOBI_DUMP_DIR}, or to standard error.
 */
final class Dump {
  private static final AtomicInteger PROGRAMS = new AtomicInteger();

  private final List<String> wanted;
  private final String name;
  private int count;
  private long since = System.nanoTime();

  private Dump(List<String> wanted, String name) {
    this.wanted = wanted;
    this.name = name;
  }

  static Dump of(String module) {
    Optional<String> setting = Config.get("dump");
    return setting.isEmpty()
        ? new Dump(List.of(), module)
        : new Dump(List.of(setting.get().split(",")), PROGRAMS.incrementAndGet() + "-" + module);
  }

  void write(String kind, Supplier<String> text) {
    write(kind, "", text);
  }

  void write(String kind, String detail, Supplier<String> text) {
    if (!wanted.contains(kind)) {
      return;
    }
    String title = name + "-" + count++ + "-" + kind + (detail.isEmpty() ? "" : "-" + detail);
    Optional<String> folder = Config.get("dump_dir");
    if (folder.isEmpty()) {
      System.err.println("==== " + title + "\n" + text.get());
      return;
    }
    try {
      Path dir = Files.createDirectories(Path.of(folder.get()));
      Files.writeString(dir.resolve(title.replaceAll("[^A-Za-z0-9_.-]", "_") + ".txt"), text.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes the time since the last note. */
  void time(String what) {
    if (wanted.contains("time")) {
      long now = System.nanoTime();
      System.err.printf("%s: %s %.3f ms%n", name, what, (now - since) / 1e6);
      since = now;
    }
  }
}
