package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.dispatch.Backends;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.refine.ShapeAssertionException;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.ConcreteArray;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Programs that JAX exported with symbolic sizes, one compiled program at several sizes. */
class SymbolicGoldenTest {
  private static final Closeness CLOSE = new Closeness.OfLargest(2e-5);

  @TestFactory
  Stream<DynamicTest> programs() {
    List<Case> cases = GoldenFile.read("symbolic.tsv");
    List<Case> programs = cases.stream().filter(c -> c.has("|")).toList();
    assertThat(programs).hasSize(14);
    return programs.stream()
        .map(p -> DynamicTest.dynamicTest(p.name(), () -> check(p, callsOf(p, cases))));
  }

  private static List<Case> callsOf(Case program, List<Case> cases) {
    return cases.stream()
        .filter(c -> c.has("program") && c.text("program").equals(program.name()))
        .toList();
  }

  private static void check(Case program, List<Case> calls) {
    String text =
        program.all("|").stream().map(line -> line.field(0)).collect(Collectors.joining("\n"));
    HloModule module = HloParser.parse(text);
    Verifier.verify(module);
    String printed = HloPrinter.print(module);
    assertThat(HloPrinter.print(HloParser.parse(printed))).isEqualTo(printed);
    assertThat(calls).hasSizeGreaterThan(1);
    try (Executable compiled = Backends.current().compile(module, CompileOptions.DEFAULT)) {
      assertThat(compiled.inputs()).isEqualTo(module.main().inputs());
      calls.forEach(call -> check(call, compiled));
      call(calls.getFirst(), compiled); // The first sizes once more, after others.
    }
  }

  private static void check(Case c, Executable compiled) {
    if (c.has("refused")) {
      assertThatThrownBy(() -> call(c, compiled))
          .as(c.name())
          .isInstanceOf(ShapeAssertionException.class)
          .hasMessageStartingWith(c.text("refused"));
      return;
    }
    call(c, compiled);
  }

  private static void call(Case c, Executable compiled) {
    Buffer[] arguments =
        c.arrays("in").stream().map(SymbolicGoldenTest::buffer).toArray(Buffer[]::new);
    Buffer[] results = compiled.execute(arguments);
    List<GoldenArray> jax = c.arrays("out");
    assertThat(results).as(c.name()).hasSameSizeAs(jax);
    for (int i = 0; i < results.length; i++) {
      TensorType type = results[i].type();
      var ours = GoldenArray.of(new ConcreteArray(Aval.of(type.dtype(), type.shape()), results[i]));
      assertThat(CLOSE.difference(ours, jax.get(i))).as(c.name() + ", result " + i).isEmpty();
    }
  }

  private static Buffer buffer(GoldenArray a) {
    return ((ConcreteArray) a.toArray()).buffer();
  }
}
