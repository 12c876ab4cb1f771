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

/** The functions of {@code Special} against JAX's and SciPy's. */
@Tag("slow")
class SpecialGoldenTest {
  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS =
      SpecialFunctionsTable.functions();

  /** By how much more derivatives may differ from JAX's. */
  private static final Map<String, Double> SLOPES =
      Map.of("betaln", 1e6); // a wrong term of JAX; SpecialTest has the law

  /** How many units in the last place are allowed where that is more than usual. */
  private static final Map<String, Double> ULPS =
      Map.of(
          "exp1", 24.0, // a logarithm and a series of the other sign
          "expi", 48.0, // likewise, and a zero at 0.3725
          "expn", 16.0, // a recurrence from exp1
          "expn_2", 16.0,
          "owens_t", 24.0, // a difference of two of its values where h is negative
          "hyp2f1_polynomial", 64.0); // terms of alternating sign

  @TestFactory
  Stream<DynamicTest> functions() {
    return new ScipyGoldens(SLOPES, ULPS).tests("jnp/special.tsv", FUNCTIONS);
  }

  @Test
  void everyFunctionHasCases() {
    var named =
        GoldenFile.read("jnp/special.tsv").stream()
            .map(ScipyGoldens::functionOf)
            .collect(Collectors.toSet());
    assertThat(named).isEqualTo(FUNCTIONS.keySet());
  }
}
