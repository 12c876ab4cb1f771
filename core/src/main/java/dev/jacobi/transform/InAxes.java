package dev.jacobi.transform;

import java.util.List;

/** Where the batch lies in each argument of a vmapped function. */
public record InAxes(List<Axis> axes) {
  /** Everything at the leading axis. */
  public static final InAxes LEADING = new InAxes(List.of());

  Axis of(int argument) {
    return argument < axes.size() ? axes.get(argument) : Axis.of(0);
  }
}
