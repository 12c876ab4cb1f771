package dev.jacobi.hlo.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The specification's constraints, one a line of {@code constraints.tsv}: the constraint, what
 * shows that it is kept, and a program or a reason. {@code goldens/check_constraints.py} compares
 * the list with the specification's text. Programs are one operation on the parameters below.
 */
class ConstraintTableTest {
  /**
   * What shows a constraint: a table of broken modules, a broken program that the parser or a
   * constraint refuses (its own, or the one that the verifier names instead), or a reason.
   */
  private static final Set<String> REASONS = Set.of("types", "value", "open", "none");

  private static final String PARAMETERS =
      """
      func.func @main(%f: tensor<f32>, %i: tensor<i32>, %p: tensor<i1>, %x: tensor<2x3xf32>,
          %h: tensor<3x2xf32>, %v: tensor<3xf32>, %g: tensor<2xf32>, %n: tensor<2xi32>,
          %m: tensor<3xi32>, %d: tensor<2xi64>, %k: tensor<2x3xi32>, %j: tensor<2x1xi32>,
          %k2: tensor<2x2xi32>, %k22: tensor<2x2xi32>, %s2: tensor<2x2xf32>, %b: tensor<2x3xi1>,
          %q: tensor<2x3xui32>, %u: tensor<2xui64>, %u3: tensor<3xui64>,
          %im: tensor<2x4x4x2xf32>, %ke: tensor<3x3x2x4xf32>) {
      """;

  record Row(String id, String by, String text) {
    boolean isProgram() {
      return text.startsWith("%");
    }
  }

  private static List<Row> rows() {
    try (var in = ConstraintTableTest.class.getResourceAsStream("constraints.tsv")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(f -> new Row(f[0], f[1], f[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Row> programs() {
    return rows().stream().filter(Row::isProgram);
  }

  /** The constraints that the other tests of this package break. */
  private static Set<String> tested() {
    Set<String> ids = new HashSet<>();
    Stream.of(
            ElementwiseConstraintsTest.modules(),
            ShapeConstraintsTest.modules(),
            IndexConstraintsTest.modules(),
            RegionConstraintsTest.modules(),
            WindowConstraintsTest.modules(),
            ConvConstraintsTest.modules(),
            LinalgConstraintsTest.modules(),
            OrderConstraintsTest.modules(),
            SpectralConstraintsTest.modules())
        .flatMap(s -> s)
        .forEach(bad -> ids.add(bad.constraint()));
    Arrays.stream(OtherConstraintsTest.class.getDeclaredMethods())
        .filter(m -> m.isAnnotationPresent(CsvSource.class))
        .flatMap(m -> Arrays.stream(m.getAnnotation(CsvSource.class).value()))
        .forEach(row -> ids.add(row.substring(0, row.indexOf('|')).strip()));
    return ids;
  }

  @Test
  void everyConstraintIsShownOrNeedsNoTest() {
    List<Row> rows = rows();
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> assertThat(ids.add(row.id())).as(row.id()).isTrue());
    Set<String> shown = new TreeSet<>();
    for (Row row : rows) {
      if (row.by().equals("shown") || row.by().equals("own")) {
        shown.add(row.id());
      } else if (!row.isProgram()) {
        assertThat(row.text()).as(row.id()).isNotBlank();
        assertThat(
                REASONS.contains(row.by()) || row.by().equals("parser") || ids.contains(row.by()))
            .as(row.id())
            .isTrue();
      }
    }
    Set<String> specified = new TreeSet<>(tested());
    specified.removeIf(id -> !id.matches(".*_[cio][0-9]+"));
    assertThat(shown).isEqualTo(specified);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void programsAreRefused(Row row) {
    String text = PARAMETERS + row.text().replace("\\n", "\n") + "\nreturn\n}\n";
    if (row.by().equals("parser")) {
      assertThatThrownBy(() -> HloParser.parse(text))
          .isInstanceOfSatisfying(HloSyntaxException.class, e -> assertThat(e.line()).isEqualTo(7));
      return;
    }
    HloModule module = HloParser.parse(text);
    assertThatThrownBy(() -> Verifier.verify(module))
        .isInstanceOf(HloVerifyException.class)
        .hasMessageStartingWith(row.by() + ":")
        .hasMessageContaining("<text>:7:");
  }
}
