package dev.jacobi.bench.work;

import dev.jacobi.dispatch.Eager;
import dev.jacobi.hlo.config.CacheFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Empties what keeps compiled code: the process's memory, and the objects in its cache folder. */
final class Caches {
  private Caches() {}

  /** Only a process whose cache folder is its own may call this. */
  static void clear() {
    if (!Boolean.getBoolean("jacobi.bench.owncache")) {
      throw new IllegalStateException("this process shares its cache folder: nothing is deleted");
    }
    Eager.clear();
    Path objects = CacheFolder.path().resolve("objects");
    if (!Files.isDirectory(objects)) {
      return;
    }
    try (var files = Files.walk(objects)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
