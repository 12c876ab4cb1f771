package dev.jacobi.hlo.shorthand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.HloVerifyException;
import dev.jacobi.hlo.verify.Verifier;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A convolution whose padding is a value runs if that is a constant. */
class DynamicConvTest {
  private static final String CONV =
      """
      module {
        func.func public @main() -> tensor<1x4x1xf32> {
          %cst = stablehlo.constant dense<[[[1.0], [2.0], [3.0]]]> : tensor<1x3x1xf32>
          %cst_0 = stablehlo.constant dense<[[[10.0]], [[1.0]]]> : tensor<2x1x1xf32>
          %c = stablehlo.constant dense<1> : tensor<1x2xPADDING>
          %0 = "stablehlo.dynamic_conv"(%cst, %cst_0, %c) <{batch_group_count = 1 : i64, \
      dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>, \
      feature_group_count = 1 : i64, lhs_dilation = array<i64: 1>, precision_config = \
      [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>], rhs_dilation = \
      array<i64: 1>, window_reversal = array<i1: false>, window_strides = array<i64: 1>}> \
      : (tensor<1x3x1xf32>, tensor<2x1x1xf32>, tensor<1x2xPADDING>) -> tensor<1x4x1xf32>
          return %0 : tensor<1x4x1xf32>
        }
      }
      """;

  @Test
  void runsWithConstantPadding() {
    HloModule module = HloParser.parse(CONV.replace("PADDING", "i64"));
    Verifier.verify(module);
    Literal y = Interpreter.run(module, List.of()).getFirst();
    assertThat(LongStream.range(0, 4).mapToDouble(y::getDouble))
        .containsExactly(1.0, 12.0, 23.0, 30.0);
    String text = HloPrinter.print(module);
    assertThat(HloPrinter.print(HloParser.parse(text))).isEqualTo(text);
    assertThat(text)
        .contains(
            CONV.lines()
                .filter(l -> l.contains("conv\""))
                .toList()
                .getFirst()
                .replace("PADDING", "i64")
                .trim());
  }

  @Test
  void paddingIsIntegers() {
    HloModule module =
        HloParser.parse(CONV.replace("PADDING", "f32").replace("dense<1>", "dense<1.0>"));
    assertThatThrownBy(() -> Verifier.verify(module))
        .isInstanceOf(HloVerifyException.class)
        .hasMessageStartingWith("dynamic_conv_c4:")
        .hasMessageContaining("<text>:6:10");
  }

  @Test
  void otherPaddingIsNamedWithItsPlace() {
    String text =
        CONV.replace("PADDING", "i64")
            .replace("@main()", "@main(%p: tensor<1x2xi64>)")
            .replace("%cst_0, %c)", "%cst_0, %p)");
    assertThatThrownBy(
            () ->
                Interpreter.run(
                    HloParser.parse(text), List.of(Literal.ofLongs(Shape.of(1, 2), 1, 1))))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessage(
            "<text>:6:10: not supported: stablehlo.dynamic_conv whose shape is not a constant");
  }
}
