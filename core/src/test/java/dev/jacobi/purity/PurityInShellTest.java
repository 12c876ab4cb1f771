package dev.jacobi.purity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.config.Config;
import java.io.File;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check reads classes that the REPL has made in memory. */
@Tag("slow")
public class PurityInShellTest {
  /** Stands for Jacobi's function interfaces, which are serialisable. */
  public interface F extends Serializable {
    Object apply(Object x);
  }

  @Test
  void findsReplVariablesAndFollowsReplMethods() {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(classPath());
      run(shell, "import dev.jacobi.purity.*;");
      run(shell, "double bias = 0.5;");
      run(shell, "Object shifted(Object x) { return (Double) x + bias; }");
      run(shell, "PurityInShellTest.F f = x -> shifted(x);");
      run(shell, "PurityInShellTest.F g = x -> (Double) x + 1;");
      assertThat(run(shell, "Purity.report(f).findings().size();")).isEqualTo("1");
      assertThat(run(shell, "Purity.report(f).findings().getFirst().what();"))
          .isEqualTo("\"the static field bias\"");
      assertThat(run(shell, "Purity.report(g).isPure();")).isEqualTo("true");
    }
  }

  private static String run(JShell shell, String snippet) {
    List<SnippetEvent> events = shell.eval(snippet);
    for (SnippetEvent event : events) {
      assertThat(shell.diagnostics(event.snippet()).map(d -> d.getMessage(null))).isEmpty();
      assertThat(event.exception()).isNull();
    }
    return events.getFirst().value();
  }

  /** The folders of the library and of this test, however the runner has loaded them. */
  private static String classPath() {
    return Stream.of(Purity.class, PurityInShellTest.class, Config.class)
        .map(c -> c.getProtectionDomain().getCodeSource().getLocation().toString())
        .map(location -> Path.of(URI.create(location)).toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
