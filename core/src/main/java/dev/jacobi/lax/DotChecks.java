package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.jaxpr.Aval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What operands and dimensions of a dot product must be, and the type of the result. */
record DotChecks(String name, Aval x, Aval y) {
  /** Complex after real, then by range, precision, width and sign: which of two types results. */
  private static final Comparator<DType> ORDER =
      Comparator.comparing(DType::isComplex)
          .thenComparing(DotChecks::range)
          .thenComparing(DotChecks::precision)
          .thenComparing(t -> t.real().bits())
          .thenComparing(t -> !t.isUnsigned());

  private static int range(DType t) {
    return switch (t.real()) {
      case F16 -> 16;
      case BF16, F32 -> 128;
      case F64 -> 1024;
      default -> -1;
    };
  }

  private static int precision(DType t) {
    return switch (t.real()) {
      case F16 -> 10;
      case BF16 -> 7;
      case F32 -> 23;
      case F64 -> 52;
      default -> -1;
    };
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new LaxTypeException(name, problem);
    }
  }

  /** The type of the result, after {@code shape_inference.cc} of XLA as JAX does. */
  DType resultType(Optional<DType> preferred, boolean hasAlgorithm) {
    require(!x.key() && !y.key(), "keys of random numbers are no numbers");
    DType result = ORDER.compare(x.dtype(), y.dtype()) >= 0 ? x.dtype() : y.dtype();
    DType asked = preferred.orElse(result);
    require(
        hasAlgorithm || result.isFloat() || asked.real().bits() >= result.real().bits(),
        "preferred_element_type must not be narrower than the original type, got "
            + asked.numpyName()
            + " for the result type "
            + result.numpyName());
    return asked;
  }

  /** Accepts the dimensions, or throws what is wrong with them. */
  void dimensions(DotDims d) {
    within("lhs", x, d.lhsBatch(), d.lhsContract());
    within("rhs", y, d.rhsBatch(), d.rhsContract());
    same("batch", d.lhsBatch(), d.rhsBatch());
    same("contracting", d.lhsContract(), d.rhsContract());
  }

  private void within(String side, Aval operand, Axes batch, Axes contract) {
    for (Axes axes : List.of(batch, contract)) {
      require(
          axes.stream().allMatch(a -> a >= 0 && a < operand.rank()),
          "requires "
              + side
              + " dimension numbers to be nonnegative and less than the number of axes, got batch "
              + batch
              + " and contracting "
              + contract
              + " for "
              + side
              + " of shape "
              + operand.shape());
    }
    Axes both = batch.plus(contract);
    require(
        both.stream().distinct().count() == both.size(),
        side
            + " batch and contracting dimensions must be distinct, got "
            + batch
            + " and "
            + contract);
  }

  private void same(String kind, Axes xs, Axes ys) {
    require(
        xs.size() == ys.size() && x.shape().select(xs).equals(y.shape().select(ys)),
        kind
            + " dimensions must be of equal sizes, but got dimensions "
            + xs
            + " of shape "
            + x.shape()
            + " and "
            + ys
            + " of shape "
            + y.shape());
  }
}
