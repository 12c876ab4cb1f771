package dev.jacobi.hlo.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.check.SelfCheck;
import dev.jacobi.hlo.text.HloParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes first, and what stays where it is. */
class OrderingTest {
  /** Sorts keys along a dimension; their positions before say which of equal keys came first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4xi32 | 0 | LT | SIGNED     | [3, -1, 3, -1]  | [-1, -1, 3, 3]  | [1, 3, 0, 2]",
        "4xi32 | 0 | GT | SIGNED     | [3, -1, 3, -1]  | [3, 3, -1, -1]  | [0, 2, 1, 3]",
        "4xi32 | 0 | GE | SIGNED     | [3, -1, 3, -1]  | [3, 3, -1, -1]  | [2, 0, 3, 1]",
        "3xui8 | 0 | LT | UNSIGNED   | [255, 0, 7]     | [0, 7, 255]     | [1, 2, 0]",
        "2x3xi32 | 1 | LT | SIGNED | [[3, 1, 2], [0, 9, 5]] | [[1, 2, 3], [0, 5, 9]] | "
            + "[[1, 2, 0], [3, 5, 4]]",
        "2x3xi32 | 0 | LT | SIGNED | [[3, 1, 2], [0, 9, 5]] | [[0, 1, 2], [3, 9, 5]] | "
            + "[[3, 1, 2], [0, 4, 5]]",
        "2x3xi32 | -2 | LT | SIGNED | [[3, 1, 2], [0, 9, 5]] | [[0, 1, 2], [3, 9, 5]] | "
            + "[[3, 1, 2], [0, 4, 5]]",
        "0x2xi32 | 0 | LT | SIGNED | [] | [] | []",
        "5xf32 | 0 | LT | TOTALORDER | [0x7FC00000, 0.0, -0.0, 0xFFC00000, -1.0]"
            + " | [0xFFC00000, -1.0, -0.0, 0.0, 0x7FC00000] | [3, 4, 2, 1, 0]",
      })
  void sorts(
      String type,
      int dimension,
      String direction,
      String order,
      String keys,
      String sorted,
      String positions) {
    String element = type.substring(type.lastIndexOf('x') + 1);
    String shape = type.substring(0, type.lastIndexOf('x'));
    assertHolds(
        """
        %k = stablehlo.constant dense<KEYS> : tensor<TYPE>
        %flat = stablehlo.iota dim = 0 : tensor<SIZExi32>
        %at = stablehlo.reshape %flat : (tensor<SIZExi32>) -> tensor<SHAPExi32>
        %s:2 = "stablehlo.sort"(%k, %at) <{dimension = DIM : i64, is_stable = true}> ({
        ^bb0(%a: tensor<ELEMENT>, %b: tensor<ELEMENT>, %i: tensor<i32>, %j: tensor<i32>):
          %p = stablehlo.compare DIRECTION, %a, %b, ORDER : (tensor<ELEMENT>, tensor<ELEMENT>) -> tensor<i1>
          stablehlo.return %p : tensor<i1>
        }) : (tensor<TYPE>, tensor<SHAPExi32>) -> (tensor<TYPE>, tensor<SHAPExi32>)
        %w0 = stablehlo.constant dense<SORTED> : tensor<TYPE>
        stablehlo.custom_call @check.expect_eq(%s#0, %w0) : (tensor<TYPE>, tensor<TYPE>) -> ()
        %w1 = stablehlo.constant dense<POSITIONS> : tensor<SHAPExi32>
        stablehlo.custom_call @check.expect_eq(%s#1, %w1) : (tensor<SHAPExi32>, tensor<SHAPExi32>) -> ()
        """
            .replace("KEYS", keys)
            .replace("SORTED", sorted)
            .replace("POSITIONS", positions)
            .replace("TYPE", type)
            .replace("ELEMENT", element)
            .replace("SHAPE", shape)
            .replace("SIZE", size(shape))
            .replace("DIM", Integer.toString(dimension))
            .replace("DIRECTION", direction)
            .replace("ORDER", order));
  }

  private static String size(String shape) {
    long size = 1;
    for (String dim : shape.split("x")) {
      size *= Long.parseLong(dim);
    }
    return Long.toString(size);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5xi32   | 3xi32   | 3 | [1, 9, 1, 9, 2] | [9, 9, 2] | [1, 3, 4]",
        "5xi32   | 5xi32   | 5 | [1, 9, 1, 9, 2] | [9, 9, 2, 1, 1] | [1, 3, 4, 0, 2]",
        "5xi32   | 0xi32   | 0 | [1, 9, 1, 9, 2] | [] | []",
        "3xui8   | 2xui8   | 2 | [1, 255, 7] | [255, 7] | [1, 2]",
        "2x2xi1  | 2x1xi1  | 1 | [[false, true], [true, true]] | [[true], [true]] | [[1], [0]]",
        "4xf32   | 4xf32   | 4 | [-0.0, 0xFFC00000, 0x7FC00000, 0.0]"
            + " | [0x7FC00000, 0.0, -0.0, 0xFFC00000] | [2, 3, 0, 1]",
      })
  void selects(String type, String result, int k, String x, String values, String indices) {
    assertHolds(
        """
        %x = stablehlo.constant dense<INPUT> : tensor<TYPE>
        %v, %i = chlo.top_k(%x, k = COUNT) : tensor<TYPE> -> (tensor<RESULT>, tensor<PLACES>)
        %w0 = stablehlo.constant dense<VALUES> : tensor<RESULT>
        stablehlo.custom_call @check.expect_eq(%v, %w0) : (tensor<RESULT>, tensor<RESULT>) -> ()
        %w1 = stablehlo.constant dense<INDICES> : tensor<PLACES>
        stablehlo.custom_call @check.expect_eq(%i, %w1) : (tensor<PLACES>, tensor<PLACES>) -> ()
        """
            .replace("INPUT", x)
            .replace("TYPE", type)
            .replace("COUNT", Integer.toString(k))
            .replace("PLACES", result.substring(0, result.lastIndexOf('x')) + "xi32")
            .replace("RESULT", result)
            .replace("VALUES", values)
            .replace("INDICES", indices));
  }

  private static void assertHolds(String body) {
    SelfCheck.Report report =
        SelfCheck.run(HloParser.parse("func.func @main() {\n" + body + "return\n}"));
    assertThat(report.checks()).isEqualTo(2);
    assertThat(report.failures()).isEmpty();
  }
}
