package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Divisors;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.ScalarArray;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Arithmetic, elementwise. Operands broadcast and promote by JAX's lattice; integers become
 * floating point where a function needs it. Shapes that do not fit throw {@link
 * ShapeMismatchException}.
 */
public abstract class JnpMath {
  JnpMath() {}

  /**
   * A Java scalar that takes the element type of the array it meets. {@code weak(2).times(array(1,
   * 2))} is {@code [2 4]}.
   */
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

  /** Runs a library function as a program of its own, by its name in JAX. */
  static Array jitted(
      String name, Object statics, Function<List<Array>, Array> f, Array... operands) {
    return NamedJit.call(name, statics, a -> List.of(f.apply(a)), Promotion.together(operands))
        .getFirst();
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

  /** The sum, with broadcasting. {@code add(array(1, 2), array(10, 20))} is {@code [11 22]}. */
  public static Array add(Array x, Array y) {
    return binary(
        "add",
        x.dtype().isBool() && y.dtype().isBool() ? dev.jacobi.lax.Bits::or : Arithmetic::add,
        x,
        y);
  }

  /**
   * The difference, with broadcasting. {@code subtract(array(1, 2), array(10, 20))} is {@code [ -9
   * -18]}.
   */
  public static Array subtract(Array x, Array y) {
    return binary("subtract", Arithmetic::sub, x, y);
  }

  /**
   * The product, with broadcasting. {@code multiply(array(1, 2), array(10, 20))} is {@code [10
   * 40]}.
   */
  public static Array multiply(Array x, Array y) {
    return binary(
        "multiply",
        x.dtype().isBool() && y.dtype().isBool() ? dev.jacobi.lax.Bits::and : Arithmetic::mul,
        x,
        y);
  }

  /**
   * Division of real or complex numbers; integers are converted first. {@code trueDivide(array(1,
   * 2), array(2, 2))} is {@code [0.5 1. ]}.
   */
  public static Array trueDivide(Array x, Array y) {
    Array[] xy = Promotion.promote("divide", x, y);
    return Arithmetic.div(inexact(xy[0]), inexact(xy[1]));
  }

  /**
   * The greatest common divisor of integers, without their signs; 0 of two zeros. {@code
   * gcd(array(12, 7), array(8, 3))} is {@code [4 1]}.
   */
  public static Array gcd(Array x, Array y) {
    return jitted("gcd", "", a -> divisor(Promotion.promote("gcd", x2(a))), x, y);
  }

  /**
   * The least common multiple of integers, without their signs; 0 if one is 0. {@code lcm(array(4,
   * 7), array(6, 3))} is {@code [12 21]}.
   */
  public static Array lcm(Array x, Array y) {
    return jitted(
        "lcm",
        "",
        a -> {
          Array[] xy = Promotion.promote("lcm", x2(a));
          Array zero = Scalars.like(xy[0], 0);
          Array d = divisor(xy);
          Array none = Compare.eq(d, zero);
          Array some = JnpLogic.where(none, Scalars.like(d, 1), d);
          Array multiple = Arithmetic.mul(magnitude(xy[0]), Arithmetic.div(magnitude(xy[1]), some));
          return JnpLogic.where(none, zero, multiple);
        },
        x,
        y);
  }

  private static Array[] x2(List<Array> operands) {
    return new Array[] {operands.get(0), operands.get(1)};
  }

  private static Array divisor(Array[] xy) {
    return Divisors.gcd(magnitude(xy[0]), magnitude(xy[1]));
  }

  private static Array magnitude(Array x) {
    JnpIndex.integers("gcd", x);
    return x.dtype().isUnsigned() ? x : Arithmetic.abs(x);
  }

  /**
   * Remainder with the sign of the divisor; of integers, anything modulo 0 is 0. {@code
   * remainder(array(-7, 7), array(3, 3))} is {@code [2 1]}.
   */
  public static Array remainder(Array x, Array y) {
    Promotion.checkScalars(Promotion.join(List.of(x.aval(), y.aval())), x, y);
    return jitted("remainder", "", a -> Integral.remainder(a.get(0), a.get(1)), x, y);
  }

  /**
   * The greatest whole number not above the quotient; of integers, x / 0 is -1 or -2. {@code
   * floorDivide(array(-7, 7), array(3, 3))} is {@code [-3 2]}.
   */
  public static Array floorDivide(Array x, Array y) {
    Promotion.checkScalars(Promotion.join(List.of(x.aval(), y.aval())), x, y);
    return jitted("floor_divide", "", a -> Integral.floorDivide(a.get(0), a.get(1)), x, y);
  }

  /**
   * Remainder with the sign of the dividend, as C's {@code fmod}. {@code fmod(array(-7f, 7f),
   * array(3f, 3f))} is {@code [-1. 1.]}.
   */
  public static Array fmod(Array x, Array y) {
    return binary("fmod", Arithmetic::rem, x, y);
  }

  /**
   * Powers. A whole Java number as exponent means repeated multiplication; integers to the power of
   * integers stay integers (0 for negative exponents, unless the base is 1 or -1). {@code
   * power(array(2f, 3f), array(3f, 2f))} is {@code [8. 9.]}.
   */
  public static Array power(Array x, Array y) {
    if (y instanceof ScalarArray s && !s.lit().isFloat() && s.aval().weak()) {
      long n = s.lit().bits();
      if (n < 0 && !x.dtype().isInexact()) {
        throw new LaxTypeException(
            "power", "integers cannot be raised to the negative power " + n + "; use a double");
      }
      if (n == (int) n && !x.dtype().isBool()) {
        return Powers.integerPow(x, (int) n);
      }
    }
    Array[] xy = Promotion.promote("power", x, y);
    return xy[0].dtype().isInexact() ? Powers.pow(xy[0], xy[1]) : Integral.power(xy[0], xy[1]);
  }

  /**
   * {@code y - x} for a Java number {@code y}. {@code minus(1, array(0.25f))} is {@code [0.75]}.
   */
  public static Array minus(double y, Array x) {
    return subtract(weak(y), x);
  }

  public static Array minus(long y, Array x) {
    return subtract(weak(y), x);
  }

  /** {@code y / x} for a Java number {@code y}. {@code div(1, array(4f))} is {@code [0.25]}. */
  public static Array div(double y, Array x) {
    return trueDivide(weak(y), x);
  }

  public static Array div(long y, Array x) {
    return trueDivide(weak(y), x);
  }

  /**
   * {@code y} to the power of {@code x} for a Java number {@code y}. {@code pow(2, array(3f))} is
   * {@code [8.]}.
   */
  public static Array pow(double y, Array x) {
    return power(weak(y), x);
  }

  public static Array pow(long y, Array x) {
    return power(weak(y), x);
  }

  /** The element with the other sign. {@code negative(array(1, -2))} is {@code [-1 2]}. */
  public static Array negative(Array x) {
    return Arithmetic.neg(x);
  }

  /** The magnitude; real for complex numbers. {@code abs(array(1, -2))} is {@code [1 2]}. */
  public static Array abs(Array x) {
    return x.dtype().isUnsigned() || x.dtype().isBool() ? x : Arithmetic.abs(x);
  }

  /**
   * -1, 0 or 1; of a complex number, its direction. {@code sign(array(-2f, 0f, 3f))} is {@code [-1.
   * 0. 1.]}.
   */
  public static Array sign(Array x) {
    return Arithmetic.sign(x);
  }

  /** The element times itself. {@code square(array(2, -3))} is {@code [4 9]}. */
  public static Array square(Array x) {
    return Arithmetic.square(x.dtype().isBool() ? Promotion.convert(x, DType.I32, false) : x);
  }

  /**
   * The greater element; NaN if one is NaN. {@code maximum(array(1, 5), array(4, 2))} is {@code [4
   * 5]}.
   */
  public static Array maximum(Array x, Array y) {
    return binary("maximum", Arithmetic::max, x, y);
  }

  /**
   * The lesser element; NaN if one is NaN. {@code minimum(array(1, 5), array(4, 2))} is {@code [1
   * 2]}.
   */
  public static Array minimum(Array x, Array y) {
    return binary("minimum", Arithmetic::min, x, y);
  }

  /** {@code 1 / x}. {@code reciprocal(array(2f, 4f))} is {@code [0.5 0.25]}. */
  public static Array reciprocal(Array x) {
    return Powers.integerPow(inexact(x), -1);
  }

  /** The square root; NaN below 0. {@code sqrt(array(4f, 9f))} is {@code [2. 3.]}. */
  public static Array sqrt(Array x) {
    return floating(Powers::sqrt, x);
  }

  /** The reciprocal of the square root. {@code rsqrt(array(4f, 16f))} is {@code [0.5 0.25]}. */
  public static Array rsqrt(Array x) {
    return floating(Powers::rsqrt, x);
  }

  /** The cube root. {@code cbrt(array(8f, 27f))} is {@code [2. 3.]}. */
  public static Array cbrt(Array x) {
    return floating(Powers::cbrt, x);
  }

  /** The real part; real numbers are their own. {@code real(array(1f, 2f))} is {@code [1. 2.]}. */
  public static Array real(Array x) {
    return x.dtype().isComplex() ? Complexes.real(x) : x;
  }

  /** The imaginary part; 0 for real numbers. {@code imag(array(1f, 2f))} is {@code [0. 0.]}. */
  public static Array imag(Array x) {
    return x.dtype().isComplex() ? Complexes.imag(x) : Zeros.of(x.aval());
  }

  /** The complex conjugate. {@code conj(array(1f, 2f))} is {@code [1. 2.]}. */
  public static Array conj(Array x) {
    return x.dtype().isComplex() ? Complexes.conj(x) : x;
  }

  /**
   * The argument of complex numbers in radians; 0 or pi for real ones. {@code angle(array(1f,
   * -1f))} is {@code [0. 3.1415927]}.
   */
  public static Array angle(Array x) {
    Array z = inexact(x);
    return z.dtype().isComplex()
        ? Elementary.atan2(Complexes.imag(z), Complexes.real(z))
        : Elementary.atan2(Zeros.like(z), z);
  }
}
