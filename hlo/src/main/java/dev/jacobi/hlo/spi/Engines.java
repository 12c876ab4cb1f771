package dev.jacobi.hlo.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The engines on the class or module path, by name. */
public final class Engines {
  private static final Map<String, Backend> FIXED = new LinkedHashMap<>();
  private static final Map<String, BackendFamily> FAMILIES = new LinkedHashMap<>();

  static {
    ClassLoader loader = Engines.class.getClassLoader();
    ServiceLoader.load(Backend.class, loader).forEach(b -> FIXED.put(b.name(), b));
    ServiceLoader.load(BackendFamily.class, loader).forEach(f -> FAMILIES.put(f.prefix(), f));
  }

  private Engines() {}

  /**
   * The engine of that name.
   *
   * @param name such as {@code cpu}, or of a family {@code pjrt:cuda}
   * @throws UnknownBackendException if there is none; it lists those that are there
   */
  public static Backend find(String name) {
    Backend fixed = FIXED.get(name);
    if (fixed != null) {
      return fixed;
    }
    int colon = name.indexOf(':');
    BackendFamily family = colon < 0 ? null : FAMILIES.get(name.substring(0, colon));
    if (family == null) {
      throw new UnknownBackendException(name, names());
    }
    return family.open(name.substring(colon + 1));
  }

  /** The engines that need no choice of a library. */
  public static List<Backend> fixed() {
    return List.copyOf(FIXED.values());
  }

  /** Names that {@link #find} knows on this machine. Looks for libraries, and loads none. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(FIXED.keySet());
    FAMILIES.forEach((prefix, f) -> f.names().forEach(n -> names.add(prefix + ":" + n)));
    return names;
  }
}
