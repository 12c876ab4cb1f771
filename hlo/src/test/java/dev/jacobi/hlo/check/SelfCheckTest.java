package dev.jacobi.hlo.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.text.HloParser;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
  private static SelfCheck.Report check(String target, String type, String got, String want) {
    return SelfCheck.run(
        HloParser.parse(
            """
            func.func @main() {
              %%0 = stablehlo.constant dense<%s> : %s
              %%1 = stablehlo.constant dense<%s> : %s
              stablehlo.custom_call @check.%s(%%0, %%1) {has_side_effect = true} : (%s, %s) -> ()
              return
            }
            """
                .formatted(got, type, want, type, target, type, type)));
  }

  private static void holds(boolean holds, String target, String type, String got, String want) {
    SelfCheck.Report report = check(target, type, got, want);
    assertThat(report.checks()).isEqualTo(1);
    assertThat(report.passed()).as(report.toString()).isEqualTo(holds);
  }

  @Test
  void whatCountsAsEqual() {
    String f = "tensor<f32>";
    String nan = "0x7FC00000";
    String inf = "0x7F800000";
    for (String target : new String[] {"expect_eq", "expect_close", "expect_almost_eq"}) {
      holds(true, target, f, nan, "0xFFC00001");
      holds(true, target, f, inf, inf);
      holds(true, target, f, "0.0", "-0.0");
      holds(false, target, f, inf, "0xFF800000");
      holds(false, target, f, nan, "1.0");
      holds(false, target, f, "1.0", "2.0");
    }
    holds(false, "expect_eq", f, "0x3F800000", "0x3F800001");
    holds(true, "expect_close", f, "0x3F800000", "0x3F800003");
    holds(false, "expect_close", f, "0x3F800000", "0x3F800004");
    holds(true, "expect_close", f, "0x00000001", "0x80000002");
    holds(false, "expect_close", f, "0x7F7FFFFF", inf);
    holds(true, "expect_almost_eq", f, "0.0", "0.0009");
    holds(true, "expect_almost_eq", f, "1000.0", "1000.9");
    holds(false, "expect_almost_eq", f, "0.0", "0.0011");
    holds(false, "expect_eq", "tensor<i64>", "9007199254740992", "9007199254740993");
    holds(false, "expect_eq", "tensor<complex<f32>>", "(1.0, 2.0)", "(1.0, 3.0)");
    holds(false, "expect_close", "tensor<complex<f64>>", "(1.0, 2.0)", "(1.0, 3.0)");
  }

  @Test
  void aFailureNamesTheCheckThePlaceAndBothValues() {
    SelfCheck.Report report =
        check("expect_eq", "tensor<2x2xi32>", "[[1, 2], [3, 4]]", "[[1, 2], [5, 6]]");
    assertThat(report.failures().getFirst())
        .contains("check.expect_eq #1 in @main", "at [1, 0] got 3, want 5", "2 of 4 elements");
    assertThat(check("expect_close", "tensor<f32>", "0x3F800000", "0x3F800004").failures())
        .singleElement()
        .asString()
        .contains("4 ulp apart, allowed 0 to 3");
  }

  @Test
  void checksInCalledFunctionsRun() {
    SelfCheck.Report report =
        SelfCheck.run(
            HloParser.parse(
                """
                func.func @main() -> tensor<i32> {
                  %0 = stablehlo.constant dense<1> : tensor<i32>
                  %1 = call @outer(%0) : (tensor<i32>) -> tensor<i32>
                  %2 = call @inner(%1) : (tensor<i32>) -> tensor<i32>
                  return %2 : tensor<i32>
                }
                func.func private @outer(%arg0: tensor<i32>) -> tensor<i32> {
                  %0 = call @inner(%arg0) : (tensor<i32>) -> tensor<i32>
                  %1 = stablehlo.add %0, %0 : tensor<i32>
                  return %1 : tensor<i32>
                }
                func.func private @inner(%arg0: tensor<i32>) -> tensor<i32> {
                  %0 = stablehlo.constant dense<1> : tensor<i32>
                  stablehlo.custom_call @check.expect_eq(%arg0, %0) {has_side_effect = true}
                      : (tensor<i32>, tensor<i32>) -> ()
                  return %arg0 : tensor<i32>
                }
                """));
    assertThat(report.checks()).isEqualTo(2);
    assertThat(report.failures()).singleElement().asString().contains("#2", "got 2, want 1");
  }

  @Test
  void aCheckInsideALoopIsRefused() {
    assertThatThrownBy(
            () ->
                SelfCheck.run(
                    HloParser.parse(
                        """
                        func.func @main() {
                          %0 = stablehlo.constant dense<0> : tensor<i32>
                          "stablehlo.case"(%0) ({
                            stablehlo.custom_call @check.expect_eq(%0, %0) {has_side_effect = true}
                                : (tensor<i32>, tensor<i32>) -> ()
                            stablehlo.return
                          }) : (tensor<i32>) -> ()
                          return
                        }
                        """)))
        .isInstanceOf(HloTypeException.class)
        .hasMessageContaining("inside a region");
  }

  @Test
  void unitsInTheLastPlace() {
    assertThat(Ulps.between(DType.F16, 1, 1.0009765625)).isEqualTo(1);
    assertThat(Ulps.between(DType.BF16, -0.0, 0)).isZero();
    assertThat(Ulps.between(DType.F64, Double.MIN_VALUE, -Double.MIN_VALUE)).isEqualTo(2);
    assertThat(Ulps.between(DType.F64, -Double.MAX_VALUE, Double.MAX_VALUE)).isPositive();
    assertThat(Ulps.between(DType.F32, 1, Double.NaN)).isEqualTo(-1);
  }
}
