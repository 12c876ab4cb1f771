package dev.jacobi.cpu;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Straight-line programs over small arrays, a function of their seed. */
final class RandomPrograms {
  private static final long[] SIZES = {1, 2, 3, 5, 8, 17, 40};
  private static final Fn[] UNARY = {Fn.NEG, Fn.ABS, Fn.EXP, Fn.TANH, Fn.SIN, Fn.SIGN, Fn.FLOOR};
  private static final Fn[] BINARY = {Fn.ADD, Fn.SUB, Fn.MUL, Fn.MAX, Fn.MIN};

  private final Random random;
  private final HloBuilder b = new HloBuilder();
  private final List<Value> values = new ArrayList<>();

  private RandomPrograms(long seed) {
    random = new Random(seed);
  }

  /** A program of about {@code steps} operations whose results are its last values. */
  static HloModule program(long seed, int steps) {
    RandomPrograms p = new RandomPrograms(seed);
    for (int i = 0; i < 3; i++) {
      DType t = i == 2 ? DType.I32 : DType.F32;
      p.values.add(p.b.param(new TensorType(t, p.shape(1 + p.random.nextInt(3)))));
    }
    p.values.add(p.b.param(TensorType.scalar(DType.F32)));
    for (int i = 0; i < steps; i++) {
      p.step();
    }
    int n = p.values.size();
    List<Value> results = new ArrayList<>(p.values.subList(n - 3, n));
    results.add(p.values.get(p.random.nextInt(n)));
    Block body = p.b.build(results.stream().distinct().toList());
    return module(body);
  }

  static HloModule module(Block body) {
    return new HloModule("random", Map.of("main", new HloFunc("main", true, body)), Map.of());
  }

  private Shape shape(int rank) {
    return Shape.of(
        IntStream.range(0, rank).mapToLong(i -> SIZES[random.nextInt(SIZES.length)]).toArray());
  }

  private Value any() {
    return values.get(random.nextInt(values.size()));
  }

  /** An array of a real type, converted if need be. */
  private Value real() {
    Value v = any();
    return v.dtype() == DType.F32 ? v : b.add(new ElementwiseOp.Convert(v, DType.F32));
  }

  private void step() {
    Value v = real();
    Shape s = v.shape();
    Value next =
        switch (random.nextInt(20)) {
          case 0, 1 -> b.pointwise(UNARY[random.nextInt(UNARY.length)], v);
          case 2, 3, 4 -> b.pointwise(BINARY[random.nextInt(BINARY.length)], v, like(s));
          case 5 -> b.pointwise(Fn.DIV, v, like(s));
          case 6 -> {
            Value c = b.compare(ElementwiseOp.Direction.GT, v, like(s));
            yield b.pointwise(Fn.SELECT, c, v, like(s));
          }
          case 7 -> b.add(new ElementwiseOp.Convert(v, DType.I32));
          case 8 -> broadcast(v);
          case 9 -> b.add(new ShapeOp.Reshape(v, Shape.of(s.size())));
          case 10 -> b.add(new ShapeOp.Transpose(v, permutation(s.rank())));
          case 11 -> slice(v);
          case 12 ->
              s.isScalar() ? v : b.add(new ShapeOp.Reverse(v, Axes.of(random.nextInt(s.rank()))));
          case 13 ->
              s.isScalar()
                  ? v
                  : b.add(
                      new ShapeOp.Concatenate(List.of(v, like(s), v), random.nextInt(s.rank())));
          case 14 -> pad(v);
          case 15, 16 -> reduce(v);
          case 17 -> dot(v);
          case 18 -> dynamic(v);
          default -> gatherAndScatter(v);
        };
    if (next.shape().size() <= 20_000) {
      values.add(next);
    }
  }

  /** Another array of this shape: one that is there, or a scalar or counter spread out. */
  private Value like(Shape s) {
    for (int i = 0; i < 6; i++) {
      Value v = any();
      if (v.shape().equals(s)) {
        return v.dtype() == DType.F32 ? v : b.add(new ElementwiseOp.Convert(v, DType.F32));
      }
    }
    if (s.isScalar() || random.nextBoolean()) {
      return b.broadcast(values.get(3), s);
    }
    return b.add(new ElementwiseOp.Iota(new TensorType(DType.F32, s), random.nextInt(s.rank())));
  }

  private Axes permutation(int rank) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    java.util.Collections.shuffle(order, random);
    return Axes.of(order.stream().mapToInt(i -> i).toArray());
  }

  private Value broadcast(Value v) {
    int rank = v.shape().rank();
    if (rank >= 3) {
      return v;
    }
    int at = random.nextInt(rank + 1);
    Shape s = v.shape().insert(at, SIZES[random.nextInt(SIZES.length)]);
    Axes dims = Axes.of(IntStream.range(0, rank + 1).filter(d -> d != at).toArray());
    return b.add(new ShapeOp.BroadcastInDim(v, dims, s));
  }

  private Value slice(Value v) {
    int rank = v.shape().rank();
    long[] start = new long[rank];
    long[] limit = v.shape().toArray();
    long[] stride = new long[rank];
    for (int d = 0; d < rank; d++) {
      start[d] = random.nextLong(limit[d]);
      limit[d] -= random.nextLong(limit[d] - start[d]);
      stride[d] = 1L + random.nextInt(2);
    }
    return b.add(new ShapeOp.Slice(v, Longs.of(start), Longs.of(limit), Longs.of(stride)));
  }

  private Value pad(Value v) {
    int rank = v.shape().rank();
    long[] low = LongStream.generate(() -> random.nextInt(3)).limit(rank).toArray();
    long[] high = LongStream.generate(() -> random.nextInt(3)).limit(rank).toArray();
    long[] interior = LongStream.generate(() -> random.nextInt(2)).limit(rank).toArray();
    return b.add(
        new ShapeOp.Pad(v, values.get(3), Longs.of(low), Longs.of(high), Longs.of(interior)));
  }

  private Value reduce(Value v) {
    int rank = v.shape().rank();
    Axes dims = Axes.of(IntStream.range(0, rank).filter(d -> random.nextBoolean()).toArray());
    Fn fn = random.nextBoolean() ? Fn.ADD : Fn.MAX;
    Value init = b.constant(DType.F32, fn == Fn.ADD ? 0 : Double.NEGATIVE_INFINITY);
    Block body = HloBuilder.binaryBody(fn, DType.F32);
    Value r = b.add(new ReductionOp.Reduce(List.of(v), List.of(init), dims, body));
    if (random.nextBoolean()) {
      values.add(r);
      Axes kept = dims.complement(rank);
      Value back = b.add(new ShapeOp.BroadcastInDim(r, kept, v.shape()));
      return b.pointwise(Fn.SUB, v, back);
    }
    return r;
  }

  private Value dot(Value v) {
    Value m =
        v.shape().rank() == 2 ? v : b.add(new ShapeOp.Reshape(v, Shape.of(1, v.shape().size())));
    Value t = b.add(new ShapeOp.Transpose(m, Axes.of(1, 0)));
    ReductionOp.DotDims dims =
        new ReductionOp.DotDims(Axes.of(), Axes.of(), Axes.of(1), Axes.of(0));
    return b.add(
        new ReductionOp.DotGeneral(
            m, t, dims, ReductionOp.Precision.DEFAULT, ReductionOp.Precision.DEFAULT, DType.F32));
  }

  private Value index() {
    Value scalar = b.add(new ElementwiseOp.Convert(values.get(3), DType.I32));
    return random.nextBoolean() ? scalar : b.constant(Literal.scalar(DType.I32, 1.0));
  }

  private Value dynamic(Value v) {
    int rank = v.shape().rank();
    long[] sizes = v.shape().toArray();
    List<Value> starts = new ArrayList<>();
    for (int d = 0; d < rank; d++) {
      sizes[d] = 1 + random.nextLong(sizes[d]);
      starts.add(index());
    }
    Value part = b.add(new IndexOp.DynamicSlice(v, starts, Longs.of(sizes)));
    Value changed = b.pointwise(Fn.ADD, part, b.broadcast(values.get(3), part.shape()));
    return b.add(new IndexOp.DynamicUpdateSlice(v, changed, starts));
  }

  /** Rows of v at random indices, then added to v at them. */
  private Value gatherAndScatter(Value v) {
    if (v.shape().isScalar()) {
      return v;
    }
    int rank = v.shape().rank();
    int count = 1 + random.nextInt(6);
    int[] at = IntStream.generate(() -> random.nextInt(9) - 1).limit(count).toArray();
    Value indices = b.constant(Literal.ofInts(Shape.of(count, 1), at));
    Axes offsets = Axes.range(1, rank);
    IndexOp.GatherDims g =
        new IndexOp.GatherDims(offsets, Axes.of(0), Axes.of(), Axes.of(), Axes.of(0), 1);
    Longs sizes = v.shape().with(0, 1).sizes();
    Value rows = b.add(new IndexOp.Gather(v, indices, g, sizes, false));
    IndexOp.ScatterDims sc =
        new IndexOp.ScatterDims(offsets, Axes.of(0), Axes.of(), Axes.of(), Axes.of(0), 1);
    Block add = HloBuilder.binaryBody(Fn.ADD, DType.F32);
    return b.add(new IndexOp.Scatter(List.of(v), indices, List.of(rows), sc, false, false, add));
  }
}
