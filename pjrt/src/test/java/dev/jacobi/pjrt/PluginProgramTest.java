package dev.jacobi.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plugin's compiler does not know, or does wrong, is rewritten for it. */
@Tag("xla")
class PluginProgramTest {
  private static final String CHOLESKY =
      """
      func.func @main(%a: tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<i32>) {
        %0:2 = stablehlo.custom_call @lapack_dpotrf_ffi(%a) {
          mhlo.backend_config = {uplo = 76 : ui8},
          operand_layouts = [dense<[0, 1]> : tensor<2xindex>],
          result_layouts = [dense<[0, 1]> : tensor<2xindex>, dense<> : tensor<0xindex>]
        } : (tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<i32>)
        return %0#0, %0#1 : tensor<2x2xf64>, tensor<i32>
      }
      """;

  private static Backend engine;

  /** A program without parameters, and what is special about it. */
  record Program(String why, String text) {
    @Override
    public String toString() {
      return why;
    }
  }

  static Stream<Program> programs() {
    return Stream.concat(operations().stream(), types().stream());
  }

  private static List<Program> operations() {
    return List.of(
        new Program(
            "a maximum keeps a NaN",
            """
            func.func @main() -> tensor<2xf32> {
              %x = stablehlo.constant dense<0.0> : tensor<2xf32>
              %i = stablehlo.constant dense<[[0], [0], [1]]> : tensor<3x1xi32>
              %u = stablehlo.constant dense<[1.0, 0x7FC00000, 2.0]> : tensor<3xf32>
              %0 = "stablehlo.scatter"(%x, %i, %u) <{
                scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0],
                  scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
              ^bb0(%a: tensor<f32>, %b: tensor<f32>):
                %m = stablehlo.maximum %a, %b : tensor<f32>
                stablehlo.return %m : tensor<f32>
              }) : (tensor<2xf32>, tensor<3x1xi32>, tensor<3xf32>) -> tensor<2xf32>
              return %0 : tensor<2xf32>
            }
            """),
        new Program(
            "a window without dimensions, over which XLA ends the process",
            """
            func.func @main() -> tensor<i16> {
              %x = stablehlo.constant dense<3> : tensor<i16>
              %c = stablehlo.constant dense<4> : tensor<i16>
              %0 = "stablehlo.select_and_scatter"(%x, %x, %c) <{padding = dense<> : tensor<0x2xi64>,
                window_dimensions = array<i64>, window_strides = array<i64>}> ({
              ^bb0(%a: tensor<i16>, %b: tensor<i16>):
                %1 = stablehlo.compare GE, %a, %b : (tensor<i16>, tensor<i16>) -> tensor<i1>
                stablehlo.return %1 : tensor<i1>
              }, {
              ^bb0(%a: tensor<i16>, %b: tensor<i16>):
                %1 = stablehlo.add %a, %b : tensor<i16>
                stablehlo.return %1 : tensor<i16>
              }) : (tensor<i16>, tensor<i16>, tensor<i16>) -> tensor<i16>
              return %0 : tensor<i16>
            }
            """),
        new Program(
            "a complex constant made real, over which XLA ends the process",
            """
            func.func @main() -> tensor<2x1xbf16> {
              %x = stablehlo.constant dense<(7.0, 3.0)> : tensor<2x1xcomplex<f32>>
              %0 = stablehlo.convert %x : (tensor<2x1xcomplex<f32>>) -> tensor<2x1xbf16>
              return %0 : tensor<2x1xbf16>
            }
            """),
        new Program(
            "an operation that XLA's translation lacks",
            """
            func.func @main() -> tensor<2xf32> {
              %x = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
              %0 = stablehlo.unary_einsum %x, config = "ab->a" : (tensor<2x2xf32>) -> tensor<2xf32>
              return %0 : tensor<2xf32>
            }
            """));
  }

  private static List<Program> types() {
    return List.of(
        new Program(
            "eight-bit numbers",
            """
            func.func @main() -> (tensor<4xf8E4M3FN>, tensor<4xf8E5M2>) {
              %x = stablehlo.constant dense<[0.3, -7.0, 1000.0, 0x7FC00000]> : tensor<4xf32>
              %0 = stablehlo.convert %x : (tensor<4xf32>) -> tensor<4xf8E4M3FN>
              %1 = stablehlo.convert %x : (tensor<4xf32>) -> tensor<4xf8E5M2>
              return %0, %1 : tensor<4xf8E4M3FN>, tensor<4xf8E5M2>
            }
            """),
        new Program(
            "four-bit integers",
            """
            func.func @main() -> (tensor<3xi4>, tensor<3xi32>) {
              %x = stablehlo.constant dense<[-8, 3, 7]> : tensor<3xi4>
              %0 = stablehlo.add %x, %x : tensor<3xi4>
              %1 = stablehlo.convert %0 : (tensor<3xi4>) -> tensor<3xi32>
              return %0, %1 : tensor<3xi4>, tensor<3xi32>
            }
            """),
        new Program(
            "six-bit numbers, which the interface lacks",
            """
            func.func @main() -> tensor<2xf6E2M3FN> {
              %x = stablehlo.constant dense<[0.3, -7.0]> : tensor<2xf32>
              %0 = stablehlo.convert %x : (tensor<2xf32>) -> tensor<2xf6E2M3FN>
              return %0 : tensor<2xf6E2M3FN>
            }
            """));
  }

  @BeforeAll
  static void open() {
    assumeTrue(Engines.names().contains("pjrt:cpu"), "no PJRT plugin for CPUs is installed");
    engine = Engines.find("pjrt:cpu");
  }

  private static List<Literal> run(Executable program, List<Literal> arguments) {
    Buffer[] in =
        arguments.stream().map(a -> engine.fromHost(a.type(), a.data())).toArray(Buffer[]::new);
    List<Literal> out = new ArrayList<>();
    for (Buffer b : program.execute(in)) {
      out.add(Literal.copyOf(b.type(), b.toHost()));
    }
    return out;
  }

  private static Literal matrix(double... values) {
    return Literal.copyOf(
        TensorType.of(dev.jacobi.hlo.DType.F64, 2, 2),
        java.lang.foreign.MemorySegment.ofArray(values));
  }

  /** Their bytes. */
  private static List<String> texts(List<Literal> all) {
    return all.stream()
        .map(
            x -> x.type() + " " + HexFormat.ofDelimiter(" ").formatHex(x.data().toArray(JAVA_BYTE)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void agreesWithTheInterpreter(Program program) {
    HloModule module = HloParser.parse(program.text());
    try (Executable compiled = engine.compile(module, CompileOptions.DEFAULT)) {
      assertThat(texts(run(compiled, List.of())))
          .isEqualTo(texts(Interpreter.run(module, List.of())));
    }
  }

  @Test
  void whatWouldEndTheProcessIsRefused() {
    HloModule module =
        HloParser.parse(
            """
            func.func @main(%x: tensor<3xcomplex<f32>>) -> tensor<3xcomplex<f32>> {
              %0 = stablehlo.remainder %x, %x : tensor<3xcomplex<f32>>
              return %0 : tensor<3xcomplex<f32>>
            }
            """);
    assertThatThrownBy(() -> engine.compile(module, CompileOptions.DEFAULT))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("stablehlo.remainder of complex numbers on a plugin");
  }

  @Test
  void callsOfJavaAreRefused() {
    HloModule module =
        HloParser.parse(
            """
            func.func @main(%x: tensor<f32>) -> tensor<f32> {
              %0 = stablehlo.custom_call @jacobi.callback(%x) {
                api_version = 4 : i32, backend_config = {function = 1 : i64}
              } : (tensor<f32>) -> tensor<f32>
              return %0 : tensor<f32>
            }
            """);
    assertThatThrownBy(() -> engine.compile(module, CompileOptions.DEFAULT))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("run the program on the cpu");
  }

  @Test
  void nothingIsChecked() {
    HloModule module =
        HloParser.parse(
            """
            module @checked {
              func.func public @main() -> tensor<i1> {
                %no = stablehlo.constant dense<false> : tensor<i1>
                stablehlo.composite "jacobi.check" %no {
                  composite_attributes = {message = "no"}, decomposition = @nothing
                } : (tensor<i1>) -> ()
                return %no : tensor<i1>
              }
              func.func private @nothing(%p: tensor<i1>) {
                return
              }
            }
            """);
    try (Executable compiled = engine.compile(module, CompileOptions.DEFAULT)) {
      assertThat(run(compiled, List.of()).getFirst().getBoolean(0)).isFalse();
    }
  }

  /** Arrays of narrow types go there and come back. */
  @Test
  void narrowArguments() {
    HloModule module =
        HloParser.parse(
            """
            func.func @main(%x: tensor<3xi4>, %y: tensor<3xf8E5M2>)
                -> (tensor<3xi4>, tensor<3xf8E5M2>) {
              %0 = stablehlo.negate %x : tensor<3xi4>
              %1 = stablehlo.negate %y : tensor<3xf8E5M2>
              return %0, %1 : tensor<3xi4>, tensor<3xf8E5M2>
            }
            """);
    List<Literal> arguments = new ArrayList<>();
    for (TensorType type : module.main().inputs()) {
      byte[] bytes = {1, 7, 4};
      arguments.add(Literal.copyOf(type, java.lang.foreign.MemorySegment.ofArray(bytes)));
    }
    try (Executable compiled = engine.compile(module, CompileOptions.DEFAULT)) {
      assertThat(texts(run(compiled, arguments)))
          .isEqualTo(texts(Interpreter.run(module, arguments)));
    }
  }

  @Test
  void lapackRunsInJava() {
    HloModule module = HloParser.parse(CHOLESKY);
    List<Literal> a = List.of(matrix(4, 2, 2, 5));
    int before = HostCalls.kept();
    try (Executable cholesky = engine.compile(module, CompileOptions.DEFAULT)) {
      List<Literal> factor = run(cholesky, a);
      assertThat(factor).isEqualTo(Interpreter.run(module, a));
      assertThat(factor.getFirst().getDouble(3)).isEqualTo(2);
      assertThat(HostCalls.kept()).isEqualTo(before + 1);
    }
    assertThat(HostCalls.kept()).isEqualTo(before);
  }

  /** Java's part of a call has ended before the program can be closed. */
  @Test
  void closedRightAfterItsCall() {
    HloModule module = HloParser.parse(CHOLESKY.replace("2x2x", "150x150x"));
    TensorType type = module.main().inputs().getFirst();
    java.lang.foreign.MemorySegment data = Literal.allocate(type);
    for (int i = 0; i < 150 * 150; i++) {
      Literal.set(type.dtype(), data, i, i % 151 == 0 ? 300 : 1, 0);
    }
    Buffer[] in = {engine.fromHost(type, data)};
    Executable cholesky = engine.compile(module, CompileOptions.DEFAULT);
    Buffer factor = cholesky.execute(in)[0];
    cholesky.close();
    assertThat(Literal.copyOf(type, factor.toHost()))
        .isEqualTo(Interpreter.run(module, List.of(Literal.wrap(type, data))).getFirst());
  }

  @Test
  void whatJavaThrowsIsThePluginsError() {
    try (Executable cholesky = engine.compile(HloParser.parse(CHOLESKY), CompileOptions.DEFAULT)) {
      HostCalls.forget(LongStream.range(0, 10_000).boxed().toList());
      assertThatThrownBy(() -> run(cholesky, List.of(matrix(4, 2, 2, 5))))
          .isInstanceOf(PjrtException.class)
          .hasMessageContaining("a call of a program that is gone");
    }
  }
}
