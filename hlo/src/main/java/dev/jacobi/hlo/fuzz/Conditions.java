package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Literal;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * What rounding the values inside a function's defining formula may do to its results, besides
 * units in their last place: the formula is what the function is, and its condition is bad.
 *
 * @param period what two values may differ by at a branch cut that a rounded value lies on
 * @param error how far each element may lie from another evaluation of the formula
 */
record Conditions(double period, LongToDoubleFunction error) {
  private static final double EPS = 0x1p-52;

  static Conditions of(Fn fn, List<Literal> operands, Literal expected) {
    Literal x = operands.getFirst();
    Literal y = operands.getLast();
    return switch (fn) {
      case POW -> new Conditions(0, i -> power(x, y, i) * abs(expected, i));
      case ATAN2 -> new Conditions(2 * Math.PI, i -> atan2(x, y, i));
      case POLYGAMMA -> new Conditions(0, i -> polygamma(x.getDouble(i)));
      case ERF_INV -> new Conditions(0, i -> erfInv(expected.getDouble(i)));
      default -> throw new IllegalArgumentException(fn.toString());
    };
  }

  /**
   * exp(w log z), relative to it: each side rounds the logarithm, and two products of w with it.
   */
  private static double power(Literal z, Literal w, long i) {
    double log = Math.hypot(Math.log(abs(z, i)), Math.PI);
    return 8 * EPS * abs(w, i) * log;
  }

  /**
   * log((x + iy) / sqrt(x^2 + y^2)): the quotient's relative error is the logarithm's absolute one;
   * its divisor suffers from the cancellation of the squares.
   */
  private static double atan2(Literal y, Literal x, long i) {
    double c = x.getDouble(i);
    double d = x.getImag(i);
    double a = y.getDouble(i);
    double b = y.getImag(i);
    double squares = Math.hypot((c - d) * (c + d) + (a - b) * (a + b), 2 * (c * d + a * b));
    return 8 * EPS * (1 + (a * a + b * b + c * c + d * d) / squares);
  }

  /**
   * XLA's formula in float, which jax.random.normal is compared by, rounds the square of its
   * operand x: by half a unit, 2^-25, near 1. The slope sqrt(pi) / 2 exp(y^2) / (2 x) of the result
   * in that square carries it on.
   */
  private static double erfInv(double y) {
    return Math.sqrt(Math.PI) / 4 * Math.exp(y * y) * 0x1p-25;
  }

  /**
   * n! zeta(n + 1, x), as in JAX: where zeta is subnormal, the factorial magnifies its rounding.
   */
  private static double polygamma(double n) {
    double product = 8 * Double.MIN_VALUE;
    for (int k = 2; k <= n && k < 171; k++) {
      product *= k;
    }
    return product;
  }

  private static double abs(Literal x, long i) {
    return Math.hypot(x.getDouble(i), x.getImag(i));
  }
}
