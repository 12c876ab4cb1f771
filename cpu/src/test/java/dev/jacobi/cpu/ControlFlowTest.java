package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops, branches and calls against the interpreter, to the bit. */
class ControlFlowTest {
  /** Carried arrays: kept, updated in place, swapped with each other, and copied. */
  private static final String CARRIES =
      """
      func.func public @main(%x: tensor<5xf32>, %y: tensor<5xf32>, %n: tensor<i32>)
          -> (tensor<5xf32>, tensor<5xf32>, tensor<5xf32>, tensor<i32>) {
        %zero = stablehlo.constant dense<0> : tensor<i32>
        %r:5 = stablehlo.while(%i = %zero, %a = %x, %b = %y, %c = %x, %k = %y)
            : tensor<i32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
        cond {
          %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %t : tensor<i1>
        } do {
          %one = stablehlo.constant dense<1> : tensor<i32>
          %j = stablehlo.add %i, %one : tensor<i32>
          %d = stablehlo.add %c, %k : tensor<5xf32>
          stablehlo.return %j, %b, %a, %d, %k
              : tensor<i32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
        }
        return %r#1, %r#2, %r#3, %r#0
            : tensor<5xf32>, tensor<5xf32>, tensor<5xf32>, tensor<i32>
      }
      """;

  /** One element written per step, read back in the next; the bound comes from outside. */
  private static final String IN_PLACE =
      """
      func.func public @main(%x: tensor<40xf32>, %n: tensor<i32>) -> tensor<40xf32> {
        %zero = stablehlo.constant dense<0> : tensor<i32>
        %r:2 = stablehlo.while(%i = %zero, %b = %x) : tensor<i32>, tensor<40xf32>
        cond {
          %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %t : tensor<i1>
        } do {
          %one = stablehlo.constant dense<1> : tensor<i32>
          %j = stablehlo.add %i, %one : tensor<i32>
          %v = stablehlo.dynamic_slice %b, %i, sizes = [1] : (tensor<40xf32>, tensor<i32>) -> tensor<1xf32>
          %w = stablehlo.add %v, %v : tensor<1xf32>
          %u = stablehlo.dynamic_update_slice %b, %w, %j
              : (tensor<40xf32>, tensor<1xf32>, tensor<i32>) -> tensor<40xf32>
          stablehlo.return %j, %u : tensor<i32>, tensor<40xf32>
        }
        return %r#1 : tensor<40xf32>
      }
      """;

  /** Branches that compute, pass on a captured array, and give scalars. */
  private static final String BRANCHES =
      """
      func.func public @main(%x: tensor<6xf32>, %k: tensor<i32>) -> (tensor<6xf32>, tensor<f32>) {
        %s = stablehlo.constant dense<2.5> : tensor<f32>
        %r:2 = "stablehlo.case"(%k) ({
          stablehlo.return %x, %s : tensor<6xf32>, tensor<f32>
        }, {
          %a = stablehlo.exponential %x : tensor<6xf32>
          %t = stablehlo.add %s, %s : tensor<f32>
          stablehlo.return %a, %t : tensor<6xf32>, tensor<f32>
        }, {
          %a = stablehlo.negate %x : tensor<6xf32>
          %z = stablehlo.constant dense<0xFF800000> : tensor<f32>
          %t = stablehlo.reduce(%a init: %z) applies stablehlo.maximum across dimensions = [0]
              : (tensor<6xf32>, tensor<f32>) -> tensor<f32>
          stablehlo.return %a, %t : tensor<6xf32>, tensor<f32>
        }) : (tensor<i32>) -> (tensor<6xf32>, tensor<f32>)
        return %r#0, %r#1 : tensor<6xf32>, tensor<f32>
      }
      """;

  /** The scalar results of an inner loop and of a branch become the next one-element carries. */
  private static final String SCALARS =
      """
      func.func public @main(%x: tensor<1xf32>, %n: tensor<i32>)
          -> (tensor<1xf32>, tensor<1xf32>, tensor<99xf32>) {
        %zero = stablehlo.constant dense<0> : tensor<i32>
        %s = stablehlo.broadcast_in_dim %x, dims = [0]
                : (tensor<1xf32>) -> tensor<99xf32>
        %r:4 = stablehlo.while(%i = %zero, %a = %x, %b = %x, %c = %s)
            : tensor<i32>, tensor<1xf32>, tensor<1xf32>, tensor<99xf32>
        cond {
          %t = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %t : tensor<i1>
        } do {
          %one = stablehlo.constant dense<1> : tensor<i32>
          %j = stablehlo.add %i, %one : tensor<i32>
          %ab = stablehlo.add %a, %b : tensor<1xf32>
          %d = stablehlo.broadcast_in_dim %ab, dims = [0]
                : (tensor<1xf32>) -> tensor<99xf32>
          %z = stablehlo.reverse %c, dims = [0] : tensor<99xf32>
          %e = stablehlo.add %z, %d : tensor<99xf32>
          %a0 = stablehlo.reshape %a : (tensor<1xf32>) -> tensor<f32>
          %w:2 = stablehlo.while(%k = %zero, %v = %a0) : tensor<i32>, tensor<f32>
          cond {
            %t = stablehlo.compare LT, %k, %i, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
            stablehlo.return %t : tensor<i1>
          } do {
            %l = stablehlo.add %k, %one : tensor<i32>
            %u = stablehlo.add %v, %v : tensor<f32>
            stablehlo.return %l, %u : tensor<i32>, tensor<f32>
          }
          %y = "stablehlo.case"(%i) ({
            stablehlo.return %a0 : tensor<f32>
          }, {
            %q = stablehlo.negate %w#1 : tensor<f32>
            stablehlo.return %q : tensor<f32>
          }) : (tensor<i32>) -> tensor<f32>
          %f = stablehlo.reshape %w#1 : (tensor<f32>) -> tensor<1xf32>
          %g = stablehlo.reshape %y : (tensor<f32>) -> tensor<1xf32>
          stablehlo.return %j, %f, %g, %e
              : tensor<i32>, tensor<1xf32>, tensor<1xf32>, tensor<99xf32>
        }
        return %r#1, %r#2, %r#3 : tensor<1xf32>, tensor<1xf32>, tensor<99xf32>
      }
      """;

  private static void agree(String text, int last) {
    HloModule program = HloParser.parse(text);
    List<Literal> arguments = new ArrayList<>(Engines.arguments(program, 7));
    arguments.set(arguments.size() - 1, Literal.scalar(DType.I32, (long) last));
    assertThat(Engines.run(Engines.CPU, program, arguments, 1))
        .isEqualTo(Engines.run(Engines.interpreter(), program, arguments, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7})
  void carriesChangePlaces(int steps) {
    agree(CARRIES, steps);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 39, 60})
  void anUpdateInPlaceIsSeenByTheNextStep(int steps) {
    agree(IN_PLACE, steps);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5})
  void scalarsOfRegionsAreCarriedAsArrays(int steps) {
    agree(SCALARS, steps);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 9, -1})
  void branchesGiveArraysAndScalars(int index) {
    agree(BRANCHES, index);
  }
}
