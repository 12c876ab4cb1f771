package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloPrinter;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random programs: the engine against the interpreter, against itself eager, and threads. */
class DifferentialTest {
  static LongStream few() {
    return LongStream.range(0, 12);
  }

  static LongStream many() {
    return LongStream.range(100, 250);
  }

  @ParameterizedTest
  @MethodSource("few")
  void fewProgramsAgree(long seed) {
    agree(seed);
  }

  @ParameterizedTest
  @MethodSource("many")
  @Tag("long")
  void manyProgramsAgree(long seed) {
    agree(seed);
  }

  private static void agree(long seed) {
    HloModule program = RandomPrograms.program(seed, 14);
    List<Literal> arguments = Engines.arguments(program, seed);
    List<Literal> jit = Engines.run(Engines.CPU, program, arguments, 1);
    List<Literal> expected = Engines.run(Engines.interpreter(), program, arguments, 1);
    String text = "seed " + seed + "\n" + HloPrinter.print(program);
    for (int k = 0; k < jit.size(); k++) {
      // Discontinuous functions of rounded values may differ; only programs without are drawn
      // densely enough to matter, so the bound is loose.
      assertThat(Engines.difference(jit.get(k), expected.get(k)))
          .as("result %d of %s", k, text)
          .isLessThan(1e-3);
    }
    assertThat(Engines.run(Engines.CPU, program, arguments, 0)).as(text).isEqualTo(jit);
    assertThat(Engines.runEagerly(program, arguments)).as(text).isEqualTo(jit);
  }
}
