package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Local rules that never change a bit of any result: data movement that moves nothing, arithmetic
 * with neutral constants, empty arrays, reductions whose reduced dimensions are scattered.
 */
public final class Simplify {
  private final Map<Value, Op> defs = new IdentityHashMap<>();

  private final Magnitudes magnitudes = new Magnitudes(defs::get, this::splat);
  private final Effects effects;

  private Simplify(Effects effects) {
    this.effects = effects;
  }

  public static HloModule run(HloModule module) {
    Effects effects = Effects.of(module);
    return Rewriter.rewrite(
        module,
        () -> {
          Simplify s = new Simplify(effects);
          return s::visit;
        });
  }

  /** Whether all elements of a literal have the same bits. */
  public static boolean isSplat(Literal l) {
    long n = l.type().byteSize();
    int w = l.dtype().bytes();
    return n <= w
        || java.lang.foreign.MemorySegment.mismatch(l.data(), 0, n - w, l.data(), w, n) < 0;
  }

  /** The first element of a literal as a scalar. */
  public static Literal first(Literal l) {
    return Literal.copyOf(TensorType.scalar(l.dtype()), l.data());
  }

  private Optional<List<Value>> visit(Instr instr, HloBuilder out) {
    Optional<Value> simpler = instr.results().size() == 1 ? one(instr, out) : Optional.empty();
    if (simpler.isPresent()) {
      return simpler.map(List::of);
    }
    Optional<List<Value>> several = many(instr.op(), out);
    if (several.isEmpty()) {
      instr.results().forEach(v -> defs.put(v, instr.op()));
    }
    return several;
  }

  private Value emit(HloBuilder out, Op op) {
    Value v = out.add(op);
    defs.put(v, op);
    return v;
  }

  private Value reshaped(HloBuilder out, Value v, Shape shape) {
    Value source = defs.get(v) instanceof ShapeOp.Reshape r ? r.operand() : v;
    return source.shape().equals(shape) ? source : emit(out, new ShapeOp.Reshape(source, shape));
  }

  private Optional<Value> one(Instr instr, HloBuilder out) {
    TensorType type = instr.result().type();
    Op op = instr.op();
    if (type.shape().size() == 0 && !(op instanceof ElementwiseOp.Constant) && effects.isPure(op)) {
      return Optional.of(
          emit(out, new ElementwiseOp.Constant(Literal.wrap(type, Literal.allocate(type)))));
    }
    return switch (op) {
      case ElementwiseOp.Pointwise o -> Optional.ofNullable(pointwise(o));
      case ElementwiseOp.Compare o -> magnitudes.compare(o, out);
      case ElementwiseOp.Convert o when o.operand().dtype() == o.dtype() ->
          Optional.of(o.operand());
      case ShapeOp.Reshape o
          when !o.operand().shape().equals(type.shape())
              && defs.get(o.operand()) instanceof ShapeOp.Reshape ->
          Optional.of(reshaped(out, o.operand(), o.shape()));
      case ShapeOp.Reshape o when o.operand().shape().equals(o.shape()) -> Optional.of(o.operand());
      case ShapeOp.BroadcastInDim o when movesNothing(o) ->
          Optional.of(reshaped(out, o.operand(), o.shape()));
      case ShapeOp.Transpose o when movesNothing(o) ->
          Optional.of(reshaped(out, o.operand(), type.shape()));
      case ShapeOp.Transpose o when defs.get(o.operand()) instanceof ShapeOp.Transpose inner -> {
        Axes axes = o.permutation().map(d -> inner.permutation().get(d));
        yield Optional.of(emit(out, new ShapeOp.Transpose(inner.operand(), axes)));
      }
      case ShapeOp.Slice o when o.operand().shape().equals(type.shape()) ->
          Optional.of(o.operand());
      case ShapeOp.Concatenate o -> concatenate(o, out);
      case ShapeOp.Pad o when isZero(o.low()) && isZero(o.high()) && isZero(o.interior()) ->
          Optional.of(o.operand());
      case IndexOp.DynamicSlice o when o.operand().shape().equals(type.shape()) ->
          Optional.of(o.operand());
      case IndexOp.DynamicUpdateSlice o when o.update().shape().equals(type.shape()) ->
          Optional.of(o.update());
      case IndexOp.DynamicUpdateSlice o when o.update().shape().size() == 0 ->
          Optional.of(o.operand());
      case IndexOp.Scatter o when o.updates().getFirst().shape().size() == 0 ->
          Optional.of(o.inputs().getFirst());
      case ShapeOp.Reverse o when o.dims().stream().allMatch(d -> type.dim(d) == 1) ->
          Optional.of(o.operand());
      case ReductionOp.DotGeneral o
          when o.lhs().shape().size() == 0 || o.rhs().shape().size() == 0 ->
          Optional.of(out.full(o.dtype(), type.shape(), 0));
      default -> Optional.empty();
    };
  }

  private static boolean isZero(Longs values) {
    return values.stream().allMatch(v -> v == 0);
  }

  /** Whether the result has the operand's elements in the operand's order. */
  private static boolean movesNothing(ShapeOp.BroadcastInDim o) {
    return o.operand().shape().size() == o.shape().size()
        && o.dims().isEmpty() | isAscending(o.dims());
  }

  private static boolean movesNothing(ShapeOp.Transpose o) {
    Shape from = o.operand().shape();
    return isAscending(Axes.of(o.permutation().stream().filter(d -> from.dim(d) > 1).toArray()));
  }

  private static boolean isAscending(Axes axes) {
    return axes.equals(axes.sorted());
  }

  private Optional<Value> concatenate(ShapeOp.Concatenate o, HloBuilder out) {
    List<Value> full = o.operands().stream().filter(v -> v.type().dim(o.dim()) > 0).toList();
    if (full.size() == 1) {
      return Optional.of(full.getFirst());
    }
    return full.size() == o.operands().size()
        ? Optional.empty()
        : Optional.of(emit(out, new ShapeOp.Concatenate(full, o.dim())));
  }

  private Value pointwise(ElementwiseOp.Pointwise o) {
    List<Value> a = o.operands();
    return switch (o.fn()) {
      case MUL, DIV ->
          isSplatOf(a.get(1), 1, false)
              ? a.get(0)
              : o.fn() == Fn.MUL && isSplatOf(a.get(0), 1, false) ? a.get(1) : null;
      case SUB -> isSplatOf(a.get(1), 0, false) ? a.get(0) : null;
      case ADD ->
          isNeutralForAdd(a.get(1)) ? a.get(0) : isNeutralForAdd(a.get(0)) ? a.get(1) : null;
      case SELECT ->
          isSplatOf(a.get(0), 1, false)
              ? a.get(1)
              : isSplatOf(a.get(0), 0, false) ? a.get(2) : a.get(1) == a.get(2) ? a.get(1) : null;
      default -> null;
    };
  }

  private boolean isNeutralForAdd(Value v) {
    return isSplatOf(v, 0, v.dtype().isFloat());
  }

  /** Whether a real value is everywhere this constant, a zero having the given sign. */
  private boolean isSplatOf(Value v, double constant, boolean negative) {
    OptionalDouble x = splat(v);
    return x.isPresent()
        && x.getAsDouble() == constant
        && (constant != 0 || (1 / x.getAsDouble() < 0) == negative);
  }

  /** The constant that a real value is everywhere. */
  private OptionalDouble splat(Value v) {
    if (v.dtype().isComplex()) {
      return OptionalDouble.empty();
    }
    Op def = defs.get(v) instanceof ShapeOp.BroadcastInDim b ? defs.get(b.operand()) : defs.get(v);
    return def instanceof ElementwiseOp.Constant c
            && c.literal().type().byteSize() > 0
            && isSplat(c.literal())
        ? OptionalDouble.of(c.literal().getDouble(0))
        : OptionalDouble.empty();
  }

  private Optional<List<Value>> many(Op op, HloBuilder out) {
    if (!(op instanceof ReductionOp.Reduce o)) {
      return Optional.empty();
    }
    Shape shape = o.inputs().getFirst().shape();
    if (shape.size() == 0) {
      Shape result = shape.without(o.dims());
      return Optional.of(o.inits().stream().map(v -> out.broadcast(v, result)).toList());
    }
    return oneEach(o, shape, out).or(() -> gathered(o, shape, out));
  }

  /** A function of the initial value and the one element of each result. */
  private Optional<List<Value>> oneEach(ReductionOp.Reduce o, Shape shape, HloBuilder out) {
    Block body = o.body();
    boolean isPlain =
        o.inputs().size() == 1
            && body.instrs().size() == 1
            && body.instrs().getFirst().op() instanceof ElementwiseOp.Pointwise p
            && p.operands().equals(body.params())
            && body.results().equals(body.instrs().getFirst().results());
    if (!isPlain
        || IntStream.range(0, o.dims().size()).anyMatch(i -> shape.dim(o.dims().get(i)) > 1)) {
      return Optional.empty();
    }
    Fn fn = ((ElementwiseOp.Pointwise) body.instrs().getFirst().op()).fn();
    Shape result = shape.without(o.dims());
    Value element = emit(out, new ShapeOp.Reshape(o.inputs().getFirst(), result));
    Value init = out.broadcast(o.inits().getFirst(), result);
    return Optional.of(List.of(emit(out, new ElementwiseOp.Pointwise(fn, List.of(init, element)))));
  }

  /** Reductions over the last and other, not adjacent dimensions read a transposed operand. */
  private Optional<List<Value>> gathered(ReductionOp.Reduce o, Shape shape, HloBuilder out) {
    List<Integer> big = new ArrayList<>();
    for (int d = 0; d < shape.rank(); d++) {
      if (shape.dim(d) > 1) {
        big.add(d);
      }
    }
    boolean lastReduced = !big.isEmpty() && o.dims().contains(big.getLast());
    long changes = 0;
    for (int i = 1; i < big.size(); i++) {
      changes += o.dims().contains(big.get(i)) != o.dims().contains(big.get(i - 1)) ? 1 : 0;
    }
    if (!lastReduced || changes <= 1) {
      return Optional.empty();
    }
    Axes order = o.dims().complement(shape.rank()).plus(o.dims().sorted());
    List<Value> inputs =
        o.inputs().stream().map(v -> emit(out, new ShapeOp.Transpose(v, order))).toList();
    Axes dims = Axes.range(shape.rank() - o.dims().size(), shape.rank());
    return Optional.of(out.addAll(new ReductionOp.Reduce(inputs, o.inits(), dims, o.body())));
  }
}
