package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Primitive.Batched;
import dev.jacobi.trace.UserCode;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code vmap} of functions of trees. */
public final class Mapping {
  private Mapping() {}

  /**
   * A batch.
   *
   * @param dims where it lies in each leaf of the arguments; null in those that all elements share
   * @param size how many elements it has
   */
  public record Batch(List<@Nullable Integer> dims, long size) {
    /**
     * The batch in some arguments.
     *
     * @param in per argument where it lies; missing ones at the leading axis
     * @throws VmapException if there is none, or if sizes differ
     */
    public static Batch of(InAxes in, TreeFn.Args args) {
      List<@Nullable Integer> dims = new ArrayList<>();
      for (int i = 0; i < args.defs().size(); i++) {
        dims.addAll(in.of(i).dims(args.defs().get(i)));
      }
      return new Batch(dims, sizeOf(args, dims));
    }
  }

  /**
   * Applies {@code fn} to every element of a batch.
   *
   * @param in per argument where its batch lies; missing ones at the leading axis
   * @param out where the results' batch goes
   */
  public static Object vmap(TreeFn fn, InAxes in, OutAxes out, Object... arguments) {
    return vmap(Optional.empty(), fn, in, out, arguments);
  }

  /** The same along an axis that may have a name for collectives. */
  public static Object vmap(
      Optional<String> name, TreeFn fn, InAxes in, OutAxes out, Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    Batch batch = Batch.of(in, args);
    TreeFn.FlatFn flat = fn.flat(args.defs());
    var batched = Batching.vmap(name, flat, batch.size, args.leaves(), batch.dims);
    return results(flat.out(), batched, batch.size, out);
  }

  /** Results of a structure with their batches where they are wanted. */
  public static Object results(TreeDef def, Batched batched, long size, OutAxes out) {
    List<@Nullable Integer> wanted = out.axes().dims(def);
    List<Array> results = new ArrayList<>();
    for (int i = 0; i < batched.values().size(); i++) {
      results.add(place(batched.values().get(i), batched.dims().get(i), size, wanted.get(i)));
    }
    return Leaves.unflatten(def, results);
  }

  private static Array place(
      Array value, @Nullable Integer dim, long size, @Nullable Integer wanted) {
    if (wanted == null) {
      if (dim != null) {
        throw new VmapException(
            "vmap at "
                + UserCode.line()
                + ": a result was declared NONE in the out axes, but it"
                + " differs between the elements of the batch");
      }
      return value;
    }
    int rank = dim == null ? value.rank() + 1 : value.rank();
    return dev.jacobi.lax.Dims.batchAt(value, dim, size, Axis.normal(wanted, rank, "result"));
  }

  private static long sizeOf(TreeFn.Args args, List<@Nullable Integer> dims) {
    long size = -1;
    int first = -1;
    for (int i = 0; i < dims.size(); i++) {
      Integer dim = dims.get(i);
      Array leaf = args.leaves().get(i);
      if (dim == null) {
        continue;
      }
      int axis = Axis.normal(dim, leaf.rank(), "argument");
      dims.set(i, axis);
      long n = leaf.shape().at(axis);
      if (first >= 0 && n != size) {
        throw new VmapException(
            "vmap at "
                + UserCode.line()
                + ": batches must be of one size, but leaf "
                + first
                + " of shape "
                + args.leaves().get(first).shape()
                + " has "
                + Shape.text(size)
                + " elements along axis "
                + dims.get(first)
                + " and leaf "
                + i
                + " of shape "
                + leaf.shape()
                + " has "
                + Shape.text(n)
                + " along axis "
                + axis
                + ". in(NONE, ...) shares an argument among all elements.");
      }
      size = n;
      first = first < 0 ? i : first;
    }
    if (first < 0) {
      throw new VmapException(
          "vmap at " + UserCode.line() + " needs at least one argument with an axis to map over");
    }
    return size;
  }
}
