package dev.jacobi.control;

import java.util.List;

/**
 * What one step of a {@code scan} gives.
 *
 * @param carry what the next step gets
 * @param y an element of the stacked results
 */
public record Step<C, Y>(C carry, Y y) {
  /** Nothing to stack. */
  public static <C> Step<C, List<Object>> of(C carry) {
    return new Step<>(carry, List.of());
  }
}
