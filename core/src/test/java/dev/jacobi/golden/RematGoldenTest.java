package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.remat.SavedResidual;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Checkpointed functions against JAX's values, derivatives, and what they keep. */
class RematGoldenTest {
  /** What these keep besides is not a policy's choice, and differs in the rules of tanh or grad. */
  private static final Set<String> OTHER_RULES = Set.of();

  private static final Map<String, Fn1<List<Array>, List<Array>>> OURS = RematFunctions.functions();

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> values() {
    var cases = GoldenFile.read("jnp/remat.tsv");
    assertThat(cases).hasSize(OURS.size());
    return cases.stream()
        .map(c -> DynamicTest.dynamicTest(name(c), () -> JnpGoldenTest.check(c, ours(c))));
  }

  @TestFactory
  Stream<DynamicTest> residuals() {
    return GoldenFile.read("jnp/remat.tsv").stream()
        .filter(c -> !OTHER_RULES.contains(c.name()))
        .map(c -> DynamicTest.dynamicTest(name(c), () -> checkKept(c)));
  }

  private static String name(Case c) {
    return c.name() + ": " + c.text("source");
  }

  private static Fn1<List<Array>, List<Array>> ours(Case c) {
    return OURS.get(c.name());
  }

  /** JAX does not see names inside of programs. */
  private static void checkKept(Case c) {
    List<Array> in = c.arrays("in").stream().map(GoldenArray::toArray).toList();
    List<SavedResidual> kept = Jacobi.savedResiduals(ours(c), in);
    List<GoldenFile.Line> jax = c.all("kept");
    assertThat(kept.stream().map(RematGoldenTest::text).sorted().toList())
        .isEqualTo(
            jax.stream()
                .map(l -> l.field(0) + (l.field(1).equals("argument") ? " argument" : " value"))
                .sorted()
                .toList());
    jax.stream()
        .filter(l -> l.field(1).startsWith("name "))
        .forEach(
            l ->
                assertThat(kept.toString())
                    .contains(l.field(0) + " named '" + l.field(1).substring(5) + "'"));
  }

  private static String text(SavedResidual r) {
    return r.type() + (r.source().contains("from the argument") ? " argument" : " value");
  }
}
