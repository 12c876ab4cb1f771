package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Literal;
import java.util.HashSet;
import java.util.Optional;

/**
 * What may be combined from parts, in any order and grouping.
 *
 * @param keepsOrder whether sums and products of floating numbers are not, so that every result has
 *     the bits that one device computes
 */
record Partials(boolean keepsOrder) {
  /** The function of a body {@code (a, b) -> f(a, b)} that combines parts of arrays. */
  Optional<Fn> combining(Block body, Element element) {
    boolean one =
        body.instrs().size() == 1
            && body.params().size() == 2
            && body.instrs().getFirst().op() instanceof ElementwiseOp.Pointwise o
            && new HashSet<>(o.operands()).equals(new HashSet<>(body.params()))
            && body.results().equals(body.instrs().getFirst().results())
            && body.results().getFirst().element() == element;
    return one
        ? combining(((ElementwiseOp.Pointwise) body.instrs().getFirst().op()).fn(), element)
        : Optional.empty();
  }

  /** The function, if it combines parts of arrays. */
  Optional<Fn> combining(Fn fn, Element element) {
    boolean inOrder = keepsOrder && element.isInexact();
    boolean combines =
        element instanceof DType
            && switch (fn) {
              case ADD, MUL -> !inOrder;
              case MAX, MIN -> !element.isComplex();
              case AND, OR, XOR -> true;
              default -> false;
            };
    return combines ? Optional.of(fn) : Optional.empty();
  }

  /** What the function leaves as it is, for a type that it combines. */
  static Literal identity(Fn fn, DType t) {
    return switch (fn) {
      case ADD -> t.isFloat() ? Literal.scalar(t, -0.0) : zero(t);
      case OR, XOR -> Literal.scalar(t, 0L);
      case MUL -> t.isComplex() ? Literal.scalarOf(t, 1, 0) : Literal.scalar(t, 1L);
      case AND -> Literal.scalar(t, t.isBool() ? 1L : -1L);
      case MAX ->
          t.isFloat()
              ? Literal.scalar(t, Double.NEGATIVE_INFINITY)
              : Literal.scalar(t, t.isBool() ? 0 : t.minInteger());
      case MIN ->
          t.isFloat()
              ? Literal.scalar(t, Double.POSITIVE_INFINITY)
              : Literal.scalar(t, t.isBool() ? 1 : t.maxInteger());
      default -> throw new IllegalArgumentException(fn + " has no identity");
    };
  }

  private static Literal zero(DType t) {
    return t.isComplex() ? Literal.scalarOf(t, -0.0, -0.0) : Literal.scalar(t, 0L);
  }

  /** Whether a constant may be combined with every part and not with one alone. */
  static boolean isIdentity(Fn fn, Literal literal) {
    DType t = literal.dtype();
    boolean zero = t.isInexact() && literal.getDouble(0) == 0 && literal.getImag(0) == 0;
    return !literal.type().isNarrow() && (literal.equals(identity(fn, t)) || fn == Fn.ADD && zero);
  }

  /** Sums of a dot product or a convolution: parts are added, or for truth values united. */
  Optional<Fn> sum(Element element) {
    return combining(element.isBool() ? Fn.OR : Fn.ADD, element);
  }
}
