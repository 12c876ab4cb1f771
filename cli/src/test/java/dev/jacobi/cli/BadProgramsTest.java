package dev.jacobi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that are wrong on purpose, through every command: exit code 1 and one line that says
 * what is wrong and where, soon.
 */
class BadProgramsTest {
  private static final List<String> READ = List.of("print", "verify", "run");
  private static final List<String> VERIFY = List.of("verify", "run");
  private static final List<String> RUN = List.of("run");

  /** A program, the commands that refuse it, and what they say behind the file's name. */
  record Bad(String text, List<String> commands, String message) {}

  private static Bad bad(List<String> commands, String message, String... lines) {
    return new Bad(String.join("\n", lines) + "\n", commands, message);
  }

  private static Bad main(List<String> commands, String message, String... lines) {
    return bad(
        commands,
        message,
        "func.func @main(%x: tensor<2xf32>) {",
        String.join("\n", lines),
        "return",
        "}");
  }

  static Stream<Bad> programs() {
    return Stream.concat(malformed(), invalid());
  }

  private static Stream<Bad> malformed() {
    return Stream.of(
        bad(READ, ":2:1: ", "func.func @main("),
        bad(READ, ":1:1: ", "\"unfinished"),
        bad(READ, ":2:1: ", "func.func @main() {"),
        bad(
            READ,
            ":4:1: @main is defined twice",
            "func.func @main() {",
            "return",
            "}",
            "func.func @main() {",
            "return",
            "}"),
        main(
            READ,
            ":2:6: not supported: stablehlo.unheard_of",
            "%0 = stablehlo.unheard_of %x : tensor<2xf32>"),
        main(READ, ":2:20: %y is not defined here", "%0 = stablehlo.abs %y : tensor<2xf32>"),
        main(READ, ":2:6: %x is defined twice", "%x = stablehlo.abs %x : tensor<2xf32>"),
        main(
            READ,
            ":2:32: this dimension is too large",
            "%0 = stablehlo.abs %x : tensor<99999999999999999999xf32>"),
        main(READ, ":2:6: ", "%0 = stablehlo.abs %x : tensor<3xf32>"),
        main(READ, ":2:6: expected an operation", "%0 = " + "(".repeat(100_000)),
        main(READ, ":2:", "%0 = stablehlo.constant dense<" + "[".repeat(100_000)));
  }

  private static Stream<Bad> invalid() {
    return Stream.of(
        main(
            VERIFY,
            "add_c1: ",
            "%i = stablehlo.iota dim = 0 : tensor<3xf32>",
            "%0 = \"stablehlo.add\"(%x, %i) : (tensor<2xf32>, tensor<3xf32>) -> tensor<2xf32>"),
        bad(
            VERIFY,
            "call_recursion: ",
            "func.func @main() {",
            "call @f() : () -> ()",
            "return",
            "}",
            "func.func @f() {",
            "call @f() : () -> ()",
            "return",
            "}"),
        bad(
            RUN,
            ":2:6: not supported: custom_call @nothing",
            "func.func @main() {",
            "%0 = stablehlo.custom_call @nothing() : () -> tensor<f32>",
            "return",
            "}"),
        bad(
            RUN,
            ":3:6: not supported: custom_call @lapack_sgetrf_ffi needs a matrix",
            "func.func @main() {",
            "%c = stablehlo.constant dense<1.0> : tensor<2xf32>",
            "%0 = stablehlo.custom_call @lapack_sgetrf_ffi(%c) : (tensor<2xf32>) -> tensor<f32>",
            "return",
            "}"),
        bad(
            RUN,
            "the interpreter cannot hold 1000000000000000 elements",
            "func.func @main() {",
            "%c = stablehlo.constant dense<1.0> : tensor<f32>",
            "%0 = stablehlo.broadcast_in_dim %c, dims = []"
                + " : (tensor<f32>) -> tensor<100000x100000x100000xf32>",
            "return",
            "}"),
        bad(
            RUN,
            ":3:6",
            "func.func @main() {",
            "%c = stablehlo.constant dense<-4> : tensor<1xi64>",
            "%0 = stablehlo.dynamic_iota %c, dim = 0 : (tensor<1xi64>) -> tensor<?xf32>",
            "return",
            "}"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void refused(Bad bad, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("program.mlir"), bad.text());
    for (String command : bad.commands()) {
      boolean takesInput = bad.text().contains("%x: tensor<2xf32>");
      if (command.equals("run") && takesInput && !bad.commands().equals(READ)) {
        continue; // Its input is read first.
      }
      Assertions.assertTimeout(Duration.ofSeconds(20), () -> check(command, file, bad));
    }
  }

  private static void check(String command, Path file, Bad bad) {
    var out = new StringWriter();
    var err = new StringWriter();
    String[] args = {"hlo", command, file.toString()};
    if (command.equals("run")) {
      args = new String[] {"hlo", command, file.toString(), "--backend", "interpreter"};
    }
    int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), args);
    assertThat(code).as(err.toString()).isEqualTo(1);
    String said = err.toString().strip();
    assertThat(said).startsWith(file.toString());
    boolean placed = bad.message().startsWith(":");
    assertThat(said).contains(placed ? "program.mlir" + bad.message() : bad.message());
    assertThat(said.lines().count()).as(said).isLessThanOrEqualTo(3); // With the line and a mark.
    assertThat(said.length()).isLessThan(1000);
  }
}
