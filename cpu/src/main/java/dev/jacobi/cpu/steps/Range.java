package dev.jacobi.cpu.steps;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import java.util.List;
import java.util.Optional;

/**
 * All elements of an integer array are between {@code lo} and {@code hi}, both included; booleans
 * count as 0 and 1. An empty {@link Optional} of one says that nothing is known.
 */
record Range(long lo, long hi) {
  static final Range BOTH = new Range(0, 1);

  Range {
    if (lo > hi) {
      throw new IllegalArgumentException(lo + " > " + hi);
    }
  }

  static Range of(long value) {
    return new Range(value, value);
  }

  /** What every value of a type is in; empty if signed integers of 64 bits do not hold them. */
  static Optional<Range> all(DType dtype) {
    return dtype == DType.U64 || dtype.isInexact()
        ? Optional.empty()
        : Optional.of(new Range(least(dtype), most(dtype)));
  }

  boolean isSingle() {
    return lo == hi;
  }

  boolean within(long low, long high) {
    return lo >= low && hi <= high;
  }

  /** What is certain of values of which each is in this range or in the other. */
  Range or(Range o) {
    return new Range(Math.min(lo, o.lo), Math.max(hi, o.hi));
  }

  /** The same if all of it are values of the type, so that nothing wraps. */
  Optional<Range> in(DType dtype) {
    return within(least(dtype), most(dtype)) ? Optional.of(this) : Optional.empty();
  }

  private static long least(DType dtype) {
    return dtype.kind() == DType.Kind.SIGNED ? -1L << (dtype.bits() - 1) : 0;
  }

  /** For {@code ui64} half of what there is, since ranges are of signed numbers. */
  private static long most(DType dtype) {
    return switch (dtype.kind()) {
      case BOOL -> 1;
      case SIGNED -> ~(-1L << (dtype.bits() - 1));
      case UNSIGNED -> dtype.bits() == 64 ? Long.MAX_VALUE : ~(-1L << dtype.bits());
      case FLOAT, COMPLEX -> throw new IllegalArgumentException(dtype.toString());
    };
  }

  /** The results of an elementwise function, none of whose operands is empty. */
  static Optional<Range> apply(Fn fn, List<Range> of, DType dtype) {
    Range a = of.get(0);
    Range b = of.getLast();
    try {
      return switch (fn) {
        case MAX -> Optional.of(new Range(Math.max(a.lo, b.lo), Math.max(a.hi, b.hi)));
        case MIN -> Optional.of(new Range(Math.min(a.lo, b.lo), Math.min(a.hi, b.hi)));
        case CLAMP -> Optional.of(clamp(a, of.get(1), b));
        case SELECT -> Optional.of(select(a, of.get(1), b));
        default -> dtype == DType.BOOL ? Optional.of(logic(fn, a, b)) : number(fn, a, b, dtype);
      };
    } catch (ArithmeticException e) {
      return Optional.empty(); // more than 64 bits: it may wrap
    }
  }

  private static Range logic(Fn fn, Range a, Range b) {
    return switch (fn) {
      case AND -> new Range(a.lo & b.lo, a.hi & b.hi);
      case OR -> new Range(a.lo | b.lo, a.hi | b.hi);
      case NOT -> negated(a);
      default -> BOTH;
    };
  }

  private static Optional<Range> number(Fn fn, Range a, Range b, DType dtype) {
    return switch (fn) {
      case ADD -> sum(a, b).in(dtype);
      case SUB -> difference(a, b).in(dtype);
      case MUL -> product(a, b).in(dtype);
      case NEG -> difference(of(0), a).in(dtype);
      case AND ->
          a.lo >= 0 && b.lo >= 0
              ? Optional.of(new Range(0, Math.min(a.hi, b.hi)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Range sum(Range a, Range b) {
    return new Range(Math.addExact(a.lo, b.lo), Math.addExact(a.hi, b.hi));
  }

  private static Range difference(Range a, Range b) {
    return new Range(Math.subtractExact(a.lo, b.hi), Math.subtractExact(a.hi, b.lo));
  }

  private static Range product(Range a, Range b) {
    long p = Math.multiplyExact(a.lo, b.lo);
    long q = Math.multiplyExact(a.lo, b.hi);
    long r = Math.multiplyExact(a.hi, b.lo);
    long s = Math.multiplyExact(a.hi, b.hi);
    return new Range(
        Math.min(Math.min(p, q), Math.min(r, s)), Math.max(Math.max(p, q), Math.max(r, s)));
  }

  /** {@code min(max(x, least), most)}, as the specification has it. */
  private static Range clamp(Range least, Range x, Range most) {
    return new Range(
        Math.min(Math.max(x.lo, least.lo), most.lo), Math.min(Math.max(x.hi, least.hi), most.hi));
  }

  private static Range select(Range where, Range yes, Range no) {
    return where.isSingle() ? where.lo == 1 ? yes : no : yes.or(no);
  }

  /** Whether a comparison holds for all values, or for none, or whether that depends. */
  static Range compare(Direction direction, Range a, Range b) {
    return switch (direction) {
      case LT -> a.hi < b.lo ? of(1) : a.lo >= b.hi ? of(0) : BOTH;
      case LE -> a.hi <= b.lo ? of(1) : a.lo > b.hi ? of(0) : BOTH;
      case GT -> compare(Direction.LT, b, a);
      case GE -> compare(Direction.LE, b, a);
      case EQ -> a.isSingle() && a.equals(b) ? of(1) : a.hi < b.lo || b.hi < a.lo ? of(0) : BOTH;
      case NE -> negated(compare(Direction.EQ, a, b));
    };
  }

  private static Range negated(Range r) {
    return new Range(1 - r.hi, 1 - r.lo);
  }
}
