package dev.jacobi.cpu.lanes;

import dev.jacobi.cpu.fuse.Effects;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which dimensions of a loop's values are the same one, and along which of them no operation mixes
 * elements, so that they may number lanes.
 */
final class LaneDims {
  private final Map<Value, int[]> dims = new IdentityHashMap<>();
  private final List<Integer> parents = new ArrayList<>();
  private final BitSet mixed = new BitSet();

  private final Map<Value, Value> gathered = new IdentityHashMap<>();
  private final Function<Value, Optional<Literal>> constants;
  private final boolean checked;

  private LaneDims(Function<Value, Optional<Literal>> constants, boolean checked) {
    this.constants = constants;
    this.checked = checked;
  }

  /**
   * The dimensions of a loop.
   *
   * @param constants what is known of values from outside of it
   * @param checked whether it may have checks
   */
  static LaneDims of(
      Instr instr,
      ControlOp.While o,
      Function<Value, Optional<Literal>> constants,
      boolean checked) {
    LaneDims all = new LaneDims(constants, checked);
    all.visit(instr, o);
    return all;
  }

  /**
   * Finds the reductions of one boolean per lane that only say what all lanes come to: by which a
   * loop goes on while any does, and which a check asks for.
   */
  private void gather(Block block) {
    for (Instr i : block.instrs()) {
      if (isCheck(i.op())) {
        gathered(block, i.op().operands().getFirst(), Fn.AND)
            .ifPresent(o -> gathered.put(i.op().operands().getFirst(), o));
      }
    }
  }

  /** The elements by which a loop goes on while any says so. */
  Optional<Value> any(Block cond) {
    return gathered(cond, cond.results().getFirst(), Fn.OR);
  }

  /** What a check asks of each lane. */
  Value asked(Value condition) {
    return gathered.getOrDefault(condition, condition);
  }

  boolean isGathered(Instr i) {
    return i.results().size() == 1 && gathered.containsKey(i.result());
  }

  static boolean isCheck(Op op) {
    return op instanceof ControlOp.CustomCall c && Effects.isCheck(c);
  }

  /** The array of which a scalar that nobody else reads is the conjunction or disjunction. */
  private Optional<Value> gathered(Block block, Value result, Fn fn) {
    return block.instrs().stream()
        .filter(i -> i.results().contains(result))
        .map(Instr::op)
        .filter(ReductionOp.Reduce.class::isInstance)
        .map(ReductionOp.Reduce.class::cast)
        .filter(o -> o.inputs().size() == 1 && combines(o.body(), fn))
        .filter(o -> isConstant(block, o.inits().getFirst(), fn == Fn.AND))
        .filter(o -> uses(block, result) == 1)
        .map(o -> o.inputs().getFirst())
        .findFirst();
  }

  private static long uses(Block block, Value v) {
    long own = block.results().stream().filter(r -> r == v).count();
    for (Instr i : block.instrs()) {
      own += i.op().operands().stream().filter(r -> r == v).count();
      own += i.op().captures().contains(v) ? 1 : 0;
    }
    return own;
  }

  private boolean isConstant(Block block, Value v, boolean value) {
    return block.instrs().stream()
        .filter(i -> i.results().contains(v))
        .findFirst()
        .map(i -> i.op() instanceof ElementwiseOp.Constant c ? Optional.of(c.literal()) : none())
        .orElseGet(() -> constants.apply(v))
        .filter(l -> l.dtype() == DType.BOOL && l.getBoolean(0) == value)
        .isPresent();
  }

  private static Optional<Literal> none() {
    return Optional.empty();
  }

  static boolean combines(Block body, Fn fn) {
    return body.instrs().size() == 1
        && body.instrs().getFirst().op() instanceof ElementwiseOp.Pointwise p
        && p.fn() == fn
        && new HashSet<>(p.operands()).equals(new HashSet<>(body.params()))
        && body.results().equals(body.instrs().getFirst().results());
  }

  /** The number of the class that a dimension belongs to. */
  int of(Value v, int d) {
    return root(ids(v)[d]);
  }

  /** How many elements there are along a class. */
  long size(int root) {
    for (Value v : dims.keySet()) {
      for (int d = 0; d < v.shape().rank(); d++) {
        if (of(v, d) == root) {
          return v.shape().dim(d);
        }
      }
    }
    throw new IllegalArgumentException("a dimension that nothing has");
  }

  /** Whether operations mix the elements along a class, or a value has it twice. */
  boolean isMixed(int root) {
    return mixed.get(root);
  }

  /** Finds the classes that some value has twice: its elements are no lanes of them. */
  void findTwins() {
    for (int[] ids : dims.values()) {
      Set<Integer> seen = new HashSet<>();
      for (int id : ids) {
        if (!seen.add(root(id))) {
          mixed.set(root(id));
        }
      }
    }
  }

  private int[] ids(Value v) {
    return dims.computeIfAbsent(
        v,
        k -> {
          int[] ids = new int[k.shape().rank()];
          for (int d = 0; d < ids.length; d++) {
            ids[d] = parents.size();
            parents.add(ids[d]);
          }
          return ids;
        });
  }

  private int root(int id) {
    int at = id;
    while (parents.get(at) != at) {
      parents.set(at, parents.get(parents.get(at)));
      at = parents.get(at);
    }
    return at;
  }

  private void same(Value a, int i, Value b, int j) {
    int x = root(ids(a)[i]);
    int y = root(ids(b)[j]);
    if (x != y) {
      parents.set(x, y);
      mixed.set(y, mixed.get(x) || mixed.get(y));
    }
  }

  private void mix(Value v, int d) {
    mixed.set(root(ids(v)[d]));
  }

  private void same(Value a, Value b) {
    if (!a.shape().isScalar() && !b.shape().isScalar()) {
      for (int d = 0; d < a.shape().rank(); d++) {
        same(a, d, b, d);
      }
    }
  }

  /** The same where the sizes are; elsewhere elements move along the dimension. */
  private void sameWhereWhole(Value a, Value b) {
    for (int d = 0; d < a.shape().rank(); d++) {
      if (a.shape().dim(d) == b.shape().dim(d)) {
        same(a, d, b, d);
      } else {
        mix(a, d);
        mix(b, d);
      }
    }
  }

  private void visit(Block block) {
    gather(block);
    block.instrs().stream().filter(i -> !isGathered(i)).forEach(this::visit);
  }

  private void visit(Instr instr) {
    switch (instr.op()) {
      case ElementwiseOp.Constant _, ElementwiseOp.Iota _ -> ids(instr.result());
      case ElementwiseOp.BitcastConvert o
          when !o.operand().shape().equals(instr.result().shape()) ->
          throw new Unfit(o.mnemonic());
      case ElementwiseOp o -> o.operands().forEach(v -> same(v, instr.result()));
      case ShapeOp o -> visit(o, instr.result());
      case IndexOp.DynamicSlice o -> sameWhereWhole(o.operand(), instr.result());
      case IndexOp.DynamicUpdateSlice o -> {
        sameWhereWhole(o.operand(), o.update());
        same(o.operand(), instr.result());
      }
      case IndexOp.Gather o -> windows(Windows.of(o, instr.result()));
      case IndexOp.Scatter o when o.inputs().size() == 1 -> {
        windows(Windows.of(o));
        same(o.inputs().getFirst(), instr.result());
      }
      case ReductionOp.Reduce o when o.inputs().size() == 1 -> reduce(o, instr.result());
      case ReductionOp.DotGeneral o -> dot(o, instr.result());
      case ControlOp.CustomCall o when checked && isCheck(o) -> ids(o.operands().getFirst());
      case ControlOp.While o -> visit(instr, o);
      case ControlOp.If o -> branches(instr, List.of(o.onTrue(), o.onFalse()));
      case ControlOp.Case o -> branches(instr, o.branches());
      default -> throw new Unfit(instr.op().mnemonic());
    }
  }

  private void visit(Instr instr, ControlOp.While o) {
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      same(o.inits().get(k), param);
      same(o.cond().params().get(k), param);
      same(o.body().results().get(k), param);
      same(instr.results().get(k), param);
    }
    any(o.cond()).ifPresent(v -> gathered.put(o.cond().results().getFirst(), v));
    visit(o.cond());
    visit(o.body());
  }

  private void branches(Instr instr, List<Block> branches) {
    for (Block b : branches) {
      visit(b);
      for (int k = 0; k < instr.results().size(); k++) {
        same(b.results().get(k), instr.results().get(k));
      }
    }
  }

  private void reduce(ReductionOp.Reduce o, Value result) {
    Value in = o.inputs().getFirst();
    int at = 0;
    for (int d = 0; d < in.shape().rank(); d++) {
      if (o.dims().contains(d)) {
        mix(in, d);
      } else {
        same(in, d, result, at++);
      }
    }
  }

  private void dot(ReductionOp.DotGeneral o, Value result) {
    int at = 0;
    for (int i = 0; i < o.dims().lhsBatch().size(); i++) {
      same(o.lhs(), o.dims().lhsBatch().get(i), o.rhs(), o.dims().rhsBatch().get(i));
      same(o.lhs(), o.dims().lhsBatch().get(i), result, at++);
    }
    at = free(o.lhs(), o.dims().lhsBatch(), o.dims().lhsContract(), result, at);
    free(o.rhs(), o.dims().rhsBatch(), o.dims().rhsContract(), result, at);
  }

  private int free(Value v, Axes batch, Axes contract, Value result, int first) {
    int at = first;
    for (int d = 0; d < v.shape().rank(); d++) {
      if (contract.contains(d)) {
        mix(v, d);
      } else if (!batch.contains(d)) {
        same(v, d, result, at++);
      }
    }
    return at;
  }

  private void windows(Windows w) {
    for (int d = 0; d < w.array().shape().rank(); d++) {
      int offset = w.offset(d);
      if (w.batch().contains(d)) {
        same(w.array(), d, w.windows(), w.batchOfArray(d));
      } else if (offset >= 0 && w.size(d) == w.array().shape().dim(d)) {
        same(w.array(), d, w.windows(), offset);
      } else {
        mix(w.array(), d);
        if (offset >= 0) {
          mix(w.windows(), offset);
        }
      }
    }
    for (int d = 0; d < w.indices().shape().rank(); d++) {
      if (d == w.vector()) {
        mix(w.indices(), d);
      } else {
        same(w.indices(), d, w.windows(), w.batchOf(d));
      }
    }
  }

  private void visit(ShapeOp op, Value result) {
    switch (op) {
      case ShapeOp.BroadcastInDim o -> {
        for (int d = 0; d < o.dims().size(); d++) {
          if (o.operand().shape().dim(d) == result.shape().dim(o.dims().get(d))) {
            same(o.operand(), d, result, o.dims().get(d));
          }
        }
      }
      case ShapeOp.Transpose o -> {
        for (int d = 0; d < o.permutation().size(); d++) {
          same(o.operand(), o.permutation().get(d), result, d);
        }
      }
      case ShapeOp.Reshape o -> reshape(o.operand(), result);
      case ShapeOp.Slice o -> sameWhereWhole(o.operand(), result);
      case ShapeOp.Pad o -> {
        for (int d = 0; d < result.shape().rank(); d++) {
          same(o.operand(), d, result, d);
          if (o.low().get(d) != 0 || o.high().get(d) != 0 || o.interior().get(d) != 0) {
            mix(result, d);
          }
        }
      }
      case ShapeOp.Reverse o -> {
        same(o.operand(), result);
        o.dims().stream().forEach(d -> mix(result, d));
      }
      case ShapeOp.Concatenate o -> {
        for (Value v : o.operands()) {
          same(v, result);
        }
        mix(result, o.dim());
      }
    }
  }

  /** Dimensions that a reshape neither splits nor joins stay what they are. */
  private void reshape(Value from, Value to) {
    Shape a = from.shape();
    Shape b = to.shape();
    int i = 0;
    int j = 0;
    while (i < a.rank() || j < b.rank()) {
      if (i < a.rank() && a.dim(i) == 1) {
        i++;
      } else if (j < b.rank() && b.dim(j) == 1) {
        j++;
      } else if (i < a.rank() && j < b.rank() && a.dim(i) == b.dim(j)) {
        same(from, i++, to, j++);
      } else {
        long left = i < a.rank() ? a.dim(i) : 1;
        long right = j < b.rank() ? b.dim(j) : 1;
        mixAt(from, i++);
        mixAt(to, j++);
        while (left != right && (i < a.rank() || j < b.rank())) {
          if (left < right && i < a.rank() || j >= b.rank()) {
            left *= a.dim(i);
            mixAt(from, i++);
          } else {
            right *= b.dim(j);
            mixAt(to, j++);
          }
        }
      }
    }
  }

  private void mixAt(Value v, int d) {
    if (d < v.shape().rank()) {
      mix(v, d);
    }
  }
}
