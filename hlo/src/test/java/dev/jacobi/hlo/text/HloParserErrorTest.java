package dev.jacobi.hlo.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong texts: each has its message at its place. */
class HloParserErrorTest {
  private static String main(String lines) {
    return "func.func @main(%a: tensor<2xf32>, %i: tensor<i32>) -> tensor<2xf32> {\n"
        + lines.replace(';', '\n')
        + "\n}\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2:24 | %0 = stablehlo.add %a, %b : tensor<2xf32>         | %b is not defined here",
        "2:6  | %0 = stablehlo.add %a, %i : tensor<2xf32>         | but the values are",
        "2:23 | %0 = stablehlo.add %a %a : tensor<2xf32>          | expected ','",
        "2:6  | %0 = stablehlo.negate %a : tensor<3xf32>          | states [tensor<3xf32>]",
        "2:6  | %0 = stablehlo.negate %a : (tensor<3xf32>) -> tensor<3xf32> | but the values are",
        "2:8  | %0:2 = stablehlo.negate %a : tensor<2xf32>        | gives 1 results, but 2 are"
            + " named",
        "3:6  | %0 = stablehlo.negate %a : tensor<2xf32>;%0 = stablehlo.negate %a : tensor<2xf32>"
            + "| %0 is defined twice",
        "2:6  | %0 = stablehlo.transpose %a, dims = [3] : (tensor<2xf32>) -> tensor<2xf32>"
            + "| does not fit its operands",
        "2:6  | %0 = stablehlo.reshape %a : (tensor<2xf32>) -> tensor<3xf32> | cannot reshape",
        "2:6  | %0 = stablehlo.broadcast_in_dim %a : (tensor<2xf32>) -> tensor<2xf32>"
            + "| needs the attribute broadcast_dimensions",
        "2:6  | %0 = stablehlo.compare LESS, %a, %a : (tensor<2xf32>, tensor<2xf32>) ->"
            + " tensor<2xi1>| LESS is not one of [EQ, NE",
        "2:1  | return %i : tensor<2xf32>                         | states",
        "3:1  | %0 = stablehlo.negate %a : tensor<2xf32>          | a block ends with a return",
        "2:8  | return %a#1 : tensor<2xf32>                       | %a has 1 results",
        "2:8  | return $                                          | unexpected character",
        "2:21 | return %a : tensor<2f32>                          | expected 'x'",
        "2:13 | return %a : \"x                                   | does not end on its line",
        "2:6  | %0 = stablehlo.negate %a, %a : tensor<2xf32> | takes 1 operands, not 2",
        "2:6  | %0 = stablehlo.negate %a, dims = [0] : tensor<2xf32> | takes no dims",
        "2:6  | %0 = stablehlo.negate %a, LT : tensor<2xf32> | takes no LT",
        "2:27  | %0 = stablehlo.negate %a, : tensor<2xf32> | expected an operand or an"
            + " attribute",
        "2:6  | %0 = \"stablehlo.constant\"() <{value = dense<1> : tensor<i32>}> : () ->"
            + " tensor<f32> | states [tensor<f32>], but gives [tensor<i32>]",
        "2:6  | %0 = \"stablehlo.negate\"(%a) ({stablehlo.return}) : (tensor<2xf32>) ->"
            + " tensor<2xf32> | takes 0 regions, not 1",
        "2:54  | %0 = \"stablehlo.transpose\"(%a) <{permutation = array<i32: 0>}> :"
            + " (tensor<2xf32>) -> tensor<2xf32> | expected 'i64'",
        "2:6  | %0 = stablehlo.exponential %a {result_accuracy ="
            + " #stablehlo.result_accuracy<>} : tensor<2xf32> | needs the mode of result_accuracy",
        "2:6  | %0 = stablehlo.dot_general %a, %a : (tensor<2xf32>, tensor<2xf32>) ->"
            + " tensor<f32> | needs the attribute contracting_dims",
        "2:6  | %0 = \"stablehlo.triangular_solve\"(%a, %a) <{left_side = true, transpose_a"
            + " = #stablehlo<transpose NO_TRANSPOSE>, unit_diagonal = false}> : (tensor<2xf32>,"
            + " tensor<2xf32>) -> tensor<2xf32> | needs the attribute lower",
        "2:6  | %0 = \"chlo.constant_like\"(%a) <{value = 300 : i8}> : (tensor<2xf32>) ->"
            + " tensor<2xi8> | value is not a number of its type: 300 : i8",
        "2:6  | %0 = \"chlo.constant_like\"(%a) <{value = 0x7F800000 : f16}> : (tensor<2xf32>) ->"
            + " tensor<2xf16> | value is not a number of its type: 0x7F800000 : f16",
        "2:8  | %0:0 = \"stablehlo.reduce_window\"() <{window_dimensions = array<i64: 1>}>"
            + " ({stablehlo.return}) : () -> () | does not fit its operands",
        "1:70 | return %i : tensor<i32>                           | @main gives"
      })
  void says(String place, String lines, String message) {
    HloSyntaxException e =
        catchThrowableOfType(HloSyntaxException.class, () -> HloParser.parse(main(lines)));
    assertThat(e).hasMessageContaining(message);
    assertThat(e.line() + ":" + e.column()).isEqualTo(place);
  }

  @Test
  void showsTheLineAndACaret() {
    assertThatThrownBy(() -> HloParser.parse(main("  return %b : tensor<2xf32>")))
        .hasMessage(
            "<text>:2:10: %b is not defined here\n"
                + "    return %b : tensor<2xf32>\n"
                + "           ^");
  }

  @Test
  void showsAPieceOfALongLine() {
    String text = main("  return %a : tensor<2xf32>" + " ".repeat(100_000) + "]");
    assertThatThrownBy(() -> HloParser.parse(text))
        .isInstanceOfSatisfying(
            HloSyntaxException.class, e -> assertThat(e.getMessage().length()).isLessThan(300))
        .hasMessageContaining("<text>:2:100028: expected '}'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%0 = stablehlo.frobnicate %a : tensor<2xf32>              | stablehlo.frobnicate",
        "%0 = \"tosa.add\"(%a, %a) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32> | tosa.add",
        "%0 = stablehlo.convert %a : (tensor<2xf32>) -> tensor<2xf8E4M4> | type f8E4M4",
        "%0 = stablehlo.uniform_quantize %a : (tensor<2xf32>) ->"
            + " tensor<2x!quant.uniform<i8:f32, 0.5>>| stablehlo.uniform_quantize",
        "%0 = stablehlo.convert %a : (tensor<2xf32>) -> tensor<2x!quant.uniform<i8:f32, 0.5>>"
            + "| type !quant.uniform",
        "%0 = stablehlo.negate %a : (tensor<2xf32>) -> tuple<tensor<2xf32>>| type tuple",
        "%0 = stablehlo.convert %a : (tensor<2xf32>) -> tensor<2xcomplex<f16>>"
            + "| type complex<f16>",
        "%0 = stablehlo.convert %a : (tensor<2xf32>) -> tensor<*xf32> | type tensor without a rank",
        "%0 = stablehlo.convert %a : (tensor<2xf32>) -> !stablehlo.token | type !stablehlo.token",
        "%0 = stablehlo.constant dense_resource<big> : tensor<2xf32>"
            + "| dense_resource (a constant kept outside of the text)",
        "%0 = stablehlo.reduce(%a init: %i) applies stablehlo.while across dimensions = [0] : "
            + "(tensor<2xf32>, tensor<i32>) -> tensor<f32>| reduce by stablehlo.while"
      })
  void namesWhatIsNotSupported(String line, String what) {
    UnsupportedOpException e =
        catchThrowableOfType(UnsupportedOpException.class, () -> HloParser.parse(main(line)));
    assertThat(e.what()).isEqualTo(what);
    assertThat(e).hasMessageStartingWith("<text>:2:");
  }

  @Test
  void attributesOfArgumentsAndResultsBelongToADialect() {
    for (String header :
        List.of(
            "(%a: tensor<f32> {x = 1 : i32}) -> tensor<f32>",
            "(%a: tensor<f32>) -> (tensor<f32> {x = 1 : i32})")) {
      String text = "func.func @main" + header + " {\n return %a : tensor<f32>\n}";
      assertThatThrownBy(() -> HloParser.parse(text))
          .isInstanceOf(HloSyntaxException.class)
          .hasMessageContaining("'x' is no attribute of a dialect");
      assertThat(HloParser.parse(text.replace("x =", "my.x =")).funcs()).hasSize(1);
    }
  }

  @Test
  void deepNestingIsAnErrorNotACrash() {
    String open = "%0 = \"stablehlo.case\"(%i) ({\n";
    assertThatThrownBy(() -> HloParser.parse(main(open.repeat(5_000))))
        .isInstanceOf(HloSyntaxException.class)
        .hasMessageContaining("nested deeper");
    assertThatThrownBy(
            () ->
                HloParser.parse(
                    main(
                        "%0 = stablehlo.constant dense<"
                            + "[".repeat(100_000)
                            + "> : tensor<f32>")))
        .isInstanceOf(HloSyntaxException.class);
  }

  /** Cutting a text anywhere, or changing a byte, gives a program or one of the two exceptions. */
  @Tag("slow")
  @Test
  void damagedTextsNeverBreakTheParser() {
    byte[] text = Texts.read("operations.mlir").getBytes(UTF_8);
    Random random = new Random(7);
    int wrong = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = i % 2 == 0 ? Arrays.copyOf(text, random.nextInt(text.length)) : text.clone();
      if (i % 2 == 1) {
        damaged[random.nextInt(text.length)] = (byte) (' ' + random.nextInt(95));
      }
      try {
        HloParser.parse("<damaged>", damaged);
      } catch (HloSyntaxException | UnsupportedOpException e) {
        wrong++;
      }
    }
    assertThat(wrong).isBetween(1_500, 2_000);
  }

  /** What is cut short is wrong, and not a text of another kind, which checks would pass over. */
  @Test
  void textsThatEndTooSoonAreWrong() {
    String text = "module {\n" + main("return %a : tensor<2xf32>") + "}";
    assertThat(HloParser.parse(text).funcs()).hasSize(1);
    for (int n = "module {\nfunc.func ".length(); n < text.length(); n++) {
      if (Character.isLetterOrDigit(text.charAt(n)) || text.charAt(n) == '>') {
        continue; // half a word may be another type, half an arrow another token
      }
      String cut = text.substring(0, n);
      assertThatThrownBy(() -> HloParser.parse(cut)).as(cut).isInstanceOf(HloSyntaxException.class);
    }
  }
}
