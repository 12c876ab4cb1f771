package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShorthandOp.RaggedDims.Mode;
import dev.jacobi.jaxpr.Aval;

/** What operands and dimensions of a ragged product must be. */
record RaggedChecks(RaggedDotDimensionNumbers dims, Aval x, Aval y, Aval sizes) {
  private static final String NAME = "ragged_dot_general";

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new LaxTypeException(NAME, problem);
    }
  }

  /** Accepts, or throws what is wrong. */
  void check() {
    Axes ragged = dims.lhsRaggedDimensions();
    require(ragged.size() == 1, "expects exactly one lhs ragged dimension, got " + ragged);
    require(
        ragged.get(0) >= 0 && ragged.get(0) < x.rank(),
        "the lhs ragged dimension " + ragged + " is none of shape " + x.shape());
    new DotChecks(NAME, x, y).dimensions(dims.dotDimensionNumbers());
    require(
        sizes.dtype().isInteger() && !sizes.key(), "group sizes must be integers, got " + sizes);
    require(sizes.rank() >= 1, "group sizes must have at least one dimension");
    Shape prefix = x.shape().select(dims.hlo().lhsPrefix(x.rank()));
    long groups = sizes.shape().dim(sizes.rank() - 1);
    Shape expected = prefix.insert(prefix.rank(), groups);
    require(
        sizes.rank() == 1 || sizes.shape().equals(expected),
        "expected group sizes of shape " + expected + ", got " + sizes.shape());
    groups(groups);
  }

  private void groups(long groups) {
    Axes group = dims.rhsGroupDimensions();
    if (dims.mode() != Mode.NONCONTRACTING) {
      require(
          group.isEmpty(),
          "takes no rhs group dimensions when the lhs ragged dimension is contracting or batch,"
              + " got "
              + group);
      return;
    }
    require(
        group.size() == 1,
        "takes one rhs group dimension when the lhs ragged dimension is noncontracting, got "
            + group);
    int g = group.get(0);
    var d = dims.dotDimensionNumbers();
    require(g >= 0 && g < y.rank(), "the rhs group dimension " + g + " is none of " + y.shape());
    require(
        !d.rhsBatch().contains(g) && !d.rhsContract().contains(g),
        "the rhs group dimension " + g + " must not be contracting or batch");
    require(
        y.dim(g) == groups,
        "expected the rhs group dimension to be of size " + groups + ", got " + y.dim(g));
  }
}
