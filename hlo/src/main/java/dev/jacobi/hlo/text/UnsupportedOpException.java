package dev.jacobi.hlo.text;

/**
 * A program is well formed as far as it was read, but holds an operation or a type that is not
 * built.
 */
public final class UnsupportedOpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  /**
   * An exception.
   *
   * @param what what is missing, see {@link #what()}
   * @param where the place in the text or in the user's program
   */
  public UnsupportedOpException(String what, String where) {
    super(where + ": not supported: " + what);
    this.what = what;
  }

  /**
   * What is missing: an operation such as {@code stablehlo.sort}, a type such as {@code type
   * f8E4M3FN}, or {@code custom_call @name}.
   */
  public String what() {
    return what;
  }
}
