package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloParser;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that compute in wider types than their operands': StableHLO's promotion. */
class PromotionTest {
  private static final String REDUCE =
      """
      func.func public @main(%x: tensor<3x5xFROM>, %z: tensor<FROM>) -> tensor<3xTO> {
        %r = stablehlo.reduce(%x init: %z) across dimensions = [1]
            : (tensor<3x5xFROM>, tensor<FROM>) -> tensor<3xTO>
          reducer(%a: tensor<TO>, %b: tensor<TO>) {
            %s = stablehlo.FN %a, %b : tensor<TO>
            stablehlo.return %s : tensor<TO>
          }
        return %r : tensor<3xTO>
      }
      """;

  private static final String SCATTER =
      """
      func.func public @main(%x: tensor<4x3xFROM>, %u: tensor<UPDATESx3xFROM>,
          %i: tensor<UPDATESx1xi32>) -> tensor<4x3xTO> {
        %r = "stablehlo.scatter"(%x, %i, %u) <{
          indices_are_sorted = false, unique_indices = false,
          scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1],
            inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>
        }> ({
        ^bb0(%a: tensor<TO>, %b: tensor<TO>):
          %s = stablehlo.FN %a, %b : tensor<TO>
          stablehlo.return %s : tensor<TO>
        }) : (tensor<4x3xFROM>, tensor<UPDATESx1xi32>, tensor<UPDATESx3xFROM>) -> tensor<4x3xTO>
        return %r : tensor<4x3xTO>
      }
      """;

  private static void agree(String program, String from, String to, String fn) {
    HloModule module =
        HloParser.parse(program.replace("FROM", from).replace("TO", to).replace("FN", fn));
    List<Literal> arguments = Engines.arguments(module, 3);
    assertThat(Engines.run(Engines.CPU, module, arguments, 1))
        .isEqualTo(Engines.run(Engines.interpreter(), module, arguments, 1));
  }

  @ParameterizedTest
  @CsvSource({"f16, f64, add", "f32, f64, maximum", "i8, i32, multiply", "ui8, i64, add"})
  void reductionsWiden(String from, String to, String fn) {
    agree(REDUCE, from, to, fn);
  }

  @ParameterizedTest
  @CsvSource({"f16, f64, maximum", "f32, f64, add", "i8, ui32, multiply", "i8, ui8, minimum"})
  void scattersWiden(String from, String to, String fn) {
    agree(SCATTER.replace("UPDATES", "2"), from, to, fn);
    agree(SCATTER.replace("UPDATES", "0"), from, to, fn);
  }
}
