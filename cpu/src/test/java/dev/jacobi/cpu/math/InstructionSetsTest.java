package dev.jacobi.cpu.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Target;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What this machine has beyond the least of its kind changes no bit. */
@Tag("slow")
class InstructionSetsTest {
  private static final float[] EDGES = {
    0,
    -0f,
    1,
    -1,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    Float.intBitsToFloat(0xFFC00001),
    88.5f,
    -103.5f,
    16777217
  };

  /** The instruction sets that this machine runs. */
  private static List<Isa> isas() {
    Isa own = Target.host().isa();
    return own == Isa.NEON
        ? List.of(own)
        : Stream.of(Isa.SSE2, Isa.AVX2, Isa.AVX512, Isa.AVX512_BF16)
            .filter(i -> i.compareTo(own) <= 0)
            .toList();
  }

  private static float[] floats(int count, long seed) {
    float[] x = new float[count];
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      x[i] = i < EDGES.length ? EDGES[i] : Float.intBitsToFloat(random.nextInt());
    }
    return x;
  }

  /** Only erf and erfc of floats are looked up in tables where there is AVX-512. */
  @ParameterizedTest
  @EnumSource
  void functionsHaveTheSameBits(MathFn fn) {
    float[] x = floats(1 << 14, 5);
    double[] wide = new double[x.length];
    Random random = new Random(6);
    for (int i = 0; i < x.length; i++) {
      wide[i] = i < 64 ? x[i] : Double.longBitsToDouble(random.nextLong());
    }
    List<Target> fused =
        isas().stream().filter(Isa::fma).map(isa -> Target.host().withIsa(isa)).toList();
    for (Target target : fused) {
      float[] one = fn.kernel(fused.getFirst(), LType.FLOAT, 16).run(x);
      float[] other = fn.kernel(target, LType.FLOAT, 16).run(x);
      double[] oneWide = fn.kernel(fused.getFirst(), LType.DOUBLE, 8).run(wide);
      double[] otherWide = fn.kernel(target, LType.DOUBLE, 8).run(wide);
      for (int i = 0; i < x.length; i++) {
        if (fn != MathFn.ERF && fn != MathFn.ERFC) {
          assertThat(Float.floatToIntBits(other[i]))
              .as("%s(%s) on %s", fn, x[i], target.isa())
              .isEqualTo(Float.floatToIntBits(one[i]));
        }
        assertThat(Double.doubleToLongBits(otherWide[i]))
            .as("%s(%s) on %s", fn, wide[i], target.isa())
            .isEqualTo(Double.doubleToLongBits(oneWide[i]));
      }
    }
  }

  @Test
  void extremesKnowZerosAndNaN() {
    float[] x = floats(1 << 14, 7);
    float[] y = floats(1 << 14, 8);
    for (int i = 0; i < EDGES.length * EDGES.length; i++) {
      x[i] = EDGES[i / EDGES.length];
      y[i] = EDGES[i % EDGES.length];
    }
    for (Isa isa : isas()) {
      for (int lanes : new int[] {0, 2, 4, 8, 16, 32}) {
        LType type = LType.FLOAT;
        List<LType> types = List.of(type, type);
        Target target = Target.of(isa);
        float[] max =
            Kernel.of(target, types, type, lanes, (f, a) -> f.fmax(a.get(0), a.get(1))).run(x, y);
        float[] min =
            Kernel.of(target, types, type, lanes, (f, a) -> f.fmin(a.get(0), a.get(1))).run(x, y);
        for (int i = 0; i < x.length; i++) {
          String what = x[i] + ", " + y[i] + " on " + isa + " in " + lanes + " lanes";
          assertThat(Float.floatToIntBits(max[i]))
              .as("maximum of %s", what)
              .isEqualTo(Float.floatToIntBits(Math.max(x[i], y[i])));
          assertThat(Float.floatToIntBits(min[i]))
              .as("minimum of %s", what)
              .isEqualTo(Float.floatToIntBits(Math.min(x[i], y[i])));
        }
      }
    }
  }
}
