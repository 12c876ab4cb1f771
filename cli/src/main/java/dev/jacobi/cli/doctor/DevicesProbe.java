package dev.jacobi.cli.doctor;

import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.pjrt.Plugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

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
    var facts = new ArrayList<String>();
    for (var backend : Engines.fixed()) {
      facts.add(backend.name() + ": " + backend.devices());
    }
    for (var plugin : Plugins.list()) {
      facts.add("pjrt:" + plugin.name() + ": " + plugin.path());
    }
    var fact = facts.isEmpty() ? "none" : String.join("\n", facts);
    var chosen = Config.get("backend").orElse("cpu");
    return isThere(chosen)
        ? new Finding.Good(fact)
        : new Finding.Bad(
            fact,
            "The backend \""
                + chosen
                + "\" is missing: see JACOBI_BACKEND, or rebuild with ./jacobi test.");
  }

  /** A plugin that is named by its file is looked at when it is loaded, not here. */
  private static boolean isThere(String chosen) {
    return Engines.names().contains(chosen)
        || chosen.startsWith("pjrt:") && Files.isRegularFile(Path.of(chosen.substring(5)));
  }
}
