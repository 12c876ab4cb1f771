package dev.jacobi.hlo.shorthand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.check.SelfCheck;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.Verifier;
import java.io.IOException;
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
    assertThat(report.checks()).isEqualTo(22);
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
}
