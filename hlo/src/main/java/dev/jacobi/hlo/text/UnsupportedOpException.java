package dev.jacobi.hlo.text;

/**
 * A text is well formed as far as it was read, but holds an operation or a type that is not built.
 */
public final class UnsupportedOpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  UnsupportedOpException(String what, String where) {
    super(where + ": not supported: " + what);
    this.what = what;
  }

  /**
   * What is missing: an operation such as {@code stablehlo.sort}, or a type such as {@code type
   * f8E4M3FN}.
   */
  public String what() {
    return what;
  }
}
