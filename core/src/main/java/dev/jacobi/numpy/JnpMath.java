package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Powers;
import dev.jacobi.trace.ScalarArray;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Elementwise mathematics. Integers become floating point where the function needs it. */
public abstract class JnpMath {
  JnpMath() {}

  /** A Java scalar that takes the element type of the array it meets. */
  public static Array weak(double value) {
    Aval aval = new Aval(DType.F32, Shape.scalar(), true, false);
    return new ScalarArray(Atom.Lit.of(aval, value));
  }

  /** A Java integer that takes the element type of the array it meets. */
  public static Array weak(long value) {
    DType dtype = value == (int) value ? DType.I32 : DType.I64;
    return new ScalarArray(new Atom.Lit(new Aval(dtype, Shape.scalar(), true, false), value));
  }

  static Array binary(String name, BinaryOperator<Array> f, Array x, Array y) {
    Array[] xy = Promotion.promote(name, x, y);
    return f.apply(xy[0], xy[1]);
  }

  /** Converts integers and booleans to floating point. */
  static Array inexact(Array x) {
    DType t = x.dtype();
    boolean wide = t == DType.I64 || t == DType.U64;
    return t.isInexact() ? x : Promotion.convert(x, wide ? DType.F64 : DType.F32, x.aval().weak());
  }

  static Array floating(UnaryOperator<Array> f, Array x) {
    return f.apply(inexact(x));
  }

  public static Array add(Array x, Array y) {
    return binary(
        "add",
        x.dtype().isBool() && y.dtype().isBool() ? dev.jacobi.lax.Bits::or : Arithmetic::add,
        x,
        y);
  }

  public static Array subtract(Array x, Array y) {
    return binary("subtract", Arithmetic::sub, x, y);
  }

  public static Array multiply(Array x, Array y) {
    return binary(
        "multiply",
        x.dtype().isBool() && y.dtype().isBool() ? dev.jacobi.lax.Bits::and : Arithmetic::mul,
        x,
        y);
  }

  /** Division of real or complex numbers; integers are converted first. */
  public static Array trueDivide(Array x, Array y) {
    Array[] xy = Promotion.promote("divide", x, y);
    return Arithmetic.div(inexact(xy[0]), inexact(xy[1]));
  }

  /** Remainder with the sign of the divisor. */
  public static Array remainder(Array x, Array y) {
    Array[] xy = Promotion.promote("remainder", x, y);
    Array rem = Arithmetic.rem(xy[0], xy[1]);
    Array zero = dev.jacobi.lax.Scalars.like(rem, 0);
    Array differ = Compare.ne(Compare.lt(rem, zero), Compare.lt(xy[1], zero));
    Array wrong = dev.jacobi.lax.Bits.and(differ, Compare.ne(rem, zero));
    return Compare.select(wrong, Arithmetic.add(rem, xy[1]), rem);
  }

  /** Powers; a whole constant exponent is repeated multiplication. */
  public static Array power(Array x, Array y) {
    if (y instanceof ScalarArray s && !s.lit().isFloat() && s.aval().weak()) {
      long n = s.lit().bits();
      if (n == (int) n && (n >= 0 || x.dtype().isInexact())) {
        return n == 2 ? Arithmetic.square(x) : Powers.integerPow(x, (int) n);
      }
    }
    Array[] xy = Promotion.promote("power", x, y);
    return Powers.pow(inexact(xy[0]), inexact(xy[1]));
  }

  public static Array negative(Array x) {
    return Arithmetic.neg(x);
  }

  public static Array abs(Array x) {
    return Arithmetic.abs(x);
  }

  public static Array sign(Array x) {
    return Arithmetic.sign(x);
  }

  public static Array square(Array x) {
    return Arithmetic.square(x);
  }

  public static Array maximum(Array x, Array y) {
    return binary("maximum", Arithmetic::max, x, y);
  }

  public static Array minimum(Array x, Array y) {
    return binary("minimum", Arithmetic::min, x, y);
  }

  public static Array exp(Array x) {
    return floating(Elementary::exp, x);
  }

  public static Array expm1(Array x) {
    return floating(Elementary::expm1, x);
  }

  public static Array log(Array x) {
    return floating(Elementary::log, x);
  }

  public static Array log1p(Array x) {
    return floating(Elementary::log1p, x);
  }

  public static Array sqrt(Array x) {
    return floating(Powers::sqrt, x);
  }

  public static Array sin(Array x) {
    return floating(Elementary::sin, x);
  }

  public static Array cos(Array x) {
    return floating(Elementary::cos, x);
  }

  public static Array tanh(Array x) {
    return floating(Elementary::tanh, x);
  }

  public static Array greater(Array x, Array y) {
    return binary("greater", Compare::gt, x, y);
  }

  public static Array greaterEqual(Array x, Array y) {
    return binary("greaterEqual", Compare::ge, x, y);
  }

  public static Array less(Array x, Array y) {
    return binary("less", Compare::lt, x, y);
  }

  public static Array lessEqual(Array x, Array y) {
    return binary("lessEqual", Compare::le, x, y);
  }

  public static Array equal(Array x, Array y) {
    return binary("equal", Compare::eq, x, y);
  }

  public static Array notEqual(Array x, Array y) {
    return binary("notEqual", Compare::ne, x, y);
  }

  /** {@code x} where the mask is set, else {@code y}. */
  public static Array where(Array mask, Array x, Array y) {
    Promotion.Type type = Promotion.join(java.util.List.of(x.aval(), y.aval()));
    Array[] all =
        Promotion.broadcast(
            "where",
            Convert.convertElementType(mask, DType.BOOL),
            Promotion.convert(x, type.dtype(), type.weak()),
            Promotion.convert(y, type.dtype(), type.weak()));
    return Compare.select(all[0], all[1], all[2]);
  }
}
