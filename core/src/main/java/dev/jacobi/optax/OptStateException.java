package dev.jacobi.optax;

/** A transformation was given a state that it did not make. */
public final class OptStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OptStateException(String message) {
    super(message);
  }

  static OptStateException of(GradientTransformation by, OptState<?> given) {
    return new OptStateException(
        by
            + " was given "
            + given.getClass().getSimpleName()
            + ", another transformation's state; init of the same transformation makes the first"
            + " state, update every other one");
  }

  static OptStateException ofLength(int parts, int states) {
    return new OptStateException(
        "a chain of " + parts + " transformations was given " + states + " states");
  }
}
