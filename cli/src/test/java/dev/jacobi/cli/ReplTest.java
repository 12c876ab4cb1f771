package dev.jacobi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ReplTest {
  /** What the REPL prints for some lines, without its prompts. */
  private static List<String> repl(String... lines) throws Exception {
    var in =
        new ByteArrayInputStream(
            (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Repl.run(List.of(), JavaShellToolBuilder.builder().in(in, null).out(out).err(out));
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replace("jacobi> ", "").strip())
        // JShell echoes what comes from a stream.
        .filter(line -> !line.isEmpty() && !List.of(lines).contains(line))
        .toList();
  }

  @Test
  void expressionsPrintTheirValueAndDeclarationsNothing() throws Exception {
    assertThat(repl("1 + 1", "var x = List.of(1, 2);", "x", "x = List.of(3);", "x.get(0)"))
        .containsExactly("2", "[1, 2]", "3");
  }

  @Test
  void valuesOfManyLinesAndLongOnesAreWhole() throws Exception {
    assertThat(repl("new StringBuilder(\"[[1 2]\\n [3 4]]\")", "\"a\".repeat(5000)"))
        .containsExactly("[[1 2]", "[3 4]]", "\"" + "a".repeat(5000) + "\"");
  }

  @Test
  void recordsDefinedInTheReplAreTrees() throws Exception {
    assertThat(
            repl(
                "record P(Array a, List<Array> b) {}",
                "Fn1<P, Array> f = p -> p.a().times(p.b().get(0)).sum()",
                "grad(f).apply(new P(array(1f, 2f), List.of(array(3f, 4f))))"))
        .last()
        .isEqualTo("P[a=[3. 4.], b=[[1. 2.]]]");
  }

  @Test
  void errorsAreShown() throws Exception {
    assertThat(String.join("\n", repl("nothing", "1 / (1 - 1)")))
        .contains("cannot find symbol")
        .contains("ArithmeticException: / by zero");
  }
}
