package dev.jacobi.dispatch;

import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.spi.Backend;
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

  /**
   * Makes another engine the default. Arrays and compiled programs of the old one are not moved.
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
