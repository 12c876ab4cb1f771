package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Rows that are shared out among devices and read or written by number, as a table of words is. A
 * device takes the numbers as they count from its first row: what it reads at others does not count
 * (each row has one owner, so that the sum of all is exact), what it would write there is skipped.
 */
final class Rows {
  private Rows() {}

  /** The dimension of rows, if indices are single numbers of rows. */
  static Optional<Integer> of(IndexOp.Gather op) {
    IndexOp.GatherDims dims = op.dims();
    boolean rows =
        dims.startIndexMap().size() == 1
            && dims.collapsedSliceDims().contains(dims.startIndexMap().get(0))
            && op.operand().element() instanceof DType
            && counts(op.indices().element());
    return rows ? Optional.of(dims.startIndexMap().get(0)) : Optional.empty();
  }

  /** The dimension of rows, if indices are single numbers of rows. */
  static Optional<Integer> of(IndexOp.Scatter op) {
    Axes dims = op.dims().scatterDimsToOperandDims();
    boolean rows =
        dims.size() == 1
            && op.dims().insertedWindowDims().contains(dims.get(0))
            && counts(op.indices().element());
    return rows ? Optional.of(dims.get(0)) : Optional.empty();
  }

  /** Types whose numbers 64 signed bits hold. */
  private static boolean counts(Element t) {
    return t instanceof DType && t.isInteger() && t != DType.U64;
  }

  /** The numbers in a type that can count all rows of the whole from any device's first. */
  static Value wide(Value indices, long rows, Site site) {
    DType t = indices.dtype();
    boolean small = rows <= Integer.MAX_VALUE / 2 && t != DType.I64 && t != DType.U32;
    DType wide = small ? DType.I32 : DType.I64;
    return t == wide ? indices : site.out().add(new ElementwiseOp.Convert(indices, wide));
  }

  /** The numbers of rows that a gather reads, which brings those outside to the border. */
  static Value inside(Value indices, long rows, Site site) {
    Value wide = wide(indices, rows, site);
    HloBuilder out = site.out();
    Value first = out.constant(Literal.scalar(wide.dtype(), 0L));
    Value last = out.constant(Literal.scalar(wide.dtype(), rows - 1));
    return out.pointwise(Fn.CLAMP, first, wide, last);
  }

  /** The numbers as they count from the device's first of {@code rows} rows. */
  static Value own(Value indices, List<String> axes, long rows, Site site) {
    HloBuilder out = site.out();
    Value start = site.start(axes, rows);
    if (start.dtype() != indices.dtype()) {
      start = out.add(new ElementwiseOp.Convert(start, indices.dtype()));
    }
    return out.pointwise(Fn.SUB, indices, out.broadcast(start, indices.shape()));
  }

  /** Whether numbers are those of the device's own rows. */
  private static Value isOwn(Value own, long rows, HloBuilder out) {
    DType t = own.dtype();
    Value above = out.compare(Direction.GE, own, out.full(t, own.shape(), 0));
    Value below = out.compare(Direction.LT, own, out.full(t, own.shape(), rows));
    return out.pointwise(Fn.AND, above, below);
  }

  /** What was read, and what adds nothing where the row is another device's. */
  static Value onlyOwn(
      Value got, Value own, Value table, IndexOp.Gather op, Axes batch, Site site) {
    HloBuilder out = site.out();
    Value mine = isOwn(own, table.shape().dim(op.dims().startIndexMap().get(0)), out);
    int vector = op.dims().indexVectorDim();
    if (vector < own.shape().rank()) {
      Shape numbers = own.shape().without(Axes.of(vector));
      mine = out.add(new ShapeOp.Reshape(mine, numbers));
    }
    return onlyOwn(got, out.add(new ShapeOp.BroadcastInDim(mine, batch, got.shape())), out);
  }

  private static Value onlyOwn(Value got, Value mine, HloBuilder out) {
    Value nothing = out.constant(Partials.identity(sum(got.element()), got.dtype()));
    return out.pointwise(Fn.SELECT, mine, got, out.broadcast(nothing, got.shape()));
  }

  /** What adds up what devices read, each element of which one has. */
  static Fn sum(Element element) {
    return element.isBool() ? Fn.OR : Fn.ADD;
  }

  // --- single rows at scalar places ---

  /** The factors of dimensions along which single rows are read or written; -1 for others. */
  static int[] single(Shape shape, Shape box, List<Value> starts, Function<Integer, Integer> add) {
    int[] factors = new int[shape.rank()];
    for (int d = 0; d < factors.length; d++) {
      boolean one = box.dim(d) == 1 && shape.dim(d) > 1 && counts(starts.get(d).element());
      factors[d] = one ? add.apply(d) : -1;
    }
    return factors;
  }

  /**
   * Where a device finds the box, and whether it has it; everything is as it was if no row is
   * shared out.
   */
  record Place(List<Value> starts, Optional<Value> mine) {}

  /** The place in a device's part of {@code shape}, whose factors of single rows these are. */
  static Place place(Shape shape, List<Value> starts, int[] rows, Parts parts, Site site) {
    List<Value> own = new ArrayList<>();
    Optional<Value> mine = Optional.empty();
    boolean any = IntStream.of(rows).anyMatch(f -> f >= 0 && parts.count(f) > 1);
    long most = LongStream.of(shape.toArray()).max().orElse(0);
    for (int d = 0; d < rows.length; d++) {
      Value start = starts.get(d);
      if (any) {
        start = wide(start, most, site); // all starts are of one type
      }
      if (rows[d] >= 0 && parts.count(rows[d]) > 1) {
        long part = shape.dim(d) / parts.count(rows[d]);
        start = inside(start, shape.dim(d), site);
        start = own(start, parts.axes().get(rows[d]), part, site);
        Value has = isOwn(start, part, site.out());
        mine = Optional.of(mine.map(m -> site.out().pointwise(Fn.AND, m, has)).orElse(has));
      }
      own.add(start);
    }
    return new Place(own, mine);
  }

  /** A box of single rows, read by the device that has it; others read what adds nothing. */
  static Value read(Value array, Place place, Shape box, Site site) {
    HloBuilder out = site.out();
    Value got = out.add(new IndexOp.DynamicSlice(array, place.starts(), box.sizes()));
    return place.mine().map(mine -> onlyOwn(got, mine, out)).orElse(got);
  }

  /** A box written by the device that has its place; others write what is there. */
  static Value write(Value array, Value box, Place place, Site site) {
    HloBuilder out = site.out();
    Value now =
        place
            .mine()
            .map(
                mine -> {
                  Longs sizes = box.shape().sizes();
                  Value old = out.add(new IndexOp.DynamicSlice(array, place.starts(), sizes));
                  return out.pointwise(Fn.SELECT, mine, box, old);
                })
            .orElse(box);
    return out.add(new IndexOp.DynamicUpdateSlice(array, now, place.starts()));
  }
}
