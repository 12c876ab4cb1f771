package dev.jacobi.cpu;

import dev.jacobi.cpu.SortTest.Case;
import dev.jacobi.cpu.SortTest.How;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sorts of rows that are in some order already, of all lengths, on 1 to 3 threads. */
class SortPatternsTest {
  private static final long LONG_ROW = 131_101; // divided among threads

  /** What a row looks like. */
  enum Pattern {
    RANDOM,
    SORTED,
    REVERSED,
    EQUAL,
    FEW,
    ORGAN_PIPE,
    SAWTOOTH,
    /** Zeros and NaNs of both signs, infinities, and a few numbers. */
    SPECIAL,
    /** Numbers that differ in their lowest bits only. */
    CLOSE
  }

  private static Case of(long n, How how, DType... dtypes) {
    return new Case(Shape.of(n), 0, List.of(dtypes), 1, how);
  }

  static Stream<Arguments> few() {
    Case pairs = of(LONG_ROW, How.JAX, DType.F64, DType.I32);
    return Stream.of(
        Arguments.of(of(LONG_ROW, How.JAX, DType.F32), Pattern.SPECIAL),
        Arguments.of(pairs, Pattern.FEW),
        Arguments.of(of(257, How.JAX, DType.F32), Pattern.ORGAN_PIPE));
  }

  static Stream<Arguments> lengths() {
    List<Arguments> all = new ArrayList<>();
    for (long n : new long[] {0, 1, 2, 3, 7, 13, 15, 16, 17, 31, 33, 63, 64, 65, 127, 251}) {
      for (Pattern p : Pattern.values()) {
        all.add(Arguments.of(of(n, How.JAX, DType.F32), p));
      }
    }
    for (long n : new long[] {255, 257, 509, 1023, 1025, 4093, 8191, 8193, 131_071, 131_073}) {
      all.add(Arguments.of(of(n, How.JAX, DType.F32), Pattern.SPECIAL));
      all.add(Arguments.of(of(n, How.DESCENDING, DType.F64), Pattern.FEW));
      all.add(Arguments.of(of(n, How.JAX, DType.I32, DType.I32), Pattern.FEW));
    }
    return all.stream();
  }

  static Stream<Arguments> longRows() {
    List<Arguments> all = new ArrayList<>();
    for (Pattern p : Pattern.values()) {
      all.add(Arguments.of(of(140_009, How.JAX, DType.F32), p));
      all.add(Arguments.of(of(140_009, How.DESCENDING, DType.F64), p));
      all.add(Arguments.of(of(140_009, How.JAX, DType.F32, DType.I32), p));
      all.add(Arguments.of(of(140_009, How.DESCENDING, DType.I64, DType.I16, DType.C64), p));
      all.add(Arguments.of(of(140_009, How.TOTAL, DType.F32, DType.F64), p));
    }
    for (DType t : DType.values()) {
      all.add(Arguments.of(of(LONG_ROW, How.JAX, t), Pattern.SPECIAL));
      all.add(Arguments.of(of(LONG_ROW, How.DESCENDING, t), Pattern.RANDOM));
      all.add(Arguments.of(of(LONG_ROW, How.JAX, t, DType.I32), Pattern.RANDOM));
    }
    List<DType> keys = List.of(DType.BOOL, DType.F32, DType.F64, DType.I8);
    for (Pattern p : List.of(Pattern.FEW, Pattern.SPECIAL, Pattern.RANDOM)) {
      all.add(Arguments.of(new Case(Shape.of(LONG_ROW), 0, keys, 3, How.JAX), p));
      all.add(Arguments.of(new Case(Shape.of(3, LONG_ROW), 1, keys, 2, How.DESCENDING), p));
      all.add(Arguments.of(new Case(Shape.of(LONG_ROW, 2), 0, List.of(DType.F32), 1, How.JAX), p));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("few")
  void sorts(Case c, Pattern pattern) {
    check(c, pattern);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  @Tag("slow")
  void allLengths(Case c, Pattern pattern) {
    check(c, pattern);
  }

  @ParameterizedTest
  @MethodSource("longRows")
  @Tag("slow")
  void longRowsOfAllTypes(Case c, Pattern pattern) {
    check(c, pattern);
  }

  private static void check(Case c, Pattern pattern) {
    Random random = new Random(c.hashCode());
    List<Literal> arguments =
        c.dtypes().stream().map(t -> row(random, new TensorType(t, c.shape()), pattern)).toList();
    SortTest.check(c, arguments, 1, 2, 3);
  }

  private static Literal row(Random random, TensorType type, Pattern pattern) {
    double[] special = {0, -0.0, 1, -1, Double.NaN, -Double.NaN, 1 / 0.0, -1 / 0.0, 1e-30};
    long n = type.shape().size();
    DType t = type.dtype();
    MemorySegment data = Literal.allocate(type);
    for (long i = 0; i < n; i++) {
      double x =
          switch (pattern) {
            case RANDOM -> t.isInexact() ? random.nextGaussian() : random.nextInt();
            case SORTED -> i - n / 2.0;
            case REVERSED -> n / 2.0 - i;
            case EQUAL -> 5;
            case FEW -> random.nextInt(4);
            case ORGAN_PIPE -> Math.min(i, n - i);
            case SAWTOOTH -> i % 37;
            case SPECIAL -> special[random.nextInt(special.length)];
            case CLOSE -> 1 + random.nextInt(1000) * Math.ulp(1f);
          };
      if (t.isInexact()) {
        Literal.set(t, data, i, x, special[random.nextInt(3)]);
      } else {
        Literal.setLong(t, data, i, t.isBool() ? (long) x & 1 : (long) x);
      }
    }
    return Literal.wrap(type, data);
  }
}
