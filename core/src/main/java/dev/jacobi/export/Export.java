package dev.jacobi.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes exported functions: {@code jax.export}. */
public final class Export {
  private Export() {}

  /**
   * Reads what {@code Exported.serialize} of JAX or of this library wrote.
   *
   * @throws ExportException.Damaged with the offset, if it is damaged or something else
   * @throws ExportException.Unsupported if a later version wrote it
   */
  public static Exported deserialize(byte[] bytes) {
    return ExportedReader.read(bytes);
  }

  /** Reads a file that holds what {@code Exported.serialize} wrote. */
  public static Exported read(Path file) throws IOException {
    return deserialize(Files.readAllBytes(file));
  }
}
