package dev.jacobi.hlo.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.HloVerifyException;
import dev.jacobi.hlo.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefinerTest {
  /** {@code @main} of %x: tensor of unknown size, and %n: tensor of one 32-bit integer. */
  private static HloModule program(String body, String result) {
    HloModule module =
        HloParser.parse(
            """
            module {
              func.func @main(%%x: tensor<?xf32>, %%n: tensor<i32>) -> %s {
                %s
                return %%r : %s
              }
              func.func private @pick(%%k: tensor<i32>, %%y: tensor<?xf32>) -> tensor<?xf32> {
                %%s = stablehlo.reshape %%k : (tensor<i32>) -> tensor<1xi32>
                %%r = stablehlo.dynamic_broadcast_in_dim %%y, %%s, dims = [0] \
            : (tensor<?xf32>, tensor<1xi32>) -> tensor<?xf32>
                return %%r : tensor<?xf32>
              }
              func.func private @max(%%a: tensor<f32>, %%b: tensor<f32>) -> tensor<f32> {
                %%r = stablehlo.maximum %%a, %%b : tensor<f32>
                return %%r : tensor<f32>
              }
            }
            """
                .formatted(result, body, result));
    Verifier.verify(module);
    return module;
  }

  private static final String SIZE =
      "%d = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?xf32>) -> tensor<i32>\n";

  private static HloModule refine(HloModule module, long size) {
    List<TensorType> types = List.of(TensorType.of(DType.F32, size), TensorType.scalar(DType.I32));
    HloModule refined = Refiner.refine(module, types, Interpreter::run);
    assertThat(Refiner.isNeeded(module)).isTrue();
    assertThat(Refiner.isNeeded(refined)).isFalse();
    assertThat(HloPrinter.print(refined)).doesNotContain("?");
    return refined;
  }

  private static Literal run(String body, String result, float... x) {
    HloModule module = program(body, result);
    Literal argument = Literal.ofFloats(Shape.of(x.length), x);
    List<Literal> arguments = List.of(argument, Literal.scalar(DType.I32, 1L));
    Literal direct = Interpreter.run(module, arguments).getFirst();
    assertThat(Interpreter.run(refine(module, x.length), arguments)).containsExactly(direct);
    return direct;
  }

  private static Literal floats(float... values) {
    return Literal.ofFloats(Shape.of(values.length), values);
  }

  @Test
  void arithmeticOnSizesLeavesNothingButItsResults() {
    String body =
        SIZE
            + """
            %two = stablehlo.constant dense<2> : tensor<i32>
            %m = stablehlo.multiply %d, %two : tensor<i32>
            %s = stablehlo.reshape %m : (tensor<i32>) -> tensor<1xi32>
            %r = stablehlo.dynamic_iota %s, dim = 0 : (tensor<1xi32>) -> tensor<?xf32>
            """;
    HloModule refined = refine(program(body, "tensor<?xf32>"), 2);
    assertThat(refined.main().body().instrs()).hasSize(1);
    assertThat(run(body, "tensor<?xf32>", 7, 8)).isEqualTo(floats(0, 1, 2, 3));
  }

  @Test
  void functionsAreWrittenOncePerShapeAndSize() {
    String call = "= call @pick(%d, %x) : (tensor<i32>, tensor<?xf32>) -> tensor<?xf32>\n";
    String body =
        SIZE
            + "%a "
            + call
            + "%b "
            + call
            + "%r = stablehlo.concatenate %a, %b, dim = 0"
            + " : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>\n";
    assertThat(refine(program(body, "tensor<?xf32>"), 3).funcs().keySet())
        .containsExactly("main", "pick");
    assertThat(run(body, "tensor<?xf32>", 4, 5)).isEqualTo(floats(4, 5, 4, 5));
  }

  @Test
  void loopsHandSizesOn() {
    String body =
        SIZE
            + """
            %c0 = stablehlo.constant dense<0> : tensor<i32>
            %w:3 = stablehlo.while(%i = %c0, %k = %d, %y = %x) : tensor<i32>, tensor<i32>, tensor<?xf32>
            cond {
              %lt = stablehlo.compare LT, %i, %k, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
              stablehlo.return %lt : tensor<i1>
            } do {
              %one = stablehlo.constant dense<1> : tensor<i32>
              %j = stablehlo.add %i, %one : tensor<i32>
              %s = stablehlo.reshape %k : (tensor<i32>) -> tensor<1xi32>
              %o = stablehlo.dynamic_iota %s, dim = 0 : (tensor<1xi32>) -> tensor<?xf32>
              %z = stablehlo.add %y, %o : tensor<?xf32>
              stablehlo.return %j, %k, %z : tensor<i32>, tensor<i32>, tensor<?xf32>
            }
            %r = call @pick(%w#1, %w#2) : (tensor<i32>, tensor<?xf32>) -> tensor<?xf32>
            """;
    assertThat(run(body, "tensor<?xf32>", 1, 1, 1)).isEqualTo(floats(1, 4, 7));
  }

  @Test
  void slicesOfKnownSizesMayStartAnywhere() {
    String body =
        """
            %one = stablehlo.constant dense<1> : tensor<1xi32>
            %s = stablehlo.reshape %n : (tensor<i32>) -> tensor<1xi32>
            %two = stablehlo.constant dense<2> : tensor<1xi32>
            %l = stablehlo.add %s, %two : tensor<1xi32>
            %r = stablehlo.real_dynamic_slice %x, %s, %l, %one \
        : (tensor<?xf32>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>) -> tensor<?xf32>
        """;
    assertThat(run(body, "tensor<?xf32>", 1, 2, 3, 4)).isEqualTo(floats(2, 3));
  }

  @Test
  void callsOfOtherVersionsOfJax() {
    String window =
        SIZE
            + """
            %ninf = stablehlo.constant dense<0xFF800000> : tensor<f32>
            %one = stablehlo.constant dense<1> : tensor<1xi32>
            %s = stablehlo.reshape %d : (tensor<i32>) -> tensor<1xi32>
            %less = stablehlo.subtract %s, %one : tensor<1xi32>
            %zero = stablehlo.subtract %one, %one : tensor<1xi32>
            %p1 = stablehlo.concatenate %less, %zero, dim = 0 \
            : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
            %p = stablehlo.reshape %p1 : (tensor<2xi32>) -> tensor<1x2xi32>
            %r = stablehlo.custom_call @stablehlo.dynamic_reduce_window\
            (%x, %ninf, %s, %one, %one, %one, %p) {called_computations = [@max]} \
            : (tensor<?xf32>, tensor<f32>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>, \
            tensor<1xi32>, tensor<1x2xi32>) -> tensor<?xf32>
            """;
    assertThat(run(window, "tensor<?xf32>", 1, 3, 2)).isEqualTo(floats(1, 3, 3));
    String top =
        SIZE
            + """
            %q:2 = stablehlo.custom_call @stablehlo.dynamic_top_k(%x, %d) \
            : (tensor<?xf32>, tensor<i32>) -> (tensor<?xf32>, tensor<?xi32>)
            %r = stablehlo.convert %q#1 : (tensor<?xi32>) -> tensor<?xf32>
            """;
    assertThat(run(top, "tensor<?xf32>", 1, 3, 2)).isEqualTo(floats(1, 2, 0));
  }

  private static final String ASSERTION =
      SIZE
          + """
          %three = stablehlo.constant dense<3> : tensor<i32>
          %ok = stablehlo.compare EQ, %d, %three, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.custom_call @shape_assertion(%ok, %three, %d) {api_version = 2 : i32, \
          error_message = "not {0} but {1}, \\22{2}\\22", has_side_effect = true} \
          : (tensor<i1>, tensor<i32>, tensor<i32>) -> ()
          %r = stablehlo.abs %x : tensor<?xf32>
          """;

  @Test
  void aFailingAssertionSpeaksForItself() {
    assertThat(run(ASSERTION, "tensor<?xf32>", 1, -2, 3)).isEqualTo(floats(1, 2, 3));
    assertThatThrownBy(() -> refine(program(ASSERTION, "tensor<?xf32>"), 4))
        .isInstanceOf(ShapeAssertionException.class)
        .hasMessage("not 3 but 4, \"{2}\" (<text>:6:1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%s = stablehlo.reshape %n : (tensor<i32>) -> tensor<1xi32>  %r ="
            + " stablehlo.dynamic_iota %s, dim = 0 : (tensor<1xi32>) -> tensor<?xf32>"
            + "| stablehlo.dynamic_iota whose shape is not a constant",
        "%r = stablehlo.custom_call @unheard_of(%x) : (tensor<?xf32>) -> tensor<?xf32>"
            + "| stablehlo.custom_call whose result has sizes that follow from no argument:"
            + " tensor<?xf32>",
        "%p = stablehlo.compare EQ, %n, %n : (tensor<i32>, tensor<i32>) -> tensor<i1> "
            + " stablehlo.custom_call @shape_assertion(%p) : (tensor<i1>) -> () "
            + " %r = stablehlo.abs %x : tensor<?xf32>"
            + "| stablehlo.custom_call whose shape is not a constant"
      })
  void whatDoesNotFollowIsNamedWithItsPlace(String body, String what) {
    String lines = body.replace("  ", "\n");
    int line = 2 + lines.split("\n").length - (lines.contains("abs") ? 1 : 0);
    assertThatThrownBy(() -> refine(program(lines, "tensor<?xf32>"), 3))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageMatching("<text>:" + line + ":\\d+: not supported: " + quoted(what));
  }

  private static String quoted(String text) {
    return java.util.regex.Pattern.quote(text);
  }

  @Test
  void sizesThatContradictAreNamed() {
    String fixed = "%r = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>\n";
    HloModule sum =
        program(
            fixed.replace("%r", "%c")
                + "%r = stablehlo.add %x, %c : (tensor<?xf32>, tensor<2xf32>)"
                + " -> tensor<?xf32>\n",
            "tensor<?xf32>");
    assertThatThrownBy(() -> refine(sum, 3))
        .isInstanceOf(HloVerifyException.class)
        .hasMessageStartingWith("add_c1")
        .hasMessageContaining("<text>:4:");
    HloModule stated =
        program("%r = stablehlo.abs %x : (tensor<?xf32>) -> tensor<2xf32>\n", "tensor<2xf32>");
    assertThatThrownBy(() -> refine(stated, 3))
        .isInstanceOf(RefineException.class)
        .hasMessage(
            "stablehlo.abs gives tensor<3xf32>, but is said to give tensor<2xf32> (<text>:3:10)");
  }

  @Test
  void argumentsMustFit() {
    HloModule module = program("%r = stablehlo.abs %x : tensor<?xf32>\n", "tensor<?xf32>");
    List<List<TensorType>> wrong =
        List.of(
            List.of(),
            List.of(TensorType.of(DType.F64, 3), TensorType.scalar(DType.I32)),
            List.of(TensorType.of(DType.F32, 3, 3), TensorType.scalar(DType.I32)),
            List.of(TensorType.of(DType.F32, Shape.DYNAMIC), TensorType.scalar(DType.I32)));
    for (List<TensorType> types : wrong) {
      assertThatThrownBy(() -> Refiner.refine(module, types, Interpreter::run))
          .isInstanceOf(RefineException.class)
          .hasMessageStartingWith("@main takes [tensor<?xf32>, tensor<i32>], but got");
    }
  }

  /** Each function calls the one before twice, with other sizes: 2^n functions. */
  @Test
  void programsThatDoubleAtEveryCallEnd() {
    List<String> funcs = new ArrayList<>();
    String type = "(tensor<i32>, tensor<?xf32>) -> tensor<?xf32>";
    for (int i = 1; i <= 30; i++) {
      String callee = i == 1 ? "pick" : "f" + (i - 1);
      funcs.add(
          """
          func.func private @f%d(%%k: tensor<i32>, %%y: tensor<?xf32>) -> tensor<?xf32> {
            %%l = stablehlo.add %%k, %%k : tensor<i32>
            %%one = stablehlo.constant dense<1> : tensor<i32>
            %%m = stablehlo.add %%l, %%one : tensor<i32>
            %%a = call @%s(%%l, %%y) : %s
            %%r = call @%s(%%m, %%y) : %s
            return %%r : tensor<?xf32>
          }
          """
              .formatted(i, callee, type, callee, type));
    }
    String main =
        """
        func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
          %d = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?xf32>) -> tensor<i32>
          %r = call @f30(%d, %x) : (tensor<i32>, tensor<?xf32>) -> tensor<?xf32>
          return %r : tensor<?xf32>
        }
        func.func private @pick(%k: tensor<i32>, %y: tensor<?xf32>) -> tensor<?xf32> {
          return %y : tensor<?xf32>
        }
        """;
    HloModule module = HloParser.parse(main + String.join("\n", funcs));
    Verifier.verify(module);
    List<TensorType> types = List.of(TensorType.of(DType.F32, 1));
    assertThatThrownBy(() -> Refiner.refine(module, types, Interpreter::run))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("functions of different shapes");
  }
}
