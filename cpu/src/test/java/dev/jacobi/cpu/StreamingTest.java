package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.emit.ProgramEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.hlo.text.HloParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which results bypass the caches: those of 256 KiB and more, in cold memory, that the program does
 * not read.
 */
class StreamingTest {
  @ParameterizedTest
  @CsvSource({
    "1048576, false, false, true",
    "1048576, true,  false, false",
    "33554432, true, false, false",
    "1048576, false, true,  false",
    "16384,   false, false, false"
  })
  void resultsThatNobodyHereReadsAgain(int n, boolean donated, boolean readAgain, boolean streams) {
    String program =
        """
        func.func public @main(%%x: tensor<%1$dxf32> %2$s) -> (tensor<%1$dxf32> %3$s) {
          %%y = stablehlo.exponential %%x : tensor<%1$dxf32>
          %4$s
          return %%y %5$s : tensor<%1$dxf32> %3$s
        }
        """
            .formatted(
                n,
                donated ? "{tf.aliasing_output = 0 : i32}" : "",
                readAgain ? ", tensor<f32>" : "",
                readAgain
                    ? "%h = stablehlo.dot_general %y, %y, contracting_dims = [0] x [0] : "
                        + "(tensor<%1$dxf32>, tensor<%1$dxf32>) -> tensor<f32>".formatted(n)
                    : "",
                readAgain ? ", %h" : "");
    var hlo = Pipeline.canonical(HloParser.parse(program), Dump.of("test"));
    var options = new ProgramEmitter.Options(Target.of(Isa.AVX2).irTarget(), Isa.AVX2, true);
    String ir = ProgramEmitter.emit(hlo, options, (kind, function, text) -> {}).ir();
    assertThat(ir.contains("!nontemporal")).isEqualTo(streams);
  }
}
