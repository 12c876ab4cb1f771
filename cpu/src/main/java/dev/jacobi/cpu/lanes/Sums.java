package dev.jacobi.cpu.lanes;

import dev.jacobi.cpu.fuse.Dots;
import dev.jacobi.cpu.fuse.Grouper;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reductions and dot products over elements that a lane has in registers, in the order in which
 * loop nests and matrix products take them, so that both give the same bits.
 */
final class Sums {
  /** Products of more elements are no matter for scalars. */
  private static final long MOST = 512;

  private final Scalarizer lane;
  private final Set<Value> trees = Collections.newSetFromMap(new IdentityHashMap<>());

  Sums(Scalarizer lane) {
    this.lane = lane;
  }

  /** The dot products that are summed in halves. */
  Set<Value> trees() {
    return trees;
  }

  List<Value> reduce(ReductionOp.Reduce o, Value result) {
    Value input = o.inputs().getFirst();
    if (o.body().instrs().size() != 1
        || !(o.body().instrs().getFirst().op() instanceof ElementwiseOp.Pointwise p)
        || !LaneDims.combines(o.body(), p.fn())
        || !isSimple(p.fn(), input.dtype())) {
      throw new Unfit("a reduction that is not simple");
    }
    Spread from = lane.spread(input);
    List<Value> in = lane.elements(input);
    Value init = lane.elements(o.inits().getFirst()).getFirst();
    Spread to = lane.spread(result);
    boolean rows = Grouper.takesRows(o);
    List<Value> all = new ArrayList<>();
    int count = to.count();
    for (int i = 0; i < count; i++) {
      List<Value> mine = new ArrayList<>();
      for (int j = 0; j < in.size(); j++) {
        if (to.position(kept(o, from.index(j))) == i) {
          mine.add(in.get(j));
        }
      }
      all.add(rows ? both(p.fn(), init, halved(p.fn(), mine)) : inOrder(p.fn(), init, mine));
    }
    return all;
  }

  /** Functions that commute, on types that are not computed in wider ones. */
  private static boolean isSimple(Fn fn, DType t) {
    return switch (fn) {
      case MIN, MAX, ADD, MUL -> !t.isComplex() && !(t.isFloat() && t.bytes() == 2);
      case AND, OR, XOR -> true;
      default -> false;
    };
  }

  private Value both(Fn fn, Value x, Value y) {
    return lane.writer().add(new ElementwiseOp.Pointwise(fn, List.of(x, y)));
  }

  private Value inOrder(Fn fn, Value init, List<Value> elements) {
    Value sum = init;
    for (Value v : elements) {
      sum = both(fn, sum, v);
    }
    return sum;
  }

  /**
   * Element i goes to running value i mod 32 (or fewer), and these are halved until one is left.
   */
  private Value halved(Fn fn, List<Value> elements) {
    int width = Math.min(32, Integer.highestOneBit(elements.size()));
    List<Value> running = new ArrayList<>(elements.subList(0, width));
    for (int i = width; i < elements.size(); i++) {
      running.set(i % width, both(fn, running.get(i % width), elements.get(i)));
    }
    for (int half = width / 2; half >= 1; half /= 2) {
      for (int i = 0; i < half; i++) {
        running.set(i, both(fn, running.get(i), running.get(i + half)));
      }
    }
    return running.getFirst();
  }

  private static long[] kept(ReductionOp.Reduce o, long[] index) {
    long[] kept = new long[index.length - o.dims().size()];
    int at = 0;
    for (int d = 0; d < index.length; d++) {
      if (!o.dims().contains(d)) {
        kept[at++] = index[d];
      }
    }
    return kept;
  }

  // --- dot products ---

  List<Value> dot(ReductionOp.DotGeneral o, Value result) {
    Optional<Boolean> chained = Dots.chained(o);
    DType t = o.lhs().dtype();
    ReductionOp.DotDims d = o.dims();
    if (chained.isEmpty()
        || d.lhsContract().size() != 1
        || t != o.rhs().dtype()
        || t != o.dtype()
        || t != DType.F32 && t != DType.F64) {
      throw new Unfit("a dot product that is not simple");
    }
    Spread to = lane.spread(result);
    long k = o.lhs().shape().dim(d.lhsContract().get(0));
    int count = to.count();
    if (k == 0 || k > 64 || count * k > MOST) {
      throw new Unfit("a large matrix product");
    }
    Axes lhsFree = d.lhsBatch().plus(d.lhsContract()).complement(o.lhs().shape().rank());
    Axes rhsFree = d.rhsBatch().plus(d.rhsContract()).complement(o.rhs().shape().rank());
    int batch = d.lhsBatch().size();
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long[] at = to.index(i);
      Value x = row(o.lhs(), d.lhsBatch(), lhsFree, d.lhsContract().get(0), at, batch);
      int next = batch + lhsFree.size();
      Value y = row(o.rhs(), d.rhsBatch(), rhsFree, d.rhsContract().get(0), at, next);
      Axes first = Axes.of(0);
      Value sum =
          lane.writer()
              .add(
                  new ReductionOp.DotGeneral(
                      x,
                      y,
                      new ReductionOp.DotDims(Axes.of(), Axes.of(), first, first),
                      o.lhsPrecision(),
                      o.rhsPrecision(),
                      o.dtype()));
      if (!chained.get()) {
        trees.add(sum);
      }
      all.add(sum);
    }
    return all;
  }

  /** The elements that one result sums products of, as an array. */
  private Value row(Value v, Axes batch, Axes free, int contract, long[] at, int firstFree) {
    long[] index = new long[v.shape().rank()];
    for (int i = 0; i < batch.size(); i++) {
      index[batch.get(i)] = at[i];
    }
    for (int i = 0; i < free.size(); i++) {
      index[free.get(i)] = at[firstFree + i];
    }
    List<Value> elements = new ArrayList<>();
    for (int j = 0; j < v.shape().dim(contract); j++) {
      index[contract] = j;
      Value e = lane.element(v, index);
      elements.add(lane.writer().add(new ShapeOp.Reshape(e, Shape.of(1))));
    }
    return elements.size() == 1
        ? elements.getFirst()
        : lane.writer().add(new ShapeOp.Concatenate(elements, 0));
  }
}
