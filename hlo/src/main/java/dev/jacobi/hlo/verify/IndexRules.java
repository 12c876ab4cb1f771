package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;
import static dev.jacobi.hlo.verify.Site.size;
import static dev.jacobi.hlo.verify.Site.sorted;
import static dev.jacobi.hlo.verify.Site.unique;
import static dev.jacobi.hlo.verify.Site.within;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Constraints of gather, scatter and dot_general. Every method returns the constraint that fixes
 * the result types.
 */
final class IndexRules {
  private IndexRules() {}

  static String dotGeneral(ReductionOp.DotGeneral op, Site at) {
    ReductionOp.DotDims d = op.dims();
    TensorType lhs = op.lhs().type();
    TensorType rhs = op.rhs().type();
    at.require(
        "c1",
        d.lhsBatch().size() == d.rhsBatch().size(),
        "batch %s and %s",
        d.lhsBatch(),
        d.rhsBatch());
    at.require(
        "c2",
        d.lhsContract().size() == d.rhsContract().size(),
        "contracts %s and %s",
        d.lhsContract(),
        d.rhsContract());
    at.require("c3", unique(d.lhsBatch().plus(d.lhsContract())), "lhs dimensions repeat: %s", d);
    at.require("c4", unique(d.rhsBatch().plus(d.rhsContract())), "rhs dimensions repeat: %s", d);
    at.require("c5", within(d.lhsBatch(), lhs.rank()), "batch %s of %s", d.lhsBatch(), lhs);
    at.require(
        "c6", within(d.lhsContract(), lhs.rank()), "contracts %s of %s", d.lhsContract(), lhs);
    at.require("c7", within(d.rhsBatch(), rhs.rank()), "batch %s of %s", d.rhsBatch(), rhs);
    at.require(
        "c8", within(d.rhsContract(), rhs.rank()), "contracts %s of %s", d.rhsContract(), rhs);
    at.require(
        "c9",
        agree(lhs.shape().select(d.lhsBatch()), rhs.shape().select(d.rhsBatch())),
        "batch sizes differ: %s of %s and %s of %s",
        d.lhsBatch(),
        lhs,
        d.rhsBatch(),
        rhs);
    at.require(
        "c10",
        agree(lhs.shape().select(d.lhsContract()), rhs.shape().select(d.rhsContract())),
        "contracted sizes differ: %s of %s and %s of %s",
        d.lhsContract(),
        lhs,
        d.rhsContract(),
        rhs);
    // Floats may be of two types, as JAX writes products of the 8-bit ones.
    boolean floats = lhs.element().isFloat() && rhs.element().isFloat();
    at.require("c13", floats || lhs.element() == rhs.element(), "multiplies %s and %s", lhs, rhs);
    op.algorithm().ifPresent(a -> dotAlgorithm(op, a, at));
    return "c12";
  }

  private static void dotAlgorithm(ReductionOp.DotGeneral op, DotAlgorithm a, Site at) {
    boolean isDefault =
        op.lhsPrecision() == ReductionOp.Precision.DEFAULT
            && op.rhsPrecision() == ReductionOp.Precision.DEFAULT;
    at.require(
        "c21",
        isDefault,
        "an algorithm and the precisions %s, %s",
        op.lhsPrecision(),
        op.rhsPrecision());
    at.require("c22", a.lhsComponents() > 0, "splits lhs into %s", a.lhsComponents());
    at.require("c23", a.rhsComponents() > 0, "splits rhs into %s", a.rhsComponents());
    at.require("c24", a.primitiveOperations() > 0, "does %s products", a.primitiveOperations());
    at.require("i8", a.isKnown(), "no hardware is known to compute %s", a);
  }

  static String gather(IndexOp.Gather op, Site at) {
    gather(op.operand().type(), op.indices().type(), op.dims(), Optional.of(op.sliceSizes()), at);
    return "c22";
  }

  /** With the sizes of slices, if they are known. */
  static void gather(
      TensorType t, TensorType indices, IndexOp.GatherDims d, Optional<Longs> sizes, Site at) {
    at.require("i2", indices.element().isInteger(), "indices are %s", indices);
    at.require(
        "c1",
        t.rank()
            == d.offsetDims().size()
                + d.collapsedSliceDims().size()
                + d.operandBatchingDims().size(),
        "%s and %s",
        t,
        d);
    vectorDim(d.indexVectorDim(), d.startIndexMap(), indices, "c2", "c3", at);
    at.require(
        "c4", unique(d.offsetDims()) && sorted(d.offsetDims()), "offset_dims %s", d.offsetDims());
    int batchRank = indices.rank() - (d.indexVectorDim() < indices.rank() ? 1 : 0);
    at.require(
        "c5",
        within(d.offsetDims(), batchRank + d.offsetDims().size()),
        "offset_dims %s of a result of rank %s",
        d.offsetDims(),
        batchRank + d.offsetDims().size());
    Axes collapsed = d.collapsedSliceDims();
    Axes batching = d.operandBatchingDims();
    at.require("c6", unique(collapsed.plus(batching)), "%s and %s repeat", collapsed, batching);
    at.require("c7", sorted(collapsed), "collapsed_slice_dims %s", collapsed);
    at.require("c8", within(collapsed, t.rank()), "collapsed_slice_dims %s of %s", collapsed, t);
    sizes.ifPresent(
        s -> {
          at.require("c20", s.size() == t.rank(), "sizes %s of %s", s, t);
          at.require("c9", isOne(indices, d, s, collapsed), "%s of sizes %s", collapsed, s);
        });
    at.require("c10", sorted(batching), "operand_batching_dims %s", batching);
    at.require("c11", within(batching, t.rank()), "operand_batching_dims %s of %s", batching, t);
    sizes.ifPresent(
        s -> at.require("c12", isOne(indices, d, s, batching), "%s of sizes %s", batching, s));
    batching(
        new Batching(t, batching, indices, d.startIndicesBatchingDims(), d.indexVectorDim()),
        13,
        at);
    at.require(
        "c18", unique(d.startIndexMap().plus(batching)), "%s and %s", d.startIndexMap(), batching);
    at.require("c19", within(d.startIndexMap(), t.rank()), "%s of %s", d.startIndexMap(), t);
    sizes.ifPresent(s -> at.require("c21", ShapeRules.fits(s, t.shape()), "%s of %s", s, t));
  }

  /** The specification allows a slice of size 0 too, from which a result can only be empty. */
  private static boolean isOne(TensorType indices, IndexOp.GatherDims d, Longs sizes, Axes dims) {
    Axes gone = d.collapsedSliceDims().plus(d.operandBatchingDims());
    boolean isEmpty =
        Arrays.stream(indices.shape().toArray()).anyMatch(n -> n == 0)
            || IntStream.range(0, sizes.size())
                .anyMatch(i -> !gone.contains(i) && sizes.get(i) == 0);
    return dims.stream()
        .mapToLong(sizes::get)
        .allMatch(size -> size == 1 || (size == 0 && isEmpty));
  }

  private static void vectorDim(
      int vectorDim, Axes map, TensorType indices, String range, String size, Site at) {
    at.require(
        range,
        0 <= vectorDim && vectorDim <= indices.rank(),
        "index_vector_dim %s of %s",
        vectorDim,
        indices);
    long components = vectorDim < indices.rank() ? size(indices.shape(), vectorDim) : 1;
    at.require(
        size, agree(map.size(), components), "%s dimensions for %s components", map, components);
  }

  /** How the batching dimensions of an operand and of its indices correspond. */
  private record Batching(
      TensorType operand, Axes ofOperand, TensorType indices, Axes ofIndices, int vectorDim) {}

  /** Five constraints that gather and scatter share; {@code first} is the first one's number. */
  private static void batching(Batching b, int first, Site at) {
    at.require("c" + first, unique(b.ofIndices), "%s repeats a dimension", b.ofIndices);
    at.require(
        "c" + (first + 1),
        within(b.ofIndices, b.indices.rank()),
        "%s of %s",
        b.ofIndices,
        b.indices);
    at.require(
        "c" + (first + 2),
        !b.ofIndices.contains(b.vectorDim),
        "%s contains index_vector_dim",
        b.ofIndices);
    at.require(
        "c" + (first + 3),
        b.ofOperand.size() == b.ofIndices.size(),
        "%s and %s",
        b.ofOperand,
        b.ofIndices);
    at.require(
        "c" + (first + 4),
        agree(b.operand.shape().select(b.ofOperand), b.indices.shape().select(b.ofIndices)),
        "%s of %s and %s of %s differ",
        b.ofOperand,
        b.operand,
        b.ofIndices,
        b.indices);
  }

  static String scatter(IndexOp.Scatter op, Site at) {
    TensorType indices = op.indices().type();
    at.require("i2", indices.element().isInteger(), "indices are %s", indices);
    at.require(
        "c5",
        !op.inputs().isEmpty() && op.inputs().size() == op.updates().size(),
        "%s inputs and %s updates",
        op.inputs().size(),
        op.updates().size());
    Shape input = op.inputs().getFirst().shape();
    Shape update = op.updates().getFirst().shape();
    for (int i = 0; i < op.inputs().size(); i++) {
      Value x = op.inputs().get(i);
      Value u = op.updates().get(i);
      at.require("c1", agree(x.shape(), input), "inputs have shapes %s and %s", input, x.shape());
      at.require(
          "c3", agree(u.shape(), update), "updates have shapes %s and %s", update, u.shape());
      at.require("c6", x.element() == u.element(), "writes %s into %s", u.type(), x.type());
    }
    scatterDims(op, op.inputs().getFirst().type(), update, at);
    scatterUpdateShape(op, input, update, at);
    RegionRules.combines("c23", op.body(), op.inputs(), at);
    return "c24";
  }

  private static void scatterDims(IndexOp.Scatter op, TensorType t, Shape update, Site at) {
    IndexOp.ScatterDims d = op.dims();
    TensorType indices = op.indices().type();
    Axes window = d.updateWindowDims();
    Axes inserted = d.insertedWindowDims();
    Axes batching = d.inputBatchingDims();
    at.require(
        "c2", t.rank() == window.size() + inserted.size() + batching.size(), "%s and %s", t, d);
    at.require("c7", unique(window) && sorted(window), "update_window_dims %s", window);
    at.require("c8", within(window, update.rank()), "%s of an update %s", window, update);
    at.require("c9", unique(inserted.plus(batching)), "%s and %s repeat", inserted, batching);
    at.require("c10", sorted(inserted), "inserted_window_dims %s", inserted);
    at.require("c11", within(inserted, t.rank()), "inserted_window_dims %s of %s", inserted, t);
    at.require("c12", sorted(batching), "input_batching_dims %s", batching);
    at.require("c13", within(batching, t.rank()), "input_batching_dims %s of %s", batching, t);
    batching(
        new Batching(t, batching, indices, d.scatterIndicesBatchingDims(), d.indexVectorDim()),
        14,
        at);
    Axes map = d.scatterDimsToOperandDims();
    vectorDim(d.indexVectorDim(), map, indices, "c22", "c19", at);
    at.require("c20", unique(map.plus(batching)), "%s and %s", map, batching);
    at.require("c21", within(map, t.rank()), "%s of %s", map, t);
  }

  private static void scatterUpdateShape(IndexOp.Scatter op, Shape input, Shape update, Site at) {
    IndexOp.ScatterDims d = op.dims();
    Shape indices = op.indices().shape();
    Shape scatter =
        d.indexVectorDim() < indices.rank()
            ? indices.without(Axes.of(d.indexVectorDim()))
            : indices;
    Shape window = update.select(d.updateWindowDims());
    Shape room = input.without(d.insertedWindowDims().plus(d.inputBatchingDims()));
    at.require(
        "c4",
        agree(update.without(d.updateWindowDims()), scatter)
            && ShapeRules.fits(window.sizes(), room),
        "updates %s; indices ask for %s, windows may have %s",
        update,
        scatter,
        room);
  }
}
