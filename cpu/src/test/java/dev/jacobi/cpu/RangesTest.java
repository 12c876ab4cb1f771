package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.steps.Ranges;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comparisons with one possible result are gone, and only they. */
class RangesTest {
  /** A loop that counts in {@code %i} and, alike, in {@code %j}, and adds up what STEP selects. */
  private static String loop(String limit, String first, String step) {
    return """
    func.func public @main(%w: tensor<i32>) -> (tensor<i32>, tensor<i32>) {
      %zero = stablehlo.constant dense<0> : tensor<i32>
      %ten = stablehlo.constant dense<10> : tensor<i32>
      %first = stablehlo.constant dense<FIRST> : tensor<i32>
      %r:4 = stablehlo.while(%i = %zero, %j = %first, %s = %w, %fixed = %ten) : tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>
      cond {
        %limit = stablehlo.constant dense<LIMIT> : tensor<i32>
        %c = stablehlo.compare LT, %i, %limit, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %c : tensor<i1>
      } do {
        %one = stablehlo.constant dense<1> : tensor<i32>
        %k = stablehlo.add %j, %one : tensor<i32>
        %next = stablehlo.add %one, %i : tensor<i32>
        STEP
        %p = stablehlo.compare CMP : (tensor<i32>, tensor<i32>) -> tensor<i1>
        %v = stablehlo.select %p, %j, %s : tensor<i1>, tensor<i32>
        %t = stablehlo.add %s, %v : tensor<i32>
        stablehlo.return %next, %k, %t, %fixed : tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>
      }
      return %r#1, %r#2 : tensor<i32>, tensor<i32>
    }
    """
        .replace("FIRST", first)
        .replace("LIMIT", limit)
        .replace("CMP", step.contains(":") ? "LT, %x, %ten, SIGNED" : step)
        .replace("STEP", step.contains(":") ? step : "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LT, %i, %ten, SIGNED | 10 | 0 | true",
        "LT, %next, %ten, SIGNED | 10 | 0 | false",
        "LT, %next, %ten, SIGNED | 9 | 0 | true",
        "GE, %i, %zero, SIGNED | 10 | 0 | true",
        "LT, %j, %fixed, SIGNED | 12 | -2 | true",
        "LT, %j, %fixed, SIGNED | 13 | -2 | false",
        "EQ, %i, %ten, SIGNED | 10 | 0 | true",
        "NE, %i, %i, SIGNED | 10 | 0 | true",
        "GE, %s, %zero, SIGNED | 10 | 0 | false",
        "GE, %j, %zero, SIGNED | 10 | 2147483645 | false", // %j wraps
        "%x = stablehlo.multiply %i, %i : tensor<i32> | 4 | 0 | true",
        "%x = stablehlo.multiply %i, %i : tensor<i32> | 5 | 0 | false",
        "%x = stablehlo.subtract %i, %ten : tensor<i32> | 15 | 0 | true",
        "%x = stablehlo.clamp %zero, %s, %one : tensor<i32> | 15 | 0 | true",
        "%x = stablehlo.clamp %zero, %i, %ten : tensor<i32> | 15 | 0 | false",
        "%x = stablehlo.minimum %s, %one : tensor<i32> | 15 | 0 | true",
        "%x = stablehlo.maximum %s, %one : tensor<i32> | 15 | 0 | false"
      })
  void folds(String step, String limit, String first, boolean folds) {
    HloModule module = HloParser.parse(loop(limit, first, step));
    String text = HloPrinter.print(Ranges.run(module));
    assertThat(text.contains("stablehlo.select")).isEqualTo(!folds);
    // Of a loop whose bound is an argument nothing is known.
    String open =
        loop(limit, first, step)
            .replaceFirst("%limit = .*", "")
            .replace("%w: tensor<i32>)", "%w: tensor<i32>, %limit: tensor<i32>)");
    List<Literal> arguments = List.of(Literal.scalar(DType.I32, 3L));
    List<Literal> more = new ArrayList<>(arguments);
    more.add(Literal.scalar(DType.I32, Long.parseLong(limit)));
    assertThat(Engines.run(Engines.CPU, module, arguments, 1))
        .isEqualTo(Engines.run(Engines.CPU, HloParser.parse(open), more, 1))
        .isEqualTo(Engines.run(Engines.interpreter(), module, arguments, 1));
  }

  /** A question about floating-point numbers, of which no range is known. */
  @ParameterizedTest
  @CsvSource({"f16", "bf16", "f32", "f64"})
  void numbersWithAPointHaveNone(String type) {
    HloModule module =
        HloParser.parse(
            """
            func.func public @main() -> tensor<3xi1> {
              %x = stablehlo.constant dense<[1.0, 0x7E00, 2.0]> : tensor<3xf16>
              %y = stablehlo.convert %x : (tensor<3xf16>) -> tensor<3xTYPE>
              %r = stablehlo.is_finite %y : (tensor<3xTYPE>) -> tensor<3xi1>
              return %r : tensor<3xi1>
            }
            """
                .replace("TYPE", type));
    assertThat(Engines.run(Engines.CPU, module, List.of(), 1))
        .isEqualTo(Engines.run(Engines.interpreter(), module, List.of(), 1));
  }
}
