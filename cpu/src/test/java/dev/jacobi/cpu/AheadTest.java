package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.steps.Ahead;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.HloParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What steps compute without the state is computed before the loop, with the same bits. */
class AheadTest {
  /** A loop over rows of {@code xs} whose state takes in {@code %v} of each step. */
  private static String loop(String first, String limit, String next, String step) {
    return """
    func.func public @main(%xs: tensor<20x3xf32>, %w: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
      %first = stablehlo.constant dense<FIRST> : tensor<i32>
      %zero = stablehlo.constant dense<0> : tensor<i32>
      %pad = stablehlo.constant dense<2.0> : tensor<f32>
      %r:3 = stablehlo.while(%i = %first, %s = %w, %same = %w) : tensor<i32>, tensor<3xf32>, tensor<3xf32>
      cond {
        %limit = stablehlo.constant dense<LIMIT> : tensor<i32>
        %c = stablehlo.compare LT, %i, %limit, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %c : tensor<i1>
      } do {
        %one = stablehlo.constant dense<NEXT> : tensor<i32>
        %next = stablehlo.add %i, %one : tensor<i32>
        STEP
        %t = stablehlo.add %s, %v : tensor<3xf32>
        stablehlo.return %next, %t, %same : tensor<i32>, tensor<3xf32>, tensor<3xf32>
      }
      return %r#1, %r#2 : tensor<3xf32>, tensor<3xf32>
    }
    """
        .replace("FIRST", first)
        .replace("LIMIT", limit)
        .replace("NEXT", next)
        .replace("STEP", step);
  }

  private static final String ROW =
      """
      %b = stablehlo.dynamic_slice %xs, AT, %zero, sizes = [1, 3] : (tensor<20x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
      %x = stablehlo.reshape %b : (tensor<1x3xf32>) -> tensor<3xf32>
      """;

  private static final String TURNED =
      """
      %last = stablehlo.constant dense<19> : tensor<i32>
      %at = stablehlo.subtract %last, %i : tensor<i32>
      """;

  private static String step(String name) {
    String row = ROW.replace("AT", "%i");
    return switch (name) {
      case "exp" -> row + "%v = stablehlo.exponential %x : tensor<3xf32>";
      case "turned" ->
          TURNED + ROW.replace("AT", "%at") + "%v = stablehlo.exponential %x : tensor<3xf32>";
      case "later" -> ROW.replace("AT", "%next") + "%v = stablehlo.exponential %x : tensor<3xf32>";
      case "counter" ->
          """
          %f = stablehlo.convert %i : (tensor<i32>) -> tensor<f32>
          %e = stablehlo.exponential %f : tensor<f32>
          %v = stablehlo.broadcast_in_dim %e, dims = [] : (tensor<f32>) -> tensor<3xf32>
          """;
      case "moves" ->
          row
              + """
              %y = stablehlo.multiply %x, %same : tensor<3xf32>
              %h = stablehlo.slice %y [0:2] : (tensor<3xf32>) -> tensor<2xf32>
              %p = stablehlo.pad %h, %pad, low = [0], high = [1], interior = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<3xf32>
              %q = stablehlo.reverse %p, dims = [0] : tensor<3xf32>
              %g = stablehlo.slice %y [2:3] : (tensor<3xf32>) -> tensor<1xf32>
              %k = stablehlo.concatenate %g, %h, dim = 0 : (tensor<1xf32>, tensor<2xf32>) -> tensor<3xf32>
              %m = stablehlo.broadcast_in_dim %k, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
              %n = stablehlo.transpose %m, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
              %o = stablehlo.slice %n [0:3, 1:2] : (tensor<3x2xf32>) -> tensor<3x1xf32>
              %z = stablehlo.reshape %o : (tensor<3x1xf32>) -> tensor<3xf32>
              %u = stablehlo.compare LT, %q, %z, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
              %a = stablehlo.select %u, %q, %z : tensor<3xi1>, tensor<3xf32>
              %v = stablehlo.exponential %a : tensor<3xf32>
              """;
      case "scalars" ->
          row
              + """
              %h = stablehlo.slice %x [0:1] : (tensor<3xf32>) -> tensor<1xf32>
              %lo = stablehlo.reshape %h : (tensor<1xf32>) -> tensor<f32>
              %u = stablehlo.compare LT, %lo, %pad, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
              %a = stablehlo.select %u, %same, %x : tensor<i1>, tensor<3xf32>
              %k = stablehlo.clamp %lo, %a, %pad : (tensor<f32>, tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
              %v = stablehlo.exponential %k : tensor<3xf32>
              """;
      case "state" -> row + "%v = stablehlo.exponential %s : tensor<3xf32>";
      case "cheap" -> row + "%v = stablehlo.multiply %x, %x : tensor<3xf32>";
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "exp, 0, 20, 1, true",
    "exp, 3, 17, 1, true",
    "exp, 0, 3, 1, false", // too few steps
    "exp, 0, 25, 1, false", // the last rows are clamped
    "exp, -1, 19, 1, false",
    "exp, 0, 20, 2, false", // the counter leaves out numbers
    "exp, 5, 5, 1, false", // no step
    "turned, 0, 20, 1, true",
    "turned, 0, 21, 1, false",
    "later, 0, 19, 1, true",
    "later, 0, 20, 1, false",
    "counter, 0, 20, 1, true",
    "counter, -7, 12, 1, true",
    "moves, 0, 20, 1, true",
    "scalars, 0, 20, 1, true",
    "state, 0, 20, 1, false",
    "cheap, 0, 20, 1, false"
  })
  void movesOut(String name, String first, String limit, String next, boolean moves) {
    HloModule module = HloParser.parse(loop(first, limit, next, step(name)));
    HloModule hlo = Pipeline.canonical(module, Dump.of("test"));
    assertThat(Ahead.run(module) != module).isEqualTo(moves);
    assertThat(exponentials(hlo.main().body(), false))
        .isEqualTo(moves || name.equals("cheap") ? 0 : 1);
    // Nothing moves out of a loop whose bound is an argument.
    String bound = loop(first, limit, next, step(name)).replaceFirst("%limit = .*", "");
    HloModule open =
        HloParser.parse(
            bound.replace("%w: tensor<3xf32>)", "%w: tensor<3xf32>, %limit: tensor<i32>)"));
    assertThat(Ahead.run(open)).isSameAs(open);
    List<Literal> arguments = Engines.arguments(module, 7);
    List<Literal> more = new ArrayList<>(arguments);
    more.add(Literal.scalar(DType.I32, Long.parseLong(limit)));
    assertThat(Engines.run(Engines.CPU, module, arguments, 1))
        .isEqualTo(Engines.run(Engines.CPU, open, more, 1));
  }

  /** How many exponentials the loops of a block compute. */
  private static int exponentials(Block block, boolean inLoop) {
    int n = 0;
    for (Instr i : block.instrs()) {
      boolean exp = i.op() instanceof ElementwiseOp.Pointwise p && p.fn() == Fn.EXP;
      n += exp && inLoop ? 1 : 0;
      for (Block b : i.op().regions()) {
        n += exponentials(b, i.op() instanceof ControlOp.While);
      }
    }
    return n;
  }
}
