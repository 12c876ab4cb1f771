package dev.jacobi.hlo;

import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.ShorthandOp.RaggedDims;
import java.util.List;

/**
 * Ragged products in common operations, as JAX writes them: the divided operand is repeated once
 * per group with zeros outside of it, and one dot product does the rest.
 */
public final class RaggedDots {
  private final HloBuilder out;
  private final Value ends; // (prefix..., group): where groups end
  private final Value starts;

  private RaggedDots(HloBuilder out, Value given) {
    this.out = out;
    // Small integers may be too small to count the rows.
    boolean small = given.element().bits() < 32;
    Value sizes = small ? out.add(new ElementwiseOp.Convert(given, DType.I32)) : given;
    this.ends = sums(out, sizes);
    this.starts = out.pointwise(Fn.SUB, ends, sizes);
  }

  /** Writes the dot product itself. */
  public interface Product {
    Value of(Value lhs, Value rhs, DotDims dims);
  }

  /** Appends the operation's meaning and gives its result. */
  public static Value expand(ShorthandOp.RaggedDot o, HloBuilder out) {
    return expand(
        o,
        out,
        (lhs, rhs, dims) ->
            out.add(
                new ReductionOp.DotGeneral(
                    lhs, rhs, dims, o.lhsPrecision(), o.rhsPrecision(), o.element())));
  }

  /** The same around another product. */
  public static Value expand(ShorthandOp.RaggedDot o, HloBuilder out, Product product) {
    RaggedDims r = o.dims();
    DotDims d = r.dot();
    return switch (r.mode()) {
      case NONCONTRACTING -> {
        Axes prefix = r.lhsPrefix(o.lhs().shape().rank());
        Value lhs =
            new RaggedDots(out, o.groupSizes()).apart(o.lhs(), r.lhsRagged().get(0), prefix);
        DotDims dims =
            new DotDims(
                next(d.lhsBatch()),
                d.rhsBatch(),
                next(d.lhsContract()).plus(Axes.of(0)),
                d.rhsContract().plus(r.rhsGroup()));
        yield product.of(lhs, o.rhs(), dims);
      }
      case CONTRACTING -> {
        int ragged = r.lhsRagged().get(0);
        int other = d.rhsContract().get(d.lhsContract().indexOf(ragged));
        RaggedDots groups = new RaggedDots(out, o.groupSizes());
        Value lhs = groups.apart(o.lhs(), ragged, r.lhsPrefix(o.lhs().shape().rank()));
        Axes prefix = d.rhsBatch().plus(RaggedDims.before(d.rhsContract(), other));
        Value rhs = groups.apart(o.rhs(), other, prefix);
        Axes group = Axes.of(0);
        DotDims dims =
            new DotDims(
                group.plus(next(d.lhsBatch())),
                group.plus(next(d.rhsBatch())),
                next(d.lhsContract()),
                next(d.rhsContract()));
        yield product.of(lhs, rhs, dims);
      }
      case BATCH -> product.of(o.lhs(), o.rhs(), d);
    };
  }

  private static Axes next(Axes axes) {
    return axes.map(a -> a + 1);
  }

  private static Value sums(HloBuilder out, Value sizes) {
    int rank = sizes.type().rank();
    long groups = sizes.type().dim(rank - 1);
    if (groups == 0) {
      return sizes;
    }
    DType t = sizes.dtype();
    long[] window = Longs.fill(rank, 1).toArray();
    window[rank - 1] = groups;
    long[] before = new long[rank];
    before[rank - 1] = groups - 1;
    Longs ones = Longs.fill(rank, 1);
    return out.add(
        new WindowOp.ReduceWindow(
            List.of(sizes),
            List.of(out.constant(t, 0)),
            new WindowOp.Window(Longs.of(window), ones, Longs.of(before), Longs.fill(rank, 0)),
            ones,
            ones,
            HloBuilder.binaryBody(Fn.ADD, t)));
  }

  /** (group, x...): x where dimension {@code dim} is in the group, else 0. */
  private Value apart(Value x, int dim, Axes prefix) {
    int rank = ends.type().rank();
    long groups = ends.type().dim(rank - 1);
    Shape shape = x.shape().insert(0, groups);
    Axes places = rank == 1 ? Axes.of(0) : next(prefix).plus(Axes.of(0));
    Value index = out.add(new ElementwiseOp.Iota(new TensorType(ends.dtype(), shape), dim + 1));
    Value from = out.add(new ShapeOp.BroadcastInDim(starts, places, shape));
    Value to = out.add(new ShapeOp.BroadcastInDim(ends, places, shape));
    Value within =
        out.pointwise(
            Fn.AND,
            out.compare(ElementwiseOp.Direction.LE, from, index),
            out.compare(ElementwiseOp.Direction.LT, index, to));
    Value repeated =
        out.add(new ShapeOp.BroadcastInDim(x, next(Axes.range(x.shape().rank())), shape));
    return out.pointwise(Fn.SELECT, within, repeated, out.full(x.dtype(), shape, 0));
  }
}
