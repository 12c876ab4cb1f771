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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The functions of {@code dev.jacobi.scipy.stats} against JAX's and SciPy's. */
@Tag("slow")
class StatsGoldenTest {
  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS =
      StatsFunctions.functions();

  /** By how much more derivatives may differ from JAX's. */
  private static final Map<String, Double> SLOPES =
      Map.of("poisson.entropy", 1e7); // JAX ends the series for large means earlier

  /** How many units in the last place are allowed where that is more than usual. */
  private static final Map<String, Double> ULPS =
      Map.of(
          "beta.logcdf", 64.0, // of probabilities near 1, whose last bits are all of the logarithm
          "beta.logsf_moved", 64.0, // likewise
          // by exp of a product of up to 9, which carries its rounding on
          "pareto.logcdf", 12.0);

  @TestFactory
  Stream<DynamicTest> functions() {
    return new ScipyGoldens(SLOPES, ULPS).tests("jnp/stats.tsv", FUNCTIONS);
  }

  @Test
  void everyFunctionHasCases() {
    var named =
        GoldenFile.read("jnp/stats.tsv").stream()
            .map(ScipyGoldens::functionOf)
            .collect(Collectors.toSet());
    assertThat(named).isEqualTo(FUNCTIONS.keySet());
  }
}
