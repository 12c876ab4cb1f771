package dev.jacobi.hlo.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Programs find Java's objects by number as long as somebody keeps them. */
class HostTest {
  private static final TensorType F32 = TensorType.scalar(DType.F32);

  private static final String CHECKED =
      """
      module @checked {
        func.func public @main(%x: tensor<i32>) -> tensor<i32> {
          %c = stablehlo.constant dense<3> : tensor<i32>
          %p = stablehlo.compare LT, %x, %c : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.composite "jacobi.check" %p, %x {
            composite_attributes = {message = "too large"}, decomposition = @nothing
          } : (tensor<i1>, tensor<i32>) -> ()
          return %x : tensor<i32>
        }
        func.func private @nothing(%p: tensor<i1>, %x: tensor<i32>) {
          return
        }
      }
      """;

  private static HloModule calling(Hosted function, TensorType result) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(F32);
    List<Value> out = b.addAll(HostCall.op(function, List.of(x), List.of(result), true));
    HloFunc main = new HloFunc("main", true, b.build(out));
    return new HloModule("calling", Map.of("main", main), Map.of());
  }

  @Test
  void aProgramCallsAFunction() {
    HostFunction twice = in -> List.of(Literal.scalar(DType.F32, 2 * in.getFirst().getDouble(0)));
    Hosted hosted = Hosted.of(twice);
    HloModule read = HloParser.parse(HloPrinter.print(calling(hosted, F32)));
    List<Literal> out = Interpreter.run(read, List.of(Literal.scalar(DType.F32, 4.0)));
    assertThat(out.getFirst().getDouble(0)).isEqualTo(8);
    Reference.reachabilityFence(hosted);
  }

  @Test
  void resultsOfAnotherTypeAreRefused() {
    HostFunction same = in -> in;
    Hosted hosted = Hosted.of(same);
    HloModule program = calling(hosted, TensorType.scalar(DType.I32));
    assertThatThrownBy(() -> Interpreter.run(program, List.of(Literal.scalar(DType.F32, 4.0))))
        .isInstanceOf(HloTypeException.class)
        .hasMessageContaining("must give");
    Reference.reachabilityFence(hosted);
  }

  @Test
  void aFunctionOfAnotherProcessIsUnknown() {
    String text =
        """
        func.func @main(%x: tensor<f32>) -> tensor<f32> {
          %0 = stablehlo.custom_call @jacobi.callback(%x) {
            api_version = 4 : i32, backend_config = {function = 999999999999 : i64}
          } : (tensor<f32>) -> tensor<f32>
          return %0 : tensor<f32>
        }
        """;
    assertThatThrownBy(
            () -> Interpreter.run(HloParser.parse(text), List.of(Literal.scalar(DType.F32, 4.0))))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("another process");
  }

  @Test
  void checksOfAnotherProcessSayWhatTheirProgramSays() {
    HloModule program = HloParser.parse(CHECKED);
    assertThat(Interpreter.run(program, List.of(Literal.scalar(DType.I32, 2L)))).hasSize(1);
    assertThatThrownBy(() -> Interpreter.run(program, List.of(Literal.scalar(DType.I32, 7L))))
        .isInstanceOf(CheckFailedException.class)
        .hasMessageContaining("too large")
        .hasMessageContaining("7");
  }

  @Test
  void checksCanBeLeftOut() {
    HloModule without = HostCheck.without(HloParser.parse(CHECKED));
    assertThat(HloPrinter.print(without)).doesNotContain("composite");
    Literal seven = Literal.scalar(DType.I32, 7L);
    assertThat(Interpreter.run(without, List.of(seven))).containsExactly(seven);
  }

  @Test
  void numbersAreThoseOfTheType() {
    HostFunction same = in -> in;
    Hosted hosted = Hosted.of(same);
    assertThat(Hosted.find(hosted.number(), HostFunction.class)).contains(hosted);
    Optional<Hosted> other = Hosted.find(hosted.number(), FailureHandler.class);
    assertThat(other).isEmpty();
    assertThat(Hosted.of(same)).isEqualTo(hosted).hasSameHashCodeAs(hosted);
  }
}
