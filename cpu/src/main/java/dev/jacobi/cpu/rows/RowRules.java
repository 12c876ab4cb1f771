package dev.jacobi.cpu.rows;

import dev.jacobi.cpu.fuse.Effects;
import dev.jacobi.cpu.fuse.Folds;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.List;
import java.util.Optional;

/**
 * What operations do with rows: each row of the result follows from the same row of the operands,
 * or the rows are summed up, or they mix.
 */
record RowRules(RowDims dims) {
  private static final int NONE = RowDims.NONE;

  /** How the sums over some rows become those over all: by {@code fn}. */
  record Fold(Fn fn) {}

  /** Whether nothing that the instruction reads or gives, inside of it too, has the batch. */
  boolean isUniform(Instr instr) {
    return instr.results().stream().noneMatch(dims::isBatch)
        && instr.op().operands().stream().noneMatch(dims::isBatch)
        && instr.op().captures().stream().noneMatch(dims::isBatch)
        && instr.op().regions().stream().allMatch(this::isUniform);
  }

  private boolean isUniform(Block block) {
    return block.params().stream().noneMatch(dims::isBatch)
        && block.instrs().stream().allMatch(this::isUniform);
  }

  /** How an operation sums over the rows; empty if it is none that does. */
  Optional<Fold> fold(Instr instr) {
    return switch (instr.op()) {
      case ReductionOp.Reduce o
          when o.inputs().size() == 1
              && o.dims().contains(dims.of(o.inputs().getFirst()))
              && body(o.body()).isPresent() ->
          body(o.body()).map(Fold::new);
      case ReductionOp.DotGeneral o
          when o.dims().lhsContract().contains(dims.of(o.lhs()))
              && o.dims().lhsContract().indexOf(dims.of(o.lhs()))
                  == o.dims().rhsContract().indexOf(dims.of(o.rhs())) ->
          Optional.of(new Fold(Fn.ADD));
      case ConvOp.Convolution o
          when dims.of(o.lhs()) == o.dims().inputFeature()
              && dims.of(o.rhs()) == o.dims().kernelInputFeature()
              && o.featureGroups() == 1
              && o.batchGroups() == 1 ->
          Optional.of(new Fold(Fn.ADD));
      default -> Optional.empty();
    };
  }

  /** The operation of a reduction's body, if it has an identity and its operands may change. */
  private static Optional<Fn> body(Block body) {
    if (body.instrs().size() != 1
        || !(body.instrs().getFirst().op() instanceof ElementwiseOp.Pointwise p)
        || !body.results().equals(body.instrs().getFirst().results())
        || p.operands().size() != 2
        || !p.operands().containsAll(body.params())) {
      return Optional.empty();
    }
    return Folds.identity(p.fn(), body.params().getFirst().dtype()).map(_ -> p.fn());
  }

  /**
   * Checks that rows stay apart.
   *
   * @throws NotByRows if they do not
   */
  void requireApart(Instr instr) {
    if (!isUniform(instr) && !isApart(instr)) {
      throw new NotByRows(instr);
    }
  }

  private boolean isApart(Instr instr) {
    return switch (instr.op()) {
      case ElementwiseOp.Iota o -> dims.of(instr.result()) != NONE;
      case ElementwiseOp.BitcastConvert o ->
          same(o.operand(), instr.result())
              && dims.of(o.operand()) < Math.min(o.operand().shape().rank(), o.type().rank());
      case ElementwiseOp o -> elementwise(o, instr.result());
      case ShapeOp o -> moves(o, instr.result());
      case IndexOp.DynamicSlice o -> same(o.operand(), instr.result());
      case IndexOp.DynamicUpdateSlice o ->
          same(o.operand(), instr.result()) && same(o.update(), instr.result());
      case IndexOp.Gather o -> gather(o, instr.result());
      case IndexOp.Scatter o -> scatter(o);
      case ReductionOp.Reduce o -> o.inputs().stream().allMatch(v -> reduce(o, v));
      case ReductionOp.DotGeneral o -> dot(o, instr.result());
      case ConvOp.Convolution o ->
          dims.of(o.lhs()) == o.dims().inputBatch()
              && !dims.isBatch(o.rhs())
              && o.batchGroups() == 1;
      case WindowOp.ReduceWindow o -> o.inputs().stream().allMatch(v -> window(o, dims.of(v)));
      case OrderOp.Sort o ->
          o.inputs().stream().allMatch(v -> dims.isBatch(v) && dims.of(v) != o.dimension());
      case OrderOp.TopK o -> dims.of(o.operand()) != o.operand().shape().rank() - 1;
      case SpectralOp.Fft o ->
          dims.of(o.operand()) < o.operand().shape().rank() - o.length().size();
      case LinalgOp.Cholesky o -> dims.of(o.a()) < o.a().shape().rank() - 2;
      case LinalgOp.TriangularSolve o ->
          same(o.a(), o.b()) && dims.of(o.a()) < o.a().shape().rank() - 2;
      case ControlOp.OptimizationBarrier _ -> true;
      case ControlOp.CustomCall o -> Effects.isCheck(o);
      case ControlOp.While o -> apart(o.cond()) && apart(o.body());
      case ControlOp.Case o -> o.branches().stream().allMatch(this::apart);
      case ControlOp.If o -> apart(o.onTrue()) && apart(o.onFalse());
      default -> false;
    };
  }

  private boolean apart(Block block) {
    return block.instrs().stream()
        .allMatch(i -> isUniform(i) || !countsRows(i) && !isCheck(i.op()) && isApart(i));
  }

  private static boolean isCheck(Op op) {
    return op instanceof ControlOp.CustomCall;
  }

  private boolean same(Value a, Value b) {
    return dims.of(a) == dims.of(b);
  }

  private boolean elementwise(Op op, Value result) {
    return op.operands().stream().allMatch(v -> same(v, result) || v.shape().isScalar());
  }

  private boolean moves(ShapeOp op, Value result) {
    int to = dims.of(result);
    return switch (op) {
      case ShapeOp.BroadcastInDim o -> {
        int from = dims.of(o.operand());
        yield from == NONE ? !o.dims().contains(to) || isOne(o, to) : o.dims().get(from) == to;
      }
      case ShapeOp.Reshape o ->
          dims.isBatch(o.operand())
              && before(o.operand().shape(), dims.of(o.operand())) == before(o.shape(), to);
      case ShapeOp.Transpose o -> to != NONE && o.permutation().get(to) == dims.of(o.operand());
      case ShapeOp.Concatenate o ->
          to != o.dim() && o.operands().stream().allMatch(v -> same(v, result));
      case ShapeOp.Pad o ->
          same(o.operand(), result)
              && o.low().get(to) == 0
              && o.high().get(to) == 0
              && o.interior().get(to) == 0;
      case ShapeOp.Slice o ->
          same(o.operand(), result) && o.start().get(to) == 0 && o.strides().get(to) == 1;
      case ShapeOp.Reverse o -> !o.dims().contains(to);
    };
  }

  private static boolean isOne(ShapeOp.BroadcastInDim o, int to) {
    return o.operand().shape().dim(o.dims().indexOf(to)) == 1;
  }

  private static long before(Shape shape, int dim) {
    long n = 1;
    for (int d = 0; d < dim; d++) {
      n = Math.multiplyExact(n, shape.dim(d));
    }
    return dim == NONE ? NONE : n;
  }

  private boolean reduce(ReductionOp.Reduce o, Value in) {
    return dims.isBatch(in) && !o.dims().contains(dims.of(in));
  }

  private boolean dot(ReductionOp.DotGeneral o, Value result) {
    int l = dims.of(o.lhs());
    int r = dims.of(o.rhs());
    ReductionOp.DotDims d = o.dims();
    boolean contracted = d.lhsContract().contains(l) || d.rhsContract().contains(r);
    boolean paired = d.lhsBatch().contains(l) && d.lhsBatch().indexOf(l) == d.rhsBatch().indexOf(r);
    boolean alone =
        l == NONE && !d.rhsBatch().contains(r) || r == NONE && !d.lhsBatch().contains(l);
    return dims.isBatch(result) && !contracted && (paired || alone);
  }

  private static boolean window(WindowOp.ReduceWindow o, int d) {
    return d != NONE
        && o.window().sizes().get(d) == 1
        && o.window().strides().get(d) == 1
        && o.window().low().get(d) == 0
        && o.window().high().get(d) == 0
        && o.baseDilations().get(d) == 1;
  }

  private boolean gather(IndexOp.Gather o, Value result) {
    int x = dims.of(o.operand());
    int i = dims.of(o.indices());
    IndexOp.GatherDims g = o.dims();
    if (i == g.indexVectorDim()) {
      return false;
    }
    if (x == NONE) {
      return i != NONE && dims.isBatch(result);
    }
    boolean paired =
        g.operandBatchingDims().contains(x)
            && i != NONE
            && g.operandBatchingDims().indexOf(x) == g.startIndicesBatchingDims().indexOf(i);
    return paired
        || i == NONE
            && isWindow(x, g.startIndexMap(), g.collapsedSliceDims(), g.operandBatchingDims());
  }

  private static boolean isWindow(int d, Axes indexed, Axes collapsed, Axes batching) {
    return !indexed.contains(d) && !collapsed.contains(d) && !batching.contains(d);
  }

  private boolean scatter(IndexOp.Scatter o) {
    int x = dims.of(o.inputs().getFirst());
    int i = dims.of(o.indices());
    int u = dims.of(o.updates().getFirst());
    IndexOp.ScatterDims s = o.dims();
    if (x == NONE || u == NONE || o.inputs().size() != 1) {
      return false;
    }
    boolean paired =
        s.inputBatchingDims().contains(x)
            && i != NONE
            && s.inputBatchingDims().indexOf(x) == s.scatterIndicesBatchingDims().indexOf(i);
    boolean window =
        i == NONE
            && s.updateWindowDims().contains(u)
            && isWindow(
                x, s.scatterDimsToOperandDims(), s.insertedWindowDims(), s.inputBatchingDims());
    return paired || window;
  }

  /** Whether an operation numbers rows: where a part of the program begins only. */
  boolean countsRows(Instr instr) {
    return instr.op() instanceof ElementwiseOp.Iota o
        && dims.isBatch(instr.result())
        && dims.of(instr.result()) == o.dim();
  }

  /** What a reduction begins with, if it has it as an operand. */
  static List<Value> inits(Instr instr) {
    return instr.op() instanceof ReductionOp.Reduce o ? o.inits() : List.of();
  }
}
