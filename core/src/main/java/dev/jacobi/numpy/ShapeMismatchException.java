package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.trace.UserCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Arrays of shapes that do not broadcast together were combined. */
public final class ShapeMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ShapeMismatchException(String function, Array... operands) {
    super(
        function
            + " at "
            + UserCode.line()
            + ": shapes "
            + Arrays.stream(operands)
                .map(a -> a.shape().toString())
                .collect(Collectors.joining(" and "))
            + " do not broadcast together. Aligned at the last dimension, sizes must be equal or 1;"
            + " reshape or expandDims adds dimensions of size 1.");
  }

  ShapeMismatchException(String function, String rule, List<Array> operands) {
    super(
        function
            + " at "
            + UserCode.line()
            + ": shapes "
            + operands.stream().map(a -> a.shape().toString()).collect(Collectors.joining(" and "))
            + " "
            + rule
            + ".");
  }
}
