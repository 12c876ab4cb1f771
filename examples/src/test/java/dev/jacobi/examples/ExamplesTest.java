package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example program, started as a user starts it. */
class ExamplesTest {
  private static final Path EXAMPLES = Sources.ROOT.resolve("examples");

  @TempDir static Path temp;

  /** Programs with a file of what they print; the others have tests of their own. */
  static Stream<String> programs() {
    return Sources.programs().stream()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .filter(name -> !Set.of("DataParallel", "Digits", "Parallelism", "Serve").contains(name))
        .filter(name -> !LoopProgramsTest.programs().contains(name))
        .filter(name -> !NotebooksTest.programs().contains(name));
  }

  @ParameterizedTest
  @MethodSource("programs")
  @Tag("slow")
  void printsWhatIsExpected(String name) throws Exception {
    printed(name, Launcher.run(temp, "examples/" + name + ".java"));
  }

  /** Holds what a program printed against its file. */
  static void printed(String name, Launcher.Result result) throws IOException {
    var expected = Files.readString(EXAMPLES.resolve("expected/" + name + ".txt"));
    assertThat(result.code()).as(result.err()).isZero();
    Printed.isLike(name, result.out(), expected);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void isHardlyLongerThanInPython(String name) throws IOException {
    var python = name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT) + ".py";
    long budget = lines(EXAMPLES.resolve("python").resolve(python)) * 3 / 2;
    assertThat(lines(EXAMPLES.resolve(name + ".java"))).isLessThanOrEqualTo(budget);
  }

  private static long lines(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).count();
    }
  }

  @Test
  @Tag("slow")
  void theMainJobReadsDigits() throws Exception {
    var png = temp.resolve("digits.png");
    var result = Launcher.run(temp, "examples/Digits.java", "0", png.toString());
    assertThat(result.err() + result.out()).contains("test accuracy");
    var last = result.out().lines().toList().getLast();
    assertThat(last).matches("test accuracy \\d\\d\\.\\d %");
    assertThat(Double.parseDouble(last.split(" ")[2])).isGreaterThanOrEqualTo(97.0);
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G').hasSizeGreaterThan(10_000);
  }

  @Test
  @Tag("slow")
  void eightDevicesReadDigits() throws Exception {
    var result = Launcher.run(temp, "examples/DataParallel.java", "--devices", "8");
    assertThat(result.out()).as(result.err()).startsWith("8 devices");
    var last = result.out().lines().toList().getLast();
    assertThat(last).matches("test accuracy \\d\\d\\.\\d %");
    assertThat(Double.parseDouble(last.split(" ")[2])).isGreaterThanOrEqualTo(97.0);
  }

  /** Five ways to divide a transformer block, each compared with one device by the program. */
  @Test
  @Tag("slow")
  void waysOfParallelismAgree() throws Exception {
    printed("Parallelism", Launcher.run(temp, "examples/Parallelism.java"));
  }

  @Test
  @Tag("slow")
  void errorsOfAProgramEndIt() throws Exception {
    var program = temp.resolve("Wrong.java");
    Files.writeString(program, "void main() {\n  throw new IllegalStateException(\"no\");\n}\n");
    for (int run = 0; run < 2; run++) {
      var result = Launcher.run(temp, program.toString());
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err().lines().limit(2))
          .containsExactly(
              "java.lang.IllegalStateException: no", "    at Wrong.main(Wrong.java:2)");
    }
    Files.writeString(program, "void main() {\n  int x = \"no\";\n}\n", StandardCharsets.UTF_8);
    var result = Launcher.run(temp, program.toString());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("Wrong.java:2: error: incompatible types");
  }

  @Test
  @Tag("slow")
  void aDamagedProgramIsCompiledAnew() throws Exception {
    var program = temp.resolve("Fine.java");
    Files.writeString(program, "void main() {\n  IO.println(6 * 7);\n}\n");
    assertThat(Launcher.run(temp, program.toString()).out()).isEqualTo("42\n");
    List<Path> compiled;
    try (var files = Files.walk(temp.resolve("cache/programs"))) {
      // Other tests' programs lie beside it.
      compiled =
          files
              .filter(Files::isRegularFile)
              .filter(file -> Files.exists(file.resolveSibling("Fine.class")))
              .toList();
    }
    assertThat(compiled).hasSize(3);
    for (Path file : compiled) {
      var bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
      var again = Launcher.run(temp, program.toString());
      assertThat(again.out()).as(file + ": " + again.err()).isEqualTo("42\n");
      Files.write(file, new byte[0]);
      assertThat(Launcher.run(temp, program.toString()).out()).isEqualTo("42\n");
    }
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    var result = Launcher.run(temp, "examples/Nothing.java");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("examples/Nothing.java does not exist");
  }

  @Test
  void aJdkThatIsTooOldIsNamed() throws Exception {
    var old = Files.createDirectories(temp.resolve("jdk-21/bin")).getParent();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"21.0.4\"\n");
    var java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    var script = ". bin/jdk.sh; jdk_homes() { echo " + old + "; }; find_jdk";
    var result = Launcher.start(temp, List.of("bash", "-c", script), "JAVA_HOME", "");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("no JDK 25 or later was found")
        .contains(old + " (version 21.0.4)")
        .contains("JAVA_HOME");
  }
}
