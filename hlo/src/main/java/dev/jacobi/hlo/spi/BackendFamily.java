package dev.jacobi.hlo.spi;

/**
 * Backends that are found by name at run time, such as {@code pjrt:cuda}: the word before the colon
 * is the family's. Found by {@link java.util.ServiceLoader}. Thread-safe.
 */
public interface BackendFamily {
  /** The word before the colon. */
  String prefix();

  /**
   * The backend of a name, the same one for the same name; an exception that says what is missing
   * if it cannot be had.
   *
   * @param name what stands behind the colon
   */
  Backend open(String name);

  /** Names that {@link #open} would try on this machine, for messages and lists. */
  java.util.List<String> names();
}
