package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Primitive.Batched;
import dev.jacobi.lax.Dims;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.NamedAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Batching of functions of arrays. */
public final class Batching {
  private Batching() {}

  /** Applies {@code f} to every element of a batch of {@code size} at once. */
  public static Batched vmap(Flat f, long size, List<Array> args, List<@Nullable Integer> dims) {
    return vmap(Optional.empty(), f, size, args, dims);
  }

  /** The same along an axis that may have a name for collectives. */
  public static Batched vmap(
      Optional<String> name, Flat f, long size, List<Array> args, List<@Nullable Integer> dims) {
    VmapTrace trace = new VmapTrace(Context.nextLevel(), size, name);
    List<NamedAxis> axes = name.stream().map(n -> new NamedAxis(n, size, trace, null)).toList();
    Supplier<Batched> body =
        () -> {
          List<Array> lanes = new ArrayList<>();
          for (int i = 0; i < args.size(); i++) {
            lanes.add(trace.lane(args.get(i), dims.get(i)));
          }
          List<Array> outs = f.apply(lanes);
          List<@Nullable Integer> outDims = new ArrayList<>();
          outs.forEach(o -> outDims.add(trace.dim(o)));
          return new Batched(outs.stream().map(trace::batch).toList(), outDims);
        };
    return Context.within(trace, axes.isEmpty() ? body : () -> Context.naming(axes, body));
  }

  /** The same with the batch at the wanted dimension of every result, repeated where needed. */
  public static List<Array> vmap(
      Flat f, long size, List<Array> args, List<@Nullable Integer> dims, List<Integer> outDims) {
    return vmap(Optional.empty(), f, size, args, dims, outDims);
  }

  /** The same along an axis that may have a name. */
  static List<Array> vmap(
      Optional<String> name,
      Flat f,
      long size,
      List<Array> args,
      List<@Nullable Integer> dims,
      List<Integer> outDims) {
    Batched out = vmap(name, f, size, args, dims);
    List<Array> results = new ArrayList<>();
    for (int i = 0; i < out.values().size(); i++) {
      results.add(Dims.batchAt(out.values().get(i), out.dims().get(i), size, outDims.get(i)));
    }
    return results;
  }
}
