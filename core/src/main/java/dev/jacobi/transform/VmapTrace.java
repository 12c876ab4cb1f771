package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.BatchAxis;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Trace;
import dev.jacobi.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets every value stand for one element of a batch that lies along a dimension of its array. */
final class VmapTrace extends Trace {
  private final long size;
  private final Optional<String> name;

  /**
   * @param name of the axis along which the batch lies, if it has one
   */
  VmapTrace(int level, long size, Optional<String> name) {
    super(level);
    this.size = size;
    this.name = name;
  }

  /** One element's view of a batched array. */
  private static final class Lane extends Tracer {
    private final Array batch;
    private final int dim;

    Lane(VmapTrace trace, Array batch, int dim) {
      super(trace, laneAval(batch.aval(), dim));
      this.batch = batch;
      this.dim = dim;
    }

    private static Aval laneAval(Aval batch, int dim) {
      return batch.withShape(batch.shape().without(Axes.of(dim)));
    }
  }

  /** Views an array along {@code dim}; without a dimension it is the same for all elements. */
  Array lane(Array batch, @Nullable Integer dim) {
    return dim == null ? batch : new Lane(this, batch, dim);
  }

  Array batch(Array value) {
    return value instanceof Lane l && l.trace() == this ? l.batch : value;
  }

  @Nullable Integer dim(Array value) {
    return value instanceof Lane l && l.trace() == this ? (Integer) l.dim : null;
  }

  @Override
  public String transform() {
    return "vmap";
  }

  private boolean worksAlong(Primitive primitive) {
    return name.isPresent() && primitive.axisNames().contains(name.get());
  }

  @Override
  public List<Array> process(Primitive primitive, List<Array> operands) {
    List<Array> batches = operands.stream().map(this::batch).toList();
    List<@Nullable Integer> dims = new ArrayList<>();
    operands.forEach(o -> dims.add(dim(o)));
    if (dims.stream().allMatch(d -> d == null) && !worksAlong(primitive)) {
      return Bind.bind(primitive, batches);
    }
    Primitive.Batched out = BatchAxis.named(name, () -> primitive.vmap(size, batches, dims));
    List<Array> results = new ArrayList<>();
    for (int i = 0; i < out.values().size(); i++) {
      results.add(lane(out.values().get(i), out.dims().get(i)));
    }
    return results;
  }
}
