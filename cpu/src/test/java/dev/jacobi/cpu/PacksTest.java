package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of many scalars, computed side by side, give the bits of each alone. */
class PacksTest {
  @ParameterizedTest
  @CsvSource({"F32, 3", "F32, 17", "F32, 60", "F64, 5", "F64, 40", "BF16, 9", "F16, 21"})
  void scalarsSideBySide(DType dtype, int count) {
    HloBuilder b = new HloBuilder();
    List<Value> x = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      x.add(b.param(TensorType.scalar(dtype)));
    }
    for (Fn fn : List.of(Fn.SIN, Fn.EXP, Fn.TANH)) {
      for (int i = 0; i < count; i++) { // Each reads a neighbour, which was changed before.
        Value y = b.pointwise(fn, x.get(i));
        x.set(i, b.pointwise(i % 2 == 0 ? Fn.ADD : Fn.POW, y, x.get((i + 1) % count)));
      }
    }
    HloModule module = Engines.module(b.build(x));
    var arguments = Engines.arguments(module, 11);
    assertThat(Engines.run(Engines.CPU, module, arguments, 1))
        .isEqualTo(Engines.runEagerly(module, arguments));
  }
}
