package dev.jacobi.hlo.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.check.SelfCheck;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.verify.Verifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The specification's examples of convolution and batch normalisation, and worked ones. */
class WindowsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        // The specification's example.
        """
        %a = stablehlo.constant dense<[[[[1], [2], [5], [6]], [[3], [4], [7], [8]],
            [[10], [11], [14], [15]], [[12], [13], [16], [17]]]]> : tensor<1x4x4x1xi64>
        %k = stablehlo.constant dense<1> : tensor<3x3x1x1xi64>
        %0 = stablehlo.convolution(%a, %k)
            dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f],
            window = {stride = [4, 4], lhs_dilate = [2, 2]}
            {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
            : (tensor<1x4x4x1xi64>, tensor<3x3x1x1xi64>) -> tensor<1x2x2x1xi64>
        %e1 = stablehlo.constant dense<[[[[10], [26]], [[46], [62]]]]> : tensor<1x2x2x1xi64>
        stablehlo.custom_call @check.expect_eq(%0, %e1) : (tensor<1x2x2x1xi64>, tensor<1x2x2x1xi64>) -> ()
        """,
        // Padding on one side, trimming on the other, dilation of the kernel, which runs backwards.
        """
        %a = stablehlo.constant dense<[[[1, 2, 3, 4, 5]]]> : tensor<1x1x5xi32>
        %k = stablehlo.constant dense<[[[1, 10]]]> : tensor<1x1x2xi32>
        %0 = stablehlo.convolution(%a, %k) dim_numbers = [b, f, 0]x[o, i, 0]->[b, f, 0],
            window = {pad = [[2, -1]], rhs_dilate = [2], reverse = [true]}
            {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
            : (tensor<1x1x5xi32>, tensor<1x1x2xi32>) -> tensor<1x1x4xi32>
        %e2 = stablehlo.constant dense<[[[1, 2, 13, 24]]]> : tensor<1x1x4xi32>
        stablehlo.custom_call @check.expect_eq(%0, %e2) : (tensor<1x1x4xi32>, tensor<1x1x4xi32>) -> ()
        """,
        // Groups of features: the first two features make two results, the last two other two.
        """
        %a = stablehlo.constant dense<[[1, 2, 3, 4]]> : tensor<1x4xi8>
        %k = stablehlo.constant dense<[[1, 0, 10, 1], [0, 1, 1, 20]]> : tensor<2x4xi8>
        %0 = stablehlo.convolution(%a, %k) dim_numbers = [b, f]x[i, o]->[b, f], window = {}
            {batch_group_count = 1 : i64, feature_group_count = 2 : i64}
            : (tensor<1x4xi8>, tensor<2x4xi8>) -> tensor<1x4xi8>
        %e3 = stablehlo.constant dense<[[1, 2, 34, 83]]> : tensor<1x4xi8>
        stablehlo.custom_call @check.expect_eq(%0, %e3) : (tensor<1x4xi8>, tensor<1x4xi8>) -> ()
        """,
        // Groups of the batch: the first half meets the first results' kernel.
        """
        %a = stablehlo.constant dense<[[1], [2], [3], [4]]> : tensor<4x1xi32>
        %k = stablehlo.constant dense<[[1, 10]]> : tensor<1x2xi32>
        %0 = stablehlo.convolution(%a, %k) dim_numbers = [b, f]x[i, o]->[f, b], window = {}
            {batch_group_count = 2 : i64, feature_group_count = 1 : i64}
            : (tensor<4x1xi32>, tensor<1x2xi32>) -> tensor<2x2xi32>
        %e4 = stablehlo.constant dense<[[1, 2], [30, 40]]> : tensor<2x2xi32>
        stablehlo.custom_call @check.expect_eq(%0, %e4) : (tensor<2x2xi32>, tensor<2x2xi32>) -> ()
        """,
        // No window fits.
        """
        %a = stablehlo.constant dense<1.0> : tensor<1x1x2xf32>
        %k = stablehlo.constant dense<1.0> : tensor<1x1x3xf32>
        %0 = stablehlo.convolution(%a, %k) dim_numbers = [b, f, 0]x[o, i, 0]->[b, f, 0], window = {}
            {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
            : (tensor<1x1x2xf32>, tensor<1x1x3xf32>) -> tensor<1x1x0xf32>
        %e = stablehlo.constant dense<> : tensor<1x1x0xf32>
        stablehlo.custom_call @check.expect_eq(%0, %e)
            : (tensor<1x1x0xf32>, tensor<1x1x0xf32>) -> ()
        """,
        // The specification's example of training, and of inference.
        """
        %x = stablehlo.constant dense<[[[1.0, 2.0], [3.0, 4.0]], [[3.0, 4.0], [1.0, 2.0]]]>
            : tensor<2x2x2xf64>
        %one = stablehlo.constant dense<1.0> : tensor<2xf64>
        %0:3 = "stablehlo.batch_norm_training"(%x, %one, %one)
            {epsilon = 0.0 : f32, feature_index = 2 : i64}
            : (tensor<2x2x2xf64>, tensor<2xf64>, tensor<2xf64>)
            -> (tensor<2x2x2xf64>, tensor<2xf64>, tensor<2xf64>)
        %e6 = stablehlo.constant dense<[[[0.0, 0.0], [2.0, 2.0]], [[2.0, 2.0], [0.0, 0.0]]]> : tensor<2x2x2xf64>
        stablehlo.custom_call @check.expect_eq(%0#0, %e6) : (tensor<2x2x2xf64>, tensor<2x2x2xf64>) -> ()
        %e7 = stablehlo.constant dense<[2.0, 3.0]> : tensor<2xf64>
        stablehlo.custom_call @check.expect_eq(%0#1, %e7) : (tensor<2xf64>, tensor<2xf64>) -> ()
        %e8 = stablehlo.constant dense<[1.0, 1.0]> : tensor<2xf64>
        stablehlo.custom_call @check.expect_eq(%0#2, %e8) : (tensor<2xf64>, tensor<2xf64>) -> ()
        %1 = "stablehlo.batch_norm_inference"(%x, %one, %one, %0#1, %0#2)
            {epsilon = 0.0 : f32, feature_index = 2 : i64} : (tensor<2x2x2xf64>, tensor<2xf64>,
            tensor<2xf64>, tensor<2xf64>, tensor<2xf64>) -> tensor<2x2x2xf64>
        stablehlo.custom_call @check.expect_eq(%1, %0#0)
            : (tensor<2x2x2xf64>, tensor<2x2x2xf64>) -> ()
        """,
        // The gradient of a quadratic loss, worked out by hand: mean 2, variance 1, epsilon 0.
        """
        %x = stablehlo.constant dense<[[1.0], [3.0], [1.0], [3.0]]> : tensor<4x1xf64>
        %s = stablehlo.constant dense<2.0> : tensor<1xf64>
        %m = stablehlo.constant dense<2.0> : tensor<1xf64>
        %v = stablehlo.constant dense<1.0> : tensor<1xf64>
        %g = stablehlo.constant dense<[[1.0], [0.0], [0.0], [0.0]]> : tensor<4x1xf64>
        %0:3 = "stablehlo.batch_norm_grad"(%x, %s, %m, %v, %g)
            {epsilon = 0.0 : f32, feature_index = 1 : i64} : (tensor<4x1xf64>, tensor<1xf64>,
            tensor<1xf64>, tensor<1xf64>, tensor<4x1xf64>)
            -> (tensor<4x1xf64>, tensor<1xf64>, tensor<1xf64>)
        %e9 = stablehlo.constant dense<[[1.0], [0.0], [-1.0], [0.0]]> : tensor<4x1xf64>
        stablehlo.custom_call @check.expect_eq(%0#0, %e9) : (tensor<4x1xf64>, tensor<4x1xf64>) -> ()
        %e10 = stablehlo.constant dense<-1.0> : tensor<1xf64>
        stablehlo.custom_call @check.expect_eq(%0#1, %e10) : (tensor<1xf64>, tensor<1xf64>) -> ()
        %e11 = stablehlo.constant dense<1.0> : tensor<1xf64>
        stablehlo.custom_call @check.expect_eq(%0#2, %e11) : (tensor<1xf64>, tensor<1xf64>) -> ()
        """
      })
  void holds(String body) {
    var module = HloParser.parse("func.func @main() {\n" + body + "return\n}");
    Verifier.verify(module);
    SelfCheck.Report report = SelfCheck.run(module);
    assertThat(report.passed()).as("%s", report).isTrue();
  }
}
