package dev.jacobi.numpy;

import dev.jacobi.hlo.Shape;
import dev.jacobi.trace.UserCode;

/** An index does not fit the array: out of bounds, or more indices than dimensions. */
public final class ArrayIndexException extends IndexOutOfBoundsException {
  private static final long serialVersionUID = 1L;

  private ArrayIndexException(String message) {
    super(message);
  }

  static ArrayIndexException outOfBounds(long index, int dimension, Shape shape) {
    return outOfBounds(index, dimension, shape, UserCode.line());
  }

  static ArrayIndexException outOfBounds(long index, int dimension, Shape shape, String where) {
    return outOfBounds(Long.toString(index), dimension, shape, where);
  }

  static ArrayIndexException outOfBounds(String index, int dimension, Shape shape, String where) {
    long n = shape.dim(dimension);
    return new ArrayIndexException(
        "index "
            + index
            + " at "
            + where
            + " is out of bounds for dimension "
            + dimension
            + " of shape "
            + shape
            + ": it must be from "
            + -n
            + " to "
            + (n - 1)
            + ". For dynamic indices, at(...) takes a Mode: FILL, DROP, CLIP, WRAP or"
            + " PROMISE_IN_BOUNDS.");
  }

  static ArrayIndexException problem(String problem) {
    return new ArrayIndexException("indexing at " + UserCode.line() + ": " + problem);
  }
}
