package dev.jacobi.hlo.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.shorthand.Recompose;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written reads back as the same program. That StableHLO reads it too is checked where JAX
 * is installed: goldens/accept_mlir.py reads what {@code JACOBI_PROGRAMS} keeps.
 */
class BytecodeWriterTest {
  private static final int QUICK_STEP = 80;

  private static String text(String name) throws IOException {
    try (var in = BytecodeWriterTest.class.getResourceAsStream("/dev/jacobi/hlo/text/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** How the program that was read differs from the one that was written. */
  private static Optional<String> difference(HloModule module, byte[] bytecode) {
    String written = normal(HloPrinter.printWithLocations(Recompose.of(module)));
    String read = normal(HloPrinter.printWithLocations(BytecodeReader.read("read", bytecode)));
    if (written.equals(read)) {
      return Optional.empty();
    }
    String[] lines = written.split("\n", -1);
    String[] others = read.split("\n", -1);
    int i = Arrays.mismatch(lines, others);
    return Optional.of(line(lines, i) + "\nbut read:\n" + line(others, i));
  }

  private static String line(String[] lines, int i) {
    return i < lines.length ? lines[i] : "(the end)";
  }

  /** VHLO does not tell an attribute's default from none, and has no types of channels. */
  private static String normal(String text) {
    return text.replace("{backend_config = \"\", ", "{")
        .replaceAll("(channel_handle<handle = \\d+), type = \\d+>", "$1, type = 0>")
        .replace("dense<\"0x00000000\">", "dense<0.000000e+00>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"operations", "others", "chlo", "accepted", "locations", "generic"})
  void everyOperationComesBack(String name) throws IOException {
    HloModule module = HloParser.parse(text(name + ".mlir"));
    byte[] bytecode = BytecodeWriter.write(module);
    assertThat(difference(module, bytecode)).isEmpty();
    assertThat(BytecodeWriter.write(module)).as("the same bytes").isEqualTo(bytecode);
    assertThat(difference(module, BytecodeWriter.write(module, VhloVersion.NEWEST))).isEmpty();
  }

  @Test
  void someProgramsComeBack() throws IOException {
    run(QUICK_STEP);
  }

  @Test
  @Tag("slow")
  void everyProgramComesBack() throws IOException {
    assertThat(run(1)).isGreaterThan(3_200);
  }

  private static int run(int step) throws IOException {
    Path folder = folder();
    assumeTrue(Files.isDirectory(folder), "skipped: there is no " + folder);
    List<String> wrong = new ArrayList<>();
    int good = 0;
    List<Path> files = files(folder);
    for (int i = 0; i < files.size(); i += step) {
      HloModule module;
      try {
        module = HloParser.parse(files.get(i));
      } catch (UnsupportedOpException e) {
        continue; // ConformanceTextTest counts these.
      }
      byte[] bytecode = BytecodeWriter.write(module);
      Path file = files.get(i);
      difference(module, bytecode).ifPresent(d -> wrong.add(file + ": " + d));
      keep(file, module, bytecode);
      good++;
    }
    assertThat(wrong).isEmpty();
    return good;
  }

  private static void keep(Path file, HloModule module, byte[] bytecode) throws IOException {
    Optional<String> programs = Config.get("programs");
    if (programs.isPresent()) {
      String name = file.getFileName().toString().replace(".mlir", "");
      Path folder = Files.createDirectories(Path.of(programs.get()));
      Files.writeString(folder.resolve(name + ".mlir"), HloPrinter.print(module));
      Files.write(folder.resolve(name + ".mlirbc"), bytecode);
    }
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

  // --- versions ---

  private static HloModule of(String operation, String operand, String result) {
    return HloParser.parse(
        "func.func @main(%0: "
            + operand
            + ") -> "
            + result
            + " {\n  "
            + operation
            + "\n  return %1 : "
            + result
            + "\n}");
  }

  /** What needs a version: there it is written and read, one version before it is an error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.2.0  | type i2 | tensor<2xi2> | %1 = stablehlo.add %0, %0 : tensor<2xi2>
          1.7.0  | type f8E4M3 | tensor<f8E4M3> | %1 = stablehlo.add %0, %0 : tensor<f8E4M3>
          1.8.0  | type f4E2M1FN | tensor<f4E2M1FN> | %1 = stablehlo.add %0, %0 : tensor<f4E2M1FN>
          1.4.0  | stablehlo.tan | tensor<f32> | %1 = stablehlo.tan %0 : tensor<f32>
          1.9.0  | an accuracy of stablehlo.exponential | tensor<f32> | \
          %1 = stablehlo.exponential %0 {result_accuracy = \
          #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<f32>
          1.10.0 | an accuracy of stablehlo.sine | tensor<f32> | \
          %1 = stablehlo.sine %0 {result_accuracy = \
          #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<f32>
          1.6.0  | an algorithm of stablehlo.dot_general | tensor<2x2xf32> | \
          %1 = stablehlo.dot_general %0, %0, contracting_dims = [1] x [0], algorithm = \
          <lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, \
          lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 1, \
          allow_imprecise_accumulation = false> : (tensor<2x2xf32>, tensor<2x2xf32>) \
          -> tensor<2x2xf32>
          1.3.0  | a dictionary as backend_config | tensor<f32> | \
          %1 = stablehlo.custom_call @f(%0) {api_version = 4 : i32, backend_config = {a = 1 : i32}} \
          : (tensor<f32>) -> tensor<f32>
          1.18.0 | result_tilings | tensor<f32> | \
          %1 = stablehlo.custom_call @f(%0) {result_tilings = [[1 : i32]]} : (tensor<f32>) \
          -> tensor<f32>
          1.11.0 | chlo.erf | tensor<f32> | %1 = chlo.erf %0 : tensor<f32> -> tensor<f32>
          """)
  void whatAVersionLacksIsANamedError(String since, String what, String type, String operation) {
    HloModule module = of(operation, type, type);
    VhloVersion version = VhloVersion.parse(since);
    assertThat(difference(module, BytecodeWriter.write(module, version))).isEmpty();
    VhloVersion before = VhloVersion.of(1, version.minor() - 1);
    assertThatThrownBy(() -> BytecodeWriter.write(module, before))
        .isInstanceOf(VhloVersionException.class)
        .hasMessageContaining(what)
        .hasMessageContaining("since VHLO " + version + ", not in " + before);
    String producer = new String(BytecodeWriter.write(module), 5, 17, StandardCharsets.US_ASCII);
    boolean usual = VhloVersion.USUAL.isAtLeast(version);
    assertThat(producer).isEqualTo("StableHLO_v" + (usual ? VhloVersion.USUAL : version));
  }

  @Test
  void batchingDimensionsNeedAVersion() throws IOException {
    HloModule module = HloParser.parse(text("operations.mlir"));
    assertThatThrownBy(() -> BytecodeWriter.write(module, VhloVersion.OLDEST))
        .isInstanceOf(VhloVersionException.class)
        .hasMessageContaining("since VHLO 1.");
  }

  @ParameterizedTest
  @CsvSource({
    "0.9.0, VHLO is written in versions 1.0.0 to 1.20.0",
    "1.21.0, VHLO is written in versions 1.0.0 to 1.20.0",
    "9999.0.0, VHLO is written in versions 1.0.0 to 1.20.0",
    "1.x, is no version of VHLO",
    "99999999999.0.0, is no version of VHLO"
  })
  void versionsThatAreNotWritten(String version, String message) {
    HloModule module = HloParser.parse("func.func @main() {\n  return\n}");
    assertThatThrownBy(() -> BytecodeWriter.write(module, VhloVersion.parse(version)))
        .isInstanceOf(VhloVersionException.class)
        .hasMessageContaining(message);
  }

  @Test
  void patchesAreOfTheirRelease() {
    HloModule module = HloParser.parse("func.func @main() {\n  return\n}");
    byte[] bytecode = BytecodeWriter.write(module, VhloVersion.parse("1.13.7"));
    assertThat(new String(bytecode, 5, 17, StandardCharsets.US_ASCII))
        .isEqualTo("StableHLO_v1.13.7");
    assertThat(difference(module, bytecode)).isEmpty();
  }

  /** Attributes that programs carry as text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "my.a = -3 : i32",
        "my.a = 200 : ui8",
        "my.a = -1 : i8",
        "my.a = 18446744073709551615 : ui64",
        "my.a = 0x7F800000 : f32",
        "my.a = true",
        "my.a",
        "my.a = [1 : i64, \"x\\22y\", @f]",
        "my.a = {b = {c = 1 : i64}, d = []}",
        "my.a = dense<[1, 2]> : tensor<2xi32>",
        "my.a = f32",
        "my.a = tensor<2x?xbf16>",
        "my.a = #sdy.sharding<@mesh, [{}]>"
      })
  void attributesComeBack(String attribute) {
    for (String place :
        List.of(
            "module attributes {%s} {\n func.func @main() {\n return\n }\n}",
            "func.func @main() attributes {%s} {\n return\n}",
            "func.func @main(%%0: tensor<f32> {%s}) {\n return\n}",
            "func.func @main() {\n stablehlo.custom_call @f() {%s} : () -> ()\n return\n}")) {
      HloModule module = HloParser.parse(place.formatted(attribute));
      HloModule read = BytecodeReader.read("read", BytecodeWriter.write(module));
      assertThat(attributes(read)).isEqualTo(attributes(module));
    }
  }

  private static String attributes(HloModule module) {
    // Numbers are printed by value or by bits: both are taken apart.
    return HloPrinter.print(module)
        .replace("dense<\"0x0100000002000000\">", "dense<[1, 2]>")
        .replace("@\"f\"", "\"f\"")
        .replace("@f]", "\"f\"]");
  }
}
