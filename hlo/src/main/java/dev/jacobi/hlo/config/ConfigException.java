package dev.jacobi.hlo.config;

/**
 * A setting whose value cannot be used; the message names the setting, the value and what would be
 * right.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigException(String message) {
    super(message);
  }
}
