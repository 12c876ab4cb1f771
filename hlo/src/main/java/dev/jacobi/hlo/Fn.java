package dev.jacobi.hlo;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The elementwise functions: one row says the mnemonic, the number of operands, the element types
 * it takes and the element type of its result. Operands have equal types, with two exceptions: the
 * predicate of {@link #SELECT} is boolean and may be a scalar, and the bounds of {@link #CLAMP} may
 * be scalars.
 */
public enum Fn {
  ABS("stablehlo.abs", 1, Takes.SIGNED_FLOAT_COMPLEX, Gives.REAL),
  ACOS("chlo.acos", 1, Takes.FLOAT_COMPLEX),
  ACOSH("chlo.acosh", 1, Takes.FLOAT_COMPLEX),
  ADD("stablehlo.add", 2, Takes.ALL),
  AND("stablehlo.and", 2, Takes.BITS),
  ASIN("chlo.asin", 1, Takes.FLOAT_COMPLEX),
  ASINH("chlo.asinh", 1, Takes.FLOAT_COMPLEX),
  ATAN("chlo.atan", 1, Takes.FLOAT_COMPLEX),
  ATAN2("stablehlo.atan2", 2, Takes.FLOAT_COMPLEX),
  ATANH("chlo.atanh", 1, Takes.FLOAT_COMPLEX),
  BESSEL_I1E("chlo.bessel_i1e", 1, Takes.FLOAT),
  CBRT("stablehlo.cbrt", 1, Takes.FLOAT_COMPLEX),
  CEIL("stablehlo.ceil", 1, Takes.FLOAT),
  CLAMP("stablehlo.clamp", 3, Takes.ALL),
  CLZ("stablehlo.count_leading_zeros", 1, Takes.INTEGER),
  COMPLEX("stablehlo.complex", 2, Takes.PARTS, Gives.COMPLEX),
  CONJ("chlo.conj", 1, Takes.FLOAT_COMPLEX),
  COSH("chlo.cosh", 1, Takes.FLOAT_COMPLEX),
  COS("stablehlo.cosine", 1, Takes.FLOAT_COMPLEX),
  DIGAMMA("chlo.digamma", 1, Takes.FLOAT),
  DIV("stablehlo.divide", 2, Takes.NUMERIC),
  ERF("chlo.erf", 1, Takes.FLOAT),
  ERFC("chlo.erfc", 1, Takes.FLOAT),
  ERF_INV("chlo.erf_inv", 1, Takes.FLOAT),
  EXP("stablehlo.exponential", 1, Takes.FLOAT_COMPLEX),
  EXPM1("stablehlo.exponential_minus_one", 1, Takes.FLOAT_COMPLEX),
  FLOOR("stablehlo.floor", 1, Takes.FLOAT),
  IMAG("stablehlo.imag", 1, Takes.FLOAT_COMPLEX, Gives.REAL),
  IS_FINITE("stablehlo.is_finite", 1, Takes.FLOAT, Gives.BOOL),
  IS_INF("chlo.is_inf", 1, Takes.FLOAT, Gives.BOOL),
  IS_NEG_INF("chlo.is_neg_inf", 1, Takes.FLOAT, Gives.BOOL),
  IS_POS_INF("chlo.is_pos_inf", 1, Takes.FLOAT, Gives.BOOL),
  LGAMMA("chlo.lgamma", 1, Takes.FLOAT),
  LOG("stablehlo.log", 1, Takes.FLOAT_COMPLEX),
  LOG1P("stablehlo.log_plus_one", 1, Takes.FLOAT_COMPLEX),
  LOGISTIC("stablehlo.logistic", 1, Takes.FLOAT_COMPLEX),
  MAX("stablehlo.maximum", 2, Takes.ALL),
  MIN("stablehlo.minimum", 2, Takes.ALL),
  MUL("stablehlo.multiply", 2, Takes.ALL),
  MULHI("chlo.mulhi", 2, Takes.INTEGER),
  NEG("stablehlo.negate", 1, Takes.NUMERIC),
  NEXT_AFTER("chlo.next_after", 2, Takes.FLOAT),
  NOT("stablehlo.not", 1, Takes.BITS),
  OR("stablehlo.or", 2, Takes.BITS),
  POLYGAMMA("chlo.polygamma", 2, Takes.FLOAT),
  POPCNT("stablehlo.popcnt", 1, Takes.INTEGER),
  POW("stablehlo.power", 2, Takes.NUMERIC),
  REAL("stablehlo.real", 1, Takes.FLOAT_COMPLEX, Gives.REAL),
  REM("stablehlo.remainder", 2, Takes.NUMERIC),
  ROUND_AFZ("stablehlo.round_nearest_afz", 1, Takes.FLOAT),
  ROUND_EVEN("stablehlo.round_nearest_even", 1, Takes.FLOAT),
  RSQRT("stablehlo.rsqrt", 1, Takes.FLOAT_COMPLEX),
  SELECT("stablehlo.select", 3, Takes.ALL),
  SHIFT_LEFT("stablehlo.shift_left", 2, Takes.INTEGER),
  SHIFT_RIGHT_ARITHMETIC("stablehlo.shift_right_arithmetic", 2, Takes.INTEGER),
  SHIFT_RIGHT_LOGICAL("stablehlo.shift_right_logical", 2, Takes.INTEGER),
  SIGN("stablehlo.sign", 1, Takes.SIGNED_FLOAT_COMPLEX),
  SIN("stablehlo.sine", 1, Takes.FLOAT_COMPLEX),
  SINH("chlo.sinh", 1, Takes.FLOAT_COMPLEX),
  SQRT("stablehlo.sqrt", 1, Takes.FLOAT_COMPLEX),
  SQUARE("chlo.square", 1, Takes.FLOAT_COMPLEX),
  SUB("stablehlo.subtract", 2, Takes.NUMERIC),
  TAN("stablehlo.tan", 1, Takes.FLOAT_COMPLEX),
  TANH("stablehlo.tanh", 1, Takes.FLOAT_COMPLEX),
  XOR("stablehlo.xor", 2, Takes.BITS),
  ZETA("chlo.zeta", 2, Takes.FLOAT);

  /** Sets of element kinds that operands may have. */
  private static final class Takes {
    static final Set<DType.Kind> ALL = EnumSet.allOf(DType.Kind.class);
    static final Set<DType.Kind> NUMERIC = EnumSet.complementOf(EnumSet.of(DType.Kind.BOOL));
    static final Set<DType.Kind> INTEGER = EnumSet.of(DType.Kind.SIGNED, DType.Kind.UNSIGNED);
    static final Set<DType.Kind> BITS =
        EnumSet.of(DType.Kind.BOOL, DType.Kind.SIGNED, DType.Kind.UNSIGNED);
    static final Set<DType.Kind> FLOAT = EnumSet.of(DType.Kind.FLOAT);
    static final Set<DType.Kind> PARTS = FLOAT;
    static final Set<DType.Kind> FLOAT_COMPLEX = EnumSet.of(DType.Kind.FLOAT, DType.Kind.COMPLEX);
    static final Set<DType.Kind> SIGNED_FLOAT_COMPLEX =
        EnumSet.of(DType.Kind.SIGNED, DType.Kind.FLOAT, DType.Kind.COMPLEX);
  }

  /** How the result's element type follows from the operands'. */
  public enum Gives {
    SAME,
    REAL,
    COMPLEX,
    BOOL
  }

  private static final Map<String, Fn> BY_MNEMONIC = new HashMap<>();
  private static final Set<Fn> COMMUTATIVE = EnumSet.of(ADD, MUL, MULHI, MAX, MIN, AND, OR, XOR);
  private static final Set<Fn> ACCURATE =
      EnumSet.of(CBRT, COS, EXP, EXPM1, LOG, LOG1P, LOGISTIC, RSQRT, SIN, SQRT, TAN, TANH);

  static {
    for (Fn f : values()) {
      BY_MNEMONIC.put(f.mnemonic, f);
    }
    BY_MNEMONIC.put("chlo.tan", TAN);
  }

  private final String mnemonic;
  private final int arity;
  private final Set<DType.Kind> takes;
  private final Gives gives;

  Fn(String mnemonic, int arity, Set<DType.Kind> takes) {
    this(mnemonic, arity, takes, Gives.SAME);
  }

  Fn(String mnemonic, int arity, Set<DType.Kind> takes, Gives gives) {
    this.mnemonic = mnemonic;
    this.arity = arity;
    this.takes = takes;
    this.gives = gives;
  }

  /** Dialect and operation, such as {@code stablehlo.add} or {@code chlo.erf}. */
  public String mnemonic() {
    return mnemonic;
  }

  public int arity() {
    return arity;
  }

  public Gives gives() {
    return gives;
  }

  /** Whether the operands may change places, without any difference in the result's bits. */
  public boolean commutes() {
    return COMMUTATIVE.contains(this);
  }

  /** Whether StableHLO lets a program ask for an accuracy of the result. */
  public boolean hasAccuracy() {
    return ACCURATE.contains(this);
  }

  /** Whether the (data) operands may have this element type. */
  public boolean takes(Element element) {
    return takes.contains(element.kind())
        && (this != COMPLEX || element == DType.F32 || element == DType.F64);
  }

  /** Finds a function by dialect and operation. */
  public static Optional<Fn> ofMnemonic(String mnemonic) {
    return Optional.ofNullable(BY_MNEMONIC.get(mnemonic));
  }
}
