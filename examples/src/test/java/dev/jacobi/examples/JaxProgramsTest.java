package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.bytecode.BytecodeReader;
import dev.jacobi.hlo.check.SelfCheck;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.hlo.verify.Verifier;
import dev.jacobi.pjrt.PjrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs of real JAX in portable bytecode, each with inputs and XLA's answers, on every engine:
 * goldens/make_programs.py.
 */
@Tag("xla")
class JaxProgramsTest {
  private static Path folder() {
    return Sources.ROOT.resolve("goldens/programs");
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  static Stream<Arguments> everyProgramOnEveryEngine() throws IOException {
    return names().stream()
        .flatMap(n -> Stream.of("interpreter", "cpu", "pjrt:cpu").map(e -> Arguments.of(n, e)));
  }

  @ParameterizedTest
  @MethodSource
  @Tag("slow")
  void everyProgramOnEveryEngine(String file, String engine) throws IOException {
    assumeTrue(Engines.names().contains(engine), "skipped: there is no engine " + engine);
    try {
      check(file, engine);
    } catch (PjrtException e) {
      // LAPACK is JAX's own custom calls, which a plugin has only if it can register handlers.
      boolean isLapack = e.getMessage().contains("No FFI handler registered for lapack_");
      assumeTrue(!isLapack, "skipped: " + engine + " has no handlers of LAPACK");
      throw e;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp_step.mlirbc", "k_means.mlirbc", "sort_top_k.mlirbc"})
  void someProgramsHold(String file) throws IOException {
    check(file, "interpreter");
  }

  private static void check(String file, String engine) throws IOException {
    HloModule module = BytecodeReader.read(file, Files.readAllBytes(folder().resolve(file)));
    Verifier.verify(module);
    SelfCheck.Report report = SelfCheck.run(module, Engines.find(engine));
    assertThat(report.failures()).isEmpty();
    assertThat(report.checks()).isPositive();
  }

  @Test
  void thereAreTwentyAtLeast() throws IOException {
    assertThat(names()).hasSizeGreaterThanOrEqualTo(20).allMatch(n -> n.endsWith(".mlirbc"));
  }
}
