package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** {@code customRoot} and {@code customLinearSolve} against JAX's values and derivatives. */
@Tag("slow")
class SolveGoldenTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    Map<String, Fn1<List<Array>, List<Array>>> ours = SolveFunctions.functions();
    var cases = GoldenFile.read("jnp/solves.tsv");
    assertThat(cases).hasSize(ours.size());
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name() + ": " + c.text("source"),
                    () -> JnpGoldenTest.check(c, ours.get(c.name()))));
  }
}
