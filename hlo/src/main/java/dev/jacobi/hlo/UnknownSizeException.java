package dev.jacobi.hlo;

/** The size of a dimension was read as a number where it is known only when the program runs. */
public final class UnknownSizeException extends HloTypeException {
  private static final long serialVersionUID = 1L;

  UnknownSizeException(int dimension, Shape shape) {
    super("the size of dimension " + dimension + " of " + shape + " is not known");
  }
}
