package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.ElementwiseOp.Direction;

/** What only derivatives call, for the goldens. */
public final class SelectionCalls {
  private SelectionCalls() {}

  public static Array scatter(Array source, Array x, boolean greatest, Window window) {
    return Windows.selectAndScatterAdd(source, x, direction(greatest), window);
  }

  public static Array gather(Array values, Array x, boolean greatest, Window window) {
    return Windows.selectAndGatherAdd(values, x, direction(greatest), window);
  }

  private static Direction direction(boolean greatest) {
    return greatest ? Direction.GE : Direction.LE;
  }
}
