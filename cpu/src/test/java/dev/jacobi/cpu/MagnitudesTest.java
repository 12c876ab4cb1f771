package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Comparing a magnitude with a constant gives the bits of comparing the magnitude itself. */
class MagnitudesTest {
  private static final double[] BOUNDS = {
    2,
    1,
    0,
    -1,
    -0.0,
    1e-45,
    1e-38,
    0.1f,
    5,
    3.4028235e38,
    1e20,
    Double.POSITIVE_INFINITY,
    Double.NaN
  };

  /** Points whose magnitude is near a bound, and special ones. */
  private static Literal points(TensorType type) {
    Random random = new Random(5);
    double[] special = {0, -0.0, 1, 2, Double.NaN, Double.POSITIVE_INFINITY, 1e-45, 3.4e38};
    MemorySegment data = Literal.allocate(type);
    for (long i = 0; i < type.shape().size(); i++) {
      double bound = BOUNDS[random.nextInt(BOUNDS.length)];
      double angle = random.nextDouble(7);
      boolean plain = i % 4 != 0;
      double re = plain ? bound * Math.cos(angle) : special[random.nextInt(special.length)];
      double im = plain ? bound * Math.sin(angle) : special[random.nextInt(special.length)];
      Literal.set(DType.C64, data, i, re, im);
    }
    return Literal.wrap(type, data);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void comparesAsTheMagnitudeDoes(Direction direction) {
    TensorType type = TensorType.of(DType.C64, 5000);
    List<Literal> arguments = List.of(points(type));
    for (double bound : BOUNDS) {
      HloBuilder b = new HloBuilder();
      Value abs = b.pointwise(Fn.ABS, b.param(type));
      Value limit = b.full(DType.F32, Shape.of(5000), bound);
      HloModule module =
          Engines.module(
              b.build(b.compare(direction, abs, limit), b.compare(direction, limit, abs)));
      assertThat(Engines.run(Engines.CPU, module, arguments, 1))
          .isEqualTo(Engines.runEagerly(module, arguments))
          .isEqualTo(Engines.run(Engines.interpreter(), module, arguments, 1));
    }
  }
}
