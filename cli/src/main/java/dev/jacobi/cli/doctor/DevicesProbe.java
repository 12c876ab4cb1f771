package dev.jacobi.cli.doctor;

import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.spi.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The backends on the class path and their devices; the one that the settings choose must be among
 * them.
 */
final class DevicesProbe implements Probe {
  @Override
  public String name() {
    return "devices";
  }

  @Override
  public Finding look() {
    var names = new ArrayList<String>();
    var facts = new ArrayList<String>();
    for (var backend : ServiceLoader.load(Backend.class)) {
      names.add(backend.name());
      facts.add(backend.name() + ": " + backend.devices());
    }
    var fact = facts.isEmpty() ? "none" : String.join("\n", facts);
    var chosen = Config.get("backend").orElse("cpu");
    return isThere(names, chosen)
        ? new Finding.Good(fact)
        : new Finding.Bad(
            fact,
            "The backend \""
                + chosen
                + "\" is missing: see JACOBI_BACKEND, or rebuild with ./jacobi test.");
  }

  private static boolean isThere(List<String> names, String chosen) {
    return names.contains(chosen) || names.contains(chosen.replaceFirst(":.*", ""));
  }
}
