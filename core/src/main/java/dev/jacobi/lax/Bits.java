package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Fn;

/** Logic on bits and booleans. */
public final class Bits {
  static final Binary AND = Binary.flat("and", Fn.AND, Domain.BITS);
  static final Binary OR = Binary.flat("or", Fn.OR, Domain.BITS);
  static final Binary XOR = Binary.flat("xor", Fn.XOR, Domain.BITS);
  static final Unary NOT = Unary.flat("not", Fn.NOT, Domain.BITS);
  static final Binary SHIFT_LEFT = Binary.flat("shift_left", Fn.SHIFT_LEFT, Domain.INTEGER);
  static final Binary SHIFT_RIGHT_LOGICAL =
      Binary.flat("shift_right_logical", Fn.SHIFT_RIGHT_LOGICAL, Domain.INTEGER);
  static final Binary SHIFT_RIGHT_ARITHMETIC =
      Binary.flat("shift_right_arithmetic", Fn.SHIFT_RIGHT_ARITHMETIC, Domain.INTEGER);
  static final Binary MULHI = Binary.flat("mulhi", Fn.MULHI, Domain.INTEGER);
  static final Unary POPULATION_COUNT = Unary.flat("population_count", Fn.POPCNT, Domain.INTEGER);
  static final Unary CLZ = Unary.flat("clz", Fn.CLZ, Domain.INTEGER);

  private Bits() {}

  public static Array and(Array x, Array y) {
    return AND.of(x, y);
  }

  public static Array or(Array x, Array y) {
    return OR.of(x, y);
  }

  public static Array xor(Array x, Array y) {
    return XOR.of(x, y);
  }

  public static Array not(Array x) {
    return NOT.of(x);
  }

  public static Array shiftLeft(Array x, Array bits) {
    return SHIFT_LEFT.of(x, bits);
  }

  public static Array shiftRightLogical(Array x, Array bits) {
    return SHIFT_RIGHT_LOGICAL.of(x, bits);
  }

  public static Array shiftRightArithmetic(Array x, Array bits) {
    return SHIFT_RIGHT_ARITHMETIC.of(x, bits);
  }

  /** The upper half of the product of integers. */
  public static Array mulhi(Array x, Array y) {
    return MULHI.of(x, y);
  }

  public static Array populationCount(Array x) {
    return POPULATION_COUNT.of(x);
  }

  public static Array clz(Array x) {
    return CLZ.of(x);
  }
}
