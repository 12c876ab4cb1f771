package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.text.HloParser;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays large enough for threads, chunks and streaming stores. */
@Tag("slow")
class LargeArraysTest {
  private static final String SUM =
      """
      func.func public @main(%x: tensor<1000003xf32>) -> tensor<f32> {
        %z = stablehlo.constant dense<0.0> : tensor<f32>
        %s = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [0]
            : (tensor<1000003xf32>, tensor<f32>) -> tensor<f32>
        return %s : tensor<f32>
      }
      """;

  /** Two arrays are reduced in the order of their elements: a product, and sums of products. */
  private static final String ORDERED =
      """
      func.func public @main(%x: tensor<90001xui8>) -> (tensor<ui8>, tensor<ui8>) {
        %one = stablehlo.constant dense<1> : tensor<ui8>
        %z = stablehlo.constant dense<0> : tensor<ui8>
        %r:2 = stablehlo.reduce(%x init: %one), (%x init: %z) across dimensions = [0]
            : (tensor<90001xui8>, tensor<90001xui8>, tensor<ui8>, tensor<ui8>)
            -> (tensor<ui8>, tensor<ui8>)
         reducer(%a: tensor<ui8>, %c: tensor<ui8>) (%b: tensor<ui8>, %d: tensor<ui8>) {
          %p = stablehlo.multiply %b, %c : tensor<ui8>
          %s = stablehlo.add %p, %d : tensor<ui8>
          %q = stablehlo.multiply %a, %c : tensor<ui8>
          stablehlo.return %q, %s : tensor<ui8>, tensor<ui8>
        }
        return %r#0, %r#1 : tensor<ui8>, tensor<ui8>
      }
      """;

  private static final String SOFTMAX =
      """
      func.func public @main(%x: tensor<301x517xf32>) -> tensor<301x517xf32> {
        %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
        %z = stablehlo.constant dense<0.0> : tensor<f32>
        %m = stablehlo.reduce(%x init: %low) applies stablehlo.maximum across dimensions = [1]
            : (tensor<301x517xf32>, tensor<f32>) -> tensor<301xf32>
        %b = stablehlo.broadcast_in_dim %m, dims = [0] : (tensor<301xf32>) -> tensor<301x517xf32>
        %d = stablehlo.subtract %x, %b : tensor<301x517xf32>
        %e = stablehlo.exponential %d : tensor<301x517xf32>
        %s = stablehlo.reduce(%e init: %z) applies stablehlo.add across dimensions = [1]
            : (tensor<301x517xf32>, tensor<f32>) -> tensor<301xf32>
        %c = stablehlo.broadcast_in_dim %s, dims = [0] : (tensor<301xf32>) -> tensor<301x517xf32>
        %r = stablehlo.divide %e, %c : tensor<301x517xf32>
        return %r : tensor<301x517xf32>
      }
      """;

  private static final String COLUMNS =
      """
      func.func public @main(%x: tensor<700x1031xf32>) -> (tensor<1031xf32>, tensor<700x1031xf32>) {
        %z = stablehlo.constant dense<0.0> : tensor<f32>
        %y = stablehlo.multiply %x, %x : tensor<700x1031xf32>
        %s = stablehlo.reduce(%y init: %z) applies stablehlo.add across dimensions = [0]
            : (tensor<700x1031xf32>, tensor<f32>) -> tensor<1031xf32>
        return %s, %y : tensor<1031xf32>, tensor<700x1031xf32>
      }
      """;

  private static final String TRIAD =
      """
      func.func public @main(%a: tensor<9000001xf32> {tf.aliasing_output = 0 : i32},
          %b: tensor<9000001xf32>) -> tensor<9000001xf32> {
        %c = stablehlo.multiply %b, %b : tensor<9000001xf32>
        %d = stablehlo.add %a, %c : tensor<9000001xf32>
        return %d : tensor<9000001xf32>
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {SUM, SOFTMAX, COLUMNS})
  void threadsAndEagerGiveTheSameBits(String text) {
    HloModule program = HloParser.parse(text);
    List<Literal> arguments = Engines.arguments(program, 3);
    List<Literal> one = Engines.run(Engines.CPU, program, arguments, 1);
    assertThat(Engines.run(Engines.CPU, program, arguments, 0)).isEqualTo(one);
    assertThat(Engines.runEagerly(program, arguments)).isEqualTo(one);
    List<Literal> expected = Engines.run(Engines.interpreter(), program, arguments, 1);
    for (int k = 0; k < one.size(); k++) {
      assertThat(Engines.difference(one.get(k), expected.get(k))).isLessThan(1e-5);
    }
  }

  @Test
  void aDonatedArgumentIsOverwrittenInPlace() {
    HloModule program = HloParser.parse(TRIAD);
    List<Literal> arguments = Engines.arguments(program, 5);
    Buffer[] in =
        arguments.stream()
            .map(l -> Engines.CPU.fromHost(l.type(), l.data()))
            .toArray(Buffer[]::new);
    long address = ((HostBuffer) in[0]).allocation().address();
    try (var exe = Engines.CPU.compile(program, CompileOptions.DEFAULT)) {
      Buffer out = exe.execute(in)[0];
      assertThat(((HostBuffer) out).allocation().address()).isEqualTo(address);
      assertThat(in[0].isClosed()).isTrue();
      assertThat(in[1].isClosed()).isFalse();
      float a = (float) arguments.get(0).getDouble(9_000_000);
      float b = (float) arguments.get(1).getDouble(9_000_000);
      assertThat(Literal.copyOf(out.type(), out.toHost()).getDouble(9_000_000))
          .isEqualTo(a + b * b);
    }
  }

  @Test
  void chunksOfReductionsThatKeepTheirOrder() {
    HloModule module = HloParser.parse(ORDERED);
    List<Literal> arguments = Engines.arguments(module, 4);
    assertThat(Engines.run(Engines.CPU, module, arguments, 2))
        .isEqualTo(Engines.run(Engines.interpreter(), module, arguments, 1));
  }
}
