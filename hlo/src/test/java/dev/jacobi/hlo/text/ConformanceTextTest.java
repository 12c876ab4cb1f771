package dev.jacobi.hlo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.HloModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * StableHLO's own programs and those of JAX's tests, where they are at hand, come back from text.
 */
@Tag("slow")
class ConformanceTextTest {
  @Test
  void everyProgramComesBack() throws IOException {
    Path folder = folder();
    assumeTrue(Files.isDirectory(folder), "skipped: there is no " + folder);
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> unsupported = new TreeMap<>();
    int good = 0;
    for (Path file : files(folder)) {
      try {
        HloModule module = HloParser.parse(file);
        HloModule back = HloParser.parse(HloPrinter.print(module));
        if (Isomorphism.difference(module, back).isPresent()) {
          wrong.add(file + ": " + Isomorphism.difference(module, back).get());
        }
        good++;
      } catch (HloSyntaxException e) {
        wrong.add(e.getMessage());
      } catch (UnsupportedOpException e) {
        unsupported.merge(e.what(), 1, Integer::sum);
      }
    }
    System.out.println("texts: " + good + " come back, not supported: " + unsupported);
    assertThat(wrong).isEmpty();
    assertThat(good).isGreaterThan(2_900);
  }

  /** Beside the repository, which is the parent of this module's folder. */
  private static Path folder() {
    Path here = Path.of("").toAbsolutePath();
    Path root = here.endsWith("hlo") ? here.getParent() : here;
    return root.resolve("../shared/conformance").normalize();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> f.toString().endsWith(".mlir")).sorted().toList();
    }
  }
}
