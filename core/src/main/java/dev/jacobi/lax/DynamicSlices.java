package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Boxes at places that are known when the program runs; starts are clamped so that they fit. */
public final class DynamicSlices {
  private DynamicSlices() {}

  private static void checkStarts(String name, Aval x, List<Aval> starts) {
    boolean scalars = starts.stream().allMatch(s -> s.rank() == 0 && s.dtype().isInteger());
    if (starts.size() != x.rank() || !scalars) {
      throw new LaxTypeException(
          name, "needs one integer scalar per dimension of " + x + ", but got " + starts);
    }
  }

  private static List<Value> starts(LowerContext context, List<Value> starts, boolean key) {
    List<Value> all = new ArrayList<>(starts);
    if (key) {
      DType t = starts.isEmpty() ? DType.I32 : starts.getFirst().dtype();
      all.add(context.builder().constant(t, 0));
    }
    return all;
  }

  /** Operands: the array and one start per dimension. */
  record DynamicSlice(Longs sliceSizes) implements Primitive {
    @Override
    public String name() {
      return "dynamic_slice";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      checkStarts(name(), x, operands.subList(1, operands.size()));
      for (int d = 0; d < x.rank(); d++) {
        if (sliceSizes.size() != x.rank() || !Dims.fits(sliceSizes.get(d), x.shape(), d)) {
          throw new LaxTypeException(name(), "a box of " + sliceSizes + " does not fit in " + x);
        }
      }
      return List.of(x.withShape(Shape.of(sliceSizes)));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array dx = tangents.getFirst();
      return Jvp.of(
          Bind.bind(this, primals).getFirst(),
          dx == null ? null : Bind.bind(this, withFirst(dx, primals)).getFirst());
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array zeros = Zeros.of(operands.getFirst().aval().strong());
      List<Array> starts = new ArrayList<>();
      operands.subList(1, operands.size()).forEach(o -> starts.add(o.known()));
      List<@Nullable Array> pulled = new ArrayList<>();
      pulled.add(dynamicUpdateSlice(zeros, cotangents.getFirst(), starts));
      starts.forEach(s -> pulled.add(null));
      return pulled;
    }

    @Override
    public Optional<Array> transposeInto(
        Array sum, List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      if (sum.dtype() != ct.dtype()) {
        return Optional.empty();
      }
      List<Array> starts = new ArrayList<>();
      operands.subList(1, operands.size()).forEach(o -> starts.add(o.known()));
      Array more = Arithmetic.add(dynamicSlice(sum, starts, sliceSizes), ct);
      return Optional.of(dynamicUpdateSlice(sum, more, starts));
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      List<Array> starts = operands.subList(1, operands.size());
      Integer dim = dims.getFirst();
      if (dims.subList(1, dims.size()).stream().allMatch(d -> d == null) && dim != null) {
        List<Array> all = new ArrayList<>(starts);
        DType t = starts.isEmpty() ? DType.I32 : starts.getFirst().dtype();
        all.add(dim, Scalars.of(t, 0));
        Longs sizes = Slices.insert(sliceSizes, dim, size);
        return Batched.of(dynamicSlice(operands.getFirst(), all, sizes), dim);
      }
      int rank = sliceSizes.size();
      GatherDims gather =
          new GatherDims(Axes.range(rank), Axes.of(), Axes.of(), Axes.of(), Axes.range(rank), 0);
      Array indices = indexVector(starts, dims.subList(1, dims.size()), size);
      Gather.GatherOp op =
          new Gather.GatherOp(gather, sliceSizes, GatherScatterMode.CLIP, true, true, null);
      return op.vmap(size, List.of(operands.getFirst(), indices), Arrays.asList(dim, 0));
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      boolean key = outs.getFirst().key();
      Longs sizes = key ? Slices.insert(sliceSizes, sliceSizes.size(), 2) : sliceSizes;
      List<Value> at = starts(context, operands.subList(1, operands.size()), key);
      return context.builder().addAll(new IndexOp.DynamicSlice(operands.getFirst(), at, sizes));
    }
  }

  /** Operands: the array, the update, and one start per dimension. */
  record DynamicUpdateSlice() implements Primitive {
    @Override
    public String name() {
      return "dynamic_update_slice";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.get(0);
      Aval update = operands.get(1);
      checkStarts(name(), x, operands.subList(2, operands.size()));
      boolean fits = x.rank() == update.rank() && x.dtype() == update.dtype();
      for (int d = 0; fits && d < x.rank(); d++) {
        fits = Dims.fits(update.shape().at(d), x.shape(), d);
      }
      if (!fits) {
        throw new LaxTypeException(name(), "an update of " + update + " does not fit in " + x);
      }
      return List.of(x.withWeak(x.weak() && update.weak()));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array y = Bind.bind(this, primals).getFirst();
      Array dx = tangents.get(0) == null ? Zeros.like(primals.get(0)) : tangents.get(0);
      Array du = tangents.get(1) == null ? Zeros.like(primals.get(1)) : tangents.get(1);
      List<Array> starts = primals.subList(2, primals.size());
      return Jvp.of(y, y.aval().isDifferentiable() ? dynamicUpdateSlice(dx, du, starts) : null);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      Aval update = operands.get(1).aval();
      List<Array> starts = new ArrayList<>();
      operands.subList(2, operands.size()).forEach(o -> starts.add(o.known()));
      // Read before it is written over: then a loop does so in place.
      Array there =
          operands.get(1).isLinear() ? dynamicSlice(ct, starts, update.shape().sizes()) : null;
      Array kept =
          operands.get(0).isLinear()
              ? dynamicUpdateSlice(ct, Zeros.of(update.strong()), starts)
              : null;
      List<@Nullable Array> pulled = new ArrayList<>(Arrays.asList(kept, there));
      starts.forEach(s -> pulled.add(null));
      return pulled;
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      List<Array> starts = operands.subList(2, operands.size());
      List<@Nullable Integer> startDims = dims.subList(2, dims.size());
      Array x = Dims.batchAt(operands.get(0), dims.get(0), size, 0);
      Array update = Dims.batchAt(operands.get(1), dims.get(1), size, 0);
      if (startDims.stream().allMatch(d -> d == null)) {
        DType t = starts.isEmpty() ? DType.I32 : starts.getFirst().dtype();
        List<Array> all = Stream.concat(Stream.of(Scalars.of(t, 0)), starts.stream()).toList();
        return Batched.of(dynamicUpdateSlice(x, update, all), 0);
      }
      int rank = starts.size();
      ScatterDims scatter =
          new ScatterDims(Axes.range(rank), Axes.of(), Axes.of(), Axes.of(), Axes.range(rank), 0);
      Array indices = indexVector(starts, startDims, size);
      Scatter.ScatterOp op =
          new Scatter.ScatterOp(Scatter.Kind.SET, scatter, GatherScatterMode.CLIP, true, true);
      return op.vmap(size, List.of(x, indices, update), Arrays.asList(0, 0, 0));
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      List<Value> at = starts(context, operands.subList(2, operands.size()), outs.getFirst().key());
      return context
          .builder()
          .addAll(new IndexOp.DynamicUpdateSlice(operands.get(0), operands.get(1), at));
    }
  }

  /** Starts as vectors of shape (size, rank). */
  private static Array indexVector(List<Array> starts, List<@Nullable Integer> dims, long size) {
    List<Array> columns = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Axes own = dims.get(i) == null ? Axes.of() : Axes.of(0);
      columns.add(Shapes.broadcastInDim(starts.get(i), Shape.of(size, 1), own));
    }
    return Concatenation.concatenate(columns, 1);
  }

  private static List<Array> withFirst(Array first, List<Array> operands) {
    return Stream.concat(Stream.of(first), operands.stream().skip(1)).toList();
  }

  public static Array dynamicSlice(Array x, List<Array> starts, Longs sizes) {
    List<Array> operands = Stream.concat(Stream.of(x), starts.stream()).toList();
    return Bind.bind(new DynamicSlice(sizes), operands).getFirst();
  }

  public static Array dynamicUpdateSlice(Array x, Array update, List<Array> starts) {
    List<Array> operands = Stream.concat(Stream.of(x, update), starts.stream()).toList();
    return Bind.bind(new DynamicUpdateSlice(), operands).getFirst();
  }
}
