package dev.jacobi.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.golden.GoldenFile;
import dev.jacobi.parity.Parity.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/parity.tsv} has a row for each public name of JAX, and says of each what the code and
 * the goldens say. A row is written by hand where Java's name is not Python's in camelCase, or
 * where there is a reason for what is missing; the rest is computed. Where they differ, the right
 * table is left in {@code target/parity.tsv}.
 */
@Tag("slow")
class ParityTest {
  /** At most so many names are neither in Java nor have a reason; lower it with what you add. */
  private static final int OPEN = 41;

  /** At most so many functions have neither goldens nor a test. */
  private static final int UNTESTED = 0;

  private static List<String> names() throws IOException {
    try (var in = ParityTest.class.getResourceAsStream("names.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void saysWhatTheCodeAndTheGoldensSay() throws IOException {
    Parity parity = new Parity();
    List<String> lines = new ArrayList<>(List.of(Parity.HEAD));
    List<Row> committed = Parity.committed();
    committed.forEach(r -> lines.add(parity.computed(r).toString()));
    Path found = Path.of("target", "parity.tsv");
    Files.write(found, lines);
    assertThat(Files.readAllLines(Parity.TABLE))
        .as("copy %s to %s", found.toAbsolutePath(), Parity.TABLE)
        .isEqualTo(lines);
    assertThat(committed.stream().filter(Row::isOpen).count()).isLessThanOrEqualTo(OPEN);
    assertThat(committed.stream().filter(Row::isUntested).count()).isLessThanOrEqualTo(UNTESTED);
  }

  @Test
  void hasARowForEachName() throws IOException {
    assertThat(Parity.committed().stream().map(Row::name).toList()).isEqualTo(names());
  }

  @Test
  void namesTestsThatAreThere() {
    Path tests = GoldenFile.folder().resolveSibling("core").resolve("src/test/java/dev/jacobi");
    for (Row r : Parity.committed()) {
      if (r.golden().startsWith(Parity.BY_HAND)) {
        String file = r.golden().substring(Parity.BY_HAND.length()).replace('.', '/') + ".java";
        assertThat(tests.resolve(file)).as(r.name()).exists();
      }
    }
  }

  @Test
  void namesWhatIsThere() {
    assertThat(Parity.committed())
        .allSatisfy(
            r -> {
              for (String java :
                  r.java().isEmpty() ? List.<String>of() : List.of(r.java().split(" "))) {
                assertThat(Parity.exists(java)).as(r.name() + ": " + java).isTrue();
              }
            });
  }
}
