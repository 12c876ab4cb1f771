package dev.jacobi.hlo.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Special functions against mpmath; {@code goldens/make_special.py} made the table. */
class SpecialFunctionsTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  /** Allowed errors in units in the last place of the size that the table states. */
  private static final Map<Fn, Double> ULPS =
      Map.of(Fn.LGAMMA, 3.0, Fn.DIGAMMA, 3.0, Fn.BESSEL_I1E, 3.0, Fn.ZETA, 3.0, Fn.POLYGAMMA, 4.0);

  private static double value(Fn fn, double x, double y) {
    return fn.arity() == 1
        ? RealFns.unary(fn).orElseThrow().applyAsDouble(x)
        : RealFns.binary(fn, DType.F64).orElseThrow().applyAsDouble(x, y);
  }

  @Test
  void valuesAreWithinAFewUlps() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<String> lines = Files.readAllLines(Path.of("..", "goldens", "special", "functions.tsv"));
    for (String line : lines) {
      String[] part = line.split("\t");
      Fn fn = Fn.valueOf(part[0]);
      double x = Double.parseDouble(part[1]);
      double y = part[2].equals("-") ? NAN : Double.parseDouble(part[2]);
      double got = value(fn, x, y);
      double error = got - Double.parseDouble(part[3]) - Double.parseDouble(part[4]);
      double ulps = Math.abs(error) / Math.ulp(Double.parseDouble(part[5]));
      if (!(ulps <= ULPS.get(fn))) {
        wrong.add("%s(%s, %s) = %s: %s ulp from %s".formatted(fn, x, y, got, ulps, part[3]));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines).hasSizeGreaterThan(1000);
  }

  private record Row(Fn fn, double want, double x, double y) {
    Row(Fn fn, double want, double x) {
      this(fn, want, x, NAN);
    }
  }

  /** JAX 0.10.2's answers. */
  private static final List<Row> SPECIAL =
      List.of(
          new Row(Fn.LGAMMA, NAN, NAN),
          new Row(Fn.LGAMMA, INF, INF),
          new Row(Fn.LGAMMA, INF, -INF),
          new Row(Fn.LGAMMA, INF, 0),
          new Row(Fn.LGAMMA, INF, -0.0),
          new Row(Fn.LGAMMA, INF, -3),
          new Row(Fn.LGAMMA, INF, -1e300),
          new Row(Fn.LGAMMA, 0, 1),
          new Row(Fn.LGAMMA, 0, 2),
          new Row(Fn.LGAMMA, INF, Double.MAX_VALUE),
          new Row(Fn.DIGAMMA, NAN, NAN),
          new Row(Fn.DIGAMMA, INF, INF),
          new Row(Fn.DIGAMMA, NAN, -INF),
          new Row(Fn.DIGAMMA, NAN, 0),
          new Row(Fn.DIGAMMA, NAN, -0.0),
          new Row(Fn.DIGAMMA, NAN, -4),
          new Row(Fn.BESSEL_I1E, NAN, NAN),
          new Row(Fn.BESSEL_I1E, 0, INF),
          new Row(Fn.BESSEL_I1E, -0.0, -INF),
          new Row(Fn.BESSEL_I1E, 0, 0),
          new Row(Fn.BESSEL_I1E, -0.0, -0.0),
          new Row(Fn.ZETA, INF, 1, NAN),
          new Row(Fn.ZETA, NAN, NAN, 1),
          new Row(Fn.ZETA, NAN, 0.5, 1),
          new Row(Fn.ZETA, NAN, INF, 1),
          new Row(Fn.ZETA, NAN, INF, 0),
          new Row(Fn.ZETA, NAN, -INF, 0),
          new Row(Fn.ZETA, INF, 2, 0),
          new Row(Fn.ZETA, INF, 0, -1),
          new Row(Fn.ZETA, INF, 4, -3),
          new Row(Fn.ZETA, INF, 2, -INF),
          new Row(Fn.ZETA, NAN, 3, -3),
          new Row(Fn.ZETA, NAN, 2.5, -0.5),
          new Row(Fn.ZETA, NAN, 2, INF),
          new Row(Fn.ZETA, INF, 2, 1e-200),
          new Row(Fn.ZETA, 1, 1e4, 1),
          new Row(Fn.POLYGAMMA, NAN, -1, 1),
          new Row(Fn.POLYGAMMA, NAN, 1.5, 1),
          new Row(Fn.POLYGAMMA, NAN, NAN, 1),
          new Row(Fn.POLYGAMMA, NAN, INF, 1),
          new Row(Fn.POLYGAMMA, NAN, 0, 0),
          new Row(Fn.POLYGAMMA, INF, 1, 0),
          new Row(Fn.POLYGAMMA, INF, 3, -2),
          new Row(Fn.POLYGAMMA, NAN, 2, -2),
          new Row(Fn.POLYGAMMA, NAN, 1, INF),
          new Row(Fn.POLYGAMMA, -INF, 200, 1));

  @Test
  void specialValuesAreThoseOfJax() {
    for (Row r : SPECIAL) {
      assertThat(value(r.fn, r.x, r.y)).as("%s(%s, %s)", r.fn, r.x, r.y).isEqualTo((Double) r.want);
    }
  }
}
