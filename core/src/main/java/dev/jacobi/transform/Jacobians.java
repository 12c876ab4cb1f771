package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Shapes;
import dev.jacobi.trace.UserCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whole Jacobians of functions from one tree to an array, shaped: result's shape + leaf's shape.
 */
public final class Jacobians {
  private Jacobians() {}

  /** Column by column: one forward derivative per element of the argument. */
  public static Object forward(TreeFn fn, Object argument) {
    TreeFn.Args args = TreeFn.Args.of(argument);
    List<Array> leaves = args.leaves();
    List<Array> blocks = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      Gradients.check("jacfwd", args, i);
      int leaf = i;
      Flat column =
          basis -> {
            List<@Nullable Array> tangents =
                new ArrayList<>(Collections.nCopies(leaves.size(), null));
            tangents.set(leaf, basis.getFirst());
            var out = Differentiation.jvp(fn.flat(args.defs()), leaves, tangents);
            Array tangent = out.tangents().getFirst();
            return List.of(
                tangent == null ? dev.jacobi.lax.Zeros.like(out.primals().getFirst()) : tangent);
          };
      Array x = leaves.get(i);
      // the batch lies last, so that the block's dimensions are the result's and then the leaf's
      Array columns = lastBatch(column, basis(x), x.size());
      Shape out = columns.shape().without(dev.jacobi.hlo.Axes.of(columns.rank() - 1));
      blocks.add(Shapes.reshape(columns, out.concat(x.shape())));
    }
    return Leaves.unflatten(args.defs().getFirst(), blocks);
  }

  private static Array lastBatch(Flat column, Array basis, long size) {
    var out = Batching.vmap(column, size, List.of(basis), List.of(0));
    Array value = out.values().getFirst();
    Integer dim = out.dims().getFirst();
    int last = dim == null ? value.rank() : value.rank() - 1;
    return dev.jacobi.lax.Dims.batchAt(value, dim, size, last);
  }

  /** Row by row: one pullback per element of the result. */
  public static Object reverse(TreeFn fn, Object argument) {
    TreeFn.Args args = TreeFn.Args.of(argument);
    for (int i = 0; i < args.leaves().size(); i++) {
      Gradients.check("jacrev", args, i);
    }
    List<Boolean> linear = Collections.nCopies(args.leaves().size(), true);
    var lin = Differentiation.linearize(fn.flat(args.defs()), args.leaves(), linear);
    Array y = lin.primals().getFirst();
    if (!y.aval().isDifferentiable()) {
      throw new GradientException(
          "jacrev at "
              + UserCode.line()
              + " needs a function with a floating-point result, but its result is "
              + y.aval());
    }
    Flat row =
        basis ->
            Gradients.instantiate(
                lin.pull(Collections.singletonList(basis.getFirst())), args.leaves());
    List<Integer> front = Collections.nCopies(args.leaves().size(), 0);
    List<Array> rows = Batching.vmap(row, y.size(), List.of(basis(y)), List.of(0), front);
    List<Array> blocks = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      blocks.add(Shapes.reshape(rows.get(i), y.shape().concat(args.leaves().get(i).shape())));
    }
    return Leaves.unflatten(args.defs().getFirst(), blocks);
  }

  /** The unit arrays of the shape of {@code x}, stacked at the front. */
  private static Array basis(Array x) {
    Shape square = Shape.of(x.size(), x.size());
    Array rows = Shapes.iota(dev.jacobi.hlo.DType.I32, square, 0);
    Array columns = Shapes.iota(dev.jacobi.hlo.DType.I32, square, 1);
    Array identity = Convert.convertElementType(Compare.eq(rows, columns), x.dtype());
    return Shapes.reshape(identity, Shape.of(x.size()).concat(x.shape()));
  }
}
