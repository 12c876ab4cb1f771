package dev.jacobi.pjrt;

import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.BackendFamily;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The backends {@code pjrt:NAME-OR-PATH}: one per plugin, started when it is first asked for. */
public final class PjrtFamily implements BackendFamily {
  private static final Map<Path, PjrtBackend> OPEN = new ConcurrentHashMap<>();

  /** For {@link java.util.ServiceLoader}. */
  public PjrtFamily() {}

  @Override
  public String prefix() {
    return "pjrt";
  }

  @Override
  public Backend open(String name) {
    return backend(name);
  }

  /** The plugin of a name, started if it is not yet. */
  static PjrtClient client(String name) {
    return backend(name).client();
  }

  private static PjrtBackend backend(String name) {
    Path path = Plugins.find(name).toAbsolutePath().normalize();
    return OPEN.computeIfAbsent(
        path,
        p ->
            new PjrtBackend(
                PjrtClient.create(
                    "pjrt:" + name,
                    PjrtApi.load(p),
                    Config.getInt("cpu_devices", 0, 0),
                    LoadedPrograms.MOST)));
  }

  @Override
  public List<String> names() {
    return Plugins.list().stream().map(Plugins.Plugin::name).toList();
  }
}
