package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Boxes cut out of arrays at static places, and padding. */
public final class Slices {
  private Slices() {}

  /** Elements {@code start, start + stride, ...} below {@code limit} along each dimension. */
  record Slice(Longs startIndices, Longs limitIndices, Longs strides) implements Linear {
    @Override
    public String name() {
      return "slice";
    }

    @Override
    public Map<String, Object> params() {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put("start_indices", startIndices);
      params.put("limit_indices", limitIndices);
      boolean unit = strides.stream().allMatch(s -> s == 1);
      params.put("strides", unit ? "None" : strides.toString());
      return params;
    }

    @Override
    public Aval shape(Aval operand) {
      long[] sizes = new long[operand.rank()];
      for (int d = 0; d < sizes.length; d++) {
        long from = startIndices.get(d);
        long to = limitIndices.get(d);
        if (isWhole(operand, d)) {
          sizes[d] = Shape.DYNAMIC;
          continue;
        }
        if (from < 0 || to < from || to > operand.dim(d) || strides.get(d) < 1) {
          throw new LaxTypeException(
              name(),
              "["
                  + from
                  + ":"
                  + to
                  + ":"
                  + strides.get(d)
                  + "] is no slice of dimension "
                  + d
                  + " of shape "
                  + operand.shape());
        }
        sizes[d] = Math.ceilDiv(to - from, strides.get(d));
      }
      return operand.withShape(Shape.of(sizes));
    }

    /** Whether all is taken of a dimension of unknown size. */
    private boolean isWhole(Aval operand, int d) {
      return !operand.shape().isStatic(d)
          && startIndices.get(d) == 0
          && limitIndices.get(d) == Shape.DYNAMIC
          && strides.get(d) == 1;
    }

    @Override
    public Array transpose(Array cotangent, Aval operand) {
      int rank = operand.rank();
      long[] high = new long[rank];
      for (int d = 0; d < rank; d++) {
        if (isWhole(operand, d)) {
          continue;
        }
        long n = cotangent.shape().dim(d);
        long last =
            n == 0 ? startIndices.get(d) : startIndices.get(d) + (n - 1) * strides.get(d) + 1;
        high[d] = operand.dim(d) - last;
      }
      Longs interior = map(rank, d -> strides.get(d) - 1);
      return pad(cotangent, Scalars.like(cotangent, 0), startIndices, Longs.of(high), interior);
    }

    @Override
    public Batched vmap(Array operand, int dim, long size) {
      return Batched.of(
          slice(
              operand,
              insert(startIndices, dim, 0),
              insert(limitIndices, dim, size),
              insert(strides, dim, 1)),
          dim);
    }

    @Override
    public Value lower(LowerContext context, Value operand, Aval out) {
      boolean key = out.key();
      int d = out.rank();
      return context
          .builder()
          .add(
              new ShapeOp.Slice(
                  operand,
                  key ? insert(startIndices, d, 0) : startIndices,
                  key ? insert(limitIndices, d, 2) : limitIndices,
                  key ? insert(strides, d, 1) : strides));
    }
  }

  /**
   * Pads (or, where negative, trims) edges, and puts {@code interior} elements between neighbours.
   */
  record Pad(Longs low, Longs high, Longs interior) implements Primitive {
    @Override
    public String name() {
      return "pad";
    }

    @Override
    public Map<String, Object> params() {
      List<Longs> config = new ArrayList<>();
      for (int d = 0; d < low.size(); d++) {
        config.add(Longs.of(low.get(d), high.get(d), interior.get(d)));
      }
      return Map.of("padding_config", config);
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      Elementwise.sameType(name(), operands);
      if (x.rank() != low.size() || operands.get(1).rank() != 0) {
        throw new LaxTypeException(
            name(), "needs one setting per dimension of " + x + " and a scalar to pad with");
      }
      long[] sizes = new long[x.rank()];
      for (int d = 0; d < sizes.length; d++) {
        if (!x.shape().isStatic(d) && low.get(d) == 0 && high.get(d) == 0 && interior.get(d) == 0) {
          sizes[d] = Shape.DYNAMIC;
          continue;
        }
        long inner = Math.max(x.dim(d) - 1, 0) * interior.get(d);
        sizes[d] = x.dim(d) + low.get(d) + high.get(d) + inner;
        if (sizes[d] < 0 || interior.get(d) < 0) {
          throw new LaxTypeException(
              name(), "dimension " + d + " of " + x + " would get the size " + sizes[d]);
        }
      }
      return List.of(x.withShape(Shape.of(sizes)));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array y = Bind.bind(this, primals).getFirst();
      Array dx = tangents.get(0) == null ? Zeros.like(primals.get(0)) : tangents.get(0);
      Array dv = tangents.get(1) == null ? Zeros.like(primals.get(1)) : tangents.get(1);
      return Jvp.of(y, y.aval().isDifferentiable() ? Bind.bind(this, dx, dv) : null);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      Array toOperand = unpad(ct, operands.get(0).aval().shape());
      Array toValue = null;
      if (operands.get(1).isLinear()) {
        toValue = Arithmetic.sub(total(ct), total(toOperand));
      }
      return Arrays.asList(operands.get(0).isLinear() ? toOperand : null, toValue);
    }

    private static Array total(Array x) {
      return Reductions.sum(x, Axes.range(x.rank()));
    }

    /** Trims what was added, then takes every element that was there. */
    private Array unpad(Array ct, Shape shape) {
      int rank = shape.rank();
      Array trimmed =
          pad(
              ct,
              Scalars.like(ct, 0),
              map(rank, d -> -low.get(d)),
              map(rank, d -> -high.get(d)),
              Longs.fill(rank, 0));
      return slice(
          trimmed,
          Longs.fill(rank, 0),
          trimmed.shape().sizes(),
          map(rank, d -> interior.get(d) + 1));
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Integer dim = dims.get(0);
      if (dims.get(1) == null && dim != null) {
        Array padded =
            pad(
                operands.get(0),
                operands.get(1),
                insert(low, dim, 0),
                insert(high, dim, 0),
                insert(interior, dim, 0));
        return Batched.of(padded, dim);
      }
      // every element has its own padding value: fill the padding from a mask
      Array x = Dims.batchAt(operands.get(0), dim, size, 0);
      Array inside = Zeros.full(Scalars.of(DType.BOOL, 1), x.shape());
      Array off = Scalars.of(DType.BOOL, 0);
      Longs lows = insert(low, 0, 0);
      Longs highs = insert(high, 0, 0);
      Longs interiors = insert(interior, 0, 0);
      Array padded = pad(x, Scalars.like(x, 0), lows, highs, interiors);
      Array mask = pad(inside, off, lows, highs, interiors);
      Array value = Dims.batchAt(operands.get(1), dims.get(1), size, 0);
      Array values = Shapes.broadcastInDim(value, padded.shape(), Axes.of(0));
      return Batched.of(Compare.select(mask, padded, values), 0);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return context
          .builder()
          .addAll(new ShapeOp.Pad(operands.get(0), operands.get(1), low, high, interior));
    }
  }

  static Longs insert(Longs list, int at, long value) {
    return Longs.of(
        IntStream.rangeClosed(0, list.size())
            .mapToLong(i -> i < at ? list.get(i) : i == at ? value : list.get(i - 1))
            .toArray());
  }

  private static Longs map(int rank, ToLongFunction<Integer> f) {
    return Longs.of(IntStream.range(0, rank).mapToLong(f::applyAsLong).toArray());
  }

  public static Array slice(Array x, Longs start, Longs limit, Longs strides) {
    boolean all =
        start.stream().allMatch(s -> s == 0)
            && limit.equals(x.shape().sizes())
            && strides.stream().allMatch(s -> s == 1);
    return all ? x : Bind.bind(new Slice(start, limit, strides), x);
  }

  /** The elements from one to another along a dimension, and all of the others. */
  public static Array inDim(Array x, long from, long to, long step, int axis) {
    long[] starts = new long[x.rank()];
    long[] limits = x.shape().toArray();
    long[] steps = Longs.fill(x.rank(), 1).toArray();
    starts[axis] = from;
    limits[axis] = to;
    steps[axis] = step;
    return slice(x, Longs.of(starts), Longs.of(limits), Longs.of(steps));
  }

  public static Array pad(Array x, Array value, Longs low, Longs high, Longs interior) {
    return Bind.bind(new Pad(low, high, interior), x, value);
  }
}
