package dev.jacobi.hlo.shorthand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecomposeTest {
  private static final String PROGRAM =
      """
      module {
        func.func public @main(%%arg0: tensor<2x4xf32>) -> tensor<2x4xf32> {
          %%0 = %s : (tensor<2x4xf32>) -> tensor<2x4xf32>
          return %%0 : tensor<2x4xf32>
        }
        func.func private @impl(%%arg0: tensor<2x4xf32>) -> tensor<2x4xf32> {
          %%0 = stablehlo.negate %%arg0 : tensor<2x4xf32>
          return %%0 : tensor<2x4xf32>
        }
      }
      """;

  private static String recomposed(String operation) {
    var module = Recompose.of(HloParser.parse(PROGRAM.formatted(operation)));
    Verifier.verify(module);
    return HloPrinter.print(module);
  }

  @Test
  void compositesAreOperationsAndTheirDecompositionsGo() {
    String text =
        recomposed(
            "stablehlo.composite \"chlo.erf\" %arg0 {decomposition = @impl, version = 1 : i32}");
    assertThat(text)
        .contains("%0 = chlo.erf %arg0 : tensor<2x4xf32> -> tensor<2x4xf32>")
        .doesNotContain("@impl", "negate");
  }

  @ParameterizedTest
  @CsvSource({"mhlo.erf, chlo.erf %arg0", "mhlo.tan, stablehlo.tan %arg0", "mhlo.sinh, chlo.sinh"})
  void customCallsAreOperations(String target, String operation) {
    String call = "stablehlo.custom_call @" + target + "(%arg0) {mhlo.attributes = {}}";
    assertThat(recomposed(call)).contains("%0 = " + operation).contains("@impl");
  }

  /** What is not surely the operation stays. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "stablehlo.composite \"chlo.erf\" %arg0 {decomposition = @impl, version = 2 : i32}",
        "stablehlo.composite \"chlo.erf\" %arg0 {composite_attributes = {a = 1 : i32}, "
            + "decomposition = @impl, version = 1 : i32}",
        "stablehlo.composite \"chlo.zeta\" %arg0 {decomposition = @impl, version = 1 : i32}",
        "stablehlo.composite \"chlo.is_inf\" %arg0 {decomposition = @impl, version = 1 : i32}",
        "stablehlo.composite \"chlo.top_k\" %arg0 {composite_attributes = {k = 4 : i64}, "
            + "decomposition = @impl, version = 1 : i32}",
        "stablehlo.composite \"my.erf\" %arg0 {decomposition = @impl, version = 1 : i32}",
        "stablehlo.custom_call @mhlo.erf(%arg0) {mhlo.attributes = {a = 1 : i32}}",
        "stablehlo.custom_call @mhlo.topk(%arg0) {mhlo.attributes = {k = 4 : i64, largest ="
            + " false}}",
        "stablehlo.custom_call @mhlo.unknown(%arg0)"
      })
  void othersStay(String operation) {
    String text = HloPrinter.print(HloParser.parse(PROGRAM.formatted(operation)));
    assertThat(HloPrinter.print(Recompose.of(HloParser.parse(text)))).isEqualTo(text);
  }
}
