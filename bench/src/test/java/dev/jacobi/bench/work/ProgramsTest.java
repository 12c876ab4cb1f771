package dev.jacobi.bench.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs compute what JAX's in {@code peers/jax_loops.py} do. */
@Tag("slow")
class ProgramsTest {
  /**
   * How far results may be off. XLA contracts to FMA, so steps of the solver differ by a few in a
   * hundred (its error estimate is a few ulp), and its results by the tolerance of the method.
   */
  @ParameterizedTest
  @CsvSource({
    "ode_dopri5, 2e-5, 0.03",
    "ode_dopri5_vmap_256, 2e-5, 0.03",
    "hmc, 2e-6, 0",
    "hmc_vmap_64, 2e-6, 0",
    "beam_search, 0, 1e-6",
    "levenberg_marquardt, 2e-5, 0",
    "while_lanes_1024, 2e-6, 0"
  })
  void resultsAreThoseOfJax(String name, double first, double second) throws IOException {
    var expected = golden(name);
    var actual = leaves(ProgramRows.programs().get(name).get().get());
    assertThat(actual).hasSameSizeAs(expected);
    for (int r = 0; r < actual.size(); r++) {
      double allowed = r == 0 ? first : second;
      double[] ours = actual.get(r).toDoubleArray();
      double[] theirs = expected.get(r);
      assertThat(ours).hasSizeGreaterThanOrEqualTo(theirs.length);
      for (int i = 0; i < theirs.length; i++) {
        double scale = Math.max(1, Math.abs(theirs[i]));
        assertThat(ours[i])
            .as("result %d at %d", r, i)
            .isCloseTo(theirs[i], within(allowed * scale));
      }
    }
  }

  static Stream<String> names() {
    return ProgramRows.programs().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyProgramHasAGolden(String name) throws IOException {
    assertThat(golden(name)).isNotEmpty();
  }

  private static List<Array> leaves(Object tree) {
    List<Array> leaves = new ArrayList<>();
    Trees.leaves(tree).forEach(leaf -> leaves.add((Array) leaf));
    return leaves;
  }

  /** The results of a case of {@code goldens/loops.tsv}: of batches the first lanes. */
  private static List<double[]> golden(String name) throws IOException {
    Path folder = Path.of(System.getProperty("jacobi.root"), "goldens");
    List<String> rows = Files.readAllLines(folder.resolve("loops.tsv"));
    int start = rows.indexOf("case\t" + name);
    assertThat(start).as(name).isNotNegative();
    return rows.stream()
        .skip(start + 1)
        .takeWhile(row -> row.startsWith("out\t"))
        .map(row -> numbers(row.split("\t")[1], row.split("\t")[2].split(" ")))
        .toList();
  }

  private static double[] numbers(String type, String[] elements) {
    return Arrays.stream(elements)
        .mapToDouble(
            e ->
                type.startsWith("f32")
                    ? Float.intBitsToFloat(Integer.parseUnsignedInt(e, 16))
                    : Integer.parseInt(e))
        .toArray();
  }
}
