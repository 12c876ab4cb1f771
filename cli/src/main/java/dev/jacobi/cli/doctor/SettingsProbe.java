package dev.jacobi.cli.doctor;

import dev.jacobi.hlo.config.Config;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The environment's variables for Jacobi; a misspelled one would silently do nothing. */
final class SettingsProbe implements Probe {
  private static final Set<String> LAUNCHERS =
      Set.of("JACOBI_JAVA_OPTIONS", "JACOBI_TRACE", "JACOBI_BUILT", "JACOBI_AOT");

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public Finding look() {
    var set = new TreeMap<>(System.getenv());
    set.keySet().removeIf(name -> !name.startsWith("JACOBI_"));
    var fact =
        set.isEmpty()
            ? "defaults"
            : set.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    var unknown = new TreeSet<>(set.keySet());
    unknown.removeAll(LAUNCHERS);
    Config.SETTINGS.forEach(setting -> unknown.remove(setting.variable()));
    return unknown.isEmpty()
        ? new Finding.Good(fact)
        : new Finding.Poor(
            fact, "No such setting: " + String.join(", ", unknown) + " (see ./jacobi help)");
  }
}
