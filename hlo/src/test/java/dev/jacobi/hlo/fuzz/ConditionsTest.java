package dev.jacobi.hlo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A badly conditioned formula excuses the errors that its condition makes, and no others. */
class ConditionsTest {
  private static Literal scalar(DType t, String z) {
    String[] parts = z.split(" ");
    double im = parts.length > 1 ? Double.parseDouble(parts[1]) : 0;
    return scalar(t, Double.parseDouble(parts[0]), im);
  }

  private static Literal scalar(DType t, double re, double im) {
    MemorySegment data = Literal.allocate(TensorType.scalar(t));
    Literal.set(t, data, 0, re, im);
    return Literal.wrap(TensorType.scalar(t), data);
  }

  @ParameterizedTest
  @CsvSource({
    "POW, c128, -0.98682 0.25891, -75.4 0, 0.22 0, 2.3e-14, true",
    "POW, c128, -0.98682 0.25891, -75.4 0, 0.22 0, 2.3e-12, false",
    "POW, c128, -0.98682 0.25891, 0.5 0, 0.22 0, 2.3e-14, false",
    "POW, c64, -0.98682 0.25891, -75.4 0, 0.22 0, 2e-5, false",
    "ATAN2, c128, 0 0, -3.4 -3.5, 3.141592653589793 0, -6.283185307179586, true",
    "ATAN2, c128, 0 0, -3.4 -3.5, 3.141592653589793 0, -3.141592653589793, false",
    "ATAN2, c128, 0 0, -3.4 -3.5, 3.141592653589793 0, -6.2831853, false",
    "ATAN2, c128, 1e-9 0, 1 0, 1e-9 0, 1e-16, true",
    "ATAN2, c128, 1e-9 0, 1 0, 1e-9 0, 1e-13, false",
    "ATAN2, c128, 1 0, 0 1.000001, 0 7.25, 1e-10, true",
    "POLYGAMMA, f64, 37, 2.583311716094495e8, 2.0892628241895627e-270, -3e-280, true",
    "POLYGAMMA, f64, 37, 2.583311716094495e8, 2.0892628241895627e-270, -3e-279, false",
    "POLYGAMMA, f64, 3, 0.1, 60007.7, 1e-9, false",
    "ERF_INV, f32, -0.99942821, 0, -2.435739, 5e-6, true",
    "ERF_INV, f32, -0.99942821, 0, -2.435739, 2e-5, false",
    "ERF_INV, f32, 0.5, 0, 0.47693628, 3e-7, false",
    "ERF_INV, f32, 1, 0, Infinity, -Infinity, false",
    "ERF_INV, f32, 2, 0, NaN, 0, true"
  })
  void errors(Fn fn, String dtype, String x, String y, String value, double error, boolean near) {
    DType t =
        switch (dtype) {
          case "c64" -> DType.C64;
          case "c128" -> DType.C128;
          case "f64" -> DType.F64;
          default -> DType.F32;
        };
    Literal expected = scalar(t, value);
    Literal got = scalar(t, expected.getDouble(0) + error, expected.getImag(0));
    List<Literal> operands = List.of(scalar(t, x), scalar(t, y));
    Conditions conditions = Conditions.of(fn, operands, expected);
    assertThat(Closeness.conditioned(expected, got, t.isComplex() ? 64 : 4, conditions).isEmpty())
        .isEqualTo(near);
  }
}
