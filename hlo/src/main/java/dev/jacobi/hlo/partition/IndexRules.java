package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How reading and writing at indices is divided: along dimensions that are taken whole, along
 * batches, and along the indices themselves. Where a window is as large as the array its start is 0
 * (or, in a scatter, the window does not fit), in a part as in the whole.
 */
final class IndexRules {
  private static final String INDEXED = "a dimension that is indexed";

  private IndexRules() {}

  static Rule of(IndexOp op, List<Value> results, Partials partials) {
    return switch (op) {
      case IndexOp.DynamicSlice o -> slice(o, results);
      case IndexOp.DynamicUpdateSlice o -> update(o, results);
      case IndexOp.Gather o -> gather(o, results);
      case IndexOp.Scatter o -> scatter(o, results, partials);
    };
  }

  private static Rule slice(IndexOp.DynamicSlice op, List<Value> results) {
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    Shape shape = op.operand().shape();
    Shape box = Shape.of(op.sizes());
    for (int d = 0; d < shape.rank(); d++) {
      if (box.dim(d) == shape.dim(d)) {
        int f = rule.factor(shape.dim(d));
        rule.operand(0, d, f).result(0, d, f);
      }
    }
    boolean adds = op.operand().element() instanceof DType;
    Optional<Fn> sum = Optional.of(Rows.sum(op.operand().element()));
    int[] rows =
        Rows.single(shape, box, op.starts(), d -> adds ? rule.factor(shape.dim(d), sum) : -1);
    for (int d = 0; d < rows.length; d++) {
      if (rows[d] >= 0) {
        rule.operand(0, d, rows[d]);
      }
    }
    return rule.build(
        INDEXED,
        (site, in, parts) -> {
          Rows.Place place = Rows.place(shape, in.subList(1, in.size()), rows, parts, site);
          return List.of(Rows.read(in.getFirst(), place, parts.resultType(0).shape(), site));
        });
  }

  private static Rule update(IndexOp.DynamicUpdateSlice op, List<Value> results) {
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    Shape shape = op.operand().shape();
    Shape box = op.update().shape();
    for (int d = 0; d < shape.rank(); d++) {
      if (box.dim(d) == shape.dim(d)) {
        int f = rule.factor(shape.dim(d));
        rule.operand(0, d, f).operand(1, d, f).result(0, d, f);
      }
    }
    int[] rows = Rows.single(shape, box, op.starts(), d -> rule.factor(shape.dim(d)));
    for (int d = 0; d < rows.length; d++) {
      if (rows[d] >= 0) {
        rule.operand(0, d, rows[d]).result(0, d, rows[d]);
      }
    }
    return rule.build(
        INDEXED,
        (site, in, parts) -> {
          Rows.Place place = Rows.place(shape, in.subList(2, in.size()), rows, parts, site);
          return List.of(Rows.write(in.get(0), in.get(1), place, site));
        });
  }

  /** The dimensions of indices that are not the vector's, which are those of the result's batch. */
  private static Axes batch(Shape indices, int indexVectorDim) {
    return Axes.of(indexVectorDim).complement(indices.rank());
  }

  private static Rule gather(IndexOp.Gather op, List<Value> results) {
    IndexOp.GatherDims dims = op.dims();
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    Shape operand = op.operand().shape();
    Shape indices = op.indices().shape();
    Axes batch = batch(indices, dims.indexVectorDim());
    Axes batchResults = dims.offsetDims().complement(results.getFirst().shape().rank());
    for (int k = 0; k < batch.size(); k++) {
      int f = rule.factor(indices.dim(batch.get(k)));
      rule.operand(1, batch.get(k), f).result(0, batchResults.get(k), f);
      int pair = dims.startIndicesBatchingDims().indexOf(batch.get(k));
      if (pair >= 0) {
        rule.operand(0, dims.operandBatchingDims().get(pair), f);
      }
    }
    Axes window =
        dims.collapsedSliceDims().plus(dims.operandBatchingDims()).complement(operand.rank());
    for (int k = 0; k < window.size(); k++) {
      int d = window.get(k);
      if (op.sliceSizes().get(d) == operand.dim(d)) {
        int f = rule.factor(operand.dim(d));
        rule.operand(0, d, f).result(0, dims.offsetDims().get(k), f);
      }
    }
    Optional<Fn> sum = Optional.of(Rows.sum(op.operand().element()));
    int rows = Rows.of(op).map(d -> rule.factor(operand.dim(d), sum)).orElse(-1);
    Rows.of(op).ifPresent(d -> rule.operand(0, d, rows));
    return rule.build(
        INDEXED,
        (site, in, parts) -> {
          long[] sizes = op.sliceSizes().toArray();
          for (int k = 0; k < window.size(); k++) {
            sizes[window.get(k)] = parts.resultType(0).dim(dims.offsetDims().get(k));
          }
          Value own = in.get(1);
          boolean divided = rows >= 0 && parts.count(rows) > 1;
          if (divided) {
            int d = dims.startIndexMap().get(0);
            own =
                Rows.own(
                    Rows.inside(own, operand.dim(d), site),
                    parts.axes().get(rows),
                    in.get(0).shape().dim(d),
                    site);
          }
          Value got =
              site.out()
                  .add(new IndexOp.Gather(in.get(0), own, dims, Longs.of(sizes), op.sorted()));
          return List.of(divided ? Rows.onlyOwn(got, own, in.get(0), op, batchResults, site) : got);
        });
  }

  /**
   * Updates may be shared out if a known function combines them: then one device starts from the
   * input, the others from what changes nothing, and the results are combined.
   */
  private static Rule scatter(IndexOp.Scatter op, List<Value> results, Partials partials) {
    IndexOp.ScatterDims dims = op.dims();
    int n = op.inputs().size();
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    Shape input = op.inputs().getFirst().shape();
    Shape update = op.updates().getFirst().shape();
    Shape indices = op.indices().shape();
    Optional<Fn> combine =
        n == 1 ? partials.combining(op.body(), op.inputs().getFirst().element()) : Optional.empty();
    Axes batch = batch(indices, dims.indexVectorDim());
    Axes batchUpdates = dims.updateWindowDims().complement(update.rank());
    for (int k = 0; k < batch.size(); k++) {
      int pair = dims.scatterIndicesBatchingDims().indexOf(batch.get(k));
      if (pair < 0 && combine.isEmpty()) {
        continue;
      }
      int f = rule.factor(indices.dim(batch.get(k)), pair < 0 ? combine : Optional.empty());
      rule.operand(n, batch.get(k), f);
      for (int i = 0; i < n; i++) {
        rule.operand(n + 1 + i, batchUpdates.get(k), f);
        if (pair >= 0) {
          int d = dims.inputBatchingDims().get(pair);
          rule.operand(i, d, f).result(i, d, f);
        }
      }
    }
    Axes window = dims.insertedWindowDims().plus(dims.inputBatchingDims()).complement(input.rank());
    for (int k = 0; k < window.size(); k++) {
      int d = window.get(k);
      int u = dims.updateWindowDims().get(k);
      if (update.dim(u) == input.dim(d)) {
        int f = rule.factor(input.dim(d));
        for (int i = 0; i < n; i++) {
          rule.operand(i, d, f).operand(n + 1 + i, u, f).result(i, d, f);
        }
      }
    }
    int rows = Rows.of(op).map(d -> rule.factor(input.dim(d))).orElse(-1);
    for (int i = 0; i < n && rows >= 0; i++) {
      int d = dims.scatterDimsToOperandDims().get(0);
      rule.operand(i, d, rows).result(i, d, rows);
    }
    return rule.build(
        INDEXED,
        (site, in, parts) -> {
          List<Value> own = new ArrayList<>(in);
          if (rows >= 0 && parts.count(rows) > 1) {
            int d = dims.scatterDimsToOperandDims().get(0);
            Value wide = Rows.wide(in.get(n), input.dim(d), site);
            own.set(n, Rows.own(wide, parts.axes().get(rows), in.getFirst().shape().dim(d), site));
          }
          if (!parts.combined().isEmpty()) {
            own.set(0, site.onFirst(parts.combined(), in.getFirst(), combine.orElseThrow()));
          }
          return site.all(Rule.with(site.closed(op), own));
        });
  }
}
