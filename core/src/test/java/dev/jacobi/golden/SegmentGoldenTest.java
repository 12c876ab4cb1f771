package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reductions of segments against JAX: values, types, first derivatives. */
class SegmentGoldenTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    var ours = SegmentFunctions.functions();
    var cases = GoldenFile.read("jnp/segments.tsv");
    assertThat(cases).hasSize(ours.size());
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name() + ": " + c.text("source"),
                    () -> JnpGoldenTest.check(c, ours.get(c.name()))));
  }
}
