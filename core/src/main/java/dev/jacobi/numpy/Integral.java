package dev.jacobi.numpy;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.rem;
import static dev.jacobi.lax.Arithmetic.sign;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Compare.eq;
import static dev.jacobi.lax.Compare.lt;
import static dev.jacobi.lax.Compare.ne;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import java.util.List;

/** Division with remainder as Python's, and powers of integers, by JAX's formulas. */
final class Integral {
  /** 2^63 is the greatest power of 2 in 64 bits. */
  private static final int EXPONENT_BITS = 6;

  private Integral() {}

  private static Array[] promote(String name, Array x, Array y) {
    Array[] xy = promoted(name, x, y);
    if (xy[0].dtype().isComplex()) {
      throw new LaxTypeException(name, "is not defined for complex numbers");
    }
    if (!xy[0].dtype().isBool()) {
      return xy;
    }
    return new Array[] {
      Promotion.convert(xy[0], DType.I32, false), Promotion.convert(xy[1], DType.I32, false)
    };
  }

  /** As {@link Promotion#promote}, but a scalar stays one: what is computed of it is cheap. */
  private static Array[] promoted(String name, Array x, Array y) {
    if ((x.rank() == 0) == (y.rank() == 0)) {
      return Promotion.promote(name, x, y);
    }
    Promotion.Type t = Promotion.join(List.of(x.aval(), y.aval()));
    return new Array[] {
      Promotion.convert(x, t.dtype(), t.weak()), Promotion.convert(y, t.dtype(), t.weak())
    };
  }

  static Array remainder(Array x, Array y) {
    Array[] xy = promote("remainder", x, y);
    Array dividend = xy[0];
    Array divisor = xy[1];
    Array zero = Scalars.like(dividend, 0);
    if (!dividend.dtype().isInexact()) {
      Array none = eq(divisor, zero);
      Array one = Zeros.full(Scalars.like(divisor, 1), divisor.shape());
      divisor = JnpLogic.where(none, one, divisor);
    }
    Array r = rem(dividend, divisor);
    Array nonzero = ne(r, zero);
    Array differ = ne(lt(r, zero), lt(divisor, zero));
    return Compare.select(Bits.and(differ, nonzero), add(r, divisor), r);
  }

  static Array floorDivide(Array x, Array y) {
    Array[] xy = promote("floorDivide", x, y);
    DType t = xy[0].dtype();
    if (t.isInexact()) {
      boolean weak = xy[0].aval().weak() && xy[1].aval().weak();
      return Convert.convertElementType(floats(xy[0], xy[1]), t, weak);
    }
    return t.isUnsigned() ? div(xy[0], xy[1]) : integers(xy[0], xy[1]);
  }

  private static Array integers(Array x, Array y) {
    Array q = div(x, y);
    Array differ = ne(sign(x), sign(y));
    Array inexact = ne(rem(x, y), Scalars.like(x, 0));
    Array wrong = Bits.and(differ, inexact);
    return JnpLogic.where(wrong, sub(q, Scalars.like(q, 1)), q);
  }

  private static Array floats(Array x, Array y) {
    Array zero = Scalars.like(x, 0);
    Array r = rem(x, y);
    Array whole = JnpLogic.where(eq(y, zero), x, sub(x, r));
    Array q = div(whole, y);
    Array wrong = Bits.and(ne(r, zero), ne(sign(y), sign(r)));
    Array floor = Compare.select(wrong, sub(q, Scalars.like(q, 1)), q);
    return Elementary.roundAway(floor);
  }

  /** Integers to the power of integers, by squaring over the exponent bits that can matter. */
  static Array power(Array x, Array y) {
    if (x.dtype().isBool()) {
      Array base = Promotion.convert(x, DType.I32, false);
      return power(base, Promotion.convert(y, DType.I32, false));
    }
    Array zero = Scalars.like(x, 0);
    Array one = Scalars.like(x, 1);
    Array vanishes = Bits.and(eq(x, zero), ne(y, zero));
    Array product = JnpLogic.where(vanishes, zero, one);
    Array square = x;
    Array exponent = y;
    for (int bit = 0; bit < EXPONENT_BITS; bit++) {
      Array set = Bits.and(exponent, one);
      product = JnpLogic.where(set, mul(product, square), product);
      if (bit < EXPONENT_BITS - 1) {
        square = mul(square, square);
        exponent = Bits.shiftRightLogical(exponent, one);
      }
    }
    return product;
  }
}
