package dev.jacobi.cpu.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VecMathDoubleTest {
  /** A value of a function to twice the precision; y is NaN for functions of one argument. */
  private record Row(String name, double x, double y, double high, double low) {}

  private static final List<Row> TABLE = read();

  /** What C says of special arguments, as StrictMath has it. */
  private static final double[] EDGES = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    2,
    -2
  };

  private static List<Row> read() {
    try (InputStream in = VecMathDoubleTest.class.getResourceAsStream("/math/reference.tsv")) {
      List<Row> rows = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String[] part = line.split("\t");
        double y = part[2].equals("-") ? Double.NaN : number(part[2]);
        rows.add(new Row(part[0], number(part[1]), y, number(part[3]), number(part[4])));
      }
      return rows;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static List<Row> rows(String name) {
    List<Row> rows = TABLE.stream().filter(r -> r.name.equals(name)).toList();
    assertThat(rows).as("rows of %s", name).hasSizeGreaterThan(50);
    return rows;
  }

  private static double[] padded(double[] x) {
    return java.util.Arrays.copyOf(x, x.length + 15 & -16);
  }

  @ParameterizedTest
  @EnumSource
  void doublesAreWithinTheBound(MathFn fn) {
    check(fn, fn.kernel(LType.DOUBLE, 4));
  }

  @ParameterizedTest
  @EnumSource
  void doublesAreWithinTheBoundWithoutFma(MathFn fn) {
    if (Target.host().isa() != Isa.NEON) { // every AArch64 has it
      check(fn, fn.kernel(Target.of(Isa.SSE2), LType.DOUBLE, 2));
    }
  }

  private static void check(MathFn fn, Kernel kernel) {
    List<Row> rows = rows(fn.tableName);
    double[] y = kernel.run(padded(rows.stream().mapToDouble(Row::x).toArray()));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertThat(Ulp.of(y[i], row.high, row.low))
          .as("%s(%s) = %s, not %s", row.name, Double.toHexString(row.x), y[i], row.high)
          .isLessThanOrEqualTo(MathFn.DOUBLE_ULP);
    }
  }

  @ParameterizedTest
  @EnumSource
  void specialArgumentsAreExact(MathFn fn) {
    checkSpecial(fn, fn.kernel(LType.DOUBLE, 4).run(padded(EDGES)));
    checkSpecial(fn, fn.kernel(baseline(), LType.DOUBLE, 2).run(padded(EDGES)));
  }

  private static void checkSpecial(MathFn fn, double[] y) {
    for (int i = 0; i < EDGES.length; i++) {
      double want = fn.reference.applyAsDouble(EDGES[i]);
      boolean special = want == 0 || Double.isNaN(want) || Double.isInfinite(want);
      boolean ours = y[i] == 0 || Double.isNaN(y[i]) || Double.isInfinite(y[i]);
      if (special || ours) {
        // erf_inv's reference is in float.
        double expected = fn == MathFn.ERF_INV && Math.abs(EDGES[i]) < 1e-40 ? EDGES[i] : want;
        if (fn != MathFn.ERF_INV || expected == want) {
          assertThat(y[i]).as("%s(%s)", fn.tableName, EDGES[i]).isEqualTo(Double.valueOf(expected));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void bitsDoNotDependOnTheWidth(MathFn fn) {
    double[] x = padded(rows(fn.tableName).stream().mapToDouble(Row::x).toArray());
    double[] scalar = fn.kernel(LType.DOUBLE, 0).run(x);
    double[] wide = fn.kernel(LType.DOUBLE, 8).run(x);
    for (int i = 0; i < x.length; i++) {
      assertThat(Double.doubleToLongBits(wide[i]))
          .as("%s(%s)", fn.tableName, x[i])
          .isEqualTo(Double.doubleToLongBits(scalar[i]));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pow", "atan2"})
  void functionsOfTwoAreWithinTheBound(String name) {
    List<Row> rows = rows(name);
    double[] x = padded(rows.stream().mapToDouble(Row::x).toArray());
    double[] y = padded(rows.stream().mapToDouble(Row::y).toArray());
    for (Target target : List.of(Target.host(), baseline())) {
      double[] z = binary(target, name, 2).run(x, y);
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        assertThat(Ulp.of(z[i], row.high, row.low))
            .as("%s(%s, %s) = %s, not %s", name, row.x, row.y, z[i], row.high)
            .isLessThanOrEqualTo(MathFn.DOUBLE_ULP);
      }
    }
  }

  private static Target baseline() {
    return Target.host().isa() == Isa.NEON ? Target.host() : Target.of(Isa.SSE2);
  }

  private static Kernel binary(String name, int lanes) {
    return binary(Target.host(), name, lanes);
  }

  private static Kernel binary(Target target, String name, int lanes) {
    LType type = LType.DOUBLE;
    return Kernel.of(
        target,
        List.of(type, type),
        type,
        lanes,
        (f, a) ->
            switch (name) {
              case "pow" -> VecMath.pow(f, a.get(0), a.get(1));
              case "atan2" -> VecMath.atan2(f, a.get(0), a.get(1));
              default -> VecMath.rem(f, a.get(0), a.get(1));
            });
  }

  @Test
  void remaindersAreExact() {
    var random = new java.util.Random(11);
    double[] x = new double[8192];
    double[] y = new double[8192];
    int n = EDGES.length;
    for (int i = 0; i < x.length; i++) {
      x[i] = i < n * n ? EDGES[i / n] : Double.longBitsToDouble(random.nextLong());
      y[i] = i < n * n ? EDGES[i % n] : Double.longBitsToDouble(random.nextLong());
      if (i % 3 == 0 && i >= n * n) {
        y[i] = x[i] * random.nextDouble() * 0.001;
      }
    }
    double[] z = binary("rem", 4).run(x, y);
    double[] base = binary(baseline(), "rem", 2).run(x, y);
    for (int i = 0; i < x.length; i++) {
      assertThat(base[i]).as("%s %% %s", x[i], y[i]).isEqualTo(Double.valueOf(x[i] % y[i]));
      assertThat(z[i]).as("%s %% %s", x[i], y[i]).isEqualTo(Double.valueOf(x[i] % y[i]));
    }
  }

  @Test
  void powersOfSpecialArgumentsAreThoseOfC() {
    int n = EDGES.length;
    double[] x = new double[n * n + 15 & -16];
    double[] y = new double[x.length];
    for (int i = 0; i < n * n; i++) {
      x[i] = EDGES[i / n];
      y[i] = EDGES[i % n];
    }
    double[] z = binary("pow", 4).run(x, y);
    for (int i = 0; i < n * n; i++) {
      boolean one = x[i] == 1 || x[i] == -1 && Double.isInfinite(y[i]); // Java says NaN
      double want = one ? 1 : StrictMath.pow(x[i], y[i]);
      assertThat(Ulp.of(z[i], want, 0)).as("pow(%s, %s)", x[i], y[i]).isLessThanOrEqualTo(1);
    }
  }
}
