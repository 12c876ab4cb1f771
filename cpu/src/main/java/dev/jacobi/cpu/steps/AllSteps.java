package dev.jacobi.cpu.steps;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Operations of one step written for all steps: dimension 0 numbers the steps. Only those whose
 * bits cannot depend on it: functions of single elements, and moves.
 */
final class AllSteps {
  private final HloBuilder out;
  private final long trips;
  private final Map<Value, Value> all; // by value of a step: that of all steps
  private final UnaryOperator<Value> outside; // a value that is the same for all steps

  AllSteps(HloBuilder out, long trips, Map<Value, Value> all, UnaryOperator<Value> outside) {
    this.out = out;
    this.trips = trips;
    this.all = all;
    this.outside = outside;
  }

  /**
   * Whether {@link #write} knows the operation.
   *
   * @param stepwise whether a value differs from step to step, rather than being the same in all
   * @param known the integers that are known for each step
   */
  static boolean handles(
      Op op, Predicate<Value> stepwise, Map<Value, Counting.Linear> known, long trips) {
    return switch (op) {
      case ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _,
          ElementwiseOp.ReducePrecision _ ->
          true;
      case ElementwiseOp.BitcastConvert o -> o.operand().shape().equals(o.type().shape());
      case ShapeOp.BroadcastInDim _,
          ShapeOp.Reshape _,
          ShapeOp.Transpose _,
          ShapeOp.Concatenate _,
          ShapeOp.Slice _,
          ShapeOp.Reverse _ ->
          true;
      case ShapeOp.Pad o -> !stepwise.test(o.value());
      case IndexOp.DynamicSlice o -> !stepwise.test(o.operand()) && rows(o, known, trips);
      default -> false;
    };
  }

  /** Whether the steps read single rows, one after the other, of what is there before the loop. */
  private static boolean rows(
      IndexOp.DynamicSlice o, Map<Value, Counting.Linear> known, long trips) {
    Shape shape = o.operand().shape();
    Counting.Linear row = known.get(o.starts().getFirst());
    if (shape.rank() == 0 || o.sizes().get(0) != 1 || row == null) {
      return false;
    }
    for (int d = 1; d < shape.rank(); d++) {
      if (o.sizes().get(d) != shape.dim(d)) {
        return false;
      }
    }
    long last = row.base() + row.perStep() * (trips - 1);
    return Math.abs(row.perStep()) == 1
        && Math.min(row.base(), last) >= 0
        && Math.max(row.base(), last) < shape.dim(0);
  }

  /** Writes the operation for all steps. */
  Value write(Op op, Map<Value, Counting.Linear> known) {
    return switch (op) {
      case ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _,
          ElementwiseOp.ReducePrecision _ -> {
        Shape shape = widest(op.operands());
        yield out.add(op.mapOperands(v -> spread(v, shape)));
      }
      case ElementwiseOp.BitcastConvert o ->
          out.add(
              new ElementwiseOp.BitcastConvert(
                  of(o.operand()), o.type().withShape(o.type().shape().insert(0, trips))));
      case ShapeOp.BroadcastInDim o ->
          out.add(
              new ShapeOp.BroadcastInDim(
                  of(o.operand()), Axes.of(0).plus(next(o.dims())), o.shape().insert(0, trips)));
      case ShapeOp.Reshape o ->
          out.add(new ShapeOp.Reshape(of(o.operand()), o.shape().insert(0, trips)));
      case ShapeOp.Transpose o ->
          out.add(new ShapeOp.Transpose(of(o.operand()), Axes.of(0).plus(next(o.permutation()))));
      case ShapeOp.Concatenate o ->
          out.add(
              new ShapeOp.Concatenate(o.operands().stream().map(this::of).toList(), o.dim() + 1));
      case ShapeOp.Slice o ->
          out.add(
              new ShapeOp.Slice(
                  of(o.operand()),
                  before(0, o.start()),
                  before(trips, o.limit()),
                  before(1, o.strides())));
      case ShapeOp.Reverse o -> out.add(new ShapeOp.Reverse(of(o.operand()), next(o.dims())));
      case ShapeOp.Pad o ->
          out.add(
              new ShapeOp.Pad(
                  of(o.operand()),
                  outside.apply(o.value()),
                  before(0, o.low()),
                  before(0, o.high()),
                  before(0, o.interior())));
      case IndexOp.DynamicSlice o -> rows(o, known.get(o.starts().getFirst()));
      default -> throw new IllegalArgumentException(op.mnemonic());
    };
  }

  /** The rows that {@link #rows(IndexOp.DynamicSlice, Map, long)} has found to be there. */
  private Value rows(IndexOp.DynamicSlice o, Counting.Linear row) {
    Value operand = outside.apply(o.operand());
    Shape shape = operand.shape();
    long last = row.base() + row.perStep() * (trips - 1);
    long[] start = new long[shape.rank()];
    long[] limit = shape.toArray();
    start[0] = Math.min(row.base(), last);
    limit[0] = start[0] + trips;
    Value box =
        out.add(
            new ShapeOp.Slice(
                operand, Longs.of(start), Longs.of(limit), Longs.fill(shape.rank(), 1)));
    Value turned = row.perStep() < 0 ? out.add(new ShapeOp.Reverse(box, Axes.of(0))) : box;
    return out.add(new ShapeOp.Reshape(turned, shape.with(0, 1).insert(0, trips)));
  }

  /** The counter of a loop for all steps. */
  Value counter(Counting counting, TensorType type) {
    TensorType column = type.withShape(Shape.of(trips));
    Value steps = out.add(new ElementwiseOp.Iota(column, 0));
    Value first = out.constant(Literal.scalar(type.dtype(), counting.first()));
    return out.pointwise(Fn.ADD, steps, out.broadcast(first, column.shape()));
  }

  private Value of(Value v) {
    return spread(v, v.shape());
  }

  /** A value for all steps; a scalar that goes with arrays (of select or clamp) is repeated. */
  private Value spread(Value v, Shape shape) {
    Optional<Value> stepwise = Optional.ofNullable(all.get(v));
    if (stepwise.isPresent() && v.shape().equals(shape)) {
      return stepwise.get();
    }
    Value from = stepwise.orElseGet(() -> outside.apply(v));
    Axes own = v.shape().isScalar() ? Axes.of() : Axes.range(1, 1 + shape.rank());
    Axes dims = stepwise.isPresent() ? Axes.of(0).plus(own) : own;
    return out.add(new ShapeOp.BroadcastInDim(from, dims, shape.insert(0, trips)));
  }

  private static Shape widest(List<Value> operands) {
    return operands.stream().map(Value::shape).reduce((a, b) -> a.isScalar() ? b : a).orElseThrow();
  }

  private static Axes next(Axes axes) {
    return axes.map(d -> d + 1);
  }

  private static Longs before(long first, Longs rest) {
    return Longs.of(
        LongStream.concat(LongStream.of(first), Arrays.stream(rest.toArray())).toArray());
  }
}
