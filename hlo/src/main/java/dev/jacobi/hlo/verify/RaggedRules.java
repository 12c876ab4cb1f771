package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;
import static dev.jacobi.hlo.verify.Site.unique;
import static dev.jacobi.hlo.verify.Site.within;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.ShorthandOp.RaggedDims;
import dev.jacobi.hlo.TensorType;

/** What CHLO demands of ragged products; the specification has no numbers for it. */
final class RaggedRules {
  private RaggedRules() {}

  static String raggedDot(ShorthandOp.RaggedDot op, Site at) {
    RaggedDims r = op.dims();
    DotDims d = r.dot();
    TensorType lhs = op.lhs().type();
    TensorType rhs = op.rhs().type();
    at.require("batch", d.lhsBatch().size() == d.rhsBatch().size(), "batch of %s", d);
    at.require("contract", d.lhsContract().size() == d.rhsContract().size(), "contracts %s", d);
    Axes left = d.lhsBatch().plus(d.lhsContract());
    Axes right = d.rhsBatch().plus(d.rhsContract()).plus(r.rhsGroup());
    at.require("lhs", unique(left) && within(left, lhs.rank()), "%s of %s", left, lhs);
    at.require("rhs", unique(right) && within(right, rhs.rank()), "%s of %s", right, rhs);
    at.require(
        "sizes",
        agree(lhs.shape().select(d.lhsBatch()), rhs.shape().select(d.rhsBatch()))
            && agree(lhs.shape().select(d.lhsContract()), rhs.shape().select(d.rhsContract())),
        "%s of %s and %s",
        d,
        lhs,
        rhs);
    at.require(
        "ragged",
        r.lhsRagged().size() == 1 && within(r.lhsRagged(), lhs.rank()),
        "divides %s of %s",
        r.lhsRagged(),
        lhs);
    at.require("type", lhs.element() == rhs.element(), "multiplies %s and %s", lhs, rhs);
    groups(op, at);
    return "result";
  }

  private static void groups(ShorthandOp.RaggedDot op, Site at) {
    RaggedDims r = op.dims();
    Shape sizes = op.groupSizes().shape();
    at.require("groups", op.groupSizes().element().isInteger(), "sizes %s", op.groupSizes().type());
    at.require("groups", sizes.rank() >= 1, "sizes %s", op.groupSizes().type());
    long groups = Site.size(sizes, sizes.rank() - 1);
    Shape prefix = op.lhs().shape().select(r.lhsPrefix(op.lhs().shape().rank()));
    at.require(
        "groups",
        sizes.rank() == 1 || agree(sizes, prefix.insert(prefix.rank(), groups)),
        "sizes %s for groups of %s",
        sizes,
        prefix);
    boolean rows = r.mode() == RaggedDims.Mode.NONCONTRACTING;
    at.require("group", r.rhsGroup().size() == (rows ? 1 : 0), "groups %s", r.rhsGroup());
    at.require(
        "group",
        !rows || agree(Site.size(op.rhs().shape(), r.rhsGroup().get(0)), groups),
        "%s groups and %s",
        groups,
        op.rhs().type());
  }
}
