package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arrays whose elements are partial reductions by a body of scalars, which works on whole arrays
 * here.
 *
 * @param there which elements there are; absent if all of them
 */
public record Folds(Block body, List<Value> arrays, Optional<Value> there, HloBuilder out) {

  /** The value that a commutative body of one array leaves everything as it is with, to the bit. */
  static Optional<Literal> identity(WindowOp.ReduceWindow o) {
    Block body = o.body();
    if (o.inputs().size() != 1
        || body.instrs().size() != 1
        || !(body.instrs().getFirst().op() instanceof ElementwiseOp.Pointwise p)
        || p.operands().size() != 2
        || !body.params().containsAll(p.operands())
        || p.operands().get(0) == p.operands().get(1)
        || !body.results().equals(body.instrs().getFirst().results())) {
      return Optional.empty();
    }
    return identity(p.fn(), p.operands().getFirst().dtype());
  }

  /** The value that changes no other. */
  public static Optional<Literal> identity(Fn fn, DType t) {
    return switch (fn) {
      case ADD ->
          Optional.of(
              t.isComplex()
                  ? Literal.scalarOf(t, -0.0, -0.0)
                  : Literal.scalar(t, t.isFloat() ? -0.0 : 0));
      case MUL -> t.isComplex() ? Optional.empty() : Optional.of(Literal.scalar(t, 1));
      case MAX -> t.isComplex() ? Optional.empty() : Optional.of(extreme(t, false));
      case MIN -> t.isComplex() ? Optional.empty() : Optional.of(extreme(t, true));
      case AND -> Optional.of(bits(t, -1));
      case OR, XOR -> Optional.of(bits(t, 0));
      default -> Optional.empty();
    };
  }

  private static Literal extreme(DType t, boolean high) {
    if (t.isFloat()) {
      double inf = Double.POSITIVE_INFINITY;
      return Literal.scalar(t, high ? inf : -inf);
    }
    return bits(t, t.isBool() ? (high ? 1 : 0) : high ? t.maxInteger() : t.minInteger());
  }

  private static Literal bits(DType t, long value) {
    var type = dev.jacobi.hlo.TensorType.scalar(t);
    var data = Literal.allocate(type);
    Literal.setLong(t, data, 0, t.isBool() ? value & 1 : value);
    return Literal.wrap(type, data);
  }

  private Shape shape() {
    return arrays.getFirst().shape();
  }

  /** A regular part. */
  Folds slice(long[] start, long[] counts, long[] strides) {
    long[] limit = new long[start.length];
    for (int d = 0; d < start.length; d++) {
      limit[d] = start[d] + (counts[d] - 1) * strides[d] + 1;
    }
    Longs from = Longs.of(start);
    Longs to = Longs.of(limit);
    Longs by = Longs.of(strides);
    return new Folds(
        body,
        arrays.stream().map(v -> out.add(new ShapeOp.Slice(v, from, to, by))).toList(),
        there.map(v -> out.add(new ShapeOp.Slice(v, from, to, by))),
        out);
  }

  /** A regular part of one dimension, whole in all others. */
  private Folds slice(int d, long start, long count, long stride) {
    long[] starts = new long[shape().rank()];
    long[] counts = shape().toArray();
    long[] strides = new long[starts.length];
    java.util.Arrays.fill(strides, 1);
    starts[d] = start;
    counts[d] = count;
    strides[d] = stride;
    return slice(starts, counts, strides);
  }

  /** The parts of dimension {@code d} that begin at elements first, first + 1, ..., times step. */
  List<Folds> parts(int d, long first, long count, long step, long stops, long stride) {
    List<Folds> parts = new ArrayList<>();
    for (long k = first; k < first + count; k++) {
      parts.add(slice(d, k * step, stops, stride));
    }
    return parts;
  }

  /** Those parts combined. */
  Folds taps(int d, long first, long count, long step, long stops, long stride) {
    List<Folds> parts = parts(d, first, count, step, stops, stride);
    return parts.getFirst().then(parts.subList(1, parts.size()));
  }

  /** This, then others, combined in order. */
  Folds then(List<Folds> others) {
    Folds sum = this;
    for (Folds next : others) {
      sum = sum.and(next);
    }
    return sum;
  }

  private Folds and(Folds next) {
    List<Value> both = apply(arrays, next.arrays);
    if (there.isEmpty()) {
      return new Folds(body, both, there, out);
    }
    Value here = there.get();
    Value more = next.there.get();
    Value two = out.pointwise(Fn.AND, here, more);
    List<Value> chosen = new ArrayList<>();
    for (int k = 0; k < both.size(); k++) {
      Value one = out.pointwise(Fn.SELECT, here, arrays.get(k), next.arrays.get(k));
      chosen.add(out.pointwise(Fn.SELECT, two, both.get(k), one));
    }
    return new Folds(body, chosen, Optional.of(out.pointwise(Fn.OR, here, more)), out);
  }

  /** Reductions from initial values on. */
  List<Value> from(List<Value> inits) {
    return from(inits, List.of(this));
  }

  /** Initial values, then parts of equal shape, combined in order. */
  static List<Value> from(List<Value> inits, List<Folds> parts) {
    Folds first = parts.getFirst();
    List<Value> sum = inits.stream().map(v -> first.out.broadcast(v, first.shape())).toList();
    for (Folds next : parts) {
      List<Value> now = next.apply(sum, next.arrays);
      List<Value> old = sum;
      sum = new ArrayList<>();
      for (int k = 0; k < now.size(); k++) {
        Value value = now.get(k);
        Value before = old.get(k);
        sum.add(next.there.map(t -> next.out.pointwise(Fn.SELECT, t, value, before)).orElse(value));
      }
    }
    return sum;
  }

  /** The body, on whole arrays. */
  private List<Value> apply(List<Value> a, List<Value> b) {
    Map<Value, Value> map = new HashMap<>();
    for (int k = 0; k < a.size(); k++) {
      map.put(body.params().get(k), a.get(k));
      map.put(body.params().get(a.size() + k), b.get(k));
    }
    Shape shape = a.getFirst().shape();
    for (Instr i : body.instrs()) {
      map.put(i.results().getFirst(), lift(i, map, shape));
    }
    return body.results().stream().map(map::get).toList();
  }

  private Value lift(Instr instr, Map<Value, Value> map, Shape shape) {
    Op op = instr.op();
    if (op instanceof ElementwiseOp.Constant c) {
      return out.broadcast(out.constant(c.literal()), shape);
    }
    if (op instanceof ElementwiseOp.BitcastConvert c && Ops.isElementwise(op)) {
      return out.add(
          new ElementwiseOp.BitcastConvert(map.get(c.operand()), c.type().withShape(shape)));
    }
    if (Ops.isElementwise(op)) {
      return out.add(op.mapOperands(map::get));
    }
    if (Ops.isView(op) && instr.result().shape().isScalar()) {
      return map.get(Views.operand(op));
    }
    throw new UnsupportedOpException(
        op.mnemonic() + " in the body of a reduce_window", instr.loc().toString());
  }

  /** Dimension {@code d} as a scan from its end or beginning, from the identity on. */
  Folds scan(WindowOp.ReduceWindow o, int d, HloBuilder code) {
    long[] ones = new long[shape().rank()];
    java.util.Arrays.fill(ones, 1);
    long[] none = new long[ones.length];
    WindowOp.Window w = o.window();
    Longs one = Longs.of(ones);
    Longs zero = Longs.of(none);
    Value init = code.constant(identity(o).orElseThrow());
    WindowOp.ReduceWindow scan =
        new WindowOp.ReduceWindow(
            arrays,
            List.of(init),
            new WindowOp.Window(
                with(one, d, w.sizes().get(d)),
                one,
                with(zero, d, w.low().get(d)),
                with(zero, d, w.high().get(d))),
            one,
            one,
            copy(o.body()));
    return new Folds(body, code.addAll(scan), there, code);
  }

  private static Longs with(Longs all, int d, long value) {
    long[] values = all.toArray();
    values[d] = value;
    return Longs.of(values);
  }

  /** The same body of one function, of values of its own. */
  private static Block copy(Block body) {
    var p = (ElementwiseOp.Pointwise) body.instrs().getFirst().op();
    return HloBuilder.binaryBody(p.fn(), p.operands().getFirst().dtype());
  }
}
