package dev.jacobi.hlo.shorthand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.check.SelfCheck;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.Verifier;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShorthandTest {
  private static String programs() throws IOException {
    try (var in = ShorthandTest.class.getResourceAsStream("programs.mlir")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void meansWhatTheSpecificationSays() throws IOException {
    SelfCheck.Report report = SelfCheck.run(HloParser.parse(programs()));
    assertThat(report.failures()).isEmpty();
    assertThat(report.checks()).isEqualTo(25);
  }

  @Test
  void whatIsWrittenOutIsValidAndHasNoneLeft() throws IOException {
    HloModule module = HloParser.parse(programs());
    HloModule out = Shorthand.expand(module, Interpreter::run);
    Verifier.verify(out);
    assertThat(HloPrinter.print(out))
        .doesNotContain("stablehlo.dynamic_", "einsum", "all_reduce", "tensor<?", "replica_id");
    assertThat(Shorthand.expand(out, Interpreter::run)).isSameAs(out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%0 = stablehlo.dynamic_iota %n, dim = 0 : (tensor<1xi64>) -> tensor<?xf32>"
            + "| stablehlo.dynamic_iota whose shape is not a constant",
        "%0 = stablehlo.rng %f, %f, %n, distribution = UNIFORM : (tensor<f32>, tensor<f32>,"
            + " tensor<1xi64>) -> tensor<4xf32>"
            + "| stablehlo.rng whose numbers would be anybody's choice",
        "%0 = \"stablehlo.cross-replica-sum\"(%f) <{replica_groups = dense<[[0, 1]]> :"
            + " tensor<1x2xi64>}> : (tensor<f32>) -> tensor<f32>"
            + "| stablehlo.cross-replica-sum among several processes",
        "%0 = stablehlo.unary_einsum %m, config = \"ii->i\" : (tensor<2x2xf32>) -> tensor<2xf32>"
            + "| stablehlo.unary_einsum of a diagonal, \"ii\""
      })
  void namesWhatCannotRun(String line, String what) {
    HloModule module =
        HloParser.parse(
            """
            func.func @main(%%n: tensor<1xi64>, %%f: tensor<f32>, %%m: tensor<2x2xf32>) {
              %s
              return
            }
            """
                .formatted(line));
    Verifier.verify(module);
    assertThatThrownBy(() -> Shorthand.expand(module, Interpreter::run))
        .isInstanceOfSatisfying(
            UnsupportedOpException.class, e -> assertThat(e.what()).isEqualTo(what));
  }

  /** What {@code @ApproxTopK} must be, one call that is not it after the other. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%x | [@more] | {} | tensor<2xf32> | has no reduction_dim: {}",
        "%x | [@more] | {reduction_dim = 1 : i64} | tensor<2xf32> | reduces dimension 1 of 1",
        "%x | [@more] | {reduction_dim = 0 : i64} | tensor<9xf32> | keeps some of 4 elements",
        "%x | [@more] | {reduction_dim = 0 : i64} | tensor<2xi32>"
            + " | gives tensor<2xi32> of tensor<4xf32>",
        "%x | [@less] | {reduction_dim = 0 : i64} | tensor<2xf32>"
            + " | calls @less, which is no function of [tensor<f32>, tensor<f32>] to tensor<i1>",
        "%x | [@deep] | {reduction_dim = 0 : i64} | tensor<2xf32>"
            + " | calls @deep, which does more than compare",
        "%x, %x | [@more] | {reduction_dim = 0 : i64} | tensor<2xf32>"
            + " | takes arrays, and a value for each",
      })
  void approximateTopK(String arrays, String called, String config, String type, String what) {
    HloModule module =
        HloParser.parse(
            """
            func.func private @more(%%a: tensor<f32>, %%b: tensor<f32>) -> tensor<i1> {
              %%0 = stablehlo.compare GT, %%a, %%b : (tensor<f32>, tensor<f32>) -> tensor<i1>
              return %%0 : tensor<i1>
            }
            func.func private @deep(%%a: tensor<f32>, %%b: tensor<f32>) -> tensor<i1> {
              %%0 = call @more(%%a, %%b) : (tensor<f32>, tensor<f32>) -> tensor<i1>
              return %%0 : tensor<i1>
            }
            func.func @main(%%x: tensor<4xf32>) -> %s {
              %%v = stablehlo.constant dense<0.0> : tensor<f32>
              %%0 = stablehlo.custom_call @ApproxTopK(%s, %%v) {
                called_computations = %s, mhlo.backend_config = %s
              } : (%s, tensor<f32>) -> %s
              return %%0 : %s
            }
            """
                .formatted(
                    type,
                    arrays,
                    called,
                    config,
                    arrays.replace("%x", "tensor<4xf32>"),
                    type,
                    type));
    assertThatThrownBy(() -> Shorthand.expand(module, Interpreter::run))
        .isInstanceOfSatisfying(
            UnsupportedOpException.class,
            e -> assertThat(e.what()).isEqualTo("stablehlo.custom_call @ApproxTopK " + what));
  }

  /** As JAX's exported programs have it: the comparator reads two constants from around it. */
  private static final String OPEN =
      """
      func.func @main(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<f32>) {
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %y = stablehlo.abs %zero : tensor<f32>
        %0 = "stablehlo.sort"(%x) <{dimension = 0 : i64, is_stable = true}> ({
        ^bb0(%a: tensor<f32>, %b: tensor<f32>):
          %p = stablehlo.compare EQ, %a, %zero : (tensor<f32>, tensor<f32>) -> tensor<i1>
          %q = stablehlo.select %p, %ZERO, %a : tensor<i1>, tensor<f32>
          %r = stablehlo.compare LT, %q, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
          stablehlo.return %r : tensor<i1>
        }) : (tensor<4xf32>) -> tensor<4xf32>
        %1 = "stablehlo.reduce"(%0, %zero) <{dimensions = array<i64: 0>}> ({
        ^bb0(%a: tensor<f32>, %b: tensor<f32>):
          %s = stablehlo.add %a, %b : tensor<f32>
          %t = stablehlo.maximum %s, %zero : tensor<f32>
          stablehlo.return %t : tensor<f32>
        }) : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
        return %0, %1 : tensor<4xf32>, tensor<f32>
      }
      """;

  @Test
  void elementRegionsMayReadConstantsFromAroundThem() {
    HloModule module = HloParser.parse(OPEN.replace("%ZERO", "%zero"));
    Verifier.verify(module);
    HloModule closed = Shorthand.expand(module, Interpreter::run);
    Verifier.verify(closed);
    closed.main().body().instrs().forEach(i -> assertThat(i.op().captures()).isEmpty());
    Literal x = Literal.ofFloats(Shape.of(4), 3, -0f, -5, 0);
    List<Literal> results = Interpreter.run(closed, List.of(x));
    assertThat(results.get(0)).isEqualTo(Literal.ofFloats(Shape.of(4), -5, -0f, 0, 3));
    assertThat(results.get(1).getDouble(0)).isEqualTo(3);
  }

  @Test
  void elementRegionsMayReadNothingElse() {
    HloModule module = HloParser.parse(OPEN.replace("%ZERO", "%y"));
    assertThatThrownBy(() -> Shorthand.expand(module, Interpreter::run))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("stablehlo.sort whose region reads a value from around it");
  }
}
