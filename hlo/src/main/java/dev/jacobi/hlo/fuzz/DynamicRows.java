package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operations whose shapes are values: constants, or sizes that are read off. */
final class DynamicRows {
  private DynamicRows() {}

  static final List<Programs.Row> ALL = List.of(DynamicRows::moved, DynamicRows::counted);

  /** One of the static operations that move elements, in its dynamic form. */
  private static void moved(Programs p) {
    Op drawn = p.drawn(p.draw.pick(ShapeRows.ALL)).orElse(null);
    switch (drawn) {
      case ShapeOp.Reshape o -> {
        Value shape = sizes(p, o.shape().sizes());
        p.add(new DynamicOp.DynamicReshape(o.operand(), shape, type(o)));
      }
      case ShapeOp.BroadcastInDim o -> {
        Value shape = sizes(p, o.shape().sizes());
        Optional<Axes> expanding = p.draw.coin() ? Optional.of(stretched(o)) : Optional.empty();
        p.add(
            new DynamicOp.DynamicBroadcastInDim(
                o.operand(), shape, o.dims(), expanding, Optional.empty(), type(o)));
      }
      case ShapeOp.Pad o -> {
        DType t = number(p);
        Value low = numbers(p, t, o.low());
        Value high = numbers(p, t, o.high());
        Value interior = numbers(p, t, o.interior());
        p.add(new DynamicOp.DynamicPad(o.operand(), o.value(), low, high, interior, type(o)));
      }
      case ShapeOp.Slice o -> {
        DType t = number(p);
        Value start = numbers(p, t, o.start());
        Value limit = numbers(p, t, o.limit());
        Value strides = numbers(p, t, o.strides());
        p.add(new DynamicOp.RealDynamicSlice(o.operand(), start, limit, strides, type(o)));
      }
      case null, default -> gather(p);
    }
  }

  private static void gather(Programs p) {
    if (p.drawn(IndexRows::gather).orElse(null) instanceof IndexOp.Gather o) {
      Value sizes = numbers(p, o.sliceSizes());
      p.add(
          new DynamicOp.DynamicGather(
              o.operand(), o.indices(), sizes, o.dims(), o.sorted(), type(o)));
    }
  }

  private static TensorType type(Op op) {
    return Infer.resultTypes(op).getFirst();
  }

  private static Axes stretched(ShapeOp.BroadcastInDim o) {
    Shape from = o.operand().shape();
    return Axes.of(
        IntStream.range(0, from.rank())
            .filter(d -> from.dim(d) != o.shape().dim(o.dims().get(d)))
            .toArray());
  }

  private static DType number(Programs p) {
    return p.draw.pick(DType.I32, DType.I64);
  }

  private static Value numbers(Programs p, Longs numbers) {
    return numbers(p, number(p), numbers);
  }

  private static Value numbers(Programs p, DType t, Longs numbers) {
    Literal literal = Literal.ofLongs(Shape.of(numbers.size()), numbers.toArray());
    if (t == DType.I64) {
      return p.b.constant(literal);
    }
    return p.b.constant(
        Literal.ofInts(literal.shape(), numbers.stream().mapToInt(Math::toIntExact).toArray()));
  }

  /** A constant, or sizes of arrays that have them, joined. */
  private static Value sizes(Programs p, Longs sizes) {
    if (p.draw.coin() || sizes.size() == 0) {
      return numbers(p, sizes);
    }
    List<Value> each = sizes.stream().mapToObj(n -> size(p, n)).toList();
    return p.b.add(new ShapeOp.Concatenate(each, 0));
  }

  private static Value size(Programs p, long n) {
    TensorType type = new TensorType(p.draw.dtype(_ -> true), Shape.of(1, n));
    Value array =
        n <= p.draw.most()
            ? p.like(type)
            : p.b.add(new ElementwiseOp.Iota(TensorType.of(DType.I32, 1, n), 1));
    Value size = p.add(new DynamicOp.GetDimensionSize(array, 1)).getFirst();
    return p.b.add(new ShapeOp.Reshape(size, Shape.of(1)));
  }

  private static void counted(Programs p) {
    Value v = p.any(_ -> true, s -> s.rank() > 0);
    int dim = p.draw.below(v.shape().rank());
    if (p.draw.coin() && !v.dtype().isBool()) {
      p.add(new DynamicOp.DynamicIota(sizes(p, v.shape().sizes()), dim, v.type()));
    } else {
      Value size = p.b.constant(DType.I32, v.shape().dim(dim));
      p.add(new DynamicOp.SetDimensionSize(v, size, dim, v.type()));
    }
  }
}
