package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The functions of {@code dev.jacobi.scipy.Linalg} against JAX's and SciPy's. */
@Tag("slow")
class ScipyLinalgGoldenTest {
  private static final Map<String, Map<String, Fn1<List<Array>, List<Array>>>> FUNCTIONS =
      Map.of(
          "jnp/scipy_matrices.tsv", ScipyLinalgFunctions.functions(),
          "jnp/scipy_linalg.tsv", ScipyLinalgFactors.functions());

  @TestFactory
  Stream<DynamicTest> cases() {
    ScipyGoldens goldens = ScipyGoldens.ofMatrices(Map.of(), Map.of());
    return FUNCTIONS.entrySet().stream().flatMap(e -> goldens.tests(e.getKey(), e.getValue()));
  }

  @TestFactory
  Stream<DynamicTest> everyFunctionHasCases() {
    return FUNCTIONS.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> named(e.getKey(), e.getValue())));
  }

  private static void named(String file, Map<String, Fn1<List<Array>, List<Array>>> ours) {
    var names =
        GoldenFile.read(file).stream().map(ScipyGoldens::functionOf).collect(Collectors.toSet());
    assertThat(names).isEqualTo(ours.keySet());
  }
}
