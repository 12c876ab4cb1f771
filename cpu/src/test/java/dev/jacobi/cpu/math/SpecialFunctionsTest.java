package dev.jacobi.cpu.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.cpu.llvm.Val;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Special functions against mpmath; {@code goldens/make_special.py} made the table. */
class SpecialFunctionsTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  /** The functions, and their errors in units in the last place of the size in the table. */
  enum Special {
    LGAMMA(3, 3, (f, x, y) -> VecMath.lgamma(f, x)),
    DIGAMMA(4, 3, (f, x, y) -> VecMath.digamma(f, x)),
    BESSEL_I1E(4, 2, (f, x, y) -> VecMath.besselI1e(f, x)),
    ZETA(4, 3, VecMath::zeta),
    POLYGAMMA(1, 4, VecMath::polygamma);

    private interface Emit {
      Val emit(FnEmitter f, Val x, Val y);
    }

    private final double floatUlp;
    private final double doubleUlp;
    private final Emit emit;

    Special(double floatUlp, double doubleUlp, Emit emit) {
      this.floatUlp = floatUlp;
      this.doubleUlp = doubleUlp;
      this.emit = emit;
    }

    private Kernel kernel(Target target, LType type, int lanes) {
      List<LType> types = List.of(type, type);
      return Kernel.of(target, types, type, lanes, (f, a) -> emit.emit(f, a.get(0), a.get(1)));
    }
  }

  private record Row(double x, double y, double high, double low, double size) {
    /** Whether it can be asked of float. */
    boolean isSingle() {
      boolean given = (float) x == x && (Double.isNaN(y) || (float) y == y);
      return given && Math.abs(high) < Float.MAX_VALUE && Math.abs(high) > Float.MIN_NORMAL;
    }
  }

  private static List<Row> rows(Special fn) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("..", "goldens", "special", "functions.tsv"))) {
      String[] part = line.split("\t");
      if (part[0].equals(fn.name())) {
        double[] v = new double[part.length];
        for (int i = 1; i < v.length; i++) {
          v[i] = part[i].equals("-") ? NAN : Double.parseDouble(part[i]);
        }
        rows.add(new Row(v[1], v[2], v[3], v[4], v[5]));
      }
    }
    assertThat(rows).hasSizeGreaterThan(150);
    return rows;
  }

  private static Target baseline() {
    return Target.host().isa() == Isa.NEON ? Target.host() : Target.of(Isa.SSE2);
  }

  private static double[] doubles(Kernel kernel, double[] x, double[] y) {
    int n = x.length + 15 & -16;
    return kernel.run(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
  }

  @ParameterizedTest
  @EnumSource
  void doublesAreWithinTheBound(Special fn) throws IOException {
    checkDoubles(fn, fn.kernel(Target.host(), LType.DOUBLE, 4));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void doublesAreWithinTheBoundWithoutFma(Special fn) throws IOException {
    checkDoubles(fn, fn.kernel(baseline(), LType.DOUBLE, 2));
  }

  private static void checkDoubles(Special fn, Kernel kernel) throws IOException {
    List<Row> rows = rows(fn);
    double[] x = rows.stream().mapToDouble(Row::x).toArray();
    double[] y = rows.stream().mapToDouble(Row::y).toArray();
    double[] got = doubles(kernel, x, y);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      Row r = rows.get(i);
      check(r, (got[i] - r.high - r.low) / Math.ulp(r.size), fn.doubleUlp, got[i], wrong);
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void floatsAreWithinTheBound(Special fn) throws IOException {
    checkFloats(fn, fn.kernel(Target.host(), LType.FLOAT, 8));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("slow")
  void floatsAreWithinTheBoundWithoutFma(Special fn) throws IOException {
    checkFloats(fn, fn.kernel(baseline(), LType.FLOAT, 4));
  }

  private static void checkFloats(Special fn, Kernel kernel) throws IOException {
    List<Row> rows = rows(fn).stream().filter(Row::isSingle).toList();
    assertThat(rows).hasSizeGreaterThan(50);
    float[] x = new float[rows.size() + 15 & -16];
    float[] y = new float[x.length];
    for (int i = 0; i < rows.size(); i++) {
      x[i] = (float) rows.get(i).x;
      y[i] = (float) rows.get(i).y;
    }
    float[] got = kernel.run(x, y);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row r = rows.get(i);
      check(r, (got[i] - r.high) / Math.ulp((float) r.size), fn.floatUlp, got[i], wrong);
    }
    assertThat(wrong).isEmpty();
  }

  private static void check(Row r, double ulps, double bound, double got, List<String> wrong) {
    if (!(Math.abs(ulps) <= bound)) {
      wrong.add("(%s, %s) = %s, not %s: %s ulp".formatted(r.x, r.y, got, r.high, ulps));
    }
  }

  @ParameterizedTest
  @EnumSource
  void bitsDoNotDependOnTheWidth(Special fn) throws IOException {
    double[] x = rows(fn).stream().mapToDouble(Row::x).toArray();
    double[] y = rows(fn).stream().mapToDouble(Row::y).toArray();
    double[] scalar = doubles(fn.kernel(Target.host(), LType.DOUBLE, 0), x, y);
    assertThat(doubles(fn.kernel(Target.host(), LType.DOUBLE, 8), x, y)).isEqualTo(scalar);
  }

  /** JAX 0.10.2's answers: arguments and value, in turn; NaN for a second one that is not there. */
  private static final Map<Special, double[][]> SPECIAL =
      Map.of(
          Special.LGAMMA,
          new double[][] {
            {NAN, NAN, INF, INF, -INF, INF, 0, INF, -0.0, INF, -3, INF, -1e30, INF},
            {1, 0, 2, 0, 1e38, INF, -1e-45, 103.27892990343184}
          },
          Special.DIGAMMA,
          new double[][] {{NAN, NAN, INF, INF, -INF, NAN, 0, NAN, -0.0, NAN, -4, NAN}},
          Special.BESSEL_I1E,
          new double[][] {{NAN, NAN, INF, 0, -INF, -0.0, 0, 0, -0.0, -0.0}});

  @ParameterizedTest
  @EnumSource(names = {"LGAMMA", "DIGAMMA", "BESSEL_I1E"})
  void specialValuesAreThoseOfJax(Special fn) {
    double[] pairs = Arrays.stream(SPECIAL.get(fn)).flatMapToDouble(Arrays::stream).toArray();
    int n = pairs.length / 2;
    float[] x = new float[n + 15 & -16];
    for (int i = 0; i < n; i++) {
      x[i] = (float) pairs[2 * i];
    }
    float[] got = fn.kernel(Target.host(), LType.FLOAT, 8).run(x, x);
    for (int i = 0; i < n; i++) {
      assertThat(got[i]).as("%s(%s)", fn, x[i]).isEqualTo(Float.valueOf((float) pairs[2 * i + 1]));
    }
  }

  /** s or n, q or x, and the value. */
  private static final Map<Special, double[][]> SPECIAL_OF_TWO =
      Map.of(
          Special.ZETA,
          new double[][] {
            {1, NAN, INF},
            {NAN, 1, NAN},
            {0.5, 1, NAN},
            {INF, 1, NAN},
            {INF, 0, NAN},
            {-INF, 0, NAN},
            {2, 0, INF},
            {0, -1, INF},
            {4, -3, INF},
            {2, -INF, INF},
            {3, -3, NAN},
            {2.5, -0.5, NAN},
            {2, INF, NAN},
            {2, 1e-200, INF},
            {1e4, 1, 1},
            {1e30, 1, 1}
          },
          Special.POLYGAMMA,
          new double[][] {
            {-1, 1, NAN},
            {1.5, 1, NAN},
            {NAN, 1, NAN},
            {INF, 1, NAN},
            {0, 0, NAN},
            {0, 1, -0.5772156649015329},
            {1, 0, INF},
            {3, -2, INF},
            {2, -2, NAN},
            {1, INF, NAN},
            {200, 1, -INF}
          });

  @ParameterizedTest
  @EnumSource(names = {"ZETA", "POLYGAMMA"})
  void specialValuesOfFunctionsOfTwoAreThoseOfJax(Special fn) {
    double[][] rows = SPECIAL_OF_TWO.get(fn);
    double[] x = Arrays.stream(rows).mapToDouble(r -> r[0]).toArray();
    double[] y = Arrays.stream(rows).mapToDouble(r -> r[1]).toArray();
    double[] got = doubles(fn.kernel(Target.host(), LType.DOUBLE, 4), x, y);
    for (int i = 0; i < rows.length; i++) {
      assertThat(got[i]).as("%s(%s, %s)", fn, x[i], y[i]).isEqualTo((Double) rows[i][2]);
    }
  }
}
