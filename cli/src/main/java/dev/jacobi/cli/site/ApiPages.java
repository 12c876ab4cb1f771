package dev.jacobi.cli.site;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** The Javadoc of what users call, by the JDK's own tool. */
final class ApiPages {
  private ApiPages() {}

  static void write(Path root, Path to, PrintWriter messages) throws IOException {
    ToolProvider javadoc =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new IllegalStateException("this JDK has no javadoc tool"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-quiet", "-d", to.toString(), "-encoding", "UTF-8"));
    arguments.addAll(List.of("-Xdoclint:none", "-notimestamp", "-windowtitle", "Jacobi"));
    arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    sources(root.resolve("core/src/main/java")).forEach(file -> arguments.add(file.toString()));
    var out = new StringWriter();
    int code = javadoc.run(new PrintWriter(out), new PrintWriter(out), strings(arguments));
    if (code != 0) {
      throw new IllegalStateException("javadoc failed:\n" + out);
    }
    messages.print(out);
    messages.flush();
  }

  private static String[] strings(List<String> list) {
    return list.toArray(String[]::new);
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("module-info.java"))
          .sorted()
          .toList();
    }
  }
}
