package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Reductions over windows, and the selections that differentiate them. */
public final class Windows {
  private Windows() {}

  /** Reductions by a function of numbers. */
  interface WindowReduction extends Primitive {
    Window window();

    WindowReduction over(Window window);

    Fn fn();

    Domain domain();

    /** The element that changes nothing. */
    Literal identity(DType dtype);

    @Override
    default Map<String, Object> params() {
      return window().params();
    }

    @Override
    default List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      domain().check(name(), x.dtype());
      return List.of(x.withShape(window().stops(name(), x.shape())));
    }

    @Override
    default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      int dim = dims.getFirst();
      return Batched.of(Bind.bind(over(window().insert(dim)), operands.getFirst()), dim);
    }

    @Override
    default List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value x = operands.getFirst();
      return b.addAll(
          new WindowOp.ReduceWindow(
              List.of(x),
              List.of(b.constant(identity(x.dtype()))),
              window().hlo(),
              window().baseDilation(),
              window().windowDilation(),
              HloBuilder.binaryBody(fn(), x.dtype())));
    }
  }

  record ReduceWindowSum(Window window) implements WindowReduction {
    @Override
    public String name() {
      return "reduce_window_sum";
    }

    @Override
    public WindowReduction over(Window other) {
      return new ReduceWindowSum(other);
    }

    @Override
    public Fn fn() {
      return Fn.ADD;
    }

    @Override
    public Domain domain() {
      return Domain.NUMERIC;
    }

    @Override
    public Literal identity(DType dtype) {
      return Literal.scalar(dtype, 0L);
    }

    /** Linear: the tangent is the sum of the tangents. */
    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array dx = tangents.getFirst();
      return Jvp.of(Bind.bind(this, primals).getFirst(), dx == null ? null : Bind.bind(this, dx));
    }

    /** An element receives from the windows that cover it: strides and base dilations swap. */
    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      Shape shape = operands.getFirst().aval().shape();
      int rank = shape.rank();
      long[] low = new long[rank];
      long[] high = new long[rank];
      for (int d = 0; d < rank; d++) {
        low[d] = window.span(d) - 1 - window.low().get(d);
        long base = shape.dim(d) == 0 ? 0 : (shape.dim(d) - 1) * window.baseDilation().get(d) + 1;
        long stops = ct.dim(d) == 0 ? 0 : (ct.dim(d) - 1) * window.strides().get(d) + 1;
        high[d] = base + window.span(d) - 1 - stops - low[d];
      }
      Longs holes = Longs.of(window.strides().stream().map(s -> s - 1).toArray());
      Array spread = Slices.pad(ct, Scalars.like(ct, 0), Longs.of(low), Longs.of(high), holes);
      Window back =
          Window.of(window.dimensions().toArray())
              .withStrides(window.baseDilation().toArray())
              .withWindowDilation(window.windowDilation().toArray());
      return Collections.singletonList(reduceWindowSum(spread, back));
    }
  }

  /** The greatest or least elements; a tangent is that of the first element that is selected. */
  interface WindowExtreme extends WindowReduction {
    Direction select();

    @Override
    default Domain domain() {
      return Domain.ALL;
    }

    @Override
    default Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array x = primals.getFirst();
      Array dx = tangents.getFirst();
      Array y = Bind.bind(this, x);
      Primitive gather = new SelectAndGatherAdd(select(), window());
      return Jvp.of(y, dx == null ? null : Bind.bind(gather, dx, x));
    }

    @Override
    default List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }
  }

  record ReduceWindowMax(Window window) implements WindowExtreme {
    @Override
    public String name() {
      return "reduce_window_max";
    }

    @Override
    public WindowReduction over(Window other) {
      return new ReduceWindowMax(other);
    }

    @Override
    public Fn fn() {
      return Fn.MAX;
    }

    @Override
    public Direction select() {
      return Direction.GE;
    }

    @Override
    public Literal identity(DType dtype) {
      return Reductions.lowest(dtype);
    }
  }

  record ReduceWindowMin(Window window) implements WindowExtreme {
    @Override
    public String name() {
      return "reduce_window_min";
    }

    @Override
    public WindowReduction over(Window other) {
      return new ReduceWindowMin(other);
    }

    @Override
    public Fn fn() {
      return Fn.MIN;
    }

    @Override
    public Direction select() {
      return Direction.LE;
    }

    @Override
    public Literal identity(DType dtype) {
      return Reductions.highest(dtype);
    }
  }

  /** What selects in an array, its second operand, and is linear in the first. */
  interface Selection extends Primitive {
    Direction select();

    Window window();

    Selection over(Window window);

    /** The element that is never preferred. */
    default Literal worst(DType dtype) {
      return select() == Direction.GE ? Reductions.lowest(dtype) : Reductions.highest(dtype);
    }

    @Override
    default Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array d = tangents.getFirst();
      Array y = Bind.bind(this, primals).getFirst();
      return Jvp.of(y, d == null ? null : Bind.bind(this, d, primals.get(1)));
    }

    @Override
    default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Array first = Dims.batchAt(operands.get(0), dims.get(0), size, 0);
      Array second = Dims.batchAt(operands.get(1), dims.get(1), size, 0);
      return Batched.of(Bind.bind(over(window().insert(0)), first, second), 0);
    }

    /** Cotangents of the first operand only. */
    default List<@Nullable Array> pulled(List<Operand> operands, Array toFirst) {
      if (operands.get(1).isLinear()) {
        throw new NotLinearException(this);
      }
      return Arrays.asList(toFirst, null);
    }

    default Map<String, Object> selected(boolean dilations) {
      Map<String, Object> params = new LinkedHashMap<>();
      window()
          .params()
          .forEach(
              (name, value) -> {
                if (dilations || !name.endsWith("dilation")) {
                  params.put(name, value);
                }
              });
      params.put("select_prim", select() == Direction.GE ? "ge" : "le");
      return params;
    }
  }

  /** Adds each element of a source to the place of its window's selected element. */
  record SelectAndScatterAdd(Direction select, Window window) implements Selection {
    @Override
    public String name() {
      return "select_and_scatter_add";
    }

    @Override
    public Map<String, Object> params() {
      return selected(false);
    }

    @Override
    public Selection over(Window other) {
      return new SelectAndScatterAdd(select, other);
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval source = operands.get(0);
      Aval x = operands.get(1);
      Elementwise.sameType(name(), operands);
      Domain.NUMERIC.check(name(), x.dtype());
      if (window.isDilated()) {
        throw new LaxTypeException(name(), "takes no dilations: " + window);
      }
      if (!source.shape().equals(window.stops(name(), x.shape()))) {
        throw new LaxTypeException(
            name(),
            "the source has the shape "
                + source.shape()
                + ", but the windows are "
                + window.stops(name(), x.shape()));
      }
      return List.of(x);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array x = operands.get(1).known();
      return pulled(operands, selectAndGatherAdd(cotangents.getFirst(), x, select, window));
    }

    /** Padding is written out, as JAX does: then it may be selected, and what it gets is lost. */
    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value x = operands.get(1);
      DType t = x.dtype();
      int rank = x.type().rank();
      Longs none = Longs.fill(rank, 0);
      Longs low = window.low();
      boolean padded = window.isPadded();
      if (padded) {
        Value worst = b.constant(worst(t));
        x = b.add(new ShapeOp.Pad(x, worst, low, window.high(), none));
      }
      WindowOp.Window inside =
          new WindowOp.Window(window.dimensions(), window.strides(), none, none);
      HloBuilder compare = new HloBuilder();
      Value first = compare.param(TensorType.scalar(t));
      Value second = compare.param(TensorType.scalar(t));
      Block keeps = compare.build(compare.compare(select, first, second));
      Value out =
          b.add(
              new WindowOp.SelectAndScatter(
                  x,
                  operands.get(0),
                  b.constant(Literal.scalar(t, 0L)),
                  inside,
                  keeps,
                  HloBuilder.binaryBody(Fn.ADD, t)));
      return padded ? List.of(unpadded(b, out, outs.getFirst().shape())) : List.of(out);
    }

    /** What was not padding; where the array was trimmed, nothing was selected. */
    private Value unpadded(HloBuilder b, Value padded, Shape shape) {
      int rank = shape.rank();
      Longs low = window.low();
      Longs high = window.high();
      if (LongStream.concat(low.stream(), high.stream()).allMatch(p -> p >= 0)) {
        long[] limit = IntStream.range(0, rank).mapToLong(d -> low.get(d) + shape.dim(d)).toArray();
        return b.add(new ShapeOp.Slice(padded, low, Longs.of(limit), Longs.fill(rank, 1)));
      }
      Value zero = b.constant(Literal.scalar(padded.dtype(), 0L));
      return b.add(new ShapeOp.Pad(padded, zero, negated(low), negated(high), Longs.fill(rank, 0)));
    }

    private static Longs negated(Longs list) {
      return Longs.of(list.stream().map(x -> -x).toArray());
    }
  }

  /** For each window, the element of the first operand where the second one's is selected. */
  record SelectAndGatherAdd(Direction select, Window window) implements Selection {
    @Override
    public String name() {
      return "select_and_gather_add";
    }

    @Override
    public Map<String, Object> params() {
      return selected(true);
    }

    @Override
    public Selection over(Window other) {
      return new SelectAndGatherAdd(select, other);
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.get(0);
      Elementwise.sameType(name(), operands);
      Domain.NUMERIC.check(name(), x.dtype());
      if (!x.shape().equals(operands.get(1).shape())) {
        throw new LaxTypeException(
            name(), "takes two arrays of one shape, not " + x + " and " + operands.get(1));
      }
      return List.of(x.withShape(window.stops(name(), x.shape())));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array x = operands.get(1).known();
      Longs base = window.baseDilation();
      if (window.windowDilation().stream().anyMatch(w -> w != 1)) {
        throw new LaxTypeException(
            name(), "has no transpose for a dilated window: " + window.windowDilation());
      }
      int rank = x.rank();
      Longs none = Longs.fill(rank, 0);
      Longs holes = Longs.of(base.stream().map(d -> d - 1).toArray());
      Array spread =
          window.isDilated() ? Slices.pad(x, Scalars.like(x, extreme()), none, none, holes) : x;
      long[] ones = Longs.fill(rank, 1).toArray();
      Window plain = window.withBaseDilation(ones);
      Array all = selectAndScatterAdd(cotangents.getFirst(), spread, select, plain);
      return pulled(operands, Slices.slice(all, none, all.shape().sizes(), base));
    }

    private double extreme() {
      return select == Direction.GE ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      DType t = operands.get(0).dtype();
      TensorType scalar = TensorType.scalar(t);
      HloBuilder pair = new HloBuilder();
      List<Value> p = new ArrayList<>();
      IntStream.range(0, 4).forEach(i -> p.add(pair.param(scalar)));
      Value which = pair.compare(select, p.get(0), p.get(2));
      Block body =
          pair.build(
              pair.pointwise(Fn.SELECT, which, p.get(0), p.get(2)),
              pair.pointwise(Fn.SELECT, which, p.get(1), p.get(3)));
      List<Value> both =
          b.addAll(
              new WindowOp.ReduceWindow(
                  List.of(operands.get(1), operands.get(0)),
                  List.of(b.constant(worst(t)), b.constant(Literal.scalar(t, 0L))),
                  window.hlo(),
                  window.baseDilation(),
                  window.windowDilation(),
                  body));
      return List.of(both.get(1));
    }
  }

  /** Sums of windows; absent elements count as zero. */
  public static Array reduceWindowSum(Array x, Window window) {
    return Bind.bind(new ReduceWindowSum(window), x);
  }

  /** The greatest element of each window, the least value there is for one without any. */
  public static Array reduceWindowMax(Array x, Window window) {
    return Bind.bind(new ReduceWindowMax(window), x);
  }

  /** The least element of each window, the greatest value there is for one without any. */
  public static Array reduceWindowMin(Array x, Window window) {
    return Bind.bind(new ReduceWindowMin(window), x);
  }

  /**
   * Adds each element of {@code source} to the place of the element that its window selects in
   * {@code x}: the first of the greatest ({@code GE}) or least ({@code LE}) ones.
   */
  static Array selectAndScatterAdd(Array source, Array x, Direction select, Window window) {
    return Bind.bind(new SelectAndScatterAdd(select, window), source, x);
  }

  /** The elements of {@code values} where windows select in {@code x}. */
  static Array selectAndGatherAdd(Array values, Array x, Direction select, Window window) {
    return Bind.bind(new SelectAndGatherAdd(select, window), values, x);
  }
}
