package dev.jacobi.hlo.config;

import java.io.IOException;
import java.nio.file.Path;

/** The cache folder cannot be used; the message says which folder it is, why, and what to do. */
public final class CacheFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CacheFolderException(Path folder, String why) {
    super(message(folder, why));
  }

  CacheFolderException(Path folder, IOException cause) {
    super(message(folder, "it cannot be created or written (" + cause + ")"), cause);
  }

  private static String message(Path folder, String why) {
    return "Jacobi cannot use the cache folder %s: %s. Set JACOBI_CACHE to a folder that you own."
        .formatted(folder, why);
  }
}
