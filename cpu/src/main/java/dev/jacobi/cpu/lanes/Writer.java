package dev.jacobi.cpu.lanes;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a lane's program, block in block; what was computed already is not written again. */
final class Writer {
  /** Longer programs take LLVM too long. */
  private static final int MOST = 4000;

  private final HloBuilder b = new HloBuilder();
  private final Map<Op, List<Value>> known = new HashMap<>();
  private final List<Instr> written = new ArrayList<>();
  private final Writer outer;
  private final int[] count;
  private final Set<Value> zeros; // constants +0.0
  private final Set<Value> sums; // sums with +0.0: never -0.0

  Writer() {
    this.outer = null;
    this.count = new int[1];
    this.zeros = new HashSet<>();
    this.sums = new HashSet<>();
  }

  private Writer(Writer outer) {
    this.outer = outer;
    this.count = outer.count;
    this.zeros = outer.zeros;
    this.sums = outer.sums;
  }

  /** A block inside of this one. */
  Writer inner() {
    return new Writer(this);
  }

  Value param(TensorType type) {
    return b.param(type);
  }

  Block build(List<Value> results) {
    return b.build(results);
  }

  /** What this block consists of so far. */
  List<Instr> instrs() {
    return written;
  }

  List<Value> addAll(Op op) {
    boolean padded = op instanceof ElementwiseOp.Pointwise p && p.fn() == Fn.ADD && addsZero(p);
    if (padded && op.operands().stream().allMatch(v -> zeros.contains(v) || sums.contains(v))) {
      // (x + 0) + 0 is x + 0: gradients of slices add zeros, one for each slice.
      return List.of(op.operands().get(zeros.contains(op.operands().getFirst()) ? 1 : 0));
    }
    List<Value> results = written(op);
    if (padded) {
      sums.addAll(results);
    } else if (op instanceof ElementwiseOp.Constant(var literal) && isPlusZero(literal)) {
      zeros.addAll(results);
    }
    return results;
  }

  private boolean addsZero(ElementwiseOp.Pointwise add) {
    return add.operands().stream().anyMatch(zeros::contains);
  }

  private static boolean isPlusZero(Literal literal) {
    return literal.dtype().kind() == DType.Kind.FLOAT
        && literal.shape().isScalar()
        && literal.getDouble(0) == 0
        && Math.copySign(1, literal.getDouble(0)) > 0;
  }

  private List<Value> written(Op op) {
    boolean plain = op.regions().isEmpty();
    for (Writer w = this; w != null && plain; w = w.outer) {
      List<Value> old = w.known.get(op);
      if (old != null) {
        return old;
      }
    }
    if (++count[0] > MOST) {
      throw new Unfit("more than " + MOST + " operations of a lane");
    }
    List<Value> results = b.addAll(op);
    written.add(new Instr(op, results, Loc.UNKNOWN));
    known.put(op, results);
    return results;
  }

  Value add(Op op) {
    return addAll(op).getFirst();
  }

  Value constant(Literal literal) {
    return add(new ElementwiseOp.Constant(literal));
  }

  /** Element {@code i} of a literal. */
  Value constant(Literal literal, long i) {
    long bytes = literal.dtype().bytes();
    TensorType scalar = TensorType.scalar(literal.dtype());
    return constant(Literal.copyOf(scalar, literal.data().asSlice(i * bytes, bytes)));
  }

  Value index(long i) {
    return constant(Literal.scalar(DType.I64, i));
  }

  /** One element; the starts clamp. */
  Value load(Value array, List<Value> starts) {
    Longs one = Longs.fill(starts.size(), 1);
    return add(
        new ShapeOp.Reshape(add(new IndexOp.DynamicSlice(array, starts, one)), Shape.scalar()));
  }

  /** The array with one element replaced. */
  Value store(Value array, Value element, List<Value> starts) {
    Shape one = Shape.of(Longs.fill(starts.size(), 1));
    Value update = add(new ShapeOp.Reshape(element, one));
    return add(new IndexOp.DynamicUpdateSlice(array, update, starts));
  }
}
