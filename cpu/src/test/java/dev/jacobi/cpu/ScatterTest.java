package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp.Scatter;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scatters against the interpreter, to the bit: updates of one element combine in their order, on
 * any number of threads. Large ones are divided among threads, small ones are not.
 */
class ScatterTest {
  private static final ScatterDims VECTOR = dims(axes(), axes(0), axes(), axes(), axes(0), 1);
  private static final ScatterDims ROWS = dims(axes(1), axes(0), axes(), axes(), axes(0), 1);

  /** Where updates go: anywhere, to few places, all to one, in order, or often out of bounds. */
  enum Where {
    ANYWHERE,
    FEW,
    ONE,
    SORTED,
    OUTSIDE
  }

  /** How an update meets what is there. */
  enum How {
    ADD,
    SUBTRACT,
    MULTIPLY,
    MINIMUM,
    MAXIMUM,
    SET,
    /** Twice what is there plus the update: neither associative nor symmetric. */
    SHIFT
  }

  /**
   * A scatter.
   *
   * @param dtypes of the arrays that are updated together
   */
  record Case(
      Shape operand,
      TensorType indices,
      Shape update,
      ScatterDims dims,
      List<DType> dtypes,
      How how,
      Where where) {
    Case with(How other, Where place) {
      return new Case(operand, indices, update, dims, dtypes, other, place);
    }

    Case with(DType... types) {
      return new Case(operand, indices, update, dims, List.of(types), how, where);
    }
  }

  private static Axes axes(int... axes) {
    return Axes.of(axes);
  }

  private static ScatterDims dims(
      Axes window, Axes inserted, Axes batching, Axes indexBatching, Axes to, int vector) {
    return new ScatterDims(window, inserted, batching, indexBatching, to, vector);
  }

  /** Elements into a vector. */
  private static Case vector(long size, long n) {
    return new Case(
        Shape.of(size),
        new TensorType(DType.I32, Shape.of(n, 1)),
        Shape.of(n),
        VECTOR,
        List.of(DType.F32),
        How.ADD,
        Where.ANYWHERE);
  }

  /** Rows into a matrix. */
  private static Case rows(long size, long n, long width) {
    return new Case(
        Shape.of(size, width),
        new TensorType(DType.I32, Shape.of(n, 1)),
        Shape.of(n, width),
        ROWS,
        List.of(DType.F32),
        How.ADD,
        Where.OUTSIDE);
  }

  private static Case of(
      Shape operand, DType index, Shape indices, Shape update, ScatterDims dims) {
    TensorType type = new TensorType(index, indices);
    return new Case(operand, type, update, dims, List.of(DType.F32), How.SHIFT, Where.ANYWHERE);
  }

  /** One for every way of dividing. */
  static Stream<Case> few() {
    return Stream.of(
        vector(13, 40).with(How.SHIFT, Where.OUTSIDE),
        vector(0, 5).with(How.ADD, Where.ONE),
        vector(300_001, 30_011).with(How.SHIFT, Where.OUTSIDE),
        rows(50, 2_001, 70),
        batched(5, 700, 3_001));
  }

  /** Every combiner, type, distribution and form of indices, large and small. */
  static Stream<Case> many() {
    List<Case> cases = new ArrayList<>();
    for (How how : How.values()) {
      for (Where where : Where.values()) {
        cases.add(vector(300_001, 30_011).with(how, where));
        cases.add(vector(57, 100).with(how, where));
      }
    }
    for (DType t : DType.values()) {
      How how = t.isBool() ? How.MAXIMUM : How.ADD;
      cases.add(vector(1_200_000 / t.bytes(), 30_011).with(t).with(how, Where.FEW));
      cases.add(rows(64, 2_000, 64).with(t).with(how, Where.FEW));
    }
    for (long size : new long[] {1, 2, 3, 31, 1_000}) {
      cases.add(vector(size, 200_003)); // small enough for the cache: from some threads on
    }
    cases.add(vector(300_001, 30_011).with(DType.F32, DType.I8).with(How.SHIFT, Where.FEW));
    for (DType index : List.of(DType.I8, DType.U8, DType.U32, DType.I64, DType.U64)) {
      Case c = vector(300_001, 30_011).with(How.SHIFT, Where.OUTSIDE);
      TensorType type = new TensorType(index, c.indices.shape());
      cases.add(new Case(c.operand, type, c.update, VECTOR, c.dtypes, c.how, c.where));
    }
    cases.addAll(forms());
    return cases.stream();
  }

  private static List<Case> forms() {
    return List.of(
        rows(7, 2_001, 33),
        rows(40_000, 20_000, 9),
        rows(300, 900, 256),
        batched(70, 40, 500),
        batched(2, 200_000, 9_000),
        // index vectors of two components, windows between them, and along the first dimension
        of(
            Shape.of(600, 700),
            DType.I32,
            Shape.of(20_001, 2),
            Shape.of(20_001),
            dims(axes(), axes(0, 1), axes(), axes(), axes(1, 0), 1)),
        of(
            Shape.of(300, 5, 300),
            DType.I32,
            Shape.of(9_001, 2),
            Shape.of(9_001, 5),
            dims(axes(1), axes(0, 2), axes(), axes(), axes(2, 0), 1)),
        of(
            Shape.of(6, 90_000),
            DType.I64,
            Shape.of(20_001, 1),
            Shape.of(6, 20_001),
            dims(axes(0), axes(1), axes(), axes(), axes(1), 1)),
        // indices without a vector dimension, of two dimensions, with the vector first
        of(Shape.of(400_000), DType.I32, Shape.of(30_001), Shape.of(30_001), VECTOR),
        of(
            Shape.of(400_000),
            DType.I32,
            Shape.of(200, 151, 1),
            Shape.of(200, 151),
            dims(axes(), axes(0), axes(), axes(), axes(0), 2)),
        of(
            Shape.of(600, 700),
            DType.I32,
            Shape.of(2, 20_001),
            Shape.of(20_001),
            dims(axes(), axes(0, 1), axes(), axes(), axes(0, 1), 0)),
        // windows that meet, beside a dimension in which they cannot
        of(
            Shape.of(900, 500),
            DType.I32,
            Shape.of(9_001, 2),
            Shape.of(9_001, 1, 3),
            dims(axes(1, 2), axes(), axes(), axes(), axes(0, 1), 1)),
        of(
            Shape.of(500_000),
            DType.I32,
            Shape.of(20_001, 1),
            Shape.of(20_001, 2),
            dims(axes(1), axes(), axes(), axes(), axes(0), 1)));
  }

  /** As vmap makes it: the leading dimension of everything is the batch. */
  private static Case batched(long batch, long size, long n) {
    return of(
        Shape.of(batch, size),
        DType.I32,
        Shape.of(batch, n, 1),
        Shape.of(batch, n),
        dims(axes(), axes(1), axes(0), axes(0), axes(1), 2));
  }

  @ParameterizedTest
  @MethodSource("few")
  void scatters(Case c) {
    check(c);
  }

  @ParameterizedTest
  @MethodSource("many")
  @Tag("slow")
  void scattersEverything(Case c) {
    check(c);
  }

  private static void check(Case c) {
    HloModule module = module(c);
    List<Literal> arguments = arguments(c);
    List<Literal> expected = Engines.run(Engines.interpreter(), module, arguments, 1);
    for (int threads : new int[] {1, 2, 3}) {
      assertThat(Engines.run(Engines.CPU, module, arguments, threads))
          .as("%d threads", threads)
          .isEqualTo(expected);
    }
  }

  private static HloModule module(Case c) {
    HloBuilder b = new HloBuilder();
    List<Value> inputs = c.dtypes.stream().map(t -> b.param(new TensorType(t, c.operand))).toList();
    Value indices = b.param(c.indices);
    List<Value> updates = c.dtypes.stream().map(t -> b.param(new TensorType(t, c.update))).toList();
    Scatter op = new Scatter(inputs, indices, updates, c.dims, false, false, body(c));
    return Engines.module(b.build(b.addAll(op)));
  }

  private static Block body(Case c) {
    HloBuilder b = new HloBuilder();
    List<Value> old = c.dtypes.stream().map(t -> b.param(TensorType.scalar(t))).toList();
    List<Value> added = c.dtypes.stream().map(t -> b.param(TensorType.scalar(t))).toList();
    List<Value> now = new ArrayList<>();
    for (int k = 0; k < old.size(); k++) {
      Value x = old.get(k);
      Value u = added.get(k);
      now.add(
          switch (c.how) {
            case ADD -> b.pointwise(Fn.ADD, x, u);
            case SUBTRACT -> b.pointwise(Fn.SUB, x, u);
            case MULTIPLY -> b.pointwise(Fn.MUL, x, u);
            case MINIMUM -> b.pointwise(Fn.MIN, x, u);
            case MAXIMUM -> b.pointwise(Fn.MAX, x, u);
            case SET -> u;
            case SHIFT -> b.pointwise(Fn.ADD, b.pointwise(Fn.ADD, x, x), u);
          });
    }
    return b.build(now.toArray(Value[]::new));
  }

  /** Small integers and fractions, with indices of which some are out of bounds if wanted. */
  private static List<Literal> arguments(Case c) {
    Random random = new Random(7);
    List<Literal> all = new ArrayList<>();
    c.dtypes.forEach(t -> all.add(numbers(random, new TensorType(t, c.operand))));
    all.add(indices(random, c));
    c.dtypes.forEach(t -> all.add(numbers(random, new TensorType(t, c.update))));
    return all;
  }

  private static Literal numbers(Random random, TensorType type) {
    MemorySegment data = Literal.allocate(type);
    for (long i = 0; i < type.shape().size(); i++) {
      double x = random.nextInt(-40, 40) / (type.dtype().isInexact() ? 7.0 : 1.0);
      Literal.set(type.dtype(), data, i, type.dtype().isBool() ? i % 3 : x, random.nextInt(5));
    }
    return Literal.wrap(type, data);
  }

  private static Literal indices(Random random, Case c) {
    MemorySegment data = Literal.allocate(c.indices);
    DType t = c.indices.dtype();
    int n = Math.toIntExact(c.indices.shape().size());
    int components = c.dims.scatterDimsToOperandDims().size();
    boolean first = c.dims.indexVectorDim() == 0;
    for (int i = 0; i < n; i++) {
      int which = first ? i / (n / components) : i % components;
      int dim = c.dims.scatterDimsToOperandDims().get(which);
      long size = Math.min(c.operand.dim(dim), t.bits() == 8 ? 100 : Long.MAX_VALUE);
      long index =
          switch (c.where) {
            case ANYWHERE -> random.nextLong(size);
            case FEW -> random.nextLong(Math.min(size, 5)) * (size / Math.min(size, 5));
            case ONE -> size - 1;
            case SORTED -> i * size / n;
            case OUTSIDE ->
                random.nextInt(3) > 0 ? random.nextLong(size) : random.nextLong(-3, 4) * size;
          };
      Literal.setLong(t, data, i, index);
    }
    return Literal.wrap(c.indices, data);
  }
}
