package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.fuzz.Fuzzer;
import dev.jacobi.hlo.fuzz.Fuzzer.Agreed;
import dev.jacobi.hlo.fuzz.Fuzzer.Disagreed;
import dev.jacobi.hlo.text.HloParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random programs; {@code ./jacobi hlo fuzz} runs as many as one likes. */
class DifferentialTest {
  private final Fuzzer fuzzer = new Fuzzer(Engines.CPU);

  /** Programs that failed when they were drawn; each says why. */
  static List<String> known() throws Exception {
    var folder = Path.of(DifferentialTest.class.getResource("fuzz").toURI());
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("known")
  void whatFailedOnceAgrees(String name) throws Exception {
    try (var in = DifferentialTest.class.getResourceAsStream("fuzz/" + name)) {
      var found = HloParser.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      assertThat(fuzzer.check(found)).isEqualTo(new Agreed());
    }
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
