package dev.jacobi.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Conditionals and loops against JAX's values and first derivatives. */
@Tag("slow")
class ControlGoldenTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return JnpGoldenTest.tests("jnp/control.tsv", ControlFunctions.functions());
  }
}
