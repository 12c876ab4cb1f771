package dev.jacobi.io;

/**
 * Nested Java arrays or lists that form no array: rows of different lengths or depths, a missing
 * row, elements of different or unsuitable types. Names the path of the first offender.
 */
public final class RaggedDataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;

  RaggedDataException(String path, String message) {
    super("the nested data at " + (path.isEmpty() ? "its root" : path) + " " + message);
    this.path = path;
  }

  /** Where: {@code [1][0]}; empty for the whole. */
  public String path() {
    return path;
  }
}
