package dev.jacobi.hlo.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.interpret.InterpreterBackend;
import dev.jacobi.hlo.spi.CompileOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are printed or compiled are kept once where {@code JACOBI_PROGRAMS} says. */
class KeptProgramsTest {
  private static final String KEY = "jacobi.programs";

  @TempDir private Path folder;
  private String before;

  @BeforeEach
  void keep() {
    before = System.getProperty(KEY);
    System.setProperty(KEY, folder.toString());
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(KEY);
    } else {
      System.setProperty(KEY, before);
    }
  }

  private static HloModule constant(double value) {
    return HloParser.parse(
        """
        module @kept {
          func.func public @main() -> tensor<f64> {
            %%cst = stablehlo.constant dense<%s> : tensor<f64>
            return %%cst : tensor<f64>
          }
        }
        """
            .formatted(value));
  }

  private List<String> kept() {
    try (var files = Files.list(folder)) {
      return files.map(KeptProgramsTest::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPrintedProgramIsKeptOnce() {
    String text = HloPrinter.print(constant(1.25));
    HloPrinter.print(constant(1.25));
    assertThat(kept()).containsOnlyOnce(text);
  }

  @Test
  void aCompiledProgramIsKept() {
    new InterpreterBackend().compile(constant(2.25), CompileOptions.DEFAULT);
    assertThat(kept()).anyMatch(text -> text.contains("2.250000e+00"));
  }
}
