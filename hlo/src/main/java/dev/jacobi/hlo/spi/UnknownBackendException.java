package dev.jacobi.hlo.spi;

import java.util.Collection;

/** A backend was asked for by a name that no engine has. */
public final class UnknownBackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownBackendException(String name, Collection<String> available) {
    super(
        "there is no backend '"
            + name
            + "'; available: "
            + available
            + ". Set JACOBI_BACKEND to one of them, or add the engine's jar to the class path.");
  }
}
