package dev.jacobi.hlo.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Demands on accuracy are kept or refused, and never overlooked. */
class DemandsTest {
  private static HloModule module(String type, String op) {
    return HloParser.parse(
        """
        func.func public @main(%%x: %1$s) -> %1$s {
          %%0 = %2$s
          return %%0 : %1$s
        }
        """
            .formatted(type, op));
  }

  private static HloModule function(String element, String accuracy) {
    String type = "tensor<2x" + element + ">";
    String attr = "{result_accuracy = #stablehlo.result_accuracy<" + accuracy + ">}";
    return module(type, "stablehlo.exponential %x " + attr + " : " + type);
  }

  /** The algorithm: format of the operands, format of the sums, parts of lhs, products. */
  private static HloModule dot(String element, String algorithm) {
    String[] a = algorithm.split(" ", -1);
    String type = "tensor<2x" + element + ">";
    String op =
        """
        stablehlo.dot_general %x, %x, batching_dims = [0] x [0], contracting_dims = [] x [], \
        precision = [DEFAULT, DEFAULT], algorithm = <lhs_precision_type = OPERANDS, \
        rhs_precision_type = OPERANDS, accumulation_type = SUMS, lhs_component_count = PARTS, \
        rhs_component_count = 1, num_primitive_operations = PRODUCTS, \
        allow_imprecise_accumulation = false> : (TYPE, TYPE) -> TYPE\
        """;
    return module(
        type,
        op.replace("OPERANDS", a[0])
            .replace("SUMS", a[1])
            .replace("PARTS", a[2])
            .replace("PRODUCTS", a[3])
            .replace("TYPE", type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "f32; mode = #stablehlo.result_accuracy_mode<HIGHEST>; true",
        "f32; ulps = 2, mode = #stablehlo.result_accuracy_mode<TOLERANCE>; true",
        "f32; ulps = 1, mode = #stablehlo.result_accuracy_mode<TOLERANCE>; false",
        "f32; rtol = 1.0e-06, mode = #stablehlo.result_accuracy_mode<TOLERANCE>; true",
        "f64; rtol = 1.0e-16, mode = #stablehlo.result_accuracy_mode<TOLERANCE>; false",
        "f32; atol = 1.0, mode = #stablehlo.result_accuracy_mode<TOLERANCE>; false",
        "complex<f32>; ulps = 9, mode = #stablehlo.result_accuracy_mode<TOLERANCE>; false"
      })
  void accuracyOfFunctions(String element, String accuracy, boolean kept) {
    check(function(element, accuracy), kept, "stablehlo.exponential of " + element);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "f32; f32 f32 1 1; true",
        "f32; bf16 f32 1 1; true",
        "f32; tf32 f32 1 1; true",
        "f16; f16 f32 1 1; true",
        "f64; f64 f64 1 1; true",
        "complex<f32>; f32 f32 1 1; true",
        "complex<f32>; tf32 f32 1 1; false",
        "f16; f16 f16 1 1; true",
        "bf16; bf16 bf16 1 1; true",
        "f32; f16 f16 1 1; false",
        "f64; f32 f32 1 1; false",
        "f32; bf16 f32 1 3; true",
        "f16; bf16 f32 1 3; false",
        "i32; f32 f32 1 1; false"
      })
  void algorithmsOfDotProducts(String element, String algorithm, boolean kept) {
    check(dot(element, algorithm), kept, "stablehlo.dot_general of " + element);
  }

  private static void check(HloModule module, boolean kept, String what) {
    Verifier.verify(module);
    if (kept) {
      Demands.requireKept(module);
    } else {
      assertThatThrownBy(() -> Demands.requireKept(module))
          .isInstanceOf(UnsupportedOpException.class)
          .hasMessageContaining(what);
    }
  }

  @Test
  void unknownFormatsAreNamed() {
    assertThatThrownBy(() -> dot("f32", "f8E5M2 f32 1 1"))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("f8E5M2");
  }

  @Test
  void complexRemaindersHaveNoMeaning() {
    String t = "tensor<complex<f32>>";
    HloModule module = module(t, "stablehlo.remainder %x, %x : " + t);
    check(module, false, "stablehlo.remainder of complex<f32>");
  }

  @ParameterizedTest
  @CsvSource({"bf16, 0x1.00fep0, 0x1p0", "tf32, 0x1.003p0, 0x1.004p0", "f32, 0x1.003p0, 0x1.003p0"})
  void operandsAreRounded(String format, String x, String rounded) {
    double r = Double.parseDouble(rounded);
    Literal in = Literal.ofFloats(Shape.of(2), 2, (float) Double.parseDouble(x));
    Literal out = Interpreter.run(dot("f32", format + " f32 1 1"), List.of(in)).getFirst();
    assertThat(out.getDouble(1)).isEqualTo((float) (r * r));
  }
}
