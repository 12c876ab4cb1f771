package dev.jacobi.hlo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plugin may answer, and what is too far off. */
class ForeignTest {
  private static final String ADD = "stablehlo.add %a, %b : tensor<2xf32>";
  private static final String MULTIPLY = "stablehlo.multiply %a, %b : tensor<2xf32>";
  private static final String DIVIDE = "stablehlo.divide %a, %b : tensor<2xi32>";
  private static final String POWER = "stablehlo.power %a, %b : tensor<2xui64>";
  private static final String SLICE =
      "stablehlo.dynamic_slice %a, %b, sizes = [1]"
          + " : (tensor<2xi32>, tensor<ui8>) -> tensor<1xi32>";
  private static final String PRODUCT =
      "stablehlo.reduce(%a init: %b) applies stablehlo.multiply across dimensions = [0]"
          + " : (tensor<2xi16>, tensor<i16>) -> tensor<i16>";
  private static final String ONE_EACH =
      "stablehlo.reduce(%a init: %b) applies stablehlo.multiply across dimensions = [1]"
          + " : (tensor<2x1xi32>, tensor<i32>) -> tensor<2xi32>";
  private static final String POOL =
      """
      "stablehlo.select_and_scatter"(%a, %b, %zero) <{padding = dense<0> : tensor<1x2xi64>,
        window_dimensions = array<i64: 3>, window_strides = array<i64: 1>}> ({
      ^bb0(%x: tensor<f32>, %y: tensor<f32>):
        %1 = stablehlo.compare GE, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
        stablehlo.return %1 : tensor<i1>
      }, {
      ^bb0(%x: tensor<f32>, %y: tensor<f32>):
        %1 = stablehlo.add %x, %y : tensor<f32>
        stablehlo.return %1 : tensor<f32>
      }) : (tensor<3xf32>, tensor<1xf32>, tensor<f32>) -> tensor<3xf32>\
      """;

  private static final Map<String, String> OPS =
      Map.of(
          "one each",
          ONE_EACH,
          "pool",
          POOL,
          "add",
          ADD,
          "multiply",
          MULTIPLY,
          "divide",
          DIVIDE,
          "power",
          POWER,
          "slice",
          SLICE,
          "product",
          PRODUCT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          add      | [1.0, 2.0] : tensor<2xf32> | [1.0, 1.0] : tensor<2xf32> | [2.0, 3.0] : tensor<2xf32>       | true
          add      | [1.0, 2.0] : tensor<2xf32> | [1.0, 1.0] : tensor<2xf32> | [2.0, 3.0000002] : tensor<2xf32> | true
          add      | [1.0, 2.0] : tensor<2xf32> | [1.0, 1.0] : tensor<2xf32> | [2.0, 3.00001] : tensor<2xf32>   | false
          multiply | [1.0, 1.0e-30] : tensor<2xf32> | [3.0, 1.0e-9] : tensor<2xf32>  | [3.0, 0.0] : tensor<2xf32> | true
          multiply | [1.0, 1.0e-40] : tensor<2xf32> | [3.0, 1.0e30] : tensor<2xf32>  | [3.0, 0.0] : tensor<2xf32> | true
          multiply | [1.0, 1.0e-30] : tensor<2xf32> | [3.0, 1.0e9] : tensor<2xf32>   | [3.0, 0.0] : tensor<2xf32> | false
          multiply | [1.0, 1.0] : tensor<2xf32> | [3.0, 3.0] : tensor<2xf32> | [3.0, 3.0000002] : tensor<2xf32> | false
          divide   | [6, 0] : tensor<2xi32>     | [2, 0] : tensor<2xi32>     | [3, 1] : tensor<2xi32>           | true
          divide   | [6, 0] : tensor<2xi32>     | [2, 0] : tensor<2xi32>     | [4, 1] : tensor<2xi32>           | false
          power    | [3, 3] : tensor<2xui64>    | [2, 9223372036854775809] : tensor<2xui64> | [9, 0] : tensor<2xui64> | true
          power    | [3, 3] : tensor<2xui64>    | [2, 2] : tensor<2xui64>    | [9, 0] : tensor<2xui64>          | false
          slice    | [5, 6] : tensor<2xi32>     | 254 : tensor<ui8>          | 5 : tensor<1xi32>                | true
          slice    | [5, 6] : tensor<2xi32>     | 127 : tensor<ui8>          | 5 : tensor<1xi32>                | false
          product  | [32767, 32767] : tensor<2xi16> | 1 : tensor<i16>        | 32767 : tensor<i16>              | true
          product  | [32767, 32767] : tensor<2xi16> | 1 : tensor<i16>        | 2 : tensor<i16>                  | false
          product  | [2, 3] : tensor<2xi16>     | 5 : tensor<i16>            | 150 : tensor<i16>                | true
          product  | [2, 3] : tensor<2xi16>     | 1 : tensor<i16>            | 150 : tensor<i16>                | false
          one each | [[2], [3]] : tensor<2x1xi32>   | 5 : tensor<i32>        | [10, 15] : tensor<2xi32>         | true
          one each | [[2], [3]] : tensor<2x1xi32>   | 5 : tensor<i32>        | [2, 3] : tensor<2xi32>           | true
          one each | [[2], [3]] : tensor<2x1xi32>   | 5 : tensor<i32>        | [2, 15] : tensor<2xi32>          | false
          pool     | [1.0, 3.0, 2.0] : tensor<3xf32> | [7.0] : tensor<1xf32> | [0.0, 7.0, 0.0] : tensor<3xf32>  | true
          pool     | [1.0, 3.0, 2.0] : tensor<3xf32> | [7.0] : tensor<1xf32> | [0.0, 0.0, 7.0] : tensor<3xf32>  | false
          pool     | [1.0, 2.0, 2.0] : tensor<3xf32> | [7.0] : tensor<1xf32> | [0.0, 0.0, 7.0] : tensor<3xf32>  | true
          pool     | [0.0, -0.0, -1.0] : tensor<3xf32> | [7.0] : tensor<1xf32> | [0.0, 7.0, 0.0] : tensor<3xf32> | true
          """)
  void differences(String op, String a, String b, String result, boolean agrees) {
    String types = OPS.get(op);
    String text =
        """
        func.func @main(%%a: %s, %%b: %s) -> %s {
          %%zero = stablehlo.constant dense<0.0> : tensor<f32>
          %%r = %s
          return %%r : %s
        }
        func.func @given() -> (%s, %s, %s) {
          %%x = stablehlo.constant dense<%s> : %s
          %%y = stablehlo.constant dense<%s> : %s
          %%z = stablehlo.constant dense<%s> : %s
          return %%x, %%y, %%z : %s, %s, %s
        }
        """
            .formatted(
                type(a),
                type(b),
                type(result),
                types,
                type(result),
                type(a),
                type(b),
                type(result),
                value(a),
                type(a),
                value(b),
                type(b),
                value(result),
                type(result),
                type(a),
                type(b),
                type(result));
    HloModule module = HloParser.parse(text);
    Block given = module.func("given").body();
    List<Literal> literals = Interpreter.run(Programs.module(given, Map.of()), List.of());
    Block main = module.main().body();
    Instr instr = main.instrs().getLast();
    Map<Value, Literal> values = new HashMap<>();
    values.put(main.instrs().getFirst().result(), Literal.scalar(DType.F32, 0));
    values.put(main.params().get(0), literals.get(0));
    values.put(main.params().get(1), literals.get(1));
    values.put(instr.results().getFirst(), literals.get(2));
    Alone alone = Alone.of(instr, Map.of(), values);
    assertThat(Foreign.compare(Bounds.of(instr.op()), alone).isEmpty()).isEqualTo(agrees);
  }

  private static String value(String constant) {
    return constant.substring(0, constant.indexOf(" : "));
  }

  private static String type(String constant) {
    return constant.substring(constant.indexOf(" : ") + 3);
  }
}
