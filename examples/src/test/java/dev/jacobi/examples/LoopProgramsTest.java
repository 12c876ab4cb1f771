package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs whose results other methods and other libraries found too: {@code goldens/examples.tsv}.
 */
@Tag("slow")
class LoopProgramsTest {
  private static final PrintedGoldens GOLDENS = PrintedGoldens.of("examples.tsv");

  private static final long SECONDS = 300;

  @TempDir static Path temp;

  static List<String> programs() {
    return GOLDENS.programs();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void findsWhatOthersFind(String name) throws Exception {
    Path png = temp.resolve(name + ".png");
    String program = "examples/" + name + ".java";
    GOLDENS.hold(name, Launcher.on(temp, "cpu", SECONDS, program, png.toString()));
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(5_000);
  }
}
