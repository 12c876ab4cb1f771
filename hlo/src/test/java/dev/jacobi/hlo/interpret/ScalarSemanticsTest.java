package dev.jacobi.hlo.interpret;

import static dev.jacobi.hlo.DType.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.Complex;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Corners of elementwise operations, as tables. */
class ScalarSemanticsTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static Literal run(List<Literal> in, Function<List<Value>, Op> op) {
    HloBuilder b = new HloBuilder();
    List<Value> params = in.stream().map(x -> b.param(x.type())).toList();
    HloFunc main = new HloFunc("main", true, b.build(b.add(op.apply(params))));
    return Interpreter.run(new HloModule("m", Map.of("main", main), Map.of()), in).getFirst();
  }

  private static long ints(Fn fn, DType t, long... x) {
    List<Literal> in = new ArrayList<>();
    for (long v : x) {
      in.add(Literal.scalar(t, v));
    }
    return run(in, v -> new ElementwiseOp.Pointwise(fn, v)).getLong(0);
  }

  private static double reals(Fn fn, DType t, double... x) {
    List<Literal> in = new ArrayList<>();
    for (double v : x) {
      in.add(Literal.scalar(t, v));
    }
    return run(in, v -> new ElementwiseOp.Pointwise(fn, v)).getDouble(0);
  }

  private record IntRow(Fn fn, DType type, long x, long y, long want) {}

  @Test
  void integersWrapAndNeverTrap() {
    long min = Long.MIN_VALUE;
    List<IntRow> rows =
        List.of(
            new IntRow(Fn.ADD, I8, 127, 1, -128),
            new IntRow(Fn.ADD, U8, 255, 1, 0),
            new IntRow(Fn.ADD, BOOL, 1, 1, 1),
            new IntRow(Fn.MUL, BOOL, 1, 0, 0),
            new IntRow(Fn.SUB, U32, 0, 1, 0xFFFFFFFFL),
            new IntRow(Fn.MUL, I64, min, -1, min),
            new IntRow(Fn.DIV, I32, 7, 0, -1),
            new IntRow(Fn.DIV, U8, 7, 0, 255),
            new IntRow(Fn.DIV, I32, -7, 2, -3),
            new IntRow(Fn.DIV, I8, -128, -1, -128),
            new IntRow(Fn.DIV, I64, min, -1, min),
            new IntRow(Fn.DIV, U64, -1, 2, Long.MAX_VALUE),
            new IntRow(Fn.REM, I32, -7, 2, -1),
            new IntRow(Fn.REM, I32, 7, 0, 7),
            new IntRow(Fn.REM, I64, min, -1, 0),
            new IntRow(Fn.REM, U64, -1, 10, 5),
            new IntRow(Fn.MAX, U64, -1, 1, -1),
            new IntRow(Fn.MAX, I64, -1, 1, 1),
            new IntRow(Fn.MIN, U64, -1, 1, 1),
            new IntRow(Fn.POW, I32, 3, 4, 81),
            new IntRow(Fn.POW, I32, 2, -1, 0),
            new IntRow(Fn.POW, I32, -1, -3, -1),
            new IntRow(Fn.POW, I32, 0, 0, 1),
            new IntRow(Fn.POW, U8, 3, 200, 161),
            new IntRow(Fn.SHIFT_LEFT, I8, 1, 7, -128),
            new IntRow(Fn.SHIFT_LEFT, I8, 1, 8, 0),
            new IntRow(Fn.SHIFT_LEFT, I32, 1, -1, 0),
            new IntRow(Fn.SHIFT_RIGHT_LOGICAL, I8, -1, 1, 127),
            new IntRow(Fn.SHIFT_RIGHT_LOGICAL, I8, -1, 9, 0),
            new IntRow(Fn.SHIFT_RIGHT_ARITHMETIC, I8, -128, 100, -1),
            new IntRow(Fn.SHIFT_RIGHT_ARITHMETIC, U8, 128, 1, 192),
            new IntRow(Fn.MULHI, I32, 1 << 30, 8, 2),
            new IntRow(Fn.MULHI, U32, 0xFFFFFFFFL, 0xFFFFFFFFL, 0xFFFFFFFEL),
            new IntRow(Fn.MULHI, U64, -1, -1, -2),
            new IntRow(Fn.MULHI, I64, -1, 1, -1),
            new IntRow(Fn.XOR, BOOL, 1, 1, 0));
    for (IntRow r : rows) {
      assertThat(ints(r.fn, r.type, r.x, r.y)).as(r.toString()).isEqualTo(r.want);
    }
    assertThat(ints(Fn.ABS, I8, -128)).isEqualTo(-128);
    assertThat(ints(Fn.CLZ, I8, 1)).isEqualTo(7);
    assertThat(ints(Fn.CLZ, U16, 0)).isEqualTo(16);
    assertThat(ints(Fn.CLZ, I32, -1)).isZero();
    assertThat(ints(Fn.POPCNT, I8, -1)).isEqualTo(8);
    assertThat(ints(Fn.NOT, BOOL, 1)).isZero();
    assertThat(ints(Fn.NOT, U8, 1)).isEqualTo(254);
    assertThat(ints(Fn.CLAMP, U8, 10, 250, 200)).isEqualTo(200);
  }

  private record RealRow(Fn fn, DType type, double want, double... x) {}

  @Test
  void booleansAreReadAsBits() {
    byte[] bytes = {1, 0, 1, 1, 0, 0, 0, 1};
    Literal bools = Literal.wrap(TensorType.of(BOOL, 8), MemorySegment.ofArray(bytes));
    TensorType u8 = TensorType.scalar(U8);
    Literal packed = run(List.of(bools), v -> new ElementwiseOp.BitcastConvert(v.getFirst(), u8));
    assertThat(packed.getLong(0)).isEqualTo(0b10001101);
    TensorType eight = TensorType.of(BOOL, 8);
    assertThat(run(List.of(packed), v -> new ElementwiseOp.BitcastConvert(v.getFirst(), eight)))
        .isEqualTo(bools);
  }

  @Test
  void floatingCorners() {
    List<RealRow> rows =
        List.of(
            new RealRow(Fn.MAX, F32, NAN, 1, NAN),
            new RealRow(Fn.MIN, F64, NAN, NAN, 1),
            new RealRow(Fn.MAX, F32, 0.0, -0.0, 0.0),
            new RealRow(Fn.MIN, F32, -0.0, 0.0, -0.0),
            new RealRow(Fn.REM, F32, -1.5, -5.5, 2),
            new RealRow(Fn.REM, F64, 5.5, 5.5, INF),
            new RealRow(Fn.ROUND_AFZ, F32, -3, -2.5),
            new RealRow(Fn.ROUND_AFZ, F64, 0, 0.49999999999999994),
            new RealRow(Fn.ROUND_AFZ, F64, -0.0, -0.3),
            new RealRow(Fn.ROUND_EVEN, F32, -2, -2.5),
            new RealRow(Fn.SIGN, F32, -0.0, -0.0),
            new RealRow(Fn.SIGN, F32, NAN, NAN),
            new RealRow(Fn.POW, F32, 1, 1, NAN),
            new RealRow(Fn.POW, F32, 1, -1, INF),
            new RealRow(Fn.POW, F32, 1, NAN, 0),
            new RealRow(Fn.POW, F32, NAN, -2, 0.5),
            new RealRow(Fn.POW, F32, -8, -2, 3),
            new RealRow(Fn.CBRT, F64, -2, -8),
            new RealRow(Fn.ATAN2, F32, (float) Math.PI, 0.0, -1),
            new RealRow(Fn.ATAN2, F32, (float) -Math.PI, -0.0, -1),
            new RealRow(Fn.LOGISTIC, F32, 1, 100),
            new RealRow(Fn.EXP, F32, INF, 89),
            new RealRow(Fn.EXP, F16, INF, 12),
            new RealRow(Fn.ADD, F16, 2048, 2048, 1),
            new RealRow(Fn.ADD, BF16, 258, 256, 1.5),
            new RealRow(Fn.MUL, F32, INF, 1e30f, 1e30f),
            new RealRow(Fn.ERF, F32, 1, 10),
            new RealRow(Fn.ERF_INV, F32, INF, 1),
            new RealRow(Fn.ERF_INV, F64, -0.0, -0.0),
            new RealRow(Fn.ERF_INV, F32, NAN, 1.5),
            new RealRow(Fn.NEXT_AFTER, F32, Float.MIN_VALUE, 0, 1),
            new RealRow(Fn.NEXT_AFTER, F16, -5.960464477539063e-8, 0, -1),
            new RealRow(Fn.NEXT_AFTER, F16, 1.0009765625, 1, 2),
            new RealRow(Fn.NEXT_AFTER, BF16, -1.0078125, -1, -2),
            new RealRow(Fn.NEXT_AFTER, F64, Math.nextUp(1.0), 1, 2),
            new RealRow(Fn.ATANH, F64, INF, 1),
            new RealRow(Fn.ATANH, F64, NAN, 2),
            new RealRow(Fn.ACOSH, F64, NAN, 0.5),
            new RealRow(Fn.CONJ, F32, -7, -7),
            new RealRow(Fn.IS_INF, F32, 1, -INF),
            new RealRow(Fn.IS_INF, F32, 0, NAN),
            new RealRow(Fn.IS_POS_INF, F64, 0, -INF),
            new RealRow(Fn.IS_POS_INF, F64, 1, INF),
            new RealRow(Fn.IS_NEG_INF, F16, 1, -INF),
            new RealRow(Fn.IS_NEG_INF, F16, 0, 1),
            new RealRow(Fn.LGAMMA, F16, 1.7919921875, 4),
            new RealRow(Fn.IMAG, F32, 0, 7));
    for (RealRow r : rows) {
      assertThat(reals(r.fn, r.type, r.x))
          .as("%s %s %s", r.fn, r.type, r.x)
          .isEqualTo((Double) r.want);
    }
  }

  private record ConvertRow(DType from, double x, DType to, double want) {}

  @Test
  void conversions() {
    List<ConvertRow> rows =
        List.of(
            new ConvertRow(F32, 3.9, I32, 3),
            new ConvertRow(F32, -3.9, I32, -3),
            new ConvertRow(F32, NAN, I32, 0),
            new ConvertRow(F32, NAN, U64, 0),
            new ConvertRow(F32, NAN, BOOL, 1),
            new ConvertRow(F32, 1e20, I8, 127),
            new ConvertRow(F32, -5, U8, 0),
            new ConvertRow(F64, -INF, I64, Long.MIN_VALUE),
            new ConvertRow(F64, 1e30, U64, 0x1p64),
            new ConvertRow(I32, 300, U8, 44),
            new ConvertRow(I32, -1, U64, 0x1p64),
            new ConvertRow(I32, -2, BOOL, 1),
            new ConvertRow(BOOL, 1, F32, 1),
            new ConvertRow(F64, 65520, F16, INF),
            new ConvertRow(F64, 65519, F16, 65504),
            new ConvertRow(F64, 1 + 0x1p-8 + 0x1p-40, BF16, 1 + 0x1p-7),
            new ConvertRow(C64, 2.5, F32, 2.5),
            new ConvertRow(F32, 2.5, C64, 2.5));
    for (ConvertRow r : rows) {
      Literal got =
          run(List.of(Literal.scalar(r.from, r.x)), v -> new ElementwiseOp.Convert(v.get(0), r.to));
      assertThat(got.getDouble(0)).as(r.toString()).isEqualTo((Double) r.want);
    }
  }

  @Test
  void integersRoundToFloatingTypesOnce() {
    long tie = (1L << 60) + (1L << 36) + 1; // just above a tie between two floats
    for (long x : new long[] {tie, -tie, tie - 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      Literal in = Literal.scalar(I64, x);
      double got = run(List.of(in), v -> new ElementwiseOp.Convert(v.get(0), F32)).getDouble(0);
      assertThat(got).as("" + x).isEqualTo((double) (float) x);
    }
    Literal large = Literal.scalar(U64, (1L << 63) + (1L << 39) + 1);
    assertThat(run(List.of(large), v -> new ElementwiseOp.Convert(v.get(0), F32)).getDouble(0))
        .isEqualTo(0x1p63 + 0x1p40);
  }

  @Test
  void reducePrecision() {
    assertThat(reduced(1 + 0x1p-10, 8, 7)).isEqualTo(1.0);
    assertThat(reduced(1 + 0x1p-8 + 0x1p-9, 8, 7)).isEqualTo(1 + 0x1p-7);
    assertThat(reduced(1 + 0x1p-8, 8, 7)).isEqualTo(1.0);
    assertThat(reduced(65520, 5, 10)).isEqualTo(INF);
    assertThat(reduced(-0x1p-15, 5, 10)).isEqualTo(-0.0);
    assertThat(reduced(0x1p-14, 5, 10)).isEqualTo(0x1p-14);
    assertThat(reduced(NAN, 5, 10)).isNaN();
  }

  /** The last bit that is left is the exponent's: ties go where that is even. As XLA does. */
  @Test
  void reducePrecisionToNoMantissa() {
    double[] from = {3, -3, 12, 1.5, 0.75, 6, 1.25, 5, 0.1875, 7};
    double[] to = {2, -2, 8, 2, 0.5, 8, 1, 4, 0.125, 8};
    for (int i = 0; i < from.length; i++) {
      assertThat(reduced(from[i], 8, 0)).as("%s", from[i]).isEqualTo(to[i]);
    }
    assertThat(reduced(3, 2, 0)).isEqualTo(2);
    assertThat(reduced(6, 2, 0)).isEqualTo(INF);
  }

  private static double reduced(double x, int exponent, int mantissa) {
    return run(
            List.of(Literal.scalar(F32, x)),
            v -> new ElementwiseOp.ReducePrecision(v.get(0), exponent, mantissa))
        .getDouble(0);
  }

  private static boolean compared(
      ElementwiseOp.Direction d, ElementwiseOp.Order o, double x, double y) {
    return run(
            List.of(Literal.scalar(F32, x), Literal.scalar(F32, y)),
            v -> new ElementwiseOp.Compare(d, o, v.get(0), v.get(1)))
        .getBoolean(0);
  }

  @Test
  void comparisons() {
    assertThat(compared(ElementwiseOp.Direction.NE, ElementwiseOp.Order.FLOAT, NAN, NAN)).isTrue();
    assertThat(compared(ElementwiseOp.Direction.GE, ElementwiseOp.Order.FLOAT, NAN, 1)).isFalse();
    assertThat(compared(ElementwiseOp.Direction.EQ, ElementwiseOp.Order.FLOAT, -0.0, 0.0)).isTrue();
    double[] ascending = {-NAN, -INF, -1, -0.0, 0.0, 1, INF, NAN};
    ascending[0] = Double.longBitsToDouble(0xFFF8_0000_0000_0000L);
    for (int i = 0; i + 1 < ascending.length; i++) {
      double x = ascending[i];
      double y = ascending[i + 1];
      assertThat(compared(ElementwiseOp.Direction.LT, ElementwiseOp.Order.TOTALORDER, x, y))
          .as(x + " < " + y)
          .isTrue();
      assertThat(compared(ElementwiseOp.Direction.EQ, ElementwiseOp.Order.TOTALORDER, x, y))
          .isFalse();
      assertThat(compared(ElementwiseOp.Direction.EQ, ElementwiseOp.Order.TOTALORDER, x, x))
          .isTrue();
    }
  }

  @Test
  void signallingNansKeepTheirBits() {
    Literal bits = Literal.scalar(U32, 0x7F80_0001L);
    Literal asFloat =
        run(List.of(bits), v -> new ElementwiseOp.BitcastConvert(v.get(0), floatScalar()));
    assertThat(asFloat.getDouble(0)).isNaN();
    Literal back =
        run(List.of(asFloat), v -> new ElementwiseOp.BitcastConvert(v.get(0), bits.type()));
    assertThat(back).isEqualTo(bits);
  }

  private static TensorType floatScalar() {
    return TensorType.scalar(F32);
  }

  private record ComplexRow(Fn fn, double re, double im, double wantRe, double wantIm) {}

  @Test
  void complexCornersFollowAnnexG() {
    double pi = Math.PI;
    double half = pi / 2;
    List<ComplexRow> rows =
        List.of(
            new ComplexRow(Fn.SQRT, -4, 0.0, 0, 2),
            new ComplexRow(Fn.SQRT, -4, -0.0, 0, -2),
            new ComplexRow(Fn.SQRT, 1e308, 1e308, 1.0986841134678098e154, 4.550898605622273e153),
            new ComplexRow(Fn.LOG, -1, 0.0, 0, pi),
            new ComplexRow(Fn.LOG, -1, -0.0, 0, -pi),
            new ComplexRow(Fn.LOG, 0, 0, -INF, 0),
            new ComplexRow(Fn.EXP, -INF, INF, 0, 0),
            new ComplexRow(Fn.EXP, INF, 0, INF, 0),
            new ComplexRow(Fn.ACOSH, -INF, INF, INF, 3 * pi / 4),
            new ComplexRow(Fn.ACOSH, INF, -INF, INF, -pi / 4),
            new ComplexRow(Fn.ACOS, INF, INF, pi / 4, -INF),
            new ComplexRow(Fn.ASIN, 0, -INF, 0, -INF),
            new ComplexRow(Fn.ASIN, 2, 0.0, half, 1.3169578969248166),
            new ComplexRow(Fn.ASIN, 2, -0.0, half, -1.3169578969248166),
            new ComplexRow(Fn.ASINH, 0.0, -2, 1.3169578969248166, -half),
            new ComplexRow(Fn.ASINH, -0.0, -2, -1.3169578969248166, -half),
            new ComplexRow(Fn.ATANH, 2, 0.0, 0.5493061443340549, half),
            new ComplexRow(Fn.ATANH, 2, -0.0, 0.5493061443340549, -half),
            new ComplexRow(Fn.TANH, INF, 1, 1, 0),
            new ComplexRow(Fn.TANH, -INF, NAN, -1, 0),
            new ComplexRow(Fn.TANH, INF, -INF, 1, 0),
            new ComplexRow(Fn.TANH, 30, INF, NAN, NAN),
            new ComplexRow(Fn.TANH, -30, NAN, NAN, NAN),
            new ComplexRow(Fn.TANH, 30, Double.MAX_VALUE, 1, -1.7379550251337884e-28),
            new ComplexRow(Fn.TANH, -Double.MAX_VALUE, -Double.MAX_VALUE, -1, 0),
            new ComplexRow(Fn.COSH, 0, 0, 1, 0),
            new ComplexRow(Fn.CONJ, 1, 2, 1, -2),
            new ComplexRow(Fn.SIGN, 0, 0, 0, 0));
    for (ComplexRow r : rows) {
      Literal in = Literal.scalarOf(C128, r.re, r.im);
      Literal got = run(List.of(in), v -> new ElementwiseOp.Pointwise(r.fn, v));
      assertThat(got.getDouble(0)).as(r.toString()).isCloseTo(r.wantRe, near(r.wantRe));
      assertThat(got.getImag(0)).as(r.toString()).isCloseTo(r.wantIm, near(r.wantIm));
    }
  }

  private static Offset<Double> near(double want) {
    return Offset.offset(Double.isFinite(want) ? Math.abs(want) * 1e-14 : 0.0);
  }

  @Test
  void complexQuotients() {
    assertQuotient(1e300, 1e300, 1e300, 1e300, 1, 0);
    assertQuotient(1e-310, 0, 1e-310, 0, 1, 0);
    assertQuotient(1, 1, 0, 0, INF, INF);
    assertQuotient(1, 1, INF, 0, 0, 0);
    assertQuotient(3, 4, 1, 2, 2.2, -0.4);
  }

  private static void assertQuotient(double a, double b, double c, double d, double re, double im) {
    Complex q = new Complex(a, b).dividedBy(new Complex(c, d));
    assertThat(q.re()).isCloseTo(re, near(re));
    assertThat(q.im()).isCloseTo(im, near(im));
  }
}
