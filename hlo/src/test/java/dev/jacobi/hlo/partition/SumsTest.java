package dev.jacobi.hlo.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.interpret.Interpreter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Products, convolutions, reductions and scatters whose sums are divided: integers are equal to the
 * bit, floating results as near as sums in another order.
 */
class SumsTest {
  private static final long[] SIZES = {1, 2, 3, 4, 6, 8, 12};
  private static final List<DType> TYPES = List.of(DType.I32, DType.F32, DType.F64, DType.BOOL);
  private static final List<Mesh> MESHES =
      List.of(
          Mesh.of("x", 2),
          Mesh.of("x", 4),
          Mesh.of("x", 2).and("y", 3),
          Mesh.of("x", 2).and("y", 2).and("z", 2));

  private final Random random = new Random(7);
  private final HloBuilder[] out = {new HloBuilder()};
  private int summed;

  private long size() {
    return SIZES[random.nextInt(SIZES.length)];
  }

  private Value param(DType t, long... sizes) {
    return out[0].param(TensorType.of(t, sizes));
  }

  private DType type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  @Test
  void products() {
    for (int i = 0; i < 150; i++) {
      DType t = type();
      long batch = size();
      long sum = size();
      long other = size();
      Value lhs = param(t, batch, size(), sum, other);
      Value rhs = param(t, sum, size(), other, batch);
      ReductionOp.DotDims dims =
          new ReductionOp.DotDims(Axes.of(0), Axes.of(3), Axes.of(2, 3), Axes.of(0, 2));
      check(
          out[0].add(
              new ReductionOp.DotGeneral(lhs, rhs, dims, Precision.DEFAULT, Precision.DEFAULT, t)));
    }
    assertThat(summed).as("divided sums").isGreaterThan(50);
  }

  @Test
  void reductions() {
    List<Fn> fns = List.of(Fn.ADD, Fn.MAX, Fn.MIN, Fn.MUL);
    for (int i = 0; i < 150; i++) {
      DType t = type();
      Fn fn = fns.get(random.nextInt(fns.size()));
      Value x = param(t, size(), size(), size());
      Value init = random.nextBoolean() ? param(t) : out[0].constant(Partials.identity(fn, t));
      Axes dims = Axes.of(IntStream.range(0, 3).filter(d -> random.nextInt(3) > 0).toArray());
      check(
          out[0].add(
              new ReductionOp.Reduce(
                  List.of(x), List.of(init), dims, HloBuilder.binaryBody(fn, t))));
    }
    assertThat(summed).as("divided sums").isGreaterThan(50);
  }

  @Test
  void convolutions() {
    ConvOp.ConvDims dims =
        new ConvOp.ConvDims(0, 1, Axes.of(2), 1, 0, Axes.of(2), 0, 1, Axes.of(2));
    for (int i = 0; i < 150; i++) {
      DType t = random.nextBoolean() ? DType.F64 : DType.I32;
      int kind = random.nextInt(3);
      long groups = kind == 0 ? 1 : size();
      long features = size();
      Value lhs = param(t, kind == 2 ? groups * size() : size(), groups * features, 5);
      Value rhs = param(t, groups * size(), kind == 1 ? features : groups * features, 2);
      check(
          out[0].add(
              new ConvOp.Convolution(
                  lhs,
                  rhs,
                  dims,
                  ConvOp.Window.plain(1),
                  kind == 1 ? groups : 1,
                  kind == 2 ? groups : 1,
                  Precision.DEFAULT,
                  Precision.DEFAULT,
                  t)));
    }
    assertThat(summed).as("divided sums").isGreaterThan(20);
  }

  /** As in the derivative of an embedding: rows of updates are added at indices. */
  @Test
  void scatters() {
    IndexOp.ScatterDims dims =
        new IndexOp.ScatterDims(Axes.of(1), Axes.of(0), Axes.of(), Axes.of(), Axes.of(0), 1);
    for (int i = 0; i < 150; i++) {
      DType t = type();
      long rows = size();
      long width = size();
      Value input = param(t, size(), width);
      Value indices = param(DType.I32, rows, 1);
      Value updates = param(t, rows, width);
      Fn fn = t.isBool() ? Fn.XOR : Fn.ADD;
      check(
          out[0].add(
              new IndexOp.Scatter(
                  List.of(input),
                  indices,
                  List.of(updates),
                  dims,
                  false,
                  false,
                  HloBuilder.binaryBody(fn, t))));
    }
    assertThat(summed).as("divided sums").isGreaterThan(30);
  }

  /** As in an embedding: rows of a table are read by number. */
  @Test
  void gathers() {
    IndexOp.GatherDims dims =
        new IndexOp.GatherDims(Axes.of(2), Axes.of(0), Axes.of(), Axes.of(), Axes.of(0), 2);
    for (int i = 0; i < 150; i++) {
      DType t = type();
      long width = size();
      DType counts = random.nextBoolean() ? DType.I32 : DType.U8;
      Value table = param(t, 4 * size(), width);
      Value indices = param(counts, 2, 3, 1);
      check(out[0].add(new IndexOp.Gather(table, indices, dims, Longs.of(1, width), false)));
    }
    assertThat(summed).as("divided tables").isGreaterThan(20);
  }

  /** Single rows at places that are known or not, inside or outside, read and written. */
  @Test
  void rows() {
    for (int i = 0; i < 200; i++) {
      DType t = type();
      Shape shape = Shape.of(size(), 2 * size(), 4 * size());
      Value x = out[0].param(new TensorType(t, shape));
      Shape box = shape.map(n -> random.nextInt(3) == 0 ? n : 1);
      List<Value> starts = new ArrayList<>();
      DType counts = List.of(DType.I32, DType.U8, DType.I64).get(random.nextInt(3));
      for (int d = 0; d < 3; d++) {
        starts.add(out[0].constant(Literal.scalar(counts, (long) random.nextInt(20) - 2)));
      }
      long[] first = shape.map(n -> random.nextLong(n)).toArray();
      long[] last = new long[3];
      for (int d = 0; d < 3; d++) {
        first[d] = box.dim(d) == 1 ? first[d] : 0;
        last[d] = first[d] + box.dim(d);
      }
      check(
          switch (i % 3) {
            case 0 -> out[0].add(new IndexOp.DynamicSlice(x, starts, box.sizes()));
            case 1 ->
                out[0].add(
                    new IndexOp.DynamicUpdateSlice(
                        x, out[0].param(new TensorType(t, box)), starts));
            default ->
                out[0].add(new ShapeOp.Slice(x, Longs.of(first), Longs.of(last), Longs.fill(3, 1)));
          });
    }
    assertThat(summed).as("divided reads").isGreaterThan(40);
  }

  /** What devices start from whose share of an initial value is none. */
  @Test
  void identitiesChangeNothing() {
    Partials partials = new Partials(false);
    int pairs = 0;
    for (DType t : DType.values()) {
      for (Fn fn : Fn.values()) {
        boolean bits = fn == Fn.AND || fn == Fn.OR || fn == Fn.XOR;
        if (partials.combining(fn, t).isEmpty() || bits && t.isInexact()) {
          continue;
        }
        HloBuilder b = new HloBuilder();
        Value x = b.param(TensorType.of(t, 4));
        Value same = b.broadcast(b.constant(Partials.identity(fn, t)), x.shape());
        HloFunc main = new HloFunc("main", true, b.build(b.pointwise(fn, x, same)));
        MemorySegment data = Literal.allocate(x.type());
        for (int i = 0; i < 4; i++) {
          double value = t.isInexact() && i == 3 ? -0.0 : (t.isUnsigned() ? 5 : 0) - 2 * i;
          Literal.set(t, data, i, value, t.isComplex() ? -1 : 0);
        }
        Literal values = Literal.wrap(x.type(), data);
        HloModule module = new HloModule("", Map.of("main", main), Map.of());
        Literal got = Interpreter.run(module, List.of(values)).getFirst();
        // a complex product has a zero of either sign
        boolean equal =
            t.isComplex() ? Whole.difference(values, got, 0).isEmpty() : got.equals(values);
        assertThat(equal).as("%s of %s", fn, t).isTrue();
        pairs++;
      }
    }
    assertThat(pairs).isGreaterThan(60);
  }

  private void check(Value result) {
    HloFunc main = new HloFunc("main", true, out[0].build(result));
    out[0] = new HloBuilder();
    HloModule module = new HloModule("", Map.of("main", main), Map.of());
    Mesh mesh = MESHES.get(random.nextInt(MESHES.size()));
    HloModule sharded = new RandomShardings(mesh, random).everywhere(module);
    Partitioned p = Partitioner.partition(sharded, mesh);
    List<Literal> arguments = new ArrayList<>();
    main.inputs().forEach(t -> arguments.add(literal(t)));
    List<Literal> expected = Interpreter.run(module, arguments);
    // each of up to 300 terms may be rounded once more
    double error = result.dtype() == DType.F32 ? 300 * 0x1p-24 : 300 * 0x1p-53;
    RandomPartitionTest.check(sharded, p, arguments, expected, error, "a sum");
    summed += p.report().operations().stream().anyMatch(o -> !o.summed().isEmpty()) ? 1 : 0;
  }

  private Literal literal(TensorType type) {
    MemorySegment data = Literal.allocate(type);
    for (long i = 0; i < type.shape().size(); i++) {
      double x = type.dtype().isFloat() ? random.nextGaussian() : random.nextInt(5) - 1;
      Literal.set(type.dtype(), data, i, type.dtype().isBool() ? random.nextInt(2) : x, 0);
    }
    return Literal.wrap(type, data);
  }

  /** Whatever lies one way can lie any other, and never by sending more than all of it. */
  @Test
  void shardingsBecomeAnyOthers() {
    for (int i = 0; i < 400; i++) {
      Mesh mesh = MESHES.get(random.nextInt(MESHES.size()));
      Shape shape = Shape.of(12, 24, 8).select(Axes.range(1 + random.nextInt(3)));
      RandomShardings any = new RandomShardings(mesh, random);
      Sharding from = any.of(shape);
      Sharding to = any.of(shape);
      Value x = out[0].param(new TensorType(DType.I32, shape));
      HloModule module =
          new HloModule("", Map.of("main", new HloFunc("main", true, out[0].build(x))), Map.of());
      out[0] = new HloBuilder();
      Partitioned p =
          Partitioner.partition(
              Partitioner.withShardings(
                  module, List.of(java.util.Optional.of(from)), List.of(java.util.Optional.of(to))),
              mesh);
      Literal whole = literal(x.type());
      RandomPartitionTest.check(module, p, List.of(whole), List.of(whole), 0, from + " to " + to);
      double most = x.type().byteSize() * (1 - 1.0 / mesh.size(from.axes()));
      assertThat((double) p.report().bytes()).as("%s to %s", from, to).isLessThanOrEqualTo(most);
      assertThat(p.inputs()).isEqualTo(Collections.singletonList(from));
      assertThat(p.outputs()).isEqualTo(Collections.singletonList(to));
    }
  }
}
