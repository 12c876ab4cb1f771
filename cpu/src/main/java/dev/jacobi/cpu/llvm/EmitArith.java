package dev.jacobi.cpu.llvm;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongBinaryOperator;

/**
 * Lane-wise arithmetic. Operands have equal types, scalar or vector; {@code add}, {@code sub},
 * {@code mul}, {@code neg} and {@code cmp} follow the type, where a sign matters the name says it.
 * No fast-math flag and no contraction: a float instruction rounds once, as IEEE 754 says.
 */
abstract sealed class EmitArith extends EmitCore permits EmitVector {
  EmitArith(IrModule module) {
    super(module);
  }

  private Val binary(String op, Val a, Val b) {
    sameType(a, b);
    return pure(a.type(), op + " " + a.typed() + ", " + b);
  }

  /** Integer instruction, computed here if both operands are constants. */
  private Val integer(String op, Val a, Val b, LongBinaryOperator fold) {
    sameType(a, b);
    OptionalLong x = a.asLong();
    OptionalLong y = b.asLong();
    if (x.isPresent() && y.isPresent()) {
      return Val.integer(a.type(), fold.applyAsLong(x.getAsLong(), y.getAsLong()));
    }
    return binary(op, a, b);
  }

  private static boolean is(Val v, long constant) {
    OptionalLong c = v.asLong();
    return c.isPresent() && c.getAsLong() == constant;
  }

  public Val add(Val a, Val b) {
    if (a.type().isFloat()) {
      return binary("fadd", a, b);
    }
    return is(b, 0) ? a : is(a, 0) ? b : integer("add", a, b, (x, y) -> x + y);
  }

  public Val sub(Val a, Val b) {
    if (a.type().isFloat()) {
      return binary("fsub", a, b);
    }
    return is(b, 0) ? a : integer("sub", a, b, (x, y) -> x - y);
  }

  public Val mul(Val a, Val b) {
    if (a.type().isFloat()) {
      return binary("fmul", a, b);
    }
    return is(b, 1) ? a : is(a, 1) ? b : integer("mul", a, b, (x, y) -> x * y);
  }

  /** Integer addition that cannot wrap as a signed number: for addresses and counters. */
  public Val addNsw(Val a, Val b) {
    return is(b, 0) ? a : is(a, 0) ? b : integer("add nsw", a, b, (x, y) -> x + y);
  }

  /** Integer product that cannot wrap as a signed number. */
  public Val mulNsw(Val a, Val b) {
    return is(b, 1) ? a : is(a, 1) ? b : integer("mul nsw", a, b, (x, y) -> x * y);
  }

  /** Float quotient, correctly rounded. */
  public Val fdiv(Val a, Val b) {
    return binary("fdiv", a, b);
  }

  /** Signed quotient toward zero; the caller excludes zero divisors and overflow. */
  public Val sdiv(Val a, Val b) {
    return binary("sdiv", a, b);
  }

  /** Unsigned quotient; the caller excludes zero divisors. */
  public Val udiv(Val a, Val b) {
    return binary("udiv", a, b);
  }

  /** Signed remainder, sign of the dividend; the caller excludes zero divisors and overflow. */
  public Val srem(Val a, Val b) {
    return binary("srem", a, b);
  }

  public Val urem(Val a, Val b) {
    return binary("urem", a, b);
  }

  public Val and(Val a, Val b) {
    return integer("and", a, b, (x, y) -> x & y);
  }

  public Val or(Val a, Val b) {
    return integer("or", a, b, (x, y) -> x | y);
  }

  public Val xor(Val a, Val b) {
    return integer("xor", a, b, (x, y) -> x ^ y);
  }

  public Val not(Val a) {
    return xor(a, Val.integer(a.type(), -1));
  }

  /** Left shift; the caller keeps the amount below the width. */
  public Val shl(Val a, Val amount) {
    return is(amount, 0) ? a : binary("shl", a, amount);
  }

  /** Logical right shift; the caller keeps the amount below the width. */
  public Val lshr(Val a, Val amount) {
    return is(amount, 0) ? a : binary("lshr", a, amount);
  }

  /** Arithmetic right shift; the caller keeps the amount below the width. */
  public Val ashr(Val a, Val amount) {
    return is(amount, 0) ? a : binary("ashr", a, amount);
  }

  public Val neg(Val a) {
    return a.type().isFloat()
        ? pure(a.type(), "fneg " + a.typed())
        : sub(Val.integer(a.type(), 0), a);
  }

  /** The fused product and sum {@code a * b + c}, rounded once. */
  public Val fma(Val a, Val b, Val c) {
    return intrinsic("fma", a, b, c);
  }

  public Val sqrt(Val a) {
    return intrinsic("sqrt", a);
  }

  /** Absolute value of a float, a sign bit cleared. */
  public Val fabs(Val a) {
    return intrinsic("fabs", a);
  }

  public Val copysign(Val magnitude, Val sign) {
    return intrinsic("copysign", magnitude, sign);
  }

  /** {@code a < b ? a : b}, one instruction on x86: a NaN or two zeros give {@code b}. */
  public Val minFast(Val a, Val b) {
    return select(cmp(Cmp.OLT, a, b), a, b);
  }

  /** {@code a > b ? a : b}, one instruction on x86: a NaN or two zeros give {@code b}. */
  public Val maxFast(Val a, Val b) {
    return select(cmp(Cmp.OGT, a, b), a, b);
  }

  public Val smin(Val a, Val b) {
    return intrinsic("smin", a, b);
  }

  public Val smax(Val a, Val b) {
    return intrinsic("smax", a, b);
  }

  public Val umin(Val a, Val b) {
    return intrinsic("umin", a, b);
  }

  public Val umax(Val a, Val b) {
    return intrinsic("umax", a, b);
  }

  /** A lane-wise intrinsic {@code llvm.NAME.TYPE} whose operands and result have one type. */
  public Val intrinsic(String name, Val... operands) {
    LType type = operands[0].type();
    for (Val v : operands) {
      sameType(operands[0], v);
    }
    return pureCall("llvm." + name + "." + type.suffix(), type, List.of(operands));
  }

  /** A call whose result depends on the operands alone. */
  public Val pureCall(String name, LType result, List<Val> operands) {
    module().declare(name, result, operands.stream().map(Val::type).toList());
    return pure(result, callText(name, result, operands));
  }

  static String callText(String name, LType result, List<Val> operands) {
    String list = String.join(", ", operands.stream().map(Val::typed).toList());
    return "call " + result + " @" + name + "(" + list + ")";
  }

  /** A comparison, lane by lane. */
  public Val cmp(Cmp predicate, Val a, Val b) {
    sameType(a, b);
    if (!predicate.fits(a.type())) {
      throw new IllegalArgumentException(predicate + " on " + a.type());
    }
    String op = a.type().isFloat() ? "fcmp " : "icmp ";
    return pure(a.type().mask(), op + predicate + " " + a.typed() + ", " + b);
  }

  public Val isNan(Val a) {
    return cmp(Cmp.UNO, a, Val.zero(a.type()));
  }

  /** {@code condition ? yes : no}; the condition is scalar or has a lane for each. */
  public Val select(Val condition, Val yes, Val no) {
    sameType(yes, no);
    if (yes.equals(no)) {
      return yes;
    }
    OptionalLong known = condition.asLong();
    if (known.isPresent()) {
      return known.getAsLong() != 0 ? yes : no;
    }
    String operands = condition.typed() + ", " + yes.typed() + ", " + no.typed();
    return pure(yes.type(), "select " + operands);
  }

  private Val cast(String op, Val a, LType to) {
    if (a.type().equals(to)) {
      return a;
    }
    if (a.type().lanes() != to.lanes()) {
      throw new IllegalArgumentException(op + " of " + a.typed() + " to " + to);
    }
    return pure(to, op + " " + a.typed() + " to " + to);
  }

  /** The same bits as another type of the same size; lane counts may differ. */
  public Val bitcast(Val a, LType to) {
    return a.type().equals(to) ? a : pure(to, "bitcast " + a.typed() + " to " + to);
  }

  public Val trunc(Val a, LType to) {
    OptionalLong c = a.asLong();
    return c.isPresent() ? Val.integer(to, c.getAsLong()) : cast("trunc", a, to);
  }

  public Val zext(Val a, LType to) {
    return cast("zext", a, to);
  }

  public Val sext(Val a, LType to) {
    return cast("sext", a, to);
  }

  public Val fptrunc(Val a, LType to) {
    return cast("fptrunc", a, to);
  }

  public Val fpext(Val a, LType to) {
    return cast("fpext", a, to);
  }

  /** Float to signed integer toward zero; out of range and NaN give poison. */
  public Val fptosi(Val a, LType to) {
    return cast("fptosi", a, to);
  }

  public Val fptoui(Val a, LType to) {
    return cast("fptoui", a, to);
  }

  public Val sitofp(Val a, LType to) {
    return cast("sitofp", a, to);
  }

  public Val uitofp(Val a, LType to) {
    return cast("uitofp", a, to);
  }

  /** Float to signed integer, clamped to the range; NaN gives 0. */
  public Val fptosiSat(Val a, LType to) {
    String name = "llvm.fptosi.sat." + to.suffix() + "." + a.type().suffix();
    return pureCall(name, to, List.of(a));
  }

  /** Float to unsigned integer, clamped to the range; NaN gives 0. */
  public Val fptouiSat(Val a, LType to) {
    String name = "llvm.fptoui.sat." + to.suffix() + "." + a.type().suffix();
    return pureCall(name, to, List.of(a));
  }

  public Val ptrtoint(Val a, LType to) {
    return cast("ptrtoint", a, to);
  }

  public Val inttoptr(Val a, LType to) {
    return cast("inttoptr", a, to);
  }
}
