package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.CollectiveOp.Groups;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random programs for several devices: a few collectives and what is computed between them, in
 * loops or not.
 */
public final class GridPrograms {
  private static final List<DType> TYPES =
      List.of(
          DType.F32,
          DType.F64,
          DType.BF16,
          DType.F16,
          DType.I32,
          DType.I8,
          DType.U16,
          DType.U64,
          DType.BOOL,
          DType.C64,
          DType.C128);

  private final Random random;
  private final int devices;
  private final boolean everything;

  private GridPrograms(long seed, int devices, boolean everything) {
    this.random = new Random(seed * 31 + devices);
    this.devices = devices;
    this.everything = everything;
  }

  /**
   * A program.
   *
   * @param everything also what XLA's plugin for CPUs does not have, such as broadcasts, and what
   *     it leaves open, the order in which a group's operands are combined
   */
  public static HloModule random(long seed, int devices, boolean everything) {
    return new GridPrograms(seed, devices, everything).program();
  }

  private HloModule program() {
    DType t = TYPES.get(random.nextInt(TYPES.size()));
    long[] sizes = random.ints(random.nextInt(4), 1, 4).mapToLong(n -> n * 6L).toArray();
    TensorType type = new TensorType(t, Shape.of(sizes));
    HloBuilder b = new HloBuilder();
    List<Value> values = new ArrayList<>(List.of(b.param(type), b.param(type)));
    boolean loops = random.nextInt(3) == 0;
    int steps = 1 + random.nextInt(4);
    for (int i = 0; i < steps; i++) {
      Value x = values.get(random.nextInt(values.size()));
      values.addAll(loops ? loop(b, x) : collective(b, x));
      Value last = values.getLast();
      if (last.type().equals(type) && !t.isBool()) {
        values.add(b.pointwise(Fn.ADD, last, values.get(1)));
      }
    }
    Collections.reverse(values);
    HloFunc main = new HloFunc("main", true, b.build(values));
    return new HloModule("grid", Map.of("main", main), Map.of());
  }

  /** A loop of as many steps as there are devices, that keeps the type. */
  private List<Value> loop(HloBuilder out, Value x) {
    HloBuilder cond = new HloBuilder();
    Value i = cond.param(TensorType.scalar(DType.I32));
    cond.param(x.type());
    Block test =
        cond.build(
            cond.compare(
                ElementwiseOp.Direction.LT, i, cond.constant(DType.I32, random.nextInt(5))));
    HloBuilder body = new HloBuilder();
    Value j = body.param(TensorType.scalar(DType.I32));
    Value y = body.param(x.type());
    Value z = collective(body, y).getFirst();
    Value next = body.pointwise(Fn.ADD, j, body.constant(DType.I32, 1));
    Block step = body.build(next, z.type().equals(y.type()) ? z : y);
    return out.addAll(new ControlOp.While(List.of(out.constant(DType.I32, 0), x), test, step))
        .subList(1, 2);
  }

  private List<Value> collective(HloBuilder b, Value x) {
    int dim = x.shape().rank() == 0 ? -1 : random.nextInt(x.shape().rank());
    int size = size();
    boolean fits = dim >= 0 && x.shape().dim(dim) % size == 0;
    return switch (random.nextInt(dim < 0 ? 4 : 8)) {
      case 0, 1 -> b.addAll(new CollectiveOp.AllReduce(List.of(x), reduced(), body(x.dtype())));
      case 2 -> b.addAll(new CollectiveOp.CollectivePermute(x, pairs()));
      case 3 -> everything ? b.addAll(new CollectiveOp.CollectiveBroadcast(x, some())) : List.of(x);
      case 4 -> {
        Shape shape = x.shape().with(dim, x.shape().dim(dim) * size);
        yield b.addAll(
            new CollectiveOp.AllGather(
                List.of(x), dim, groups(size), List.of(x.type().withShape(shape))));
      }
      case 5 -> {
        if (!fits) {
          yield List.of(b.pointwise(Fn.ADD, x, x));
        }
        int to = random.nextInt(x.shape().rank());
        yield b.addAll(new CollectiveOp.AllToAll(List.of(x), dim, to, size, groups(size)));
      }
      case 6 -> {
        if (!fits) {
          yield b.addAll(new CollectiveOp.CrossReplicaSum(x, replica()));
        }
        Shape shape = x.shape().with(dim, x.shape().dim(dim) / size);
        yield b.addAll(
            new CollectiveOp.ReduceScatter(
                x, dim, groups(size), body(x.dtype()), x.type().withShape(shape)));
      }
      default -> {
        Value id = b.add(new CollectiveOp.ProcessId(random.nextBoolean()));
        Value number = b.add(new ElementwiseOp.Convert(id, x.dtype()));
        yield List.of(b.pointwise(Fn.ADD, x, b.broadcast(number, x.shape())));
      }
    };
  }

  private int size() {
    int[] divisors = IntStream.rangeClosed(1, devices).filter(k -> devices % k == 0).toArray();
    return divisors[random.nextInt(divisors.length)];
  }

  /** Sums and their like, and now and then a body that there is no code for. */
  private Block body(DType t) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.scalar(t));
    Value y = b.param(TensorType.scalar(t));
    if (t.isBool()) {
      return b.build(
          b.pointwise(everything ? pick(Fn.AND, Fn.OR, Fn.XOR) : pick(Fn.AND, Fn.OR), x, y));
    }
    if (t.isComplex()) {
      return b.build(b.pointwise(everything ? pick(Fn.ADD, Fn.SUB) : Fn.ADD, x, y));
    }
    if (everything && random.nextInt(6) == 0) { // not symmetric, so that the order shows
      return b.build(b.pointwise(Fn.SUB, b.pointwise(Fn.ADD, x, x), y));
    }
    return b.build(
        b.pointwise(
            t.isFloat() || !everything
                ? pick(Fn.ADD, Fn.MUL, Fn.MAX, Fn.MIN)
                : pick(Fn.ADD, Fn.MUL, Fn.MAX, Fn.MIN, Fn.AND, Fn.OR, Fn.XOR),
            x,
            y));
  }

  private Fn pick(Fn... all) {
    return all[random.nextInt(all.length)];
  }

  private List<Integer> shuffled() {
    List<Integer> all = new ArrayList<>(IntStream.range(0, devices).boxed().toList());
    Collections.shuffle(all, random);
    return all;
  }

  private static Groups table(int rows, int width, List<Integer> ids) {
    long[] values = ids.stream().mapToLong(Integer::longValue).toArray();
    return new Groups(
        Literal.ofLongs(Shape.of(rows, width), values), Optional.of(Longs.of(1, 1)), false);
  }

  private Groups groups(int size) {
    Groups g = table(devices / size, size, shuffled());
    return new Groups(g.ids(), g.channel(), true);
  }

  private static Groups replica() {
    return new Groups(Literal.ofLongs(Shape.of(1, 1), 0), Optional.empty(), false);
  }

  private Groups reduced() {
    return switch (random.nextInt(8)) {
      case 0 -> replica();
      case 1 -> table(1, 1, List.of(0)); // all partitions of the replica
      default -> groups(size());
    };
  }

  private Groups some() {
    int count = 1 + random.nextInt(devices);
    return table(1, count, shuffled().subList(0, count));
  }

  private Groups pairs() {
    int count = random.nextInt(devices + 1);
    List<Integer> from = shuffled();
    List<Integer> to = shuffled();
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.addAll(List.of(from.get(i), to.get(i)));
    }
    return table(count, 2, ids);
  }
}
