package dev.jacobi.examples;

import static dev.jacobi.Jacobi.withBackend;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.sin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.spi.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The project as a whole on a PJRT plugin: the one that {@code ./jacobi test xla} names, else XLA's
 * for CPUs. Skipped where there is none. The tests of {@code core} run on it by the build.
 */
@Tag("slow")
@Tag("xla")
class XlaTest {
  private static final String PLUGIN =
      Optional.ofNullable(System.getenv("JACOBI_TEST_PLUGIN")).orElse("pjrt:cpu");

  private static final long SECONDS = 300;
  private static final int FIRST = 100;
  private static final int SHAPES = 20_000;

  @TempDir private Path temp;

  @BeforeAll
  static void isInstalled() {
    assumeTrue(
        PLUGIN.contains("/") || Engines.names().contains(PLUGIN),
        "no PJRT plugin " + PLUGIN + " is installed (docs/xla.md)");
  }

  static Stream<String> programs() {
    return ExamplesTest.programs();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void examplesPrintTheSame(String name) throws Exception {
    ExamplesTest.printed(name, Launcher.on(temp, PLUGIN, SECONDS, "examples/" + name + ".java"));
  }

  /** The main job as it is, but that it prints each loss. */
  @Test
  void theMainJobLearnsTheSame() throws Exception {
    var source = Files.readString(Sources.ROOT.resolve("examples/Digits.java"));
    var line = "sum += next.loss().item();";
    assertThat(source).containsOnlyOnce(line);
    var program = temp.resolve("Digits.java");
    Files.writeString(
        program, source.replace(line, line + "System.out.println(next.loss().item());"));
    var ours = job("cpu", program);
    var theirs = job(PLUGIN, program);
    for (int i = 0; i < FIRST; i++) {
      assertThat(loss(theirs, i)).as("loss " + i).isCloseTo(loss(ours, i), withinPercentage(0.01));
    }
    assertThat(accuracy(theirs)).isCloseTo(accuracy(ours), withinPercentage(1));
  }

  private List<String> job(String backend, Path program) throws Exception {
    var png = temp.resolve("digits.png").toString();
    var result = Launcher.on(temp, backend, SECONDS, program.toString(), "0", png);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out().lines().toList();
  }

  private static Double loss(List<String> printed, int i) {
    return Double.valueOf(printed.get(i));
  }

  private static Double accuracy(List<String> printed) {
    return Double.valueOf(printed.getLast().split(" ")[2]);
  }

  /** More programs than XLA has room for; those of long ago are compiled again. */
  @Test
  @Tag("long")
  void twentyThousandShapes() {
    var before = Backends.current().name();
    withBackend(PLUGIN);
    try {
      for (int i = 0; i < SHAPES; i++) {
        sineOfOnes(i);
      }
      for (int i = 0; i < SHAPES; i += 199) {
        sineOfOnes(i);
      }
    } finally {
      withBackend(before);
    }
  }

  private static void sineOfOnes(int i) {
    var ones = new float[1 + i / 150][1 + i % 150];
    for (var row : ones) {
      Arrays.fill(row, 1);
    }
    var sines = sin(array(ones)).toFloatArray();
    assertThat(sines).hasSize(ones.length * ones[0].length);
    assertThat(sines[sines.length - 1]).isCloseTo((float) Math.sin(1), withinPercentage(0.001));
  }

  /** A few only: later seeds meet faults of XLA, which docs/xla.md tells of. */
  @Test
  void randomProgramsAgree() throws Exception {
    String[] fuzz = {"hlo", "fuzz", "--backend", PLUGIN, "--seed", "1", "--programs", "20"};
    var result = Launcher.on(temp, "cpu", SECONDS, fuzz);
    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out()).containsPattern("(1[5-9]|20) passed, 0 failed");
  }

  /** StableHLO's programs and JAX's, where they are at hand; those that differ are listed. */
  @Test
  @Tag("long")
  void conformanceProgramsHold() throws Exception {
    Path folder = Sources.ROOT.resolve("../shared/conformance").normalize();
    assumeTrue(Files.isDirectory(folder), "there is no " + folder);
    var result =
        Launcher.on(temp, "cpu", 3600, "hlo", "check", folder.toString(), "--backend", PLUGIN);
    System.out.println(result.out());
    Map<String, String> known = known();
    var failed = new TreeSet<String>();
    Pattern.compile("FAILED \\S*/([^/]+)\\.mlir: ")
        .matcher(result.out())
        .results()
        .forEach(m -> failed.add(m.group(1)));
    assertThat(failed).isEqualTo(new TreeSet<>(known.keySet()));
  }

  /** Programs that XLA answers otherwise than recorded, and why. */
  private static Map<String, String> known() throws IOException {
    try (var in = XlaTest.class.getResourceAsStream("xla-differs.tsv")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.startsWith("#") && !l.isBlank())
          .map(l -> l.split("\t"))
          .collect(Collectors.toMap(l -> l[0], l -> l[1]));
    }
  }
}
