package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations that are written out in others, against the interpreter, to the bit. */
class ExpandTest {
  @ParameterizedTest
  @CsvSource({"i8, 8", "ui16, 16", "bf16, 16", "f32, 32", "i64, 64", "f64, 64"})
  void bitsOfBooleans(String element, int bits) {
    String text =
        """
        func.func public @main(%x: tensor<3x2xELEMENT>)
            -> (tensor<3x2xBITSxi1>, tensor<3x2xELEMENT>) {
          %0 = stablehlo.bitcast_convert %x : (tensor<3x2xELEMENT>) -> tensor<3x2xBITSxi1>
          %1 = stablehlo.reverse %0, dims = [0, 1] : tensor<3x2xBITSxi1>
          %2 = stablehlo.bitcast_convert %1 : (tensor<3x2xBITSxi1>) -> tensor<3x2xELEMENT>
          return %0, %2 : tensor<3x2xBITSxi1>, tensor<3x2xELEMENT>
        }
        """
            .replace("ELEMENT", element)
            .replace("BITS", Integer.toString(bits));
    HloModule module = HloParser.parse(text);
    List<Literal> arguments = Engines.arguments(module, 1);
    assertThat(Engines.run(Engines.CPU, module, arguments, 1))
        .isEqualTo(Engines.run(Engines.interpreter(), module, arguments, 1));
  }

  private static HloModule withSums(HloModule module, String type) {
    return HloParser.parse(
        HloPrinter.print(module).replace("accumulation_type = f32", "accumulation_type = " + type));
  }

  private static HloModule dot(String precision, int products) {
    return HloParser.parse(
        """
        func.func public @main(%%x: tensor<3x4xf32>, %%y: tensor<4x2xf32>) -> tensor<3x2xf32> {
          %%0 = stablehlo.dot_general %%x, %%y, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT], algorithm = <lhs_precision_type = %s, rhs_precision_type = %s, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = %d, allow_imprecise_accumulation = false> : (tensor<3x4xf32>, tensor<4x2xf32>) -> tensor<3x2xf32>
          return %%0 : tensor<3x2xf32>
        }
        """
            .formatted(precision, precision, products));
  }

  @ParameterizedTest
  @CsvSource({"f16, 3e-5, 1e-2", "bf16, 3e-4, 1e-1", "tf32, 3e-5, 1e-2"})
  void operandsOfDotProductsAreRounded(String precision, double atLeast, double atMost) {
    HloModule module = dot(precision, 1);
    List<Literal> arguments = Engines.arguments(module, 2);
    Literal got = Engines.run(Engines.CPU, module, arguments, 1).getFirst();
    Literal oracle = Engines.run(Engines.interpreter(), module, arguments, 1).getFirst();
    assertThat(Engines.difference(got, oracle)).isLessThan(1e-6);
    Literal exact = Engines.run(Engines.CPU, dot("f32", 1), arguments, 1).getFirst();
    assertThat(Engines.difference(got, exact)).isBetween(atLeast, atMost);
  }

  @Test
  void severalProductsAreAsExactAsFloats() {
    List<Literal> arguments = Engines.arguments(dot("bf16", 3), 2);
    List<Literal> exact = Engines.run(Engines.CPU, dot("f32", 1), arguments, 1);
    assertThat(Engines.run(Engines.CPU, dot("bf16", 3), arguments, 1)).isEqualTo(exact);
    assertThat(Engines.run(Engines.interpreter(), dot("bf16", 3), arguments, 1)).isEqualTo(exact);
  }

  @Test
  void algorithmsThatAreNotBuiltAreNamed() {
    HloModule module = withSums(dot("f16", 1), "f16");
    assertThatThrownBy(() -> Engines.run(Engines.CPU, module, Engines.arguments(module, 3), 1))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("accumulation=F16");
  }
}
