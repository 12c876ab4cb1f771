package dev.jacobi.numpy;

import static dev.jacobi.lax.Arithmetic.abs;
import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.max;
import static dev.jacobi.lax.Arithmetic.min;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Arithmetic.square;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Compare.eq;
import static dev.jacobi.lax.Compare.ne;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import java.util.function.UnaryOperator;

/** Formulas that take care of limits; operands have one floating type and one shape. */
final class Special {
  private Special() {}

  static Array hypot(Array x, Array y) {
    Array a = abs(x);
    Array b = abs(y);
    Array infinity = Scalars.like(a, Double.POSITIVE_INFINITY);
    Array infinite = Bits.or(eq(a, infinity), eq(b, infinity));
    Array greater = max(a, b);
    Array lesser = min(a, b);
    Array zero = Scalars.like(greater, 0);
    Array none = eq(greater, zero);
    Array small = eq(greater, zero); // twice, as in JAX
    Array one = Zeros.full(Scalars.like(greater, 1), greater.shape());
    Array ratio = div(lesser, JnpLogic.where(small, one, greater));
    Array root = Powers.sqrt(add(Scalars.like(ratio, 1), square(ratio)));
    Array value = JnpLogic.where(none, greater, mul(greater, root));
    return JnpLogic.where(infinite, infinity, value);
  }

  static Array logaddexp(Array x, Array y) {
    return soft("logaddexp", Elementary::exp, 1, x, y);
  }

  static Array logaddexp2(Array x, Array y) {
    return soft("logaddexp2", Elementary::exp2, Math.log(2), x, y);
  }

  /** The soft maximum of two numbers in some base; each tangent has its share of the sum. */
  private static Array soft(
      String name, UnaryOperator<Array> exp, double logBase, Array x, Array y) {
    return NamedJit.callWithRule(
            name,
            "",
            a -> List.of(softValue(exp, logBase, a.get(0), a.get(1))),
            a -> {
              Array value = soft(name, exp, logBase, a.get(0), a.get(1));
              Array total = finite(value);
              Array dx = mul(a.get(2), exp.apply(sub(finite(a.get(0)), total)));
              Array dy = mul(a.get(3), exp.apply(sub(finite(a.get(1)), total)));
              return List.of(value, add(dx, dy));
            },
            List.of(x, y))
        .getFirst();
  }

  private static Array softValue(UnaryOperator<Array> exp, double logBase, Array x, Array y) {
    Array greater = max(x, y);
    if (x.dtype().isComplex()) {
      return softComplex(exp, logBase, greater, add(x, y));
    }
    Array delta = sub(x, y);
    Array undefined = ne(delta, delta);
    Array sum = add(x, y);
    Array log = Elementary.log1p(exp.apply(neg(abs(delta))));
    Array rest = logBase == 1 ? log : div(log, Scalars.like(log, logBase));
    return Compare.select(undefined, sum, add(greater, rest));
  }

  /** The imaginary part comes back to half a turn around 0. */
  private static Array softComplex(
      UnaryOperator<Array> exp, double logBase, Array greater, Array sum) {
    Array delta = sub(sum, mul(greater, Scalars.like(greater, 2)));
    Array log = Elementary.log1p(exp.apply(delta));
    Array value = add(greater, div(log, Scalars.like(log, logBase)));
    Array angle = Complexes.imag(value);
    Array half = Scalars.like(angle, Math.PI / logBase);
    Array whole = Scalars.like(angle, 2 * Math.PI / logBase);
    Array wrapped = sub(JnpMath.remainder(add(angle, half), whole), half);
    return Complexes.complex(Complexes.real(value), wrapped);
  }

  /** Zero in place of plus infinity. */
  private static Array finite(Array x) {
    Array size = x.dtype().isComplex() ? Complexes.real(x) : x;
    Array infinite = eq(size, Scalars.like(size, Double.POSITIVE_INFINITY));
    return Compare.select(infinite, Zeros.like(x), x);
  }

  static Array sinc(Array x) {
    Array none = eq(x, Scalars.like(x, 0));
    Array angle = mul(Scalars.like(x, Math.PI), x);
    Array safe = JnpLogic.where(none, Scalars.like(x, 1), angle);
    return JnpLogic.where(none, sincAtZero(0, angle), div(Elementary.sin(safe), safe));
  }

  /** The k-th derivative of sin(x) / x at 0, whose own derivative is the next one. */
  private static Array sincAtZero(int k, Array x) {
    DType t = x.dtype();
    return NamedJit.callWithRule(
            "_sinc_maclaurin",
            k,
            a -> {
              Array zero = mul(a.getFirst(), Scalars.of(t, 0));
              double value = k % 2 == 1 ? 0 : (k % 4 == 0 ? 1.0 : -1.0) / (k + 1);
              return List.of(k % 2 == 1 ? zero : add(zero, Scalars.of(t, value)));
            },
            a -> List.of(sincAtZero(k, a.get(0)), mul(sincAtZero(k + 1, a.get(0)), a.get(1))),
            List.of(x))
        .getFirst();
  }

  static Array heaviside(Array x, Array y) {
    Array zero = Scalars.like(x, 0);
    Array zeros = Zeros.full(zero, x.shape());
    Array ones = Zeros.full(Scalars.like(x, 1), x.shape());
    Array side = Compare.select(Compare.lt(x, zero), zeros, ones);
    Array number = Compare.select(ne(x, x), x, side);
    return Compare.select(eq(x, zero), y, number);
  }

  static Array signbit(Array x) {
    DType t = x.dtype();
    if (!t.isFloat()) {
      return t.isSigned()
          ? Compare.lt(x, Scalars.like(x, 0))
          : Zeros.of(x.aval().withDtype(DType.BOOL).strong());
    }
    DType bits =
        switch (t.bits()) {
          case 16 -> DType.I16;
          case 32 -> DType.I32;
          default -> DType.I64;
        };
    Array asInteger = Convert.bitcastConvertType(x, bits);
    return Compare.lt(asInteger, Scalars.like(asInteger, 0));
  }

  /** The largest finite number of a floating-point type. */
  static double largest(DType t) {
    return switch (t.real()) {
      case F16 -> 65504;
      case BF16 -> 0x1.fep127;
      case F32 -> Float.MAX_VALUE;
      case F64 -> Double.MAX_VALUE;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, C64, C128 ->
          throw new IllegalArgumentException(t + " is no floating-point type");
    };
  }
}
