package dev.jacobi.cli.doctor;

import dev.jacobi.hlo.config.CacheFolder;
import dev.jacobi.hlo.config.CacheFolderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The cache folder: whose it is, whether it can be written, how much lies in it, how much room is
 * left.
 */
final class CacheProbe implements Probe {
  private static final long LEAST_FREE_MB = 3072;

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public Finding look() throws IOException {
    try {
      var folder = CacheFolder.open();
      Files.delete(Files.createTempFile(folder, "doctor", ".tmp"));
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      var fact = "%s, %d MB used, %d MB free".formatted(folder, bytes(folder) >> 20, free);
      return free < LEAST_FREE_MB
          ? new Finding.Poor(fact, "The cache may grow to 2 GiB: make room, or set JACOBI_CACHE.")
          : new Finding.Good(fact);
    } catch (CacheFolderException e) {
      return new Finding.Bad(CacheFolder.path().toString(), e.getMessage());
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(CacheProbe::size).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // Another process has just deleted it.
    }
  }
}
