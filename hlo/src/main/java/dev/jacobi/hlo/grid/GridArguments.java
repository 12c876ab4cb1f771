package dev.jacobi.hlo.grid;

import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import java.util.List;

/** The arguments of a call on several devices. */
public final class GridArguments {
  private GridArguments() {}

  /**
   * Accepts arguments of the program's types.
   *
   * @throws IllegalArgumentException if there are more or fewer, or one has another type
   */
  public static void check(Buffer[][] arguments, List<TensorType> inputs, List<Device> devices) {
    if (arguments.length != devices.size()) {
      throw new IllegalArgumentException(
          "the program runs on %d devices, but got arguments for %d"
              .formatted(devices.size(), arguments.length));
    }
    for (int d = 0; d < arguments.length; d++) {
      if (arguments[d].length != inputs.size()) {
        throw new IllegalArgumentException(
            "the program takes %d arguments, not %d as for %s"
                .formatted(inputs.size(), arguments[d].length, devices.get(d)));
      }
      for (int i = 0; i < arguments[d].length; i++) {
        if (!arguments[d][i].type().equals(inputs.get(i))) {
          throw new IllegalArgumentException(
              "argument %d for %s is a %s, not a %s"
                  .formatted(i, devices.get(d), inputs.get(i), arguments[d][i].type()));
        }
      }
    }
  }

  /** Closes those that the program uses up. */
  public static void closeDonated(Buffer[][] arguments, HloFunc main) {
    for (Buffer[] row : arguments) {
      for (int i = 0; i < Math.min(row.length, main.inputs().size()); i++) {
        if (main.donates(i)) {
          row[i].close();
        }
      }
    }
  }
}
