package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.sort.SortKey.Order;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what a comparator compares: {@code a < b}, or {@code a0 < b0 | (a0 == b0 & rest)}, with
 * each pair as it is, or with NaNs and zeros made equal first, as JAX does.
 */
public final class Comparators {
  private static final int WHOLE = -1; // both parts of a complex number

  private final Map<Value, Term> terms = new HashMap<>();

  private Comparators() {}

  /** The keys, the most significant first; empty for a comparator of another form. */
  public static Optional<List<SortKey>> keys(Block comparator) {
    Comparators c = new Comparators();
    for (int i = 0; i < comparator.params().size(); i++) {
      Value param = comparator.params().get(i);
      c.terms.put(param, new Term.Element(i / 2, i % 2, param.dtype().isComplex() ? WHOLE : 0));
    }
    comparator.instrs().forEach(c::instr);
    List<SortKey> keys = new ArrayList<>();
    boolean found = c.keys(c.term(comparator.results().getFirst()), comparator, keys);
    return found && !keys.isEmpty() ? Optional.of(keys) : Optional.empty();
  }

  /** What a value of the comparator is. */
  private sealed interface Term {
    /** A part of a parameter: of array {@code operand}, of the first or second element. */
    record Element(int operand, int side, int part) implements Term {}

    /** An element with zeros, NaNs or both made equal. */
    record Canonical(Element element, boolean zeros, boolean nans) implements Term {}

    record Constant(Literal literal) implements Term {}

    record Compared(Direction direction, ElementwiseOp.Order order, Term lhs, Term rhs)
        implements Term {}

    record Both(Term lhs, Term rhs) implements Term {}

    record Either(Term lhs, Term rhs) implements Term {}

    record Other() implements Term {}
  }

  private Term term(Value v) {
    return terms.getOrDefault(v, new Term.Other());
  }

  private void instr(Instr instr) {
    Term t =
        switch (instr.op()) {
          case ElementwiseOp.Constant o -> new Term.Constant(o.literal());
          case ElementwiseOp.Compare o ->
              new Term.Compared(o.direction(), o.order(), term(o.lhs()), term(o.rhs()));
          case ElementwiseOp.Pointwise o -> pointwise(o);
          default -> new Term.Other();
        };
    instr.results().forEach(v -> terms.put(v, t));
  }

  private Term pointwise(ElementwiseOp.Pointwise o) {
    List<Term> args = o.operands().stream().map(this::term).toList();
    return switch (o.fn()) {
      case AND -> new Term.Both(args.get(0), args.get(1));
      case OR -> new Term.Either(args.get(0), args.get(1));
      case REAL -> part(args.getFirst(), 0);
      case IMAG -> part(args.getFirst(), 1);
      case SELECT -> select(args.get(0), args.get(1), args.get(2));
      default -> new Term.Other();
    };
  }

  private static Term part(Term t, int part) {
    return t instanceof Term.Element(int operand, int side, int of) && of == WHOLE
        ? new Term.Element(operand, side, part)
        : new Term.Other();
  }

  /** {@code x == 0 ? 0 : x} and {@code x != x ? NaN : x}, in any order. */
  private static Term select(Term pred, Term yes, Term no) {
    Term.Canonical inner =
        switch (no) {
          case Term.Element e -> new Term.Canonical(e, false, false);
          case Term.Canonical c -> c;
          default -> null;
        };
    if (inner == null
        || !(pred instanceof Term.Compared(var direction, var order, var x, var y))
        || !(yes instanceof Term.Constant(Literal value))
        || order != ElementwiseOp.Order.FLOAT
        || !isOf(x, inner.element())) {
      return new Term.Other();
    }
    double number = value.getDouble(0);
    boolean last = Double.isNaN(number) && Double.doubleToRawLongBits(number) > 0;
    if (direction == Direction.NE && isOf(y, inner.element()) && last) {
      return new Term.Canonical(inner.element(), inner.zeros(), true);
    }
    boolean zero = y instanceof Term.Constant(Literal bound) && bound.getDouble(0) == 0;
    return direction == Direction.EQ && zero && number == 0
        ? new Term.Canonical(inner.element(), true, inner.nans())
        : new Term.Other();
  }

  private static boolean isOf(Term t, Term.Element element) {
    return t.equals(element) || t instanceof Term.Canonical(var e, _, _) && e.equals(element);
  }

  /** Adds the keys of a comparison, the most significant first; false if it is none. */
  private boolean keys(Term t, Block comparator, List<SortKey> keys) {
    if (t instanceof Term.Either(Term lhs, Term rhs)) {
      return either(lhs, rhs, comparator, keys) || either(rhs, lhs, comparator, keys);
    }
    Optional<SortKey> key = key(t, comparator);
    key.ifPresent(keys::add);
    return key.isPresent();
  }

  private boolean either(Term less, Term rest, Block comparator, List<SortKey> keys) {
    Optional<SortKey> key = key(less, comparator);
    if (key.isEmpty() || !(rest instanceof Term.Both(Term lhs, Term rhs))) {
      return false;
    }
    int size = keys.size();
    keys.add(key.get());
    if (isTie(less, lhs) && keys(rhs, comparator, keys)) {
      return true;
    }
    keys.subList(size + 1, keys.size()).clear();
    if (isTie(less, rhs) && keys(lhs, comparator, keys)) {
      return true;
    }
    keys.subList(size, keys.size()).clear();
    return false;
  }

  /** Whether {@code tie} holds where neither element comes before the other. */
  private static boolean isTie(Term less, Term tie) {
    return less instanceof Term.Compared a
        && tie instanceof Term.Compared b
        && b.direction() == Direction.EQ
        && a.order() == b.order()
        && (a.lhs().equals(b.lhs()) && a.rhs().equals(b.rhs())
            || a.lhs().equals(b.rhs()) && a.rhs().equals(b.lhs()));
  }

  private static Optional<SortKey> key(Term t, Block comparator) {
    if (!(t instanceof Term.Compared(var direction, var order, var lhs, var rhs))
        || direction != Direction.LT && direction != Direction.GT) {
      return Optional.empty();
    }
    Term.Element a = element(lhs);
    Term.Element b = element(rhs);
    if (a == null
        || b == null
        || a.operand() != b.operand()
        || a.part() != b.part()
        || a.part() == WHOLE
        || a.side() == b.side()
        || isCanonical(lhs) != isCanonical(rhs)) {
      return Optional.empty();
    }
    DType dtype = comparator.params().get(2 * a.operand()).dtype();
    boolean descending = direction == Direction.GT ^ a.side() == 1;
    return order(dtype.real(), order, isCanonical(lhs))
        .map(o -> new SortKey(a.operand(), dtype, a.part(), o, descending));
  }

  /** The element that is compared; null if it is something else, or changed halfway. */
  private static Term.Element element(Term t) {
    return switch (t) {
      case Term.Element e -> e;
      case Term.Canonical c when c.zeros() && c.nans() -> c.element();
      default -> null;
    };
  }

  private static boolean isCanonical(Term t) {
    return t instanceof Term.Canonical;
  }

  private static Optional<Order> order(
      DType dtype, ElementwiseOp.Order order, boolean isCanonical) {
    return switch (dtype.kind()) {
      case BOOL, SIGNED, UNSIGNED -> Optional.of(Order.INTEGER);
      // Without NaNs to come last, a plain comparison of floats is no order.
      case FLOAT ->
          order == ElementwiseOp.Order.TOTALORDER
              ? Optional.of(isCanonical ? Order.CANONICAL : Order.TOTAL)
              : Optional.empty();
      case COMPLEX -> Optional.empty();
    };
  }
}
