package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.ElementwiseOp.Order;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sorting and selecting: every path of the compiler against Java's stable sort. */
class SortTest {
  /**
   * A sort.
   *
   * @param shape of all operands
   * @param dim the dimension
   * @param dtypes of the operands; complex ones are keys by their parts
   * @param keys how many operands are keys
   * @param how they are compared
   */
  record Case(Shape shape, int dim, List<DType> dtypes, int keys, How how) {}

  /** Comparators: JAX's, its mirror image, IEEE's total order, and one that is no order at all. */
  enum How {
    JAX,
    DESCENDING,
    TOTAL,
    MAGNITUDE
  }

  /** One for every path. */
  static Stream<Case> few() {
    List<DType> mixed = List.of(DType.BOOL, DType.F16, DType.U64, DType.I8);
    return Stream.of(
        new Case(Shape.of(3, 40), 1, List.of(DType.F32), 1, How.JAX),
        new Case(Shape.of(3, 7), 1, List.of(DType.C64, DType.I32), 1, How.DESCENDING),
        new Case(Shape.of(600), 0, List.of(DType.F64), 1, How.JAX),
        new Case(Shape.of(300), 0, List.of(DType.BF16, DType.I32), 1, How.TOTAL),
        new Case(Shape.of(900), 0, mixed, 3, How.JAX),
        new Case(Shape.of(4, 9, 3), 1, List.of(DType.F32, DType.I16), 1, How.JAX),
        new Case(Shape.of(0, 3), 1, List.of(DType.F32), 1, How.JAX),
        new Case(Shape.of(3, 0), 1, List.of(DType.F32, DType.I32), 1, How.JAX));
  }

  /** Every element type on every path. */
  static Stream<Case> many() {
    List<Case> cases = new ArrayList<>();
    for (DType t : DType.values()) {
      for (long n : new long[] {1, 7, 40, 300}) {
        cases.add(new Case(Shape.of(3, n), 1, List.of(t), 1, How.JAX));
      }
      cases.add(new Case(Shape.of(2, 70), 1, List.of(t, DType.I32), 1, How.DESCENDING));
      cases.add(new Case(Shape.of(600), 0, List.of(t, DType.C128), 1, How.JAX));
    }
    for (DType t : List.of(DType.F32, DType.F64, DType.F16, DType.BF16)) {
      cases.add(new Case(Shape.of(2, 30), 1, List.of(t), 1, How.TOTAL));
      cases.add(new Case(Shape.of(600), 0, List.of(t), 1, How.TOTAL));
    }
    List<DType> mixed = List.of(DType.BOOL, DType.F16, DType.U64, DType.I8);
    cases.add(new Case(Shape.of(5, 33), 1, mixed, 3, How.JAX));
    cases.add(new Case(Shape.of(900), 0, mixed, 3, How.DESCENDING));
    cases.add(new Case(Shape.of(50), 0, List.of(DType.I16, DType.BF16, DType.I8), 2, How.JAX));
    cases.add(new Case(Shape.of(400, 3), 0, List.of(DType.F32), 1, How.JAX));
    return Stream.concat(cases.stream(), large());
  }

  static Stream<Case> large() {
    return Stream.of(
        new Case(Shape.of(20_000), 0, List.of(DType.F32), 1, How.JAX),
        new Case(Shape.of(3, 9_000), 1, List.of(DType.F64), 1, How.DESCENDING),
        new Case(Shape.of(20_000), 0, List.of(DType.F32, DType.I32), 1, How.JAX),
        new Case(Shape.of(20_000), 0, List.of(DType.C64, DType.I32), 1, How.JAX),
        new Case(Shape.of(1_000, 257), 1, List.of(DType.I32, DType.F64), 2, How.JAX),
        new Case(Shape.of(30_000, 16), 1, List.of(DType.F32), 1, How.JAX),
        new Case(Shape.of(5_000, 40), 0, List.of(DType.F32, DType.I32), 1, How.JAX));
  }

  static Stream<Case> general() {
    return Stream.of(1L, 17L, 100L)
        .map(n -> new Case(Shape.of(3, n), 1, List.of(DType.F32, DType.I8), 1, How.MAGNITUDE));
  }

  @ParameterizedTest
  @MethodSource("few")
  void sorts(Case c) {
    check(c);
  }

  @ParameterizedTest
  @MethodSource("many")
  @Tag("slow")
  void sortsEverything(Case c) {
    check(c);
  }

  /** A comparison of floats that NaNs contradict: the interpreter takes the same steps. */
  @ParameterizedTest
  @MethodSource("general")
  void callsOtherComparators(Case c) {
    HloModule module = module(c);
    List<Literal> arguments = arguments(c.shape, c.dtypes);
    List<Literal> expected = Engines.run(Engines.interpreter(), module, arguments, 1);
    assertThat(Engines.run(Engines.CPU, module, arguments, 1)).isEqualTo(expected);
    assertThat(Engines.run(Engines.CPU, module, arguments, 0)).isEqualTo(expected);
  }

  private static void check(Case c) {
    check(c, arguments(c.shape, c.dtypes), 0, 1);
  }

  /** Sorts arguments on some numbers of threads. */
  static void check(Case c, List<Literal> arguments, int... threadCounts) {
    HloModule module = module(c);
    Integer[] order = order(c, arguments);
    for (int threads : threadCounts) {
      List<Literal> sorted = Engines.run(Engines.CPU, module, arguments, threads);
      for (int k = 0; k < c.dtypes.size(); k++) {
        assertThat(sorted.get(k)).as("operand %d", k).isEqualTo(picked(arguments.get(k), order));
      }
    }
  }

  // --- programs ---

  private static HloModule module(Case c) {
    HloBuilder b = new HloBuilder();
    List<Value> inputs = c.dtypes.stream().map(t -> b.param(new TensorType(t, c.shape))).toList();
    return Engines.module(b.build(b.addAll(new OrderOp.Sort(inputs, c.dim, true, comparator(c)))));
  }

  private static Block comparator(Case c) {
    HloBuilder b = new HloBuilder();
    List<List<Value>> pairs = new ArrayList<>();
    for (int k = 0; k < c.dtypes.size(); k++) {
      Value x = b.param(TensorType.scalar(c.dtypes.get(k)));
      Value y = b.param(TensorType.scalar(c.dtypes.get(k)));
      if (k < c.keys && x.dtype().isComplex()) {
        pairs.add(List.of(b.pointwise(Fn.REAL, x), b.pointwise(Fn.REAL, y)));
        pairs.add(List.of(b.pointwise(Fn.IMAG, x), b.pointwise(Fn.IMAG, y)));
      } else if (k < c.keys) {
        pairs.add(List.of(x, y));
      }
    }
    Value before = null;
    for (List<Value> pair : pairs.reversed()) {
      List<Value> keys = pair.stream().map(v -> key(b, c.how, v)).toList();
      Value less = compare(b, c.how == How.DESCENDING ? Direction.GT : Direction.LT, c.how, keys);
      before =
          before == null
              ? less
              : b.pointwise(
                  Fn.OR, less, b.pointwise(Fn.AND, compare(b, Direction.EQ, c.how, keys), before));
    }
    return b.build(before);
  }

  private static Value compare(HloBuilder b, Direction d, How how, List<Value> pair) {
    Value x = pair.get(0);
    boolean total = x.dtype().isFloat() && how != How.MAGNITUDE;
    Order order = total ? Order.TOTALORDER : HloBuilder.defaultOrder(x.dtype());
    return b.add(new ElementwiseOp.Compare(d, order, x, pair.get(1)));
  }

  private static Value key(HloBuilder b, How how, Value x) {
    if (!x.dtype().isFloat() || how == How.TOTAL) {
      return x;
    }
    if (how == How.MAGNITUDE) {
      return b.pointwise(Fn.ABS, x);
    }
    Value zero = b.constant(x.dtype(), 0);
    Value zeros = b.pointwise(Fn.SELECT, b.compare(Direction.EQ, x, zero), zero, x);
    Value nan = b.constant(x.dtype(), Double.NaN);
    return b.pointwise(Fn.SELECT, b.compare(Direction.NE, x, x), nan, zeros);
  }

  // --- arguments ---

  /** Any bits, and among them often zeros, infinities, NaNs and a few equal numbers. */
  private static List<Literal> arguments(Shape shape, List<DType> dtypes) {
    Random random = new Random(shape.hashCode());
    double[] special = {0, -0.0, 1, 1, -1, Double.NaN, -Double.NaN, 1 / 0.0, -1 / 0.0};
    List<Literal> all = new ArrayList<>();
    for (DType t : dtypes) {
      MemorySegment data = Literal.allocate(new TensorType(t, shape));
      for (long i = 0; i < shape.size(); i++) {
        double x = special[random.nextInt(special.length)];
        boolean any = random.nextBoolean();
        if (t == DType.BOOL) {
          Literal.setLong(t, data, i, random.nextInt(2));
        } else if (!t.isInexact()) {
          Literal.setLong(t, data, i, any ? random.nextLong() : random.nextInt(3));
        } else {
          double y = any ? random.nextGaussian() : random.nextInt(2);
          Literal.set(t, data, i, any && !t.isComplex() ? random.nextGaussian() : x, y);
        }
      }
      all.add(Literal.wrap(new TensorType(t, shape), data));
    }
    return all;
  }

  // --- the answer ---

  /** For each position of the result, the position that its element comes from. */
  private static Integer[] order(Case c, List<Literal> arguments) {
    Comparator<Integer> comparator = (_, _) -> 0;
    for (int k = 0; k < c.keys; k++) {
      Literal x = arguments.get(k);
      comparator = comparator.thenComparing((i, j) -> compare(c.how, x, i, j));
    }
    if (c.how == How.DESCENDING) {
      comparator = comparator.reversed();
    }
    int n = Math.toIntExact(c.shape.size());
    Integer[] order = new Integer[n];
    if (n == 0) {
      return order;
    }
    int stride = Math.toIntExact(c.shape.strides()[c.dim]);
    int length = Math.toIntExact(c.shape.dim(c.dim));
    for (int start = 0; start < n; start++) {
      if (start / stride % length == 0) {
        int first = start;
        List<Integer> row =
            IntStream.range(0, length)
                .mapToObj(i -> first + i * stride)
                .sorted(comparator) // of an ordered stream: stable
                .toList();
        for (int i = 0; i < length; i++) {
          order[first + i * stride] = row.get(i);
        }
      }
    }
    return order;
  }

  private static int compare(How how, Literal x, int i, int j) {
    return switch (x.dtype().kind()) {
      case BOOL, SIGNED -> Long.compare(x.getLong(i), x.getLong(j));
      case UNSIGNED -> Long.compareUnsigned(x.getLong(i), x.getLong(j));
      case FLOAT ->
          how == How.TOTAL
              ? Long.compare(totalKey(x.getDouble(i)), totalKey(x.getDouble(j)))
              : Double.compare(x.getDouble(i) + 0.0, x.getDouble(j) + 0.0);
      case COMPLEX -> {
        int re = Double.compare(x.getDouble(i) + 0.0, x.getDouble(j) + 0.0);
        yield re != 0 ? re : Double.compare(x.getImag(i) + 0.0, x.getImag(j) + 0.0);
      }
    };
  }

  private static long totalKey(double x) {
    long bits = Double.doubleToRawLongBits(x);
    return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
  }

  private static Literal picked(Literal x, Integer[] order) {
    int bytes = x.dtype().bytes();
    MemorySegment out = Literal.allocate(x.type());
    for (int i = 0; i < order.length; i++) {
      out.asSlice((long) i * bytes, bytes)
          .copyFrom(x.data().asSlice((long) order[i] * bytes, bytes));
    }
    return Literal.wrap(x.type(), out);
  }

  // --- selection ---

  /** The first {@code k} of a descending sort of values with their positions. */
  record Selection(Shape shape, DType dtype, long k) {}

  static Stream<Selection> fewSelections() {
    return Stream.of(
        new Selection(Shape.of(3, 100), DType.F32, 7),
        new Selection(Shape.of(2, 2_000), DType.I32, 10),
        new Selection(Shape.of(2, 600), DType.F64, 500),
        new Selection(Shape.of(2, 999), DType.F32, 16),
        new Selection(Shape.of(2, 2_001), DType.F32, 17),
        new Selection(Shape.of(2, 517), DType.U8, 1),
        new Selection(Shape.of(3, 5), DType.F32, 0),
        new Selection(Shape.of(0, 5), DType.F32, 2));
  }

  static Stream<Selection> manySelections() {
    List<Selection> all = new ArrayList<>();
    all.add(new Selection(Shape.of(1, 140_000), DType.F32, 90_000));
    all.add(new Selection(Shape.of(1, 140_000), DType.F64, 9_000));
    for (DType t : DType.values()) {
      if (!t.isComplex()) {
        all.add(new Selection(Shape.of(3, 5), t, 5));
        all.add(new Selection(Shape.of(3, 100), t, 7));
        all.add(new Selection(Shape.of(2, 2_000), t, 10));
        all.add(new Selection(Shape.of(2, 2_000), t, 20));
        all.add(new Selection(Shape.of(2, 600), t, 500));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("fewSelections")
  void selects(Selection s) {
    check(s);
  }

  @ParameterizedTest
  @MethodSource("manySelections")
  @Tag("slow")
  void selectsEverything(Selection s) {
    check(s);
  }

  private static void check(Selection s) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(new TensorType(s.dtype, s.shape));
    HloModule module = Engines.module(b.build(b.addAll(new OrderOp.TopK(x, s.k))));
    Literal argument = arguments(s.shape, List.of(s.dtype)).getFirst();
    for (int threads = 0; threads < 2; threads++) {
      List<Literal> found = Engines.run(Engines.CPU, module, List.of(argument), threads);
      Literal values = found.get(0);
      Literal indices = found.get(1);
      for (int r = 0; r < s.shape.dim(0); r++) {
        int start = Math.toIntExact(r * s.shape.dim(1));
        List<Integer> expected =
            IntStream.range(start, start + (int) s.shape.dim(1))
                .boxed()
                .sorted((i, j) -> compare(How.TOTAL, argument, j, i))
                .toList();
        for (int i = 0; i < s.k; i++) {
          long at = r * s.k + i;
          assertThat(indices.getLong(at) + start)
              .as("%d of row %d", i, r)
              .isEqualTo(expected.get(i).longValue());
          assertThat(
                  values
                      .data()
                      .asSlice(at * s.dtype.bytes(), s.dtype.bytes())
                      .mismatch(
                          argument
                              .data()
                              .asSlice((long) expected.get(i) * s.dtype.bytes(), s.dtype.bytes())))
              .isEqualTo(-1);
        }
      }
    }
  }
}
