package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.emit.ProgramEmitter;
import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.hlo.fuzz.Programs;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.shorthand.Shorthand;
import dev.jacobi.hlo.text.HloParser;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a layer norm at each level, as text. */
class DumpTest {
  private static final String CENTRED =
      """
      func.func public @main(%x: tensor<4x16xf32>, %g: tensor<16xf32>) -> tensor<4x16xf32> {
        %z = stablehlo.constant dense<0.0> : tensor<f32>
        %n = stablehlo.constant dense<16.0> : tensor<f32>
        %s = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [1]
            : (tensor<4x16xf32>, tensor<f32>) -> tensor<4xf32>
        %nb = stablehlo.broadcast_in_dim %n, dims = [] : (tensor<f32>) -> tensor<4xf32>
        %m = stablehlo.divide %s, %nb : tensor<4xf32>
        %mb = stablehlo.broadcast_in_dim %m, dims = [0] : (tensor<4xf32>) -> tensor<4x16xf32>
        %d = stablehlo.subtract %x, %mb : tensor<4x16xf32>
        %gb = stablehlo.broadcast_in_dim %g, dims = [1] : (tensor<16xf32>) -> tensor<4x16xf32>
        %r = stablehlo.multiply %d, %gb : tensor<4x16xf32>
        return %r : tensor<4x16xf32>
      }
      """;

  private static Map<String, String> dumps(Isa isa) {
    Map<String, String> all = new HashMap<>();
    var hlo = Pipeline.canonical(HloParser.parse(CENTRED), Dump.of("test"));
    var options = new ProgramEmitter.Options(Target.of(isa).irTarget(), isa, true);
    var program =
        ProgramEmitter.emit(hlo, options, (kind, function, text) -> all.put(kind, text.get()));
    all.put("llvm", program.ir());
    return all;
  }

  @Test
  void oneGroupOfTwoPhases() {
    assertThat(dumps(Isa.AVX2).get("loops").strip())
        .isEqualTo(
            """
            nest (in p0: f32, in p1: f32, out p2: f32)
              Rows[outer=[4], inner=16, total=0]
              %0 = f32 p0[16*i0 + i1]
              %1 = f32 0.0
              %2 = f32 r0.0
              %3 = f32 16.0
              %4 = f32 div (%2, %3)
              %5 = f32 sub (%0, %4)
              %6 = f32 p1[i1]
              %7 = f32 mul (%5, %6)
              reduce r0 (%0) from (%1) by add(a0, a1)
              p2[16*i0 + i1] = %7
            """
                .strip());
  }

  @Test
  void rowsAreGroupedWithWhatFollows() {
    assertThat(dumps(Isa.AVX2).get("fuse")).containsOnlyOnce("group").contains("arena 0 bytes");
  }

  /** Compiles for every instruction set, whatever this machine is. */
  @ParameterizedTest
  @EnumSource(Isa.class)
  void everyMachineHasItsCode(Isa isa) {
    for (long seed = 0; seed < 4; seed++) {
      var program = Shorthand.expand(Programs.of(seed), Interpreter::run);
      var hlo = Pipeline.canonical(program, Dump.of("test"));
      var target = Target.of(isa);
      var options = new ProgramEmitter.Options(target.irTarget(), isa, true);
      String ir = ProgramEmitter.emit(hlo, options, (kind, function, text) -> {}).ir();
      var object = Llvm.compile("seed " + seed, ir, CodegenOptions.of(target));
      assertThat(object).startsWith(0x7F, 'E', 'L', 'F');
    }
  }

  @ParameterizedTest
  @EnumSource(Isa.class)
  void everyMachineHasItsWidth(Isa isa) {
    assertThat(dumps(isa).get("llvm"))
        .contains("<" + isa.vectorBytes() / 4 + " x float>")
        .contains("define i32 @entry(ptr %args, ptr %outs, ptr %ctx)");
  }
}
