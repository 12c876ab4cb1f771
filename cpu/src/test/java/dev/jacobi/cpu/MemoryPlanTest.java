package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.spi.ArrayCopy;
import dev.jacobi.hlo.spi.ArrayCopy.Reason;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.text.HloParser;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which memory values have, where that shows. */
class MemoryPlanTest {
  /** Two slices whose starts are elements of arrays: those of the first live until it is read. */
  private static final HloModule STARTS =
      HloParser.parse(
          """
          func.func @main(%x: tensor<3x4xf32>, %a: tensor<1xi32>, %b: tensor<1xi32>)
              -> (tensor<1x4xf32>, tensor<1x4xf32>) {
            %zeros = stablehlo.constant dense<0> : tensor<2xi32>
            %zero = stablehlo.constant dense<0> : tensor<1xi32>
            %most = stablehlo.constant dense<[2, 0]> : tensor<2xi32>
            %p = stablehlo.concatenate %a, %zero, dim = 0
                : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
            %q = stablehlo.clamp %zeros, %p, %most : tensor<2xi32>
            %q0 = stablehlo.slice %q [0:1] : (tensor<2xi32>) -> tensor<1xi32>
            %q1 = stablehlo.slice %q [1:2] : (tensor<2xi32>) -> tensor<1xi32>
            %i = stablehlo.reshape %q0 : (tensor<1xi32>) -> tensor<i32>
            %j = stablehlo.reshape %q1 : (tensor<1xi32>) -> tensor<i32>
            %y = stablehlo.dynamic_slice %x, %i, %j, sizes = [1, 4]
                : (tensor<3x4xf32>, tensor<i32>, tensor<i32>) -> tensor<1x4xf32>
            %r = stablehlo.concatenate %a, %b, dim = 0
                : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
            %s = stablehlo.clamp %zeros, %r, %most : tensor<2xi32>
            %s0 = stablehlo.slice %s [0:1] : (tensor<2xi32>) -> tensor<1xi32>
            %s1 = stablehlo.slice %s [1:2] : (tensor<2xi32>) -> tensor<1xi32>
            %k = stablehlo.reshape %s0 : (tensor<1xi32>) -> tensor<i32>
            %l = stablehlo.reshape %s1 : (tensor<1xi32>) -> tensor<i32>
            %z = stablehlo.dynamic_slice %x, %k, %l, sizes = [1, 4]
                : (tensor<3x4xf32>, tensor<i32>, tensor<i32>) -> tensor<1x4xf32>
            return %y, %z : tensor<1x4xf32>, tensor<1x4xf32>
          }
          """);

  @Test
  void startsOfSlicesLiveUntilTheyAreRead() {
    Literal x = Literal.ofFloats(Shape.of(3, 4), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    Literal one = Literal.ofInts(Shape.of(1), 1);
    List<Literal> rows = Engines.run(Engines.CPU, STARTS, List.of(x, one, one), 1);
    Literal row = Literal.ofFloats(Shape.of(1, 4), 4, 5, 6, 7);
    assertThat(rows).containsExactly(row, row);
  }

  private static HloModule updating(String array, String results, String types) {
    return HloParser.parse(
        """
        func.func @main(%x: tensor<3xf32>, %u: tensor<1xf32>, %i: tensor<i32>) -> (TYPES) {
          %y = ARRAY
          %z = stablehlo.dynamic_update_slice %y, %u, %i
              : (tensor<3xf32>, tensor<1xf32>, tensor<i32>) -> tensor<3xf32>
          return RESULTS : TYPES
        }
        """
            .replace("ARRAY", array)
            .replace("RESULTS", results)
            .replace("TYPES", types));
  }

  private static List<Reason> reasons(HloModule module) {
    return Engines.CPU.compile(module, CompileOptions.DEFAULT).copies().orElseThrow().stream()
        .map(ArrayCopy::reason)
        .toList();
  }

  @Test
  void copiesHaveReasons() {
    String one = "tensor<3xf32>";
    String sum = "stablehlo.add %x, %x : tensor<3xf32>";
    String constant = "stablehlo.constant dense<[1.0, 2.5, 3.0]> : tensor<3xf32>";
    assertThat(reasons(updating(sum, "%z", one))).isEmpty();
    assertThat(reasons(updating(constant, "%z", one))).containsExactly(new Reason.Constant());
    assertThat(reasons(updating(sum, "%z, %y", one + ", " + one)))
        .containsExactly(new Reason.Returned());
    assertThat(reasons(updating(sum, "%z, %z", one + ", " + one)))
        .containsExactly(new Reason.Twice());
    assertThat(reasons(updating(sum, "%z, %x", one + ", " + one)))
        .containsExactly(new Reason.Undonated(0));
  }
}
