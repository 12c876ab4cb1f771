package dev.jacobi.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** {@code customRoot} and {@code customLinearSolve} against JAX's values and derivatives. */
@Tag("slow")
class SolveGoldenTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return JnpGoldenTest.tests("jnp/solves.tsv", SolveFunctions.functions());
  }
}
