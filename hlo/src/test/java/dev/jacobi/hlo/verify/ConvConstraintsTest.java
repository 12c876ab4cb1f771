package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Bad.axes;
import static dev.jacobi.hlo.verify.Bad.bad;
import static dev.jacobi.hlo.verify.Bad.f32;
import static dev.jacobi.hlo.verify.Bad.i32;
import static dev.jacobi.hlo.verify.Bad.longs;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.ConvOp.ConvDims;
import dev.jacobi.hlo.ConvOp.Window;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloSyntaxException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvConstraintsTest {
  private static final Longs ONE = longs(1);
  private static final Longs NONE = longs(0);

  static Stream<Bad> modules() {
    return Stream.of(windows(), dimensions(), groups(), types(), norms()).flatMap(List::stream);
  }

  /** {@code [b, 0, f]x[0, i, o]->[b, 0, f]}. */
  private static ConvDims dims() {
    return new ConvDims(0, 2, axes(1), 1, 2, axes(0), 0, 2, axes(1));
  }

  private static Op conv(
      Value lhs, Value rhs, ConvDims dims, Window w, long features, long batches, DType to) {
    Precision p = Precision.DEFAULT;
    return new ConvOp.Convolution(lhs, rhs, dims, w, features, batches, p, p, to);
  }

  /** An input (2, 5, 4) and a kernel (3, 4, 6), which give (2, 3, 6). */
  private static Op conv(Bad.Params p, ConvDims dims, Window w) {
    return conv(p.f32(2, 5, 4), p.f32(3, 4, 6), dims, w, 1, 1, DType.F32);
  }

  private static Bad badWindow(
      String id, Longs strides, Longs low, Longs high, Longs lhs, Longs rhs, Boolean... reversal) {
    Window w = new Window(strides, low, high, lhs, rhs, List.of(reversal));
    return bad(id, p -> conv(p, dims(), w), f32(2, 3, 6));
  }

  private static List<Bad> windows() {
    return List.of(
        badWindow("convolution_c2", longs(1, 1), NONE, NONE, ONE, ONE, false),
        badWindow("convolution_c3", longs(0), NONE, NONE, ONE, ONE, false),
        badWindow("convolution_c4", ONE, longs(0, 0), NONE, ONE, ONE, false),
        badWindow("convolution_c4", ONE, NONE, longs(), ONE, ONE, false),
        badWindow("convolution_c5", ONE, NONE, NONE, longs(1, 1), ONE, false),
        badWindow("convolution_c6", ONE, NONE, NONE, longs(-1), ONE, false),
        badWindow("convolution_c7", ONE, NONE, NONE, ONE, longs(), false),
        badWindow("convolution_c8", ONE, NONE, NONE, ONE, longs(0), false),
        badWindow("convolution_c9", ONE, NONE, NONE, ONE, ONE));
  }

  private static Bad badDims(String id, ConvDims dims) {
    return bad(id, p -> conv(p, dims, Window.plain(1)), f32(2, 3, 6));
  }

  private static List<Bad> dimensions() {
    return List.of(
        bad(
            "convolution_c1",
            p -> conv(p.f32(2, 5, 4), p.f32(4, 6), dims(), Window.plain(1), 1, 1, DType.F32),
            f32(2, 3, 6)),
        badDims("convolution_c12", new ConvDims(0, 2, axes(1, 1), 1, 2, axes(0), 0, 2, axes(1))),
        badDims("convolution_c13", new ConvDims(0, 0, axes(1), 1, 2, axes(0), 0, 2, axes(1))),
        badDims("convolution_c13", new ConvDims(0, 3, axes(1), 1, 2, axes(0), 0, 2, axes(1))),
        badDims("convolution_c17", new ConvDims(0, 2, axes(1), 1, 2, axes(), 0, 2, axes(1))),
        badDims("convolution_c18", new ConvDims(0, 2, axes(1), 1, 2, axes(1), 0, 2, axes(1))),
        badDims("convolution_c18", new ConvDims(0, 2, axes(1), -1, 2, axes(0), 0, 2, axes(1))),
        badDims("convolution_c19", new ConvDims(0, 2, axes(1), 1, 2, axes(0), 0, 2, axes())),
        badDims("convolution_c20", new ConvDims(0, 2, axes(1), 1, 2, axes(0), 0, 2, axes(2))),
        badDims("convolution_c20", new ConvDims(0, 2, axes(1), 1, 2, axes(0), 4, 2, axes(1))));
  }

  private static Bad badGroups(String id, int batch, int input, int output, long f, long b) {
    return bad(
        id,
        p ->
            conv(
                p.f32(batch, 5, input),
                p.f32(3, 4, output),
                dims(),
                Window.plain(1),
                f,
                b,
                DType.F32),
        f32(2, 3, output));
  }

  private static List<Bad> groups() {
    return List.of(
        badGroups("convolution_c10", 3, 4, 6, 1, 2),
        badGroups("convolution_c11", 2, 9, 6, 2, 1),
        badGroups("convolution_c14", 2, 4, 6, 2, 1),
        badGroups("convolution_c15", 4, 4, 6, 1, 4),
        badGroups("convolution_c16", 2, 16, 6, 4, 1),
        badGroups("convolution_c21", 2, 4, 6, 0, 1),
        badGroups("convolution_c22", 2, 4, 6, 1, -1),
        badGroups("convolution_c23", 2, 8, 6, 2, 2));
  }

  private static List<Bad> types() {
    Window w = Window.plain(1);
    return List.of(
        bad("convolution_c25", p -> conv(p, dims(), w), f32(2, 4, 6)),
        bad("convolution_c25", p -> conv(p, dims(), w), f32(1, 3, 6)),
        bad(
            "convolution_c25",
            p -> conv(p.f32(2, 5, 4), p.f32(0, 4, 6), dims(), w, 1, 1, DType.F32),
            f32(2, 6, 6)),
        bad("convolution_c26", p -> conv(p, dims(), w), f32(2, 3)),
        bad(
            "convolution_c27",
            p -> conv(p.f32(2, 5, 4), p.i32(3, 4, 6), dims(), w, 1, 1, DType.F32),
            f32(2, 3, 6)),
        bad(
            "convolution_c27",
            p -> conv(p.f32(2, 5, 4), p.f32(3, 4, 6), dims(), w, 1, 1, DType.I32),
            i32(2, 3, 6)),
        bad(
            "convolution_c27",
            p -> conv(p.f32(2, 5, 4), p.f32(3, 4, 6), dims(), w, 1, 1, DType.BF16),
            TensorType.of(DType.BF16, 2, 3, 6)));
  }

  /** The two precisions are a part of the record: another number of them does not read. */
  @Test
  void convolution_c24() {
    String program =
        """
        func.func @main(%a: tensor<2x5x4xf32>, %k: tensor<3x4x6xf32>) -> tensor<2x3x6xf32> {
          %0 = stablehlo.convolution(%a, %k)
              dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {}
              {batch_group_count = 1 : i64, feature_group_count = 1 : i64,
               precision_config = [#stablehlo<precision HIGH>]}
              : (tensor<2x5x4xf32>, tensor<3x4x6xf32>) -> tensor<2x3x6xf32>
          return %0 : tensor<2x3x6xf32>
        }
        """;
    assertThatThrownBy(() -> HloParser.parse(program))
        .isInstanceOf(HloSyntaxException.class)
        .hasMessageContaining("needs the precisions of 2 operands, not of 1");
  }

  private static Op training(Value x, Value scale, Value offset, int feature) {
    return new NormOp.BatchNormTraining(x, scale, offset, 0.1f, feature);
  }

  private static Op inference(Value x, Value scale, Value offset, Value mean, Value variance) {
    return new NormOp.BatchNormInference(x, scale, offset, mean, variance, 0.1f, 1);
  }

  private static Op grad(Value x, Value scale, Value mean, Value variance, Value g, int feature) {
    return new NormOp.BatchNormGrad(x, scale, mean, variance, g, 0.1f, feature);
  }

  private static List<Bad> norms() {
    TensorType x = f32(2, 3);
    TensorType v = f32(3);
    return Stream.of(
            trainings(x, v),
            List.of(
                bad(
                    "batch_norm_inference_i1",
                    p -> inference(p.i32(2, 3), p.i32(3), p.i32(3), p.i32(3), p.i32(3)),
                    i32(2, 3)),
                bad(
                    "batch_norm_inference_c1",
                    p -> inference(p.f32(3), p.f32(3), p.f32(3), p.f32(3), p.f32(3)),
                    v),
                bad(
                    "batch_norm_inference_c2",
                    p -> inference(p.f32(2, 3), p.i32(3), p.f32(3), p.f32(3), p.f32(3)),
                    x),
                bad(
                    "batch_norm_inference_c3",
                    p -> inference(p.f32(2, 3), p.f32(2), p.f32(3), p.f32(3), p.f32(3)),
                    x),
                bad(
                    "batch_norm_inference_c4",
                    p -> inference(p.f32(2, 3), p.f32(3), p.f32(3, 1), p.f32(3), p.f32(3)),
                    x),
                bad(
                    "batch_norm_inference_c5",
                    p -> inference(p.f32(2, 3), p.f32(3), p.f32(3), p.f32(4), p.f32(3)),
                    x),
                bad(
                    "batch_norm_inference_c6",
                    p -> inference(p.f32(2, 3), p.f32(3), p.f32(3), p.f32(3), p.f32()),
                    x),
                bad(
                    "batch_norm_inference_c7",
                    p -> inference(p.f32(2, 3), p.f32(3), p.f32(3), p.f32(3), p.f32(3)),
                    f32(3, 3))),
            grads(x, v))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Bad> trainings(TensorType x, TensorType v) {
    return List.of(
        bad("batch_norm_training_i1", p -> training(p.i32(2, 3), p.i32(3), p.i32(3), 1), x, v, v),
        bad("batch_norm_training_c1", p -> training(p.f32(2, 3), p.f32(3), p.f32(3), 2), x, v, v),
        bad("batch_norm_training_c1", p -> training(p.f32(2, 3), p.f32(3), p.f32(3), -1), x, v, v),
        bad("batch_norm_training_c2", p -> training(p.f32(2, 3), p.f32(3), p.i32(3), 1), x, v, v),
        bad("batch_norm_training_c3", p -> training(p.f32(2, 3), p.f32(2), p.f32(3), 1), x, v, v),
        bad("batch_norm_training_c4", p -> training(p.f32(2, 3), p.f32(3), p.f32(4), 1), x, v, v),
        bad(
            "batch_norm_training_c5",
            p -> training(p.f32(2, 3), p.f32(3), p.f32(3), 1),
            x,
            f32(2),
            v),
        bad(
            "batch_norm_training_c6",
            p -> training(p.f32(2, 3), p.f32(3), p.f32(3), 1),
            x,
            v,
            f32(2)),
        bad(
            "batch_norm_training_c7",
            p -> training(p.f32(2, 3), p.f32(3), p.f32(3), 1),
            f32(3, 2),
            v,
            v));
  }

  private static List<Bad> grads(TensorType x, TensorType v) {
    return List.of(
        bad(
            "batch_norm_grad_i1",
            p -> grad(p.i32(2, 3), p.i32(3), p.i32(3), p.i32(3), p.i32(2, 3), 1),
            x,
            v,
            v),
        bad(
            "batch_norm_grad_c1",
            p -> grad(p.f32(2, 3), p.f32(3), p.f32(3), p.f32(3), p.f32(2, 3), 2),
            x,
            v,
            v),
        bad(
            "batch_norm_grad_c2",
            p -> grad(p.f32(2, 3), p.f32(3), p.i32(3), p.f32(3), p.f32(2, 3), 1),
            x,
            v,
            v),
        bad(
            "batch_norm_grad_c3",
            p -> grad(p.f32(2, 3), p.f32(3), p.f32(3), p.f32(3), p.f32(3, 2), 1),
            x,
            v,
            v),
        bad(
            "batch_norm_grad_c3",
            p -> grad(p.f32(2, 3), p.f32(3), p.f32(3), p.f32(3), p.f32(2, 3), 1),
            f32(3, 2),
            v,
            v),
        bad(
            "batch_norm_grad_c4",
            p -> grad(p.f32(2, 3), p.f32(3), p.f32(2), p.f32(3), p.f32(2, 3), 1),
            x,
            v,
            v),
        bad(
            "batch_norm_grad_c4",
            p -> grad(p.f32(2, 3), p.f32(3), p.f32(3), p.f32(3), p.f32(2, 3), 1),
            x,
            v,
            f32(2)),
        bad(
            "batch_norm_grad_c5",
            p -> grad(p.f32(2, 3), p.f32(2), p.f32(2), p.f32(2), p.f32(2, 3), 1),
            x,
            f32(2),
            f32(2)));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void constraint(Bad bad) {
    VerifierTest.assertRejected(bad);
  }
}
