package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs whose results other methods and other libraries found too: {@code goldens/examples.tsv}.
 */
@Tag("slow")
class LoopProgramsTest {
  private static final List<String> GOLDENS =
      Sources.lines(Sources.ROOT.resolve("goldens/examples.tsv"));

  private static final long SECONDS = 300;

  @TempDir static Path temp;

  static List<String> programs() {
    return GOLDENS.stream()
        .filter(row -> row.startsWith("case\t"))
        .map(row -> row.substring("case\t".length()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void findsWhatOthersFind(String name) throws Exception {
    Path png = temp.resolve(name + ".png");
    String program = "examples/" + name + ".java";
    found(name, Launcher.on(temp, "cpu", SECONDS, program, png.toString()));
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(5_000);
  }

  /** Holds the lines {@code name = value} that a program printed against the goldens. */
  static void found(String program, Launcher.Result result) {
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("WARNING");
    int start = GOLDENS.indexOf("case\t" + program) + 1;
    List<String> rows =
        GOLDENS.stream().skip(start).takeWhile(row -> row.startsWith("prints\t")).toList();
    assertThat(rows).isNotEmpty();
    for (String row : rows) {
      String[] golden = row.split("\t"); // prints, name, tolerance, value
      String head = golden[1] + " = ";
      assertThat(result.out().lines()).as(head).anyMatch(line -> line.startsWith(head));
      String printed =
          result.out().lines().filter(line -> line.startsWith(head)).findFirst().orElseThrow();
      holds(head, printed.substring(head.length()), golden[3], golden[2]);
    }
  }

  private static void holds(String name, String printed, String golden, String tolerance) {
    if (tolerance.equals("text")) {
      assertThat(printed).as(name).isEqualTo(golden);
      return;
    }
    double[] actual = numbers(printed.replaceAll("[\\[\\],]", " ").strip());
    double[] expected = numbers(golden);
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      double allowed = Double.parseDouble(tolerance) * Math.max(1, Math.abs(expected[i]));
      assertThat(actual[i]).as(name + i).isCloseTo(expected[i], within(allowed));
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" +")).mapToDouble(Double::parseDouble).toArray();
  }
}
