package dev.jacobi.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.memory.ClosedException;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloParser;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On XLA's CPU plugin, where {@code ./jacobi plugin list} finds one; skipped elsewhere. */
@Tag("xla")
class PjrtBackendTest {
  private static final String ADD =
      """
      func.func @main(%a: tensor<4xf32>, %b: tensor<4xf32>%s) -> tensor<4xf32> {
        %0 = stablehlo.add %a, %b : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """;

  private static Backend engine;

  @BeforeAll
  static void open() {
    assumeTrue(Engines.names().contains("pjrt:cpu"), "no PJRT plugin for CPUs is installed");
    engine = Engines.find("pjrt:cpu");
  }

  private static Executable compile(String text) {
    return engine.compile(HloParser.parse(text), CompileOptions.DEFAULT);
  }

  private static Executable add(String attribute) {
    return compile(ADD.replace("%s", attribute));
  }

  private static Buffer floats(float... values) {
    TensorType type = new TensorType(DType.F32, Shape.of(values.length));
    return engine.fromHost(type, MemorySegment.ofArray(values));
  }

  private static float[] floats(Buffer b) {
    return b.toHost().toArray(JAVA_FLOAT);
  }

  @Test
  void namesItsDevices() {
    assertThat(engine.name()).isEqualTo("pjrt:cpu");
    assertThat(engine.devices().getFirst()).hasToString("CpuDevice(id=0)");
    assertThat(Engines.find("pjrt:cpu")).isSameAs(engine);
    assertThat(PluginInfo.of("cpu")).contains("PJRT C API", "platform", "CpuDevice(id=0)");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void elementsOfEveryTypeGoAndComeBack(DType dtype) {
    TensorType type = new TensorType(dtype, Shape.of(3, 5));
    byte[] bytes = new byte[Math.toIntExact(type.byteSize())];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (dtype == DType.BOOL ? i & 1 : 37 * i);
    }
    Buffer there = engine.fromHost(type, MemorySegment.ofArray(bytes));
    assertThat(there.toHost().toArray(JAVA_BYTE)).isEqualTo(bytes);
    HloModule transpose =
        HloParser.parse(
            """
            func.func @main(%a: FROM) -> TO {
              %0 = stablehlo.transpose %a, dims = [1, 0] : (FROM) -> TO
              return %0 : TO
            }
            """
                .replace("FROM", type.toString())
                .replace("TO", new TensorType(dtype, Shape.of(5, 3)).toString()));
    Literal given = Literal.copyOf(type, MemorySegment.ofArray(bytes));
    Literal expected = Interpreter.run(transpose, List.of(given)).getFirst();
    Buffer result =
        engine.compile(transpose, CompileOptions.DEFAULT).execute(new Buffer[] {there})[0];
    assertThat(Literal.copyOf(result.type(), result.toHost())).isEqualTo(expected);
  }

  @Test
  void anEmptyArrayAndAScalar() {
    Executable empty =
        compile(
            """
            func.func @main(%a: tensor<0x3xf32>) -> (tensor<3xf32>, tensor<0x3xf32>) {
              %z = stablehlo.constant dense<7.0> : tensor<f32>
              %0 = stablehlo.reduce(%a init: %z) applies stablehlo.add across dimensions = [0]
                : (tensor<0x3xf32>, tensor<f32>) -> tensor<3xf32>
              return %0, %a : tensor<3xf32>, tensor<0x3xf32>
            }
            """);
    TensorType type = empty.inputs().getFirst();
    Buffer[] results =
        empty.execute(new Buffer[] {engine.fromHost(type, MemorySegment.ofArray(new float[0]))});
    assertThat(floats(results[0])).containsExactly(7, 7, 7);
    assertThat(floats(results[1])).isEmpty();
  }

  @Test
  void aResultIsAnArgument() {
    try (Executable add = add("")) {
      Buffer x = floats(1, 2, 3, 4);
      Buffer sum = x;
      for (int i = 0; i < 100; i++) {
        sum = add.execute(new Buffer[] {sum, x})[0];
      }
      assertThat(floats(sum)).containsExactly(101, 202, 303, 404);
    }
  }

  @Test
  void anotherBackendsArrayIsCopied() {
    Buffer other =
        Engines.find("interpreter")
            .fromHost(
                new TensorType(DType.F32, Shape.of(4)),
                MemorySegment.ofArray(new float[] {1, 2, 3, 4}));
    assertThat(floats(add("").execute(new Buffer[] {other, other})[0])).containsExactly(2, 4, 6, 8);
  }

  /** A CPU's plugin reads our engines' arrays where they lie; donation does not reach them. */
  @Test
  void anotherBackendsMemoryIsUsedInPlace() {
    Backend interpreter = Engines.find("interpreter");
    TensorType type = new TensorType(DType.F32, Shape.of(4));
    Buffer other = interpreter.fromHost(type, MemorySegment.ofArray(new float[] {1, 2, 3, 4}));
    MemorySegment view = other.toHost();
    Buffer there = engine.put(other, engine.devices().getFirst());
    assertThat(there.toHost().address()).isEqualTo(view.address());
    Executable add = add(" {tf.aliasing_output = 0 : i32}");
    assertThat(floats(add.execute(new Buffer[] {floats(1, 1, 1, 1), there})[0]))
        .containsExactly(2, 3, 4, 5);
    assertThat(there.isClosed()).isTrue();
    other.close();
    assertThat(view.toArray(JAVA_FLOAT)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void donationConsumesAnArgument() {
    Executable add = add(" {tf.aliasing_output = 0 : i32}");
    Buffer a = floats(1, 2, 3, 4);
    Buffer b = floats(5, 6, 7, 8);
    MemorySegment view = b.toHost();
    assertThat(floats(add.execute(new Buffer[] {a, b})[0])).containsExactly(6, 8, 10, 12);
    assertThat(b.isClosed()).isTrue();
    assertThat(a.isClosed()).isFalse();
    assertThat(view.toArray(JAVA_FLOAT))
        .as("a view that was taken before")
        .containsExactly(5, 6, 7, 8);
    assertThatThrownBy(() -> add.execute(new Buffer[] {a, b})).isInstanceOf(ClosedException.class);
  }

  @Test
  void wrongArgumentsAreRefusedBeforeThePluginSeesThem() {
    Executable add = add("");
    Buffer three = floats(1, 2, 3);
    assertThatThrownBy(() -> add.execute(new Buffer[] {three, three}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("argument 0 is a tensor<4xf32>, not a tensor<3xf32>");
    assertThatThrownBy(() -> add.execute(new Buffer[] {three}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the program takes 2 arguments, not 1");
  }

  @Test
  void whatThePluginCannotCompileIsItsError() {
    String text =
        """
        func.func @main(%a: tensor<2xf32>) -> tensor<2xf32> {
          %0 = stablehlo.custom_call @nobody(%a) {api_version = 4 : i32, backend_config = {}}
            : (tensor<2xf32>) -> tensor<2xf32>
          return %0 : tensor<2xf32>
        }
        """;
    assertThatThrownBy(() -> compile(text).execute(new Buffer[] {floats(1, 2)}))
        .isInstanceOf(PjrtException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void manyThreadsShareAProgram() throws InterruptedException, ExecutionException {
    Executable add = add("");
    Buffer x = floats(1, 2, 3, 4);
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<float[]>> sums =
          IntStream.range(0, 8)
              .mapToObj(
                  k ->
                      threads.submit(
                          () -> {
                            Buffer sum = floats(k, k, k, k);
                            for (int i = 0; i < 200; i++) {
                              Buffer next = add.execute(new Buffer[] {sum, x})[0];
                              sum.close();
                              sum = next;
                            }
                            return floats(sum);
                          }))
              .toList();
      for (int k = 0; k < sums.size(); k++) {
        assertThat(sums.get(k).get()).containsExactly(k + 200, k + 400, k + 600, k + 800);
      }
    }
  }

  @Test
  @Tag("slow")
  void droppedArraysAreFreed() {
    Executable twice =
        compile(
            """
            func.func @main(%a: tensor<1048576xf32>) -> tensor<1048576xf32> {
              %0 = stablehlo.add %a, %a : tensor<1048576xf32>
              return %0 : tensor<1048576xf32>
            }
            """);
    float[] ones = new float[1 << 20];
    Arrays.fill(ones, 1);
    Buffer x = floats(ones);
    for (int i = 0; i < 700; i++) { // 2.8 GB
      assertThat(twice.execute(new Buffer[] {x})[0].isClosed()).isFalse();
    }
    assertThat(Pressure.held()).isLessThan(2L << 30);
  }
}
