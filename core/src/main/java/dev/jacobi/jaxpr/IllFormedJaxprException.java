package dev.jacobi.jaxpr;

/** A program breaks a rule of {@link JaxprChecker}: a bug of the transformation that wrote it. */
public final class IllFormedJaxprException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IllFormedJaxprException(String rule, String text) {
    super("an ill-formed program: " + rule + "\n" + text);
  }
}
