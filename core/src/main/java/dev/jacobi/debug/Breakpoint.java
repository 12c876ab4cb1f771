package dev.jacobi.debug;

import dev.jacobi.hlo.Loc;
import java.util.List;

/**
 * A place where a program stopped to be looked at.
 *
 * @param values as they were passed, with arrays that have values
 */
public record Breakpoint(Loc loc, List<Object> values) {
  public Breakpoint {
    values = List.copyOf(values);
  }

  @Override
  public String toString() {
    return "breakpoint at " + loc + ": " + values;
  }
}
