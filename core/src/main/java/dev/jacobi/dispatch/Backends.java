package dev.jacobi.dispatch;

import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.spi.Backend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** The engines on the class or module path, by name. */
public final class Backends {
  private static final Map<String, Backend> ALL = load();
  private static volatile Backend current = find(Config.get("backend").orElse(preferred()));

  private Backends() {}

  /** The engine that new computations use. */
  public static Backend current() {
    return current;
  }

  /**
   * Makes another engine the default. Arrays and compiled programs of the old one are not moved.
   */
  public static void use(String name) {
    current = find(name);
    Eager.clear();
  }

  /** The engine of that name, or an exception that lists those that are there. */
  public static Backend find(String name) {
    Backend backend = ALL.get(name);
    if (backend == null) {
      throw new UnknownBackendException(name, ALL.keySet());
    }
    return backend;
  }

  private static String preferred() {
    return ALL.containsKey("cpu") ? "cpu" : "interpreter";
  }

  private static Map<String, Backend> load() {
    Map<String, Backend> all = new LinkedHashMap<>();
    ServiceLoader.load(Backend.class, Backends.class.getClassLoader())
        .forEach(b -> all.put(b.name(), b));
    return all;
  }
}
