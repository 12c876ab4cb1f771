package dev.jacobi.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.spi.Engines;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckRunTest {
  /** A worker that does what the file's name says. */
  static final class Actor {
    public static void main(String[] args) throws IOException {
      Worker.serve(Actor::act);
    }

    private static Outcome act(String name) {
      System.out.println("noise that is no answer");
      return switch (name) {
        case "hang" -> hang();
        case "die" -> {
          nativeOutput("# A fatal error\n");
          Runtime.getRuntime().halt(134);
          yield new Outcome.Passed();
        }
        case "throw" -> throw new IllegalStateException("two\nlines");
        case "overflow" -> act(name);
        case "skip" -> new Outcome.Skipped("stablehlo.sort");
        default -> new Outcome.Passed();
      };
    }

    /** As of a library that knows nothing of System.out. */
    private static void nativeOutput(String text) {
      try (var out = new FileOutputStream(FileDescriptor.out)) {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Outcome hang() {
      while (true) {
        Thread.onSpinWait();
      }
    }
  }

  private static List<Outcome> outcomes() {
    return List.of(
        new Outcome.Passed(), new Outcome.Failed("at [0] got 1, want 2"), new Outcome.Skipped("x"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void outcomesSurviveTheJourney(Outcome outcome) {
    assertThat(Outcome.parse(outcome.line())).contains(outcome);
  }

  @Test
  void reasonsOfManyLinesTravelAsOne() {
    assertThat(new Outcome.Failed(" a\n  b\r\nc").line()).isEqualTo("FAILED a | b | c");
  }

  @Test
  void aLineThatIsNoAnswerIsNone() {
    assertThat(Outcome.parse("# A fatal error")).isEmpty();
  }

  @Test
  @Tag("slow")
  void noFileStopsTheRun() throws InterruptedException {
    var text = new StringWriter();
    var summary = new Summary(new PrintWriter(text, true));
    var files =
        List.of("a", "hang", "b", "die", "c", "throw", "skip", "overflow", "skip", "d").stream()
            .map(Path::of)
            .toList();
    var run =
        new CheckRun(
            () -> new WorkerProcess(List.of(Actor.class.getName()), Duration.ofSeconds(5)),
            summary,
            done -> {});
    run.run(files, 2);
    assertThat(summary.print()).isEqualTo(1);
    assertThat(text.toString().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("FAILED die: the process died with exit code 134"),
            line -> assertThat(line).isEqualTo("FAILED hang: took longer than 5 s"),
            line -> assertThat(line).isEqualTo("FAILED overflow: java.lang.StackOverflowError"),
            line ->
                assertThat(line)
                    .isEqualTo("FAILED throw: java.lang.IllegalStateException: two | lines"),
            line -> assertThat(line).isEqualTo("SKIPPED 2: stablehlo.sort"),
            line -> assertThat(line).isEqualTo("4 passed, 4 failed, 2 skipped"));
  }

  @Test
  void aRunWithoutFailuresSucceeds() {
    var text = new StringWriter();
    var summary = new Summary(new PrintWriter(text, true));
    IntStream.range(0, 3).forEach(i -> summary.add("f" + i, new Outcome.Passed()));
    summary.add("g", new Outcome.Skipped("stablehlo.fft"));
    assertThat(summary.print()).isZero();
    assertThat(text.toString())
        .isEqualTo("SKIPPED 1: stablehlo.fft\n3 passed, 0 failed, 1 skipped\n");
  }

  @Test
  @Tag("slow")
  void aWorkerThatCannotStartFailsEveryFile() throws InterruptedException {
    var summary = new Summary(new PrintWriter(new StringWriter()));
    new CheckRun(
            () -> new WorkerProcess(List.of("no.such.Main"), Duration.ofSeconds(5)),
            summary,
            done -> {})
        .run(List.of(Path.of("a"), Path.of("b")), 1);
    assertThat(summary.print()).isEqualTo(1);
    assertThat(summary.done()).isEqualTo(2);
  }

  @Test
  void badFilesSayWhatAndWhere(@TempDir Path folder) throws IOException {
    var checker = new SelfChecker(Engines.find("interpreter"));
    var rows =
        Map.of(
            "func.func @main() {\n%0 = stablehlo.abs %y : tensor<2xf32>", ":2:20: %y is not",
            "func.func @other() {\nreturn\n}\n", "the module has no function @main",
            "func.func @main() {\n(\n}\n", ":2:1: expected an operation",
            "\"unfinished", ":1:1: ");
    for (var row : rows.entrySet()) {
      var file = Files.writeString(folder.resolve("bad.mlir"), row.getKey());
      var said = checker.check(file).line();
      assertThat(said).startsWith("FAILED ").contains(row.getValue()).doesNotContain("Exception");
    }
    var missing = folder.resolve("missing.mlir");
    assertThat(checker.check(missing).line())
        .isEqualTo("FAILED " + missing + ": there is no such file or folder");
  }
}
