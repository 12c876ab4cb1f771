package dev.jacobi.cpu.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Target;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VecMathFloatTest {
  private static final float[] EDGES = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    -0.5f,
    2f,
    -2f,
    Float.NaN,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    88.72284f,
    88.722834f,
    -87.33655f,
    -103.97208f,
    -103.97209f,
    0.9999999f,
    -0.9999999f,
    1.0000001f,
    0x1p24f,
    131072f,
    131072.02f,
    1e22f
  };

  /** Edges, then some numbers of every sign and exponent. */
  private static float[] samples(int perExponent) {
    Random random = new Random(7);
    float[] all = new float[EDGES.length + 512 * perExponent + 15 & -16];
    for (int i = 0; i < all.length; i++) {
      int exponent = i % 512 << 23;
      all[i] =
          i < EDGES.length ? EDGES[i] : Float.intBitsToFloat(exponent | random.nextInt(1 << 23));
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void floatsAreWithinTheBound(MathFn fn) {
    float[] x = samples(120);
    check(fn, x, fn.kernel(LType.FLOAT, 8).run(x));
  }

  @ParameterizedTest
  @EnumSource
  void floatsAreWithinTheBoundOnLesserMachines(MathFn fn) {
    float[] x = samples(20);
    for (Target target : lesserMachines()) {
      check(fn, x, fn.kernel(target, LType.FLOAT, 4).run(x));
    }
  }

  /** Without FMA, and with FMA but without AVX-512; every AArch64 has the same. */
  private static List<Target> lesserMachines() {
    Isa own = Target.host().isa();
    return Stream.of(Isa.SSE2, Isa.AVX2)
        .filter(isa -> own != Isa.NEON && isa.compareTo(own) < 0)
        .map(Target::of)
        .toList();
  }

  private static void check(MathFn fn, float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      double error = Ulp.of(y[i], fn.reference.applyAsDouble(x[i]));
      if (!(error <= fn.floatUlp())) {
        double want = fn.reference.applyAsDouble(x[i]);
        assertThat(error)
            .as("%s(%s) = %s, not %s", fn.tableName, Float.toHexString(x[i]), y[i], want)
            .isLessThanOrEqualTo(fn.floatUlp());
      }
    }
  }

  /** jit and eager, masked tails and wide bodies: a lane's bits depend on its input alone. */
  @ParameterizedTest
  @EnumSource
  void bitsDoNotDependOnTheWidth(MathFn fn) {
    float[] x = samples(4);
    float[] scalar = fn.kernel(LType.FLOAT, 0).run(x);
    for (int lanes : new int[] {4, 16}) {
      float[] wide = fn.kernel(LType.FLOAT, lanes).run(x);
      for (int i = 0; i < x.length; i++) {
        assertThat(Float.floatToIntBits(wide[i])) // NaNs count as one
            .as("%s(%s) in %d lanes", fn.tableName, x[i], lanes)
            .isEqualTo(Float.floatToIntBits(scalar[i]));
      }
    }
  }

  /** Every float there is; of the functions that no benchmark rests on, every thirty-first. */
  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void everyFloatIsWithinTheBound(MathFn fn) {
    long step =
        switch (fn) {
          case EXP, LOG, TANH, SIN, ERF -> 1;
          default -> 31;
        };
    check(fn, fn.kernel(LType.FLOAT, 16), step);
    if (fn == MathFn.ERF || fn == MathFn.ERFC) { // another formula with AVX-512
      lesserMachines().stream()
          .filter(target -> target.isa().fma())
          .forEach(target -> check(fn, fn.kernel(target, LType.FLOAT, 16), step));
    }
  }

  private static void check(MathFn fn, Kernel kernel, long step) {
    long each = step << 16;
    LongStream.range(0, Math.ceilDiv(1L << 32, each))
        .parallel()
        .forEach(
            part -> {
              float[] x = new float[1 << 16];
              for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat((int) (part * each + step * i));
              }
              check(fn, x, kernel.run(x));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"floor", "ceil", "trunc", "roundEven", "roundAway", "sign"})
  void roundingIsExact(String name) {
    for (Target target : List.of(Target.host(), baseline())) {
      Kernel kernel =
          Kernel.of(
              target,
              List.of(LType.FLOAT),
              LType.FLOAT,
              4,
              (f, a) ->
                  switch (name) {
                    case "floor" -> VecMath.floor(f, a.getFirst());
                    case "ceil" -> VecMath.ceil(f, a.getFirst());
                    case "trunc" -> VecMath.trunc(f, a.getFirst());
                    case "roundEven" -> VecMath.roundEven(f, a.getFirst());
                    case "roundAway" -> VecMath.roundAway(f, a.getFirst());
                    default -> VecMath.sign(f, a.getFirst());
                  });
      float[] x = samples(8);
      for (int i = EDGES.length; i < 400; i++) {
        x[i] = (i - 200) * 0.25f;
      }
      float[] y = kernel.run(x);
      for (int i = 0; i < x.length; i++) {
        float want = rounded(name, x[i]);
        assertThat(Float.floatToIntBits(y[i]))
            .as("%s(%s) = %s, not %s", name, x[i], y[i], want)
            .isEqualTo(Float.floatToIntBits(want));
      }
    }
  }

  private static Target baseline() {
    return Target.host().isa() == Isa.NEON ? Target.host() : Target.of(Isa.SSE2);
  }

  private static float rounded(String name, float x) {
    double whole = Math.floor(Math.abs(x));
    return switch (name) {
      case "floor" -> (float) Math.floor(x);
      case "ceil" -> (float) Math.ceil(x);
      case "trunc" -> (float) Math.copySign(whole, x);
      case "roundEven" -> (float) Math.rint(x);
      case "roundAway" -> (float) Math.copySign(Math.abs(x) - whole >= 0.5 ? whole + 1 : whole, x);
      default -> Math.signum(x);
    };
  }

  private static float[][] pairs(int count) {
    Random random = new Random(3);
    float[][] p = new float[2][count];
    int n = EDGES.length;
    for (int i = 0; i < count; i++) {
      boolean edge = i < n * n;
      boolean mild = i % 2 == 0;
      p[0][i] = edge ? EDGES[i / n] : mild ? random.nextFloat() * 10 : any(random);
      p[1][i] = edge ? EDGES[i % n] : mild ? random.nextFloat() * 80 - 40 : any(random);
    }
    return p;
  }

  private static float any(Random random) {
    return Float.intBitsToFloat(random.nextInt());
  }

  private static Kernel binary(String name, LType type, int lanes, Target target) {
    return Kernel.of(
        target,
        List.of(type, type),
        type,
        lanes,
        (f, a) ->
            switch (name) {
              case "pow" -> VecMath.pow(f, a.get(0), a.get(1));
              case "atan2" -> VecMath.atan2(f, a.get(0), a.get(1));
              case "rem" -> VecMath.rem(f, a.get(0), a.get(1));
              default -> VecMath.nextAfter(f, a.get(0), a.get(1));
            });
  }

  private static double reference(String name, float x, float y) {
    return switch (name) {
      case "pow" -> x == 1 || x == -1 && Float.isInfinite(y) ? 1 : StrictMath.pow(x, y);
      case "atan2" -> StrictMath.atan2(x, y);
      case "rem" -> x % y;
      default -> Float.isNaN(x) || Float.isNaN(y) ? Double.NaN : Math.nextAfter(x, y);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"pow", "atan2", "rem", "nextAfter"})
  void functionsOfTwoAreWithinTheBound(String name) {
    float[][] p = pairs(32768);
    double bound = name.equals("pow") || name.equals("atan2") ? MathFn.FLOAT_ULP : 0;
    float[] scalar = binary(name, LType.FLOAT, 0, Target.host()).run(p);
    float[] wide = binary(name, LType.FLOAT, 8, Target.host()).run(p);
    float[] base = binary(name, LType.FLOAT, 4, baseline()).run(p);
    for (int i = 0; i < p[0].length; i++) {
      double want = reference(name, p[0][i], p[1][i]);
      String what = name + "(" + p[0][i] + ", " + p[1][i] + ") = ";
      assertThat(Ulp.of(wide[i], want)).as(what + wide[i] + ", not " + want).isBetween(0.0, bound);
      assertThat(Ulp.of(base[i], want)).as(what + base[i] + ", not " + want).isBetween(0.0, bound);
      assertThat(Float.floatToIntBits(wide[i]))
          .as(what + "the same bits")
          .isEqualTo(Float.floatToIntBits(scalar[i]));
    }
  }

  @Test
  void halvesAreRoundedOnce() {
    Kernel exp =
        Kernel.of(
            List.of(LType.HALF),
            LType.FLOAT,
            8,
            (f, a) -> Convert.toFloat(f, VecMath.exp(f, a.getFirst())));
    short[] x = new short[1 << 16];
    for (int i = 0; i < x.length; i++) {
      x[i] = (short) i;
    }
    float[] y = Halves.run(exp, x);
    for (int i = 0; i < x.length; i++) {
      float want = (float) StrictMath.exp(Float.float16ToFloat(x[i]));
      float half = Float.float16ToFloat(Float.floatToFloat16(want));
      assertThat(Math.abs(Float.floatToFloat16(y[i]) - Float.floatToFloat16(half)))
          .as("exp of half %04x", i)
          .isLessThanOrEqualTo(1);
    }
  }
}
