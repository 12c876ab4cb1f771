package dev.jacobi.cli.plugin;

import dev.jacobi.pjrt.PluginException;
import dev.jacobi.pjrt.PluginInfo;
import dev.jacobi.pjrt.Plugins;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./jacobi plugin}: the PJRT plugins of this machine. */
@Command(
    name = "plugin",
    description = "Shows the PJRT plugins of this machine, through which XLA is a backend.",
    subcommands = {PluginCommand.ListCommand.class, PluginCommand.InfoCommand.class})
public final class PluginCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private PluginCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  /** {@code ./jacobi plugin list}: names and files, without loading any. */
  @Command(name = "list", description = "Lists the plugins that are found, and loads none.")
  static final class ListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    private ListCommand() {}

    @Override
    public Integer call() {
      var out = spec.commandLine().getOut();
      var plugins = Plugins.list();
      plugins.forEach(p -> out.println("pjrt:" + p.name() + "  " + p.path()));
      if (plugins.isEmpty()) {
        out.println("none; searched: " + Plugins.folders());
      }
      return 0;
    }
  }

  /** {@code ./jacobi plugin info}: loads a plugin and says what it is. */
  @Command(name = "info", description = "Loads a plugin, and shows its version and its devices.")
  static final class InfoCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME-OR-PATH", description = "as behind pjrt:")
    private String name;

    @Spec private CommandSpec spec;

    private InfoCommand() {}

    @Override
    public Integer call() {
      try {
        spec.commandLine().getOut().print(PluginInfo.of(name));
        spec.commandLine().getOut().flush();
        return 0;
      } catch (PluginException e) {
        spec.commandLine().getErr().println(e.getMessage());
        return 1;
      }
    }
  }
}
