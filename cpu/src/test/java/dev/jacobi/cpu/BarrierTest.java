package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.fuse.Grouper;
import dev.jacobi.cpu.fuse.Step;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is merged or computed together across a barrier, and values pass it as they are. */
class BarrierTest {
  /** The second square is of what is behind the barrier, the first of what is before it. */
  private static final String TWICE =
      """
      func.func public @main(%x: tensor<9xf32>) -> (tensor<9xf32>, tensor<9xf32>) {
        %a = stablehlo.multiply %x, %x : tensor<9xf32>
        %b = stablehlo.optimization_barrier %x : tensor<9xf32>
        %c = stablehlo.multiply %b, %b : tensor<9xf32>
        %d = stablehlo.add %c, %c : tensor<9xf32>
        return %a, %d : tensor<9xf32>, tensor<9xf32>
      }
      """;

  /** Of the two operands of the barrier, only the one that is not computed is read behind it. */
  private static final String ORDER =
      """
      func.func public @main(%x: tensor<9xf32>) -> (tensor<9xf32>, tensor<9xf32>) {
        %a = stablehlo.exponential %x : tensor<9xf32>
        %b:2 = stablehlo.optimization_barrier %a, %x : tensor<9xf32>, tensor<9xf32>
        %c = stablehlo.negate %b#1 : tensor<9xf32>
        %d = stablehlo.exponential %b#1 : tensor<9xf32>
        return %c, %d : tensor<9xf32>, tensor<9xf32>
      }
      """;

  /** Arguments, constants, counters, views and scalars behind barriers, returned and computed. */
  private static final String ANYTHING =
      """
      func.func public @main(%x: tensor<2x3xf32>, %s: tensor<f32>)
          -> (tensor<2x3xf32>, tensor<3x2xf32>, tensor<3xi32>, tensor<f32>, tensor<3xi32>) {
        %k = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
        %i = stablehlo.iota dim = 0 : tensor<3xi32>
        %t = stablehlo.transpose %x, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
        %u = stablehlo.add %s, %s : tensor<f32>
        %b:5 = stablehlo.optimization_barrier %x, %t, %k, %u, %i
            : tensor<2x3xf32>, tensor<3x2xf32>, tensor<3xi32>, tensor<f32>, tensor<3xi32>
        %e = stablehlo.multiply %b#1, %b#1 : tensor<3x2xf32>
        %f = stablehlo.optimization_barrier %e : tensor<3x2xf32>
        %g = stablehlo.add %b#2, %b#4 : tensor<3xi32>
        return %b#0, %f, %g, %b#3, %b#4
            : tensor<2x3xf32>, tensor<3x2xf32>, tensor<3xi32>, tensor<f32>, tensor<3xi32>
      }
      """;

  /** Carried arrays that pass a barrier in every step, one unchanged and two changing places. */
  private static final String LOOP =
      """
      func.func public @main(%x: tensor<5xf32>, %y: tensor<5xf32>, %n: tensor<i32>)
          -> (tensor<5xf32>, tensor<5xf32>, tensor<5xf32>) {
        %zero = stablehlo.constant dense<0> : tensor<i32>
        %r:4 = stablehlo.while(%i = %zero, %a = %x, %b = %y, %c = %x)
            : tensor<i32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
        cond {
          %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %t : tensor<i1>
        } do {
          %one = stablehlo.constant dense<1> : tensor<i32>
          %j = stablehlo.add %i, %one : tensor<i32>
          %p:4 = stablehlo.optimization_barrier %j, %a, %b, %c
              : tensor<i32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
          %d = stablehlo.add %p#1, %p#3 : tensor<5xf32>
          %e = stablehlo.optimization_barrier %d : tensor<5xf32>
          stablehlo.return %p#0, %p#2, %e, %p#3
              : tensor<i32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
        }
        return %r#1, %r#2, %r#3 : tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
      }
      """;

  private static List<Step> steps(String text) {
    HloModule hlo = Pipeline.canonical(HloParser.parse(text), Dump.of("test"));
    return Grouper.divide(hlo.main().body(), Grouper.Limits.NONE);
  }

  private static List<List<String>> nests(String text) {
    return steps(text).stream()
        .map(step -> ((Step.Fused) step).group().nodes())
        .map(nodes -> nodes.stream().map(i -> i.op().mnemonic()).toList())
        .toList();
  }

  @Test
  void whatIsBehindIsComputedForItself() {
    assertThat(nests(TWICE))
        .containsExactly(
            List.of("stablehlo.multiply"), List.of("stablehlo.multiply", "stablehlo.add"));
    String open = TWICE.replace("multiply %b, %b", "multiply %x, %x");
    assertThat(nests(open)).as("without it").hasSize(1);
  }

  @Test
  void allOperandsComeFirst() {
    assertThat(nests(ORDER))
        .containsExactly(
            List.of("stablehlo.exponential"), List.of("stablehlo.negate", "stablehlo.exponential"));
  }

  @ParameterizedTest
  @ValueSource(strings = {TWICE, ORDER, ANYTHING, LOOP})
  void valuesPass(String text) {
    HloModule module = HloParser.parse(text);
    List<Literal> arguments = Engines.arguments(module, 7);
    assertThat(Engines.run(Engines.CPU, module, arguments, 1))
        .isEqualTo(Engines.run(Engines.interpreter(), module, arguments, 1));
  }
}
