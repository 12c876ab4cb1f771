package dev.jacobi.hlo.check;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.UnsupportedOpException;
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
 * StableHLO's self-checking programs and those of JAX's tests on the interpreter, where they are at
 * hand. Operations that are not built yet are skipped and counted.
 */
class ConformanceTest {
  private static final int QUICK_STEP = 40;

  /** Whose last three hold on the CPU engine, which makes LAPACK's own rounding errors. */
  private static final String ZERO = "rounding errors of LAPACK's where the true answer is 0";

  /**
   * Programs whose recorded answers rest on how XLA rounds, beyond the specification, and why; see
   * "Programs that differ" in ARCHITECTURE.md.
   */
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          entry(
              "conv_general_dilated_float32_2_3_9_float32_12_1_3",
              "sums of three products that cancel: the recorded ones are 32 ulp off, ours 2"),
          entry(
              "57a7bc65d79eaf2c",
              "XLA flushes a subnormal intermediate of a complex division to 0"),
          entry(
              "76c08d50f75d1100",
              "XLA multiplies by the rounded reciprocal of 3 instead of dividing"),
          entry(
              "8e8ceb719a442021",
              "conjugate gradients to a residual of rounding errors: XLA contracts"),
          entry(
              "99cb92122be26faf",
              "conjugate gradients to a residual of rounding errors: XLA contracts"),
          entry(
              "b424f9a7d66b2c28",
              "XLA flushes the subnormal points that it interpolates between to 0"),
          entry("84f550f1f0343d93", ZERO),
          entry("b6a575da73b4dbb9", ZERO),
          entry("2d6134a72b204baa", ZERO),
          entry("5e579ca150cf076f", ZERO),
          entry("c8e7456242c1ffd5", "eigenvectors to eigenvalues that are equal but for rounding"));

  @Test
  void someProgramsHold() throws IOException {
    run(QUICK_STEP);
  }

  @Test
  @Tag("slow")
  void everyProgramHolds() throws IOException {
    assertThat(run(1)).isGreaterThan(2_850);
  }

  /** Runs every n-th program; gives the number of those that hold. */
  private static int run(int step) throws IOException {
    Path folder = folder();
    assumeTrue(Files.isDirectory(folder), "skipped: there is no " + folder);
    List<Path> files = files(folder);
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> skipped = new TreeMap<>();
    int good = 0;
    for (int i = 0; i < files.size(); i += step) {
      Path file = files.get(i);
      String name = file.getFileName().toString().replace(".mlir", "");
      if (Files.readString(file).contains("RUN-DISABLED")) {
        skipped.merge("RUN-DISABLED", 1, Integer::sum);
        continue;
      }
      try {
        SelfCheck.Report report = SelfCheck.run(HloParser.parse(file));
        if (report.passed() == KNOWN.containsKey(name)) {
          wrong.add(file + ": " + report);
        } else if (report.passed()) {
          good++;
        } else {
          skipped.merge("known to differ", 1, Integer::sum);
        }
      } catch (UnsupportedOpException e) {
        skipped.merge(e.what(), 1, Integer::sum);
      } catch (RuntimeException e) {
        wrong.add(file + ": " + e);
      }
    }
    System.out.println("programs: " + good + " hold, skipped: " + skipped);
    assertThat(wrong).isEmpty();
    return good;
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
