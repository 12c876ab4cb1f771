package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;
import static dev.jacobi.hlo.verify.Site.size;

import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.TensorType;

/** Constraints of factors and solutions; the rule that is returned fixes the result type. */
final class LinalgRules {
  private LinalgRules() {}

  static String cholesky(LinalgOp.Cholesky op, Site at) {
    TensorType a = op.a().type();
    at.require("i1", a.element().isInexact(), "%s is not floating-point or complex", a);
    at.require("c2", a.rank() >= 2, "%s is no matrix", a);
    at.require("c3", isSquare(a), "%s is not square", a);
    return "c1";
  }

  static String triangularSolve(LinalgOp.TriangularSolve op, Site at) {
    TensorType a = op.a().type();
    TensorType b = op.b().type();
    at.require("i1", a.element().isInexact(), "%s is not floating-point or complex", a);
    at.require("c1", a.element() == b.element(), "solves %s with %s", b, a);
    at.require("c2", a.rank() >= 2 && a.rank() == b.rank(), "ranks of %s and %s", a, b);
    int rank = a.rank();
    at.require("c3", isSquare(a), "%s is not square", a);
    long rows = size(b.shape(), op.leftSide() ? rank - 2 : rank - 1);
    at.require("c3", agree(size(a.shape(), rank - 1), rows), "%s does not fit %s", a, b);
    for (int d = 0; d < rank - 2; d++) {
      boolean same = agree(size(a.shape(), d), size(b.shape(), d));
      at.require("c3", same, "batches of %s and %s differ", a, b);
    }
    return "c4";
  }

  private static boolean isSquare(TensorType a) {
    return agree(size(a.shape(), a.rank() - 2), size(a.shape(), a.rank() - 1));
  }
}
