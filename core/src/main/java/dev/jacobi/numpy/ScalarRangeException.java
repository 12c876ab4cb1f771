package dev.jacobi.numpy;

import dev.jacobi.hlo.DType;

/** A Java scalar cannot be represented in the element type of the array that it meets. */
public final class ScalarRangeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScalarRangeException(String value, DType dtype) {
    super(
        "the Java scalar "
            + value
            + " does not fit the array's element type "
            + dtype.shortName()
            + ". Scalars never widen an array: convert the array first with astype.");
  }
}
