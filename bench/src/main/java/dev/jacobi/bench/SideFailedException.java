package dev.jacobi.bench;

import java.nio.file.Path;

/** A process of the benchmark ended with an error. */
public final class SideFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SideFailedException(String side, String row, int code, Path log) {
    super(
        "%s failed on %s with exit code %d; what it printed on standard error is in %s"
            .formatted(side, row, code, log));
  }
}
