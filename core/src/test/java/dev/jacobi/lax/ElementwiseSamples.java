package dev.jacobi.lax;

import static dev.jacobi.hlo.DType.BF16;
import static dev.jacobi.hlo.DType.BOOL;
import static dev.jacobi.hlo.DType.C128;
import static dev.jacobi.hlo.DType.C64;
import static dev.jacobi.hlo.DType.F16;
import static dev.jacobi.hlo.DType.F32;
import static dev.jacobi.hlo.DType.F64;
import static dev.jacobi.hlo.DType.I32;
import static dev.jacobi.hlo.DType.I64;
import static dev.jacobi.hlo.DType.I8;
import static dev.jacobi.hlo.DType.U32;
import static dev.jacobi.hlo.DType.U64;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.jaxpr.Primitive;
import java.util.ArrayList;
import java.util.List;

/** Operands of the elementwise primitives: the interval of each, and the types beside f64. */
final class ElementwiseSamples {
  private static final DType[] REAL = {F16, BF16, F32};
  private static final DType[] SMOOTH = {F16, BF16, F32, C64, C128};
  private static final DType[] INTEGER = {I8, I32, I64, U32, U64};
  private static final DType[] BITS = {BOOL, I8, U32, I64};

  private final List<Sample> rows = new ArrayList<>();

  private ElementwiseSamples() {}

  static List<Sample> all() {
    ElementwiseSamples samples = new ElementwiseSamples();
    samples.elementary();
    samples.special();
    samples.arithmetic();
    samples.complexes();
    samples.bits();
    samples.choices();
    samples.conversions();
    return samples.rows;
  }

  private void elementary() {
    unary(Elementary.EXP, -2, 2, SMOOTH);
    unary(Elementary.EXP2, -2, 2, SMOOTH);
    unary(Elementary.EXPM1, -2, 2, SMOOTH);
    unary(Elementary.LOG, 0.5, 3, SMOOTH);
    unary(Elementary.LOG1P, -0.5, 2, SMOOTH);
    unary(Elementary.SIN, -3, 3, SMOOTH);
    unary(Elementary.COS, -3, 3, SMOOTH);
    unary(Elementary.TAN, -1, 1, SMOOTH);
    unary(Elementary.ASIN, -0.8, 0.8, SMOOTH);
    unary(Elementary.ACOS, -0.8, 0.8, SMOOTH);
    unary(Elementary.ATAN, -2, 2, SMOOTH);
    unary(Elementary.SINH, -2, 2, SMOOTH);
    unary(Elementary.COSH, -2, 2, SMOOTH);
    unary(Elementary.TANH, -2, 2, SMOOTH);
    unary(Elementary.ASINH, -2, 2, SMOOTH);
    unary(Elementary.ACOSH, 1.2, 3, SMOOTH);
    unary(Elementary.ATANH, -0.8, 0.8, SMOOTH);
    unary(Elementary.LOGISTIC, -3, 3, SMOOTH);
    unary(Elementary.ERF, -2, 2, REAL);
    unary(Elementary.ERFC, -2, 2, REAL);
    unary(Elementary.ERF_INV, -0.8, 0.8, REAL);
    unary(Elementary.FLOOR, 1.1, 1.9, REAL);
    unary(Elementary.CEIL, -1.9, -1.1, REAL);
    unary(Elementary.ROUND_AWAY, 1.6, 2.4, REAL);
    unary(Elementary.ROUND_EVEN, 1.6, 2.4, REAL);
    unary(Elementary.IS_FINITE, -2, 2, REAL);
    unary(Powers.SQRT, 0.5, 3, SMOOTH);
    unary(Powers.RSQRT, 0.5, 3, SMOOTH);
    unary(Powers.CBRT, 0.5, 3, REAL);
    for (int y : new int[] {-3, 0, 1, 2, 5}) {
      unary(new Powers.IntegerPow(y), 0.5, 2, SMOOTH);
    }
    typed(new Powers.IntegerPow(3), -3, 3, INTEGER);
  }

  private void special() {
    unary(SpecialFunctions.LGAMMA, 0.5, 6, REAL);
    unary(SpecialFunctions.DIGAMMA, 0.5, 6, REAL);
    unary(SpecialFunctions.BESSEL_I0E, -3, 3, REAL);
    unary(SpecialFunctions.BESSEL_I1E, -3, 3, REAL);
    binary(IncompleteGamma.IGAMMA, 0.5, 4, 0.5, 6, REAL);
    binary(IncompleteGamma.IGAMMAC, 0.5, 4, 0.5, 6, REAL);
    for (Primitive p : List.of(SpecialFunctions.POLYGAMMA, SpecialFunctions.ZETA)) {
      add(Sample.of("f64", p, d -> List.of(Scalars.of(F64, 3), d.f64(0.5, 4, 2, 3))).fixing(0));
      add(Sample.of("f32", p, d -> List.of(Scalars.of(F32, 2), d.of(F32, 0.5, 4, 3))).fixing(0));
    }
    for (Primitive p : List.of(IncompleteGamma.IGAMMA_GRAD_A, IncompleteGamma.RANDOM_GAMMA_GRAD)) {
      add(Sample.of("f64", p, d -> List.of(d.f64(0.5, 4, 2, 3), d.f64(0.5, 6, 2, 3))).fixing(0));
      add(Sample.of("scalar", p, d -> List.of(d.f64(0.5, 4), d.f64(0.5, 6))).fixing(0));
      add(Sample.of("bf16", p, d -> List.of(d.of(BF16, 1, 4, 3), d.of(BF16, 1, 6, 3))).fixing(0));
    }
    Primitive beta = new IncompleteBeta.RegularizedIncompleteBeta();
    for (DType t : new DType[] {F64, F32, F16}) {
      Sample row =
          Sample.of(
              t.shortName(),
              beta,
              d -> List.of(d.of(t, 0.5, 4, 2, 3), d.of(t, 0.5, 4, 2, 3), d.of(t, 0.1, 0.9, 2, 3)));
      add(row.fixing(0, 1));
    }
    add(
        Sample.of(
                "scalars and empty",
                beta,
                d -> List.of(d.f64(0.5, 4), d.f64(0.5, 4), d.f64(0.1, 0.9, 0, 2)))
            .fixing(0, 1));
  }

  private void arithmetic() {
    unary(Arithmetic.NEG, -2, 2, SMOOTH);
    typed(Arithmetic.NEG, 0, 5, INTEGER);
    unary(Arithmetic.ABS, -2, -0.5, SMOOTH);
    typed(Arithmetic.ABS, -5, 5, I8, I32, I64);
    unary(Arithmetic.SIGN, 0.5, 2, REAL);
    typed(Arithmetic.SIGN, 0, 2, INTEGER);
    add(Sample.of("c128", Arithmetic.SIGN, d -> List.of(d.of(C128, 1, 2, 3))).decided());
    unary(Arithmetic.SQUARE, -2, 2, SMOOTH);
    binary(Arithmetic.ADD, -2, 2, -2, 2, SMOOTH);
    binary(Arithmetic.SUB, -2, 2, -2, 2, SMOOTH);
    binary(Arithmetic.MUL, -2, 2, -2, 2, SMOOTH);
    binary(Arithmetic.DIV, -2, 2, 1, 2, SMOOTH);
    binary(Zeros.ADD_ANY, -2, 2, -2, 2, SMOOTH);
    binary(Arithmetic.REM, 5.2, 5.8, 2.1, 2.4, REAL);
    binary(Arithmetic.MAX, -2, 2, -2, 2, REAL);
    binary(Arithmetic.MIN, -2, 2, -2, 2, REAL);
    for (Primitive p : List.of(Arithmetic.ADD, Arithmetic.SUB, Arithmetic.MUL, Arithmetic.DIV)) {
      typed2(p, 0, 9, INTEGER);
    }
    for (Primitive p : List.of(Arithmetic.REM, Arithmetic.MAX, Arithmetic.MIN)) {
      typed2(p, 0, 9, INTEGER);
    }
    binary(new Powers.Pow(), 0.5, 2, -2, 2, SMOOTH);
    add(
        Sample.of(
            "integer exponent", new Powers.Pow(), d -> List.of(d.f64(0.5, 2, 3), d.i32(-2, 3, 3))));
    binary(Elementary.ATAN2, 0.5, 2, 0.5, 2, SMOOTH);
    binary(LogAddExp.LOGADDEXP, -1, 1, -1, 1, SMOOTH);
    Sample next =
        Sample.of("f64", Elementary.NEXTAFTER, d -> List.of(d.f64(1, 2, 2, 3), d.f64(3, 4, 2, 3)));
    add(next.decided());
  }

  private void complexes() {
    typed(Complexes.REAL, -2, 2, C64, C128);
    typed(Complexes.IMAG, -2, 2, C64, C128);
    typed(Complexes.CONJ, -2, 2, C64, C128);
    binary(Complexes.COMPLEX, -2, 2, -2, 2, F32);
  }

  private void bits() {
    for (Primitive p : List.of(Bits.AND, Bits.OR, Bits.XOR)) {
      typed2(p, 0, 1, BITS);
    }
    typed(Bits.NOT, 0, 1, BITS);
    for (Primitive p :
        List.of(Bits.SHIFT_LEFT, Bits.SHIFT_RIGHT_LOGICAL, Bits.SHIFT_RIGHT_ARITHMETIC)) {
      typed2(p, 0, 9, INTEGER);
    }
    typed2(new Divisors.Gcd(), 0, 60, INTEGER);
    typed2(Bits.MULHI, 0, 100, INTEGER);
    typed(Bits.POPULATION_COUNT, 0, 100, INTEGER);
    typed(Bits.CLZ, 0, 100, INTEGER);
    for (Direction direction : Direction.values()) {
      typed2(new Compare.Comparison(direction), 0, 2, BOOL, I32, U64, F16, F32, F64);
    }
    add(
        Sample.of(
            "words",
            new Threefry.Threefry2x32(),
            d ->
                List.of(
                    d.of(U32, 0, 9),
                    d.of(U32, 0, 9),
                    d.of(U32, 0, 9, 2, 3),
                    d.of(U32, 0, 9, 2, 3))));
  }

  private void choices() {
    for (DType t : new DType[] {F64, F32, I32, BOOL, C128}) {
      add(
          Sample.of(
              t.shortName(),
              new Compare.SelectN(),
              d -> List.of(d.of(BOOL, 0, 1, 2, 3), d.of(t, 0, 1, 2, 3), d.of(t, 0, 1, 2, 3))));
    }
    add(
        Sample.of(
            "scalar predicate",
            new Compare.SelectN(),
            d -> List.of(d.of(BOOL, 0, 1), d.f64(0, 1, 2, 3), d.f64(0, 1, 2, 3))));
    Compare.Clamp clamp = new Compare.Clamp();
    for (DType t : new DType[] {F64, F32, I32}) {
      add(
          Sample.of(
              "scalar bounds " + t.shortName(),
              clamp,
              d -> List.of(d.of(t, -1, -1), d.of(t, -3, 3, 2, 3), d.of(t, 1, 1))));
    }
    add(
        Sample.of(
            "array bounds",
            clamp,
            d -> List.of(d.f64(-2, -1, 4), d.f64(-3, 3, 4), d.f64(1, 2, 4))));
  }

  private void conversions() {
    DType[] all = {BOOL, I8, U32, I64, F16, F32, F64, C128};
    for (DType from : all) {
      for (DType to : new DType[] {BOOL, I32, U64, BF16, F64, C64}) {
        String label = from.shortName() + " to " + to.shortName();
        Sample row =
            Sample.of(
                label,
                new Convert.ConvertElementType(to, false),
                d -> List.of(d.of(from, 0, 1, 2, 3)));
        add(to.isInexact() ? row : row.decided());
      }
    }
    // rounding is no linear function, but where nothing is rounded
    var whole = new Convert.ReducePrecision(11, 52);
    add(Sample.of("f64", whole, d -> List.of(d.f64(-2, 2, 2, 3))));
    var half = new Convert.ReducePrecision(5, 10);
    add(Sample.of("f16", half, d -> List.of(d.of(DType.F16, -2, 2, 3))));
    bitcast(F64, I64, 2, 3);
    bitcast(U32, F32, 3);
    bitcast(U32, DType.U8, 3);
    bitcast(DType.U8, DType.U16, 3, 2);
    add(Sample.of("f64", new Convert.StopGradient(), d -> List.of(d.f64(1, 2, 3))).decided());
  }

  private void bitcast(DType from, DType to, long... sizes) {
    String label = from.shortName() + " to " + to.shortName();
    var primitive = new Convert.BitcastConvertType(to);
    add(Sample.of(label, primitive, d -> List.of(d.of(from, 0, 9, sizes))).decided());
  }

  private void add(Sample sample) {
    rows.add(sample);
  }

  /** f64 as vector, scalar and empty array, and the other types. */
  private void unary(Primitive p, double low, double high, DType... others) {
    add(Sample.of("f64", p, d -> List.of(d.f64(low, high, 2, 3))));
    add(Sample.of("scalar", p, d -> List.of(d.f64(low, high))));
    add(Sample.of("empty", p, d -> List.of(d.f64(low, high, 0, 2))));
    typed(p, low, high, others);
  }

  private void typed(Primitive p, double low, double high, DType... types) {
    for (DType t : types) {
      add(Sample.of(t.shortName(), p, d -> List.of(d.of(t, low, high, 3))));
    }
  }

  private void binary(Primitive p, double l1, double h1, double l2, double h2, DType... others) {
    add(Sample.of("f64", p, d -> List.of(d.f64(l1, h1, 2, 3), d.f64(l2, h2, 2, 3))));
    add(Sample.of("scalar", p, d -> List.of(d.f64(l1, h1), d.f64(l2, h2))));
    add(Sample.of("empty", p, d -> List.of(d.f64(l1, h1, 0), d.f64(l2, h2, 0))));
    add(Sample.of("array and scalar", p, d -> List.of(d.f64(l1, h1, 4), d.f64(l2, h2))));
    add(Sample.of("scalar and array", p, d -> List.of(d.f64(l1, h1), d.f64(l2, h2, 4))));
    for (DType t : others) {
      add(Sample.of(t.shortName(), p, d -> List.of(d.of(t, l1, h1, 3), d.of(t, l2, h2, 3))));
    }
  }

  private void typed2(Primitive p, double low, double high, DType... types) {
    for (DType t : types) {
      add(Sample.of(t.shortName(), p, d -> List.of(d.of(t, low, high, 5), d.of(t, low, high, 5))));
    }
  }
}
