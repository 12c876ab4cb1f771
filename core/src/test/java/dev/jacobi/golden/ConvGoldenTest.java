package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.golden.GoldenFile.Case;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The functions that convolve, plain and under vmap over either operand, against JAX's. */
@Tag("slow")
class ConvGoldenTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return GoldenFile.read("jnp/conv.tsv").stream()
        .map(c -> DynamicTest.dynamicTest(c.name() + ": " + c.text("source"), () -> check(c)));
  }

  private static void check(Case c) {
    Fn1<List<Array>, List<Array>> f = ConvFunctions.all().get(c.name().split("/", -1)[0]);
    List<Array> in = c.arrays("in").stream().map(GoldenArray::toArray).toList();
    Array ours = c.has("axes") ? mapped(c, f, in) : f.apply(in).getFirst();
    GoldenArray jax = c.arrays("out").getFirst();
    var close = new Closeness.OfLargest(16 * Closeness.epsilon(jax.dtype()));
    assertThat(close.difference(GoldenArray.of(ours), jax)).isEmpty();
  }

  private static Array mapped(Case c, Fn1<List<Array>, List<Array>> f, List<Array> in) {
    Object[] axes =
        c.all("axes").getFirst().fields().stream()
            .<Object>map(a -> a.equals("0") ? 0 : Jacobi.NONE)
            .toArray();
    return Jacobi.vmap((Array x, Array y) -> f.apply(List.of(x, y)).getFirst(), Jacobi.in(axes))
        .apply(in.get(0), in.get(1));
  }
}
