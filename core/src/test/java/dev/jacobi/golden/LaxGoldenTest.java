package dev.jacobi.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The functions of {@code Lax} against JAX's values and first derivatives. */
@Tag("slow")
class LaxGoldenTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return JnpGoldenTest.tests("jnp/lax.tsv", LaxFunctions.functions());
  }
}
