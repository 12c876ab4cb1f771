package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.emit.ProgramEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops that run lane by lane give the bits of the interpreter, whatever the number of lanes. */
class LanesTest {
  private static HloModule program(String name, String lanes, String dtype) throws IOException {
    try (var in = LanesTest.class.getResourceAsStream("lanes/" + name + ".mlir")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return HloParser.parse(text.replace("NN", lanes).replace("TT", dtype));
    }
  }

  private static String plan(HloModule module) {
    List<String> found = new ArrayList<>();
    var hlo = Pipeline.canonical(module, Dump.of("test"));
    var options = new ProgramEmitter.Options(Target.of(Isa.AVX2).irTarget(), Isa.AVX2, true);
    ProgramEmitter.emit(
        hlo,
        options,
        (kind, function, text) -> {
          if (kind.equals("fuse")) {
            found.add(text.get());
          }
        });
    return String.join("\n", found);
  }

  private static Stream<Arguments> programs(List<String> lanes, List<String> dtypes) {
    List<Arguments> all = new ArrayList<>();
    for (String n : lanes) {
      for (String t : dtypes) {
        for (String name : List.of("uniform", "own_ends", "stacked", "indexed")) {
          all.add(Arguments.of(name, n, t));
        }
      }
    }
    return all.stream();
  }

  static Stream<Arguments> some() {
    var alone =
        Stream.of("f32", "f64", "i32")
            .flatMap(t -> Stream.of("alone", "captured").map(n -> Arguments.of(n, "13", t)));
    return Stream.concat(programs(List.of("13"), List.of("f32", "i32")), alone);
  }

  static Stream<Arguments> all() {
    return programs(
        List.of("2", "13", "64", "100", "3001"),
        List.of("f32", "f64", "i32", "i8", "bf16", "complex<f32>"));
  }

  @ParameterizedTest
  @MethodSource("some")
  void agreesWithTheInterpreter(String name, String lanes, String dtype) throws IOException {
    HloModule module = program(name, lanes, dtype);
    assertThat(plan(module)).contains("lane by lane");
    List<Literal> arguments = Engines.arguments(module, 7);
    List<Literal> expected = Engines.run(Engines.interpreter(), module, arguments, 1);
    for (int threads : List.of(1, 3)) {
      assertThat(Engines.run(Engines.CPU, module, arguments, threads)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("slow")
  void agreesForEveryType(String name, String lanes, String dtype) throws IOException {
    agreesWithTheInterpreter(name, lanes, dtype);
  }

  /** Step by step in programs of their own, as the engine sums; the interpreter sums otherwise. */
  @ParameterizedTest
  @CsvSource({"2, f32", "13, f64", "200, f32", "37, f64"})
  void sumsAsOtherProgramsDo(String lanes, String dtype) throws IOException {
    HloModule module = program("summed", lanes, dtype);
    assertThat(plan(module)).contains("lane by lane");
    List<Literal> arguments = Engines.arguments(module, 3);
    HloModule steps = HloParser.parse(unrolled(lanes, dtype));
    assertThat(Engines.run(Engines.CPU, module, arguments, 2))
        .isEqualTo(Engines.runEagerly(steps, arguments));
  }

  /** The two steps of the loop, one after the other. */
  private static String unrolled(String lanes, String dtype) throws IOException {
    try (var in = LanesTest.class.getResourceAsStream("lanes/summed.mlir")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String head = text.substring(0, text.indexOf("  %r:3"));
      String body =
          text.substring(text.indexOf("    %b ="), text.indexOf("    stablehlo.return %j"));
      String first = body.replaceAll("%(b|p|c|q|d|pq|pqd|u)\\b", "%$1_0");
      String second = first.replaceAll("_0\\b", "_1");
      first = first.replace("%a,", "%x,").replace("%s,", "%empty,");
      second = second.replace("%a,", "%b_0,").replace("%s,", "%u_0,");
      String end = "  return %b_1, %u_1 : tensor<NNx3xTT>, tensor<NNxTT>\n}\n";
      return (head + first + second + end).replace("NN", lanes).replace("TT", dtype);
    }
  }
}
