package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Op;

/** About how many vector instructions an element of a result takes. */
public final class Cost {
  /** What may be computed again rather than kept in memory. */
  public static final int CHEAP = 3;

  private Cost() {}

  public static int of(Op op) {
    return op instanceof ElementwiseOp.Pointwise p ? of(p.fn()) : 1;
  }

  /** The cost of an elementwise function. */
  public static int of(Fn fn) {
    return switch (fn) {
      case ABS, ADD, AND, CEIL, CLAMP, COMPLEX, CONJ, FLOOR, IMAG, IS_FINITE, IS_INF -> 1;
      case IS_NEG_INF, IS_POS_INF, MAX, MIN, MUL, NEG -> 1;
      case NOT, OR, REAL, ROUND_EVEN, SELECT, SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC -> 1;
      case SHIFT_RIGHT_LOGICAL, SQUARE, SUB, XOR, SIGN, ROUND_AFZ -> 1;
      case CLZ, MULHI, NEXT_AFTER, POPCNT, DIV, RSQRT, SQRT, REM -> 6;
      case ACOS, ACOSH, ASIN, ASINH, ATAN, ATAN2, ATANH, CBRT, COS, COSH, ERF, ERFC -> 30;
      case BESSEL_I1E, DIGAMMA, LGAMMA -> 100;
      case POLYGAMMA, ZETA -> 300;
      case ERF_INV, EXP, EXPM1, LOG, LOG1P, LOGISTIC, POW, SIN, SINH, TAN, TANH -> 30;
    };
  }
}
