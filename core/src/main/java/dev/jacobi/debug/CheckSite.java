package dev.jacobi.debug;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Shape;
import java.util.List;

/** What a check says when it fails. Implementations are values. */
public interface CheckSite {
  /** The user's line. */
  Loc loc();

  /** For jaxprs, and for programs that another process runs. */
  String title();

  /** Whether the message needs the condition's elements, and not only that some are false. */
  boolean showsCondition();

  /** Whether the check fails for the values of a lane; asked if the condition is not shown. */
  boolean fails(List<Literal> values);

  /**
   * The exception.
   *
   * @param condition the condition of one lane; absent unless it is shown
   * @param values one lane's values
   * @param lane names the lane, or is empty
   */
  RuntimeException failure(List<Literal> condition, List<Literal> values, String lane);

  /** The first place where a condition does not hold, in the order of memory. */
  static long firstFalse(Literal condition) {
    long n = condition.shape().size();
    for (long i = 0; i < n; i++) {
      if (!condition.getBoolean(i)) {
        return i;
      }
    }
    return -1;
  }

  /** A place in an array by its number in the order of memory. */
  static long[] coordinates(Shape shape, long number) {
    long[] at = new long[shape.rank()];
    long rest = number;
    for (int d = at.length - 1; d >= 0; d--) {
      at[d] = rest % shape.dim(d);
      rest /= shape.dim(d);
    }
    return at;
  }
}
