package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.fuzz.Fuzzer;
import dev.jacobi.hlo.fuzz.Fuzzer.Disagreed;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random programs; {@code ./jacobi hlo fuzz} runs as many as one likes. */
class DifferentialTest {
  private final Fuzzer fuzzer = new Fuzzer(Engines.CPU);

  /** Programs that failed when they were drawn: log1p near -1, i1e of the largest number. */
  static LongStream known() {
    return LongStream.of(669764850188L, 669764850190L);
  }

  @ParameterizedTest
  @MethodSource("known")
  void whatFailedOnceAgrees(long seed) {
    agree(seed);
  }

  @Test
  void fewProgramsAgree() {
    LongStream.range(0, 20).forEach(this::agree);
  }

  @Test
  @Tag("long")
  void manyProgramsAgree() {
    LongStream.range(10_000, 12_000).forEach(this::agree);
  }

  private void agree(long seed) {
    var outcome = fuzzer.check(seed);
    String again = "./jacobi hlo fuzz --programs 1 --seed " + seed;
    assertThat(outcome).as(again).isNotInstanceOf(Disagreed.class);
  }
}
