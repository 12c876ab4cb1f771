package dev.jacobi.hlo.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloSyntaxException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Corners of operations that slide windows, as tables. */
class WindowSemanticsTest {
  private static List<Long> run(String text) {
    Literal out = Interpreter.run(HloParser.parse(text), List.of()).getFirst();
    return IntStream.range(0, (int) out.shape().size()).mapToObj(out::getLong).toList();
  }

  private static String reduceWindow(
      String x, String init, String fn, String attributes, String types) {
    String text =
"""
func.func @main() -> OUT {
  %x = stablehlo.constant dense<ELEMENTS> : IN
  %i = stablehlo.constant dense<INIT> : tensor<i32>
  %r = "stablehlo.reduce_window"(%x, %i) <{ATTRIBUTES}> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %c = stablehlo.FN %a, %b : tensor<i32>
    stablehlo.return %c : tensor<i32>
  }) : (IN, tensor<i32>) -> OUT
  return %r : OUT
}
""";
    return text.replace("INIT", init)
        .replace("IN", types.split(" ")[0])
        .replace("OUT", types.split(" ")[1])
        .replace("ELEMENTS", x)
        .replace("FN", fn)
        .replace("ATTRIBUTES", attributes);
  }

  /** The first row is the specification's example. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[[1, 2], [3, 4], [5, 6]]; 0; add; window_dimensions = array<i64: 2, 1>, window_strides ="
            + " array<i64: 4, 1>, base_dilations = array<i64: 2, 1>, window_dilations = array<i64:"
            + " 3, 1>, padding = dense<[[2, 1], [0, 0]]> : tensor<2x2xi64>;"
            + " tensor<3x2xi32> tensor<2x2xi32>; [0, 0, 3, 4]",
        "[1, 2, 3, 4]; 0; add; window_dimensions = array<i64: 4>, padding = dense<[[3, 0]]> :"
            + " tensor<1x2xi64>; tensor<4xi32> tensor<4xi32>; [1, 3, 6, 10]",
        "[1, 2, 3, 4]; 0; add; window_dimensions = array<i64: 4>, padding = dense<[[0, 3]]> :"
            + " tensor<1x2xi64>; tensor<4xi32> tensor<4xi32>; [10, 9, 7, 4]",
        "[1, 2, 3, 4]; 10; add; window_dimensions = array<i64: 2>, padding = dense<[[1, 1]]> :"
            + " tensor<1x2xi64>; tensor<4xi32> tensor<5xi32>; [11, 13, 15, 17, 14]",
        "[5, 2, 3, 4]; 7; subtract; window_dimensions = array<i64: 3>, window_strides = array<i64:"
            + " 2>, padding = dense<[[-1, 1]]> : tensor<1x2xi64>; tensor<4xi32> tensor<1xi32>;"
            + " [-2]",
        "[5, 2]; 3; add; window_dimensions = array<i64: 1>, base_dilations = array<i64: 3>,"
            + " padding = dense<[[1, 2]]> : tensor<1x2xi64>; tensor<2xi32> tensor<7xi32>;"
            + " [3, 8, 3, 3, 5, 3, 3]",
        "[5, 2]; 3; add; window_dimensions = array<i64: 3>; tensor<2xi32> tensor<0xi32>; []",
        "[]; 3; add; window_dimensions = array<i64: 2>, padding = dense<[[1, 1]]> :"
            + " tensor<1x2xi64>; tensor<0xi32> tensor<1xi32>; [3]",
        "5; 3; add; window_dimensions = array<i64>; tensor<i32> tensor<i32>; [8]",
        "[5, 2]; 3; maximum; window_dimensions = array<i64: 1099511627776>, padding ="
            + " dense<[[1099511627775, 0]]> : tensor<1x2xi64>; tensor<2xi32> tensor<2xi32>; [5, 5]"
      })
  void reductions(
      String x, String init, String fn, String attributes, String types, String result) {
    assertThat(run(reduceWindow(x, init, fn, attributes, types))).hasToString(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "window_dimensions = array<i64: 2>, padding = dense<1> : tensor<2xi64>; (rank, 2)",
        "window_dimensions = array<i64: 2>, window_strides = array<i64: 0>; does not fit",
        "window_dimensions = array<i64: 2>, base_dilations = array<i64: 9223372036854775807>;"
            + " does not fit",
        "window_strides = array<i64: 2>; window_dimensions"
      })
  void badText(String attributes, String message) {
    String text = reduceWindow("[1, 2]", "0", "add", attributes, "tensor<2xi32> tensor<1xi32>");
    assertThatThrownBy(() -> HloParser.parse(text))
        .isInstanceOf(HloSyntaxException.class)
        .hasMessageContaining(message);
  }

  /** Ties go to the element that select keeps; a window outside of the operand scatters nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GE; 3; 2; [[0, 0]]; [1, 5, 5, 2, 4]; 2; [0, 1, 2, 0, 0]",
        "GT; 3; 2; [[0, 0]]; [1, 5, 5, 2, 4]; 2; [0, 0, 3, 0, 0]",
        "GE; 3; 1; [[0, 0]]; [1, 5, 5, 2, 4]; 3; [0, 3, 3, 0, 0]",
        "GE; 1; 2; [[1, 1]]; [1, 5, 5]; 3; [0, 2, 0]",
        "LE; 2; 2; [[1, 0]]; [1, 5, 5]; 2; [1, 2, 0]"
      })
  void selections(
      String direction,
      int size,
      int stride,
      String padding,
      String x,
      int windows,
      String result) {
    int n = x.split(",").length;
    String text =
"""
func.func @main() -> tensor<NxI> {
  %x = stablehlo.constant dense<X> : tensor<NxI>
  %one = stablehlo.constant dense<1> : tensor<SxI>
  %k = stablehlo.iota dim = 0 : tensor<SxI>
  %s = stablehlo.add %k, %one : tensor<SxI>
  %i = stablehlo.constant dense<0> : tensor<I>
  %r = "stablehlo.select_and_scatter"(%x, %s, %i) <{padding = dense<PADDING> : tensor<1x2xi64>,
      window_dimensions = array<i64: SIZE>, window_strides = array<i64: STRIDE>}> ({
  ^bb0(%a: tensor<I>, %b: tensor<I>):
    %c = stablehlo.compare DIRECTION, %a, %b, SIGNED : (tensor<I>, tensor<I>) -> tensor<i1>
    stablehlo.return %c : tensor<i1>
  }, {
  ^bb0(%a: tensor<I>, %b: tensor<I>):
    %c = stablehlo.add %a, %b : tensor<I>
    stablehlo.return %c : tensor<I>
  }) : (tensor<NxI>, tensor<SxI>, tensor<I>) -> tensor<NxI>
  return %r : tensor<NxI>
}
"""
            .replace("dense<X>", "dense<" + x + ">")
            .replace("PADDING", padding)
            .replace("SIZE", "" + size)
            .replace("STRIDE", "" + stride)
            .replace("DIRECTION", direction)
            .replace("tensor<N", "tensor<" + n)
            .replace("tensor<S", "tensor<" + windows)
            .replace("xI>", "xi32>")
            .replace("<I>", "<i32>");
    assertThat(run(text)).hasToString(result);
  }
}
