package dev.jacobi.hlo.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.linalg.Complex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Elementary functions against mpmath; {@code functions.py} in the resources made the table. */
class FunctionAccuracyTest {
  private static final double ULPS = 3;

  /**
   * Complex results lose bits where formulas cancel: relative to the modulus, in units of 2^-53.
   */
  private static final double COMPLEX_ULPS = 8;

  private static List<String[]> rows() throws IOException {
    try (var in = FunctionAccuracyTest.class.getResourceAsStream("functions.csv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).map(line -> line.split(",", -1)).toList();
    }
  }

  @Test
  void realFunctionsAreWithinAFewUlps() throws IOException {
    List<String> wrong = new ArrayList<>();
    int seen = 0;
    for (String[] row : rows()) {
      if (row[2].isEmpty()) {
        seen++;
        double want = Double.parseDouble(row[3]);
        double got =
            RealFns.unary(Fn.valueOf(row[0]))
                .orElseThrow()
                .applyAsDouble(Double.parseDouble(row[1]));
        double ulps = Math.abs(got - want) / Math.ulp(want);
        if (!(got == want || ulps <= ULPS)) {
          wrong.add(row[0] + "(" + row[1] + ") = " + got + ", not " + want + ": " + ulps + " ulp");
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).isGreaterThan(150);
  }

  @Test
  void complexFunctionsAreWithinAFewUlps() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String[] row : rows()) {
      if (!row[2].isEmpty()) {
        Complex z = new Complex(Double.parseDouble(row[1]), Double.parseDouble(row[2]));
        Complex want = new Complex(Double.parseDouble(row[3]), Double.parseDouble(row[4]));
        Complex got = ComplexFns.unary(Fn.valueOf(row[0])).orElseThrow().apply(z);
        double error = got.minus(want).abs() / Math.ulp(want.abs());
        if (!(error <= COMPLEX_ULPS)) {
          wrong.add(row[0] + z + " = " + got + ", not " + want + ": " + error + " ulp");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyFunctionIsDefinedOnEveryTypeThatItTakes() {
    for (Fn fn : Fn.values()) {
      for (DType t : DType.values()) {
        boolean elsewhere =
            switch (fn) {
              case SELECT, CLAMP, COMPLEX, IS_FINITE, IS_INF, IS_NEG_INF, IS_POS_INF -> true;
              // The specification has no complex remainder either, and moduli and parts are real.
              case REM, ABS, REAL, IMAG -> t.isComplex();
              default -> false;
            };
        if (fn.takes(t) && !elsewhere) {
          assertThat(defined(fn, t)).as("%s on %s", fn, t).isTrue();
        }
      }
    }
  }

  private static boolean defined(Fn fn, DType t) {
    Optional<?> f =
        switch (t.kind()) {
          case BOOL, SIGNED, UNSIGNED ->
              fn.arity() == 1 ? IntFns.unary(fn, t) : IntFns.binary(fn, t);
          case FLOAT -> fn.arity() == 1 ? RealFns.unary(fn) : RealFns.binary(fn, t);
          case COMPLEX -> fn.arity() == 1 ? ComplexFns.unary(fn) : ComplexFns.binary(fn);
        };
    return f.isPresent();
  }
}
