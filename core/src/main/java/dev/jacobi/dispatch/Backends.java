package dev.jacobi.dispatch;

import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.hlo.spi.UnknownBackendException;

/** The engine that new computations use. */
public final class Backends {
  private static volatile Backend current =
      Config.get("backend").map(Engines::find).orElseGet(Backends::preferred);

  private Backends() {}

  /** The engine that new computations use. */
  public static Backend current() {
    return current;
  }

  /** An array's memory, copied to a device of any engine. */
  public static Buffer put(Buffer array, Device device) {
    return Engines.find(device.backend()).put(array, device);
  }

  /**
   * Makes another engine the default. Arrays of the old one are copied when they are used, and
   * jitted functions compile anew.
   *
   * @throws UnknownBackendException if there is none of that name
   */
  public static void use(String name) {
    current = Engines.find(name);
    Eager.clear();
  }

  private static Backend preferred() {
    return Engines.fixed().stream()
        .filter(b -> b.name().equals("cpu"))
        .findFirst()
        .orElseGet(() -> Engines.find("interpreter"));
  }
}
