package dev.jacobi.cpu.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Target;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ConvertTest {
  private static Target target(Isa isa) {
    Target host = Target.host();
    return host.isa().compareTo(isa) < 0 || host.isa() == Isa.NEON ? host : host.withIsa(isa);
  }

  private static short[] all() {
    short[] x = new short[1 << 16];
    for (int i = 0; i < x.length; i++) {
      x[i] = (short) i;
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SSE2", "AVX2"},
      mode = Mode.INCLUDE)
  void everyHalfWidensAndComesBack(Isa isa) {
    List<LType> half = List.of(LType.HALF);
    Kernel widen =
        Kernel.of(target(isa), half, LType.FLOAT, 8, (f, a) -> Convert.toFloat(f, a.getFirst()));
    float[] y = Halves.run(widen, all());
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).as("half %04x", i).isEqualTo(Float.valueOf(Float.float16ToFloat((short) i)));
    }
    short[] back = Halves.run(narrow(isa, LType.FLOAT, LType.HALF), y);
    for (int i = 0; i < y.length; i++) {
      if (!Float.isNaN(y[i])) {
        assertThat(back[i]).as("half %04x", i).isEqualTo((short) i);
      }
    }
  }

  private static Kernel narrow(Isa isa, LType from, LType to) {
    return Kernel.of(
        target(isa),
        List.of(from),
        to,
        8,
        (f, a) -> {
          LType wanted = to.lanes(a.getFirst().type().lanes());
          return from.equals(LType.DOUBLE)
              ? Convert.fromDouble(f, a.getFirst(), wanted)
              : Convert.fromFloat(f, a.getFirst(), wanted);
        });
  }

  private static float[] floats() {
    Random random = new Random(1);
    float[] x = new float[1 << 17];
    for (int i = 0; i < x.length; i++) {
      int near = Float.floatToIntBits(Float.float16ToFloat((short) random.nextInt()));
      x[i] =
          Float.intBitsToFloat(
              i % 2 == 0 ? random.nextInt() : near + random.nextInt(0x2001) - 0x1000);
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SSE2", "AVX2"},
      mode = Mode.INCLUDE)
  void floatsNarrowToTheNearest(Isa isa) {
    float[] x = floats();
    short[] half = Halves.run(narrow(isa, LType.FLOAT, LType.HALF), x);
    short[] bfloat = Halves.run(narrow(isa, LType.FLOAT, LType.BFLOAT), x);
    for (int i = 0; i < x.length; i++) {
      float want = Float.float16ToFloat(Float.floatToFloat16(x[i]));
      assertThat(Float.float16ToFloat(half[i]))
          .as("half of %s", x[i])
          .isEqualTo(Float.valueOf(want));
      assertThat(wide(bfloat[i]))
          .as("bfloat of %s", x[i])
          .isEqualTo(Float.valueOf(nearestBfloat(x[i])));
    }
  }

  private static float wide(short bfloat) {
    return Float.intBitsToFloat(bfloat << 16);
  }

  /** The nearer of the two neighbours, and of equally near ones the even one. */
  private static float nearestBfloat(double x) {
    if (Double.isNaN(x)) {
      return Float.NaN;
    }
    int low = Float.floatToIntBits(toZero(x)) & 0xFFFF0000;
    double below = Float.intBitsToFloat(low);
    int up = low + 0x10000;
    double above =
        up << 1 >>> 1 >= 0x7F800000 ? Math.copySign(0x1p128, x) : Float.intBitsToFloat(up);
    double toBelow = Math.abs(x - below);
    double toAbove = Math.abs(above - x);
    boolean even = (low >> 16 & 1) == 0;
    return toBelow < toAbove || toBelow == toAbove && even
        ? (float) below
        : Float.intBitsToFloat(up);
  }

  private static float toZero(double x) {
    float nearest = (float) x;
    boolean away = Math.abs((double) nearest) > Math.abs(x);
    return away ? Math.copySign(Math.nextDown(Math.abs(nearest)), nearest) : nearest;
  }

  /** A double just beside the middle of two halves must not be rounded to the middle first. */
  @Test
  void doublesAreRoundedOnce() {
    double[] x = new double[4096];
    Random random = new Random(2);
    for (int i = 0; i < x.length; i++) {
      double half = Float.float16ToFloat((short) (random.nextInt(0x7000) + 0x400));
      double step = Math.ulp((float) half) * 0x1p12; // half an ulp of a half
      x[i] = half + step + (random.nextInt(3) - 1) * step * 0x1p-40;
    }
    short[] y = Halves.run(narrow(Isa.AVX2, LType.DOUBLE, LType.HALF), x);
    short[] b = Halves.run(narrow(Isa.AVX2, LType.DOUBLE, LType.BFLOAT), x);
    for (int i = 0; i < x.length; i++) {
      double got = Float.float16ToFloat(y[i]);
      double step = Math.ulp((float) x[i]) * 0x1p13;
      assertThat(Math.abs(got - x[i])).as("half of %s", x[i]).isLessThanOrEqualTo(step / 2);
      assertThat(wide(b[i])).as("bfloat of %s", x[i]).isEqualTo(Float.valueOf(nearestBfloat(x[i])));
    }
  }
}
