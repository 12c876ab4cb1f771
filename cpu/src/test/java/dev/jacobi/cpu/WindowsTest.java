package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows and scans: the engine against the interpreter, and one thread against several. */
class WindowsTest {
  static LongStream few() {
    return LongStream.range(0, 4);
  }

  static LongStream many() {
    return LongStream.range(100, 200);
  }

  @ParameterizedTest
  @MethodSource("few")
  void fewWindowsAgree(long seed) {
    agree(new Draw(seed).program(3), seed);
  }

  @ParameterizedTest
  @MethodSource("many")
  @Tag("long")
  void manyWindowsAgree(long seed) {
    agree(new Draw(seed).program(10), seed);
  }

  private static void agree(HloModule program, long seed) {
    Verifier.verify(program);
    List<Literal> arguments = Engines.arguments(program, seed);
    List<Literal> jit = Engines.run(Engines.CPU, program, arguments, 1);
    List<Literal> expected = Engines.run(Engines.interpreter(), program, arguments, 1);
    String text = "seed " + seed + "\n" + HloPrinter.print(program);
    for (int k = 0; k < jit.size(); k++) {
      boolean narrow = jit.get(k).dtype().isFloat() && jit.get(k).dtype().bytes() == 2;
      assertThat(Engines.difference(jit.get(k), expected.get(k)))
          .as("result %d of %s", k, text)
          .isLessThan(narrow ? 0.1 : 1e-4);
    }
    assertThat(Engines.run(Engines.CPU, program, arguments, 0)).as(text).isEqualTo(jit);
    assertThat(Engines.runEagerly(program, arguments)).as(text).isEqualTo(jit);
  }

  /** Programs of windows, a function of the seed. */
  private static final class Draw {
    private static final DType[] TYPES = {
      DType.F32,
      DType.F32,
      DType.F64,
      DType.BF16,
      DType.I32,
      DType.U8,
      DType.I64,
      DType.BOOL,
      DType.C64
    };
    private static final Fn[] REAL = {Fn.ADD, Fn.MAX, Fn.MIN, Fn.MUL};
    private static final Fn[] WHOLE = {Fn.ADD, Fn.MAX, Fn.MIN, Fn.AND, Fn.OR, Fn.XOR};

    private final Random random;
    private final HloBuilder b = new HloBuilder();

    Draw(long seed) {
      random = new Random(seed);
    }

    HloModule program(int windows) {
      List<Value> results = new ArrayList<>();
      for (int i = 0; i < windows; i++) {
        results.addAll(random.nextInt(4) == 0 ? selection() : reduction());
      }
      return Engines.module(b.build(results));
    }

    private long upTo(long most) {
      return random.nextLong(most + 1);
    }

    private Longs draw(int rank, long least, long most) {
      return Longs.of(LongStream.generate(() -> least + upTo(most - least)).limit(rank).toArray());
    }

    private List<Value> reduction() {
      int rank = random.nextInt(4);
      DType t = TYPES[random.nextInt(TYPES.length)];
      boolean pair = random.nextInt(5) == 0 && t.isFloat();
      Shape shape = Shape.of(draw(rank, 1, rank == 1 ? 300 : 12));
      List<Value> inputs = new ArrayList<>(List.of(b.param(new TensorType(t, shape))));
      List<Value> inits = new ArrayList<>(List.of(b.param(TensorType.scalar(t))));
      if (pair) {
        inputs.add(b.param(new TensorType(DType.I32, shape)));
        inits.add(b.param(TensorType.scalar(DType.I32)));
      }
      Block body = pair ? largest(t) : body(t);
      WindowOp.ReduceWindow op;
      do {
        op =
            random.nextInt(3) == 0 && rank > 0
                ? scan(inputs, inits, body)
                : any(inputs, inits, body);
      } while (WindowOp.stops(op).size() > 5000);
      return b.addAll(op);
    }

    private WindowOp.ReduceWindow any(List<Value> inputs, List<Value> inits, Block body) {
      int rank = inputs.getFirst().type().rank();
      boolean wide = random.nextInt(3) == 0;
      return new WindowOp.ReduceWindow(
          inputs,
          inits,
          new WindowOp.Window(
              draw(rank, 1, wide && rank < 3 ? 40 : 3),
              draw(rank, 1, 3),
              draw(rank, -1, 4),
              draw(rank, -1, wide ? 40 : 4)),
          random.nextInt(3) == 0 ? draw(rank, 1, 3) : Longs.fill(rank, 1),
          random.nextInt(3) == 0 ? draw(rank, 1, 3) : Longs.fill(rank, 1),
          body);
    }

    private WindowOp.ReduceWindow scan(List<Value> inputs, List<Value> inits, Block body) {
      long[] sizes = inputs.getFirst().shape().toArray();
      int d = random.nextInt(sizes.length);
      long[] window = new long[sizes.length];
      long[] padding = new long[sizes.length];
      java.util.Arrays.fill(window, 1);
      window[d] = sizes[d] + upTo(2);
      padding[d] = window[d] - 1;
      Longs none = Longs.fill(sizes.length, 0);
      Longs ones = Longs.fill(sizes.length, 1);
      boolean forward = random.nextBoolean();
      Longs pad = Longs.of(padding);
      return new WindowOp.ReduceWindow(
          inputs,
          inits,
          new WindowOp.Window(Longs.of(window), ones, forward ? pad : none, forward ? none : pad),
          ones,
          ones,
          body);
    }

    private Block body(DType t) {
      if (random.nextInt(4) == 0) {
        return firstNonzero(t);
      }
      if (t.isComplex()) {
        return HloBuilder.binaryBody(random.nextBoolean() ? Fn.ADD : Fn.MUL, t);
      }
      Fn[] fns = t.isFloat() ? REAL : WHOLE;
      return HloBuilder.binaryBody(fns[random.nextInt(fns.length)], t);
    }

    /** Associative, but not commutative. */
    private static Block firstNonzero(DType t) {
      HloBuilder body = new HloBuilder();
      Value x = body.param(TensorType.scalar(t));
      Value y = body.param(TensorType.scalar(t));
      Value zero = body.constant(t, 0);
      Value isZero = body.compare(Direction.EQ, x, zero);
      return body.build(body.pointwise(Fn.SELECT, isZero, y, x));
    }

    /** The larger value and its companion. */
    private static Block largest(DType t) {
      HloBuilder body = new HloBuilder();
      Value x = body.param(TensorType.scalar(t));
      Value i = body.param(TensorType.scalar(DType.I32));
      Value y = body.param(TensorType.scalar(t));
      Value j = body.param(TensorType.scalar(DType.I32));
      Value first = body.compare(Direction.GE, x, y);
      return body.build(
          body.pointwise(Fn.SELECT, first, x, y), body.pointwise(Fn.SELECT, first, i, j));
    }

    private List<Value> selection() {
      int rank = random.nextInt(4);
      DType t = random.nextBoolean() ? DType.F32 : DType.I32;
      Value operand = b.param(new TensorType(t, Shape.of(draw(rank, 1, 18))));
      WindowOp.Window window =
          new WindowOp.Window(
              draw(rank, 1, 3), draw(rank, 1, 3), draw(rank, 0, 2), draw(rank, 0, 2));
      window = random.nextBoolean() ? window : alongMiddle(window);
      Block select = compare(random.nextBoolean() ? Direction.GE : Direction.LT, t);
      Block scatter = HloBuilder.binaryBody(Fn.ADD, t);
      Value init = b.param(TensorType.scalar(t));
      Shape stops =
          WindowOp.stops(
              new WindowOp.SelectAndScatter(operand, operand, init, window, select, scatter));
      Value source = b.param(new TensorType(t, stops));
      return b.addAll(
          new WindowOp.SelectAndScatter(operand, source, init, window, select, scatter));
    }

    /** The same window, but the first and last dimension are left alone. */
    private static WindowOp.Window alongMiddle(WindowOp.Window w) {
      return new WindowOp.Window(
          inner(w.sizes(), 1), inner(w.strides(), 1), inner(w.low(), 0), inner(w.high(), 0));
    }

    private static Longs inner(Longs values, long outside) {
      int last = values.size() - 1;
      return Longs.of(
          IntStream.rangeClosed(0, last)
              .mapToLong(d -> d == 0 || d == last ? outside : values.get(d))
              .toArray());
    }

    private static Block compare(Direction direction, DType t) {
      HloBuilder body = new HloBuilder();
      Value x = body.param(TensorType.scalar(t));
      Value y = body.param(TensorType.scalar(t));
      return body.build(body.compare(direction, x, y));
    }
  }

  /** Scans long enough for chunks and several threads. */
  @ParameterizedTest
  @MethodSource("scans")
  void longScansAgree(DType t, Shape shape, int d, boolean forward, Fn fn) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(new TensorType(t, shape));
    Value init = b.param(TensorType.scalar(t));
    long[] window = new long[shape.rank()];
    long[] padding = new long[shape.rank()];
    java.util.Arrays.fill(window, 1);
    window[d] = shape.dim(d);
    padding[d] = window[d] - 1;
    Longs none = Longs.fill(window.length, 0);
    Longs ones = Longs.fill(window.length, 1);
    Longs pad = Longs.of(padding);
    Value y =
        b.add(
            new WindowOp.ReduceWindow(
                List.of(x),
                List.of(init),
                new WindowOp.Window(
                    Longs.of(window), ones, forward ? pad : none, forward ? none : pad),
                ones,
                ones,
                HloBuilder.binaryBody(fn, t)));
    HloModule program = Engines.module(b.build(y));
    List<Literal> arguments = Engines.arguments(program, 7);
    List<Literal> one = Engines.run(Engines.CPU, program, arguments, 1);
    assertThat(Engines.difference(one.getFirst(), scanned(arguments, shape, d, forward, fn)))
        .isLessThan(1e-5);
    assertThat(Engines.run(Engines.CPU, program, arguments, 2)).isEqualTo(one);
  }

  static Stream<Object[]> scans() {
    return Stream.of(
        new Object[] {DType.F32, Shape.of(100_003), 0, true, Fn.ADD},
        new Object[] {DType.F64, Shape.of(70_000), 0, false, Fn.ADD},
        new Object[] {DType.I32, Shape.of(3, 30_000), 1, true, Fn.MAX},
        new Object[] {DType.F32, Shape.of(2, 40, 1000), 1, true, Fn.ADD},
        new Object[] {DType.F32, Shape.of(20_000, 5), 0, false, Fn.MIN},
        new Object[] {DType.I64, Shape.of(9000, 9), 1, true, Fn.ADD});
  }

  /** What {@code fn} of init and the elements gives, one after the other, in double precision. */
  private static Literal scanned(
      List<Literal> arguments, Shape shape, int d, boolean forward, Fn fn) {
    Literal x = arguments.getFirst();
    MemorySegment y = Literal.allocate(x.type());
    long stride = shape.strides()[d];
    long n = shape.dim(d);
    for (long i = 0; i < shape.size(); i++) {
      if (i / stride % n != 0) {
        continue;
      }
      double sum = arguments.get(1).getDouble(0);
      for (long j = 0; j < n; j++) {
        long at = i + (forward ? j : n - 1 - j) * stride;
        double next = x.getDouble(at);
        sum = fn == Fn.ADD ? sum + next : fn == Fn.MAX ? Math.max(sum, next) : Math.min(sum, next);
        Literal.set(x.dtype(), y, at, sum, 0);
      }
    }
    return Literal.wrap(x.type(), y);
  }

  /** The body's zero is not that of the surrounding program, which the body cannot see. */
  @Test
  void constantsOfBodiesStayThere() {
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.of(DType.F32, 6));
    Value zero = b.constant(DType.F32, 0);
    Value y =
        b.add(
            new ReductionOp.Reduce(
                List.of(x), List.of(zero), Axes.of(0), Draw.firstNonzero(DType.F32)));
    agree(Engines.module(b.build(y)), 3);
  }

  /** A window over 2^40 elements of padding takes the memory of what it covers. */
  @Test
  void wideWindowsOverPadding() {
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.of(DType.F32, 100));
    Value init = b.constant(DType.F32, 0);
    long w = 1L << 40;
    Longs one = Longs.of(1);
    Value y =
        b.add(
            new WindowOp.ReduceWindow(
                List.of(x),
                List.of(init),
                new WindowOp.Window(Longs.of(w), one, Longs.of(w - 1), Longs.of(0)),
                one,
                one,
                HloBuilder.binaryBody(Fn.ADD, DType.F32)));
    agree(Engines.module(b.build(y)), 3);
  }
}
