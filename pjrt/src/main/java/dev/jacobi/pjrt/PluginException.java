package dev.jacobi.pjrt;

/** A library cannot be used as a PJRT plugin; the message says why and what would help. */
public final class PluginException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PluginException(String message) {
    super(message);
  }

  PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
