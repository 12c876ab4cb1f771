package dev.jacobi.hlo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.HloParser;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only what hangs on the bits of a NaN may differ between two runs of a program. */
class UnspecifiedBitsTest {
  private static final String PROGRAM =
      """
      func.func @main(%x: tensor<f32>) -> (tensor<i1>, tensor<i32>, tensor<i32>, tensor<i1>) {
        %0 = stablehlo.compare LT, %x, %x, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
        %1 = stablehlo.bitcast_convert %x : (tensor<f32>) -> tensor<i32>
        %2 = stablehlo.add %1, %1 : tensor<i32>
        %3 = stablehlo.compare LT, %x, %x, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
        return %0, %1, %2, %3 : tensor<i1>, tensor<i32>, tensor<i32>, tensor<i1>
      }
      """;

  @ParameterizedTest
  @CsvSource({"NaN, true", "Infinity, false", "-0.0, false"})
  void whatHangsOnTheBitsOfANaN(double x, boolean isOpen) {
    HloModule module = HloParser.parse(PROGRAM);
    TensorType scalar = TensorType.scalar(DType.F32);
    MemorySegment data = Literal.allocate(scalar);
    Literal.set(DType.F32, data, 0, x, 0);
    Map<Value, Literal> values = new HashMap<>();
    values.put(module.main().body().params().getFirst(), Literal.wrap(scalar, data));
    List<Value> results = module.main().body().results();
    results.forEach(v -> values.put(v, Literal.wrap(v.type(), Literal.allocate(v.type()))));

    var open = UnspecifiedBits.of(module.main().body(), Map.of(), values);
    assertThat(results.stream().map(open::contains)).containsExactly(isOpen, isOpen, isOpen, false);
  }
}
