package dev.jacobi.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * JShell with Jacobi's static imports. Expressions print their value as it is, arrays as NumPy
 * does. Code runs in this process, so that the first line needs no second JVM.
 */
public final class Repl {
  private Repl() {}

  /** Called by the launcher without arguments; further ones are options for JShell. */
  public static void main(String[] args) throws Exception {
    System.exit(run(List.of(args), JavaShellToolBuilder.builder()));
  }

  static int run(List<String> more, JavaShellToolBuilder shell) throws Exception {
    var imports = Files.createTempFile("jacobi", ".jsh");
    try {
      Files.writeString(imports, resource("imports.jsh"));
      var arguments = new ArrayList<String>();
      arguments.addAll(List.of("--class-path", System.getProperty("java.class.path")));
      arguments.addAll(List.of("--execution", "local", "--startup", imports.toString()));
      arguments.addAll(more);
      return shell.persistence(modes()).start(arguments.toArray(String[]::new));
    } finally {
      Files.delete(imports);
    }
  }

  /**
   * JShell's preferences with our feedback mode. JShell runs its start-up files before it knows any
   * mode, so a first, silent JShell without them defines ours and keeps it.
   */
  private static Map<String, String> modes() throws Exception {
    var preferences = new HashMap<String, String>();
    var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var commands = new ByteArrayInputStream(resource("mode.jsh").getBytes(StandardCharsets.UTF_8));
    int status =
        JavaShellToolBuilder.builder()
            .persistence(preferences)
            .in(commands, null)
            .out(silent)
            .err(System.err)
            .start("--no-startup", "--execution", "local");
    if (status != 0) {
      throw new IllegalStateException("JShell did not take mode.jsh: exit code " + status);
    }
    return preferences;
  }

  private static String resource(String name) throws IOException {
    try (var in = Repl.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
