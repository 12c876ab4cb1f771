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
  private static final Map<String, Double> SLOPES = Map.of();

  @TestFactory
  Stream<DynamicTest> functions() {
    return new ScipyGoldens(SLOPES).tests("jnp/stats.tsv", FUNCTIONS);
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
