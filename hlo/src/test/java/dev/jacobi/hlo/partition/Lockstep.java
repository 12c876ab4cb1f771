package dev.jacobi.hlo.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.interpret.Interpreter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Runs a divided program on all its devices at once, one operation after the other, in one thread.
 * Loops and branches with collectives in them must go the same way on all devices.
 */
final class Lockstep {
  private final HloModule module;
  private final int devices;

  /** Regions of one element's computation may read constants from around them, and only these. */
  private final Map<Value, Instr> constants = new HashMap<>();

  private Lockstep(HloModule module, int devices) {
    this.module = module;
    this.devices = devices;
  }

  /** The results of every device, given its arguments. */
  static List<List<Literal>> run(HloModule module, List<List<Literal>> arguments) {
    Lockstep l = new Lockstep(module, arguments.size());
    List<Map<Value, Literal>> frames = new ArrayList<>();
    for (List<Literal> own : arguments) {
      frames.add(new HashMap<>());
      bind(module.main().body().params(), own, frames.getLast());
    }
    return l.block(module.main().body(), frames);
  }

  private static void bind(List<Value> names, List<Literal> values, Map<Value, Literal> frame) {
    for (int i = 0; i < names.size(); i++) {
      assertThat(values.get(i).type()).isEqualTo(names.get(i).type());
      frame.put(names.get(i), values.get(i));
    }
  }

  private List<List<Literal>> block(Block block, List<Map<Value, Literal>> frames) {
    List<Instr> waiting = new ArrayList<>();
    for (int i = 0; i < block.instrs().size(); i++) {
      Instr instr = block.instrs().get(i);
      if (isJoint(instr.op())) {
        alone(waiting, block, i, frames);
        waiting.clear();
        List<List<Literal>> results = joint(instr.op(), frames);
        for (int k = 0; k < devices; k++) {
          bind(instr.results(), results.get(k), frames.get(k));
        }
      } else {
        waiting.add(instr);
      }
    }
    alone(waiting, block, block.instrs().size(), frames);
    return frames.stream().map(f -> block.results().stream().map(f::get).toList()).toList();
  }

  private static boolean isJoint(Op op) {
    return op instanceof CollectiveOp
        || op.regions().stream().anyMatch(r -> r.instrs().stream().anyMatch(i -> isJoint(i.op())));
  }

  /** Instructions between two joint ones, as a program of one device. */
  private void alone(List<Instr> instrs, Block block, int end, List<Map<Value, Literal>> frames) {
    Set<Value> later = new HashSet<>(block.results());
    List<Instr> rest = block.instrs().subList(end, block.instrs().size());
    later.addAll(new Block(List.of(), rest, List.of()).free());
    List<Value> made =
        instrs.stream().flatMap(i -> i.results().stream()).filter(later::contains).toList();
    if (instrs.isEmpty()) {
      return;
    }
    instrs.stream()
        .filter(i -> i.op() instanceof ElementwiseOp.Constant)
        .forEach(i -> constants.put(i.result(), i));
    Set<Value> free = new Block(List.of(), instrs, made).free();
    List<Value> read = free.stream().filter(v -> !constants.containsKey(v)).toList();
    List<Instr> all = new ArrayList<>();
    free.stream().filter(constants::containsKey).forEach(v -> all.add(constants.get(v)));
    all.addAll(instrs);
    Map<String, HloFunc> funcs = new LinkedHashMap<>(module.funcs());
    funcs.put("main", new HloFunc("main", true, new Block(read, all, made)));
    HloModule program = new HloModule("", funcs, Map.of());
    for (Map<Value, Literal> frame : frames) {
      bind(made, Interpreter.run(program, read.stream().map(frame::get).toList()), frame);
    }
  }

  private List<List<Literal>> joint(Op op, List<Map<Value, Literal>> frames) {
    return switch (op) {
      case ControlOp.While o -> {
        List<List<Literal>> carry = frames.stream().map(f -> get(o.inits(), f)).toList();
        while (same(block(o.cond(), inner(frames, o.cond(), carry)), 0) != 0) {
          carry = block(o.body(), inner(frames, o.body(), carry));
        }
        yield carry;
      }
      case ControlOp.Case o -> {
        long index = same(frames.stream().map(f -> get(List.of(o.index()), f)).toList(), 0);
        int n = o.branches().size();
        Block taken = o.branches().get(index < 0 || index >= n ? n - 1 : (int) index);
        yield block(taken, inner(frames, taken, null));
      }
      case ControlOp.If o -> {
        long pred = same(frames.stream().map(f -> get(List.of(o.pred()), f)).toList(), 0);
        Block taken = pred != 0 ? o.onTrue() : o.onFalse();
        yield block(taken, inner(frames, taken, null));
      }
      case CollectiveOp.ProcessId _ ->
          IntStream.range(0, devices)
              .mapToObj(k -> List.of(Literal.scalar(DType.U32, (long) k)))
              .toList();
      case CollectiveOp o -> collective(o, frames);
      default -> throw new AssertionError(op.mnemonic());
    };
  }

  private static List<Literal> get(List<Value> values, Map<Value, Literal> frame) {
    return values.stream().map(frame::get).toList();
  }

  private List<Map<Value, Literal>> inner(
      List<Map<Value, Literal>> outer, Block block, List<List<Literal>> params) {
    List<Map<Value, Literal>> frames = new ArrayList<>();
    for (int k = 0; k < devices; k++) {
      Map<Value, Literal> frame = new HashMap<>(outer.get(k));
      bind(block.params(), params == null ? List.of() : params.get(k), frame);
      frames.add(frame);
    }
    return frames;
  }

  private static long same(List<List<Literal>> all, int i) {
    long first = all.getFirst().get(i).getLong(0);
    assertThat(all).allMatch(l -> l.get(i).getLong(0) == first, "all devices go one way");
    return first;
  }

  private List<List<Literal>> collective(CollectiveOp op, List<Map<Value, Literal>> frames) {
    List<Literal> in = frames.stream().map(f -> f.get(op.operands().getFirst())).toList();
    List<Literal> out = new ArrayList<>();
    for (int k = 0; k < devices; k++) {
      out.add(
          switch (op) {
            case CollectiveOp.AllGather o -> joined(members(o.groups(), k, in), o.dim());
            case CollectiveOp.AllReduce o -> reduced(members(o.groups(), k, in), o.body());
            case CollectiveOp.ReduceScatter o -> {
              List<Integer> group = group(o.groups(), k);
              Literal sum = reduced(members(o.groups(), k, in), o.body());
              yield part(sum, o.dim(), group.indexOf(k), group.size());
            }
            case CollectiveOp.AllToAll o -> {
              int place = group(o.groups(), k).indexOf(k);
              List<Literal> parts =
                  members(o.groups(), k, in).stream()
                      .map(m -> part(m, o.splitDim(), place, (int) o.count()))
                      .toList();
              yield joined(parts, o.concatDim());
            }
            case CollectiveOp.CollectivePermute o -> {
              Literal pairs = o.pairs().ids();
              int at = k;
              long i =
                  IntStream.range(0, devices)
                      .filter(p -> pairs.getLong(2L * p + 1) == at)
                      .findFirst()
                      .orElseThrow();
              yield in.get((int) pairs.getLong(2 * i));
            }
            case CollectiveOp.CollectiveBroadcast o -> members(o.groups(), k, in).getFirst();
            default -> throw new AssertionError(op.mnemonic());
          });
    }
    return out.stream().map(List::of).toList();
  }

  private static List<Integer> group(CollectiveOp.Groups groups, int device) {
    int n = (int) groups.ids().shape().dim(1);
    int all = (int) groups.ids().shape().size();
    int at =
        IntStream.range(0, all)
            .filter(i -> groups.ids().getLong(i) == device)
            .findFirst()
            .orElse(0);
    return IntStream.range(at / n * n, at / n * n + n)
        .mapToObj(i -> (int) groups.ids().getLong(i))
        .toList();
  }

  private static List<Literal> members(CollectiveOp.Groups groups, int k, List<Literal> in) {
    return group(groups, k).stream().map(in::get).toList();
  }

  /** Joins arrays along a dimension. */
  static Literal joined(List<Literal> parts, int dim) {
    HloBuilder b = new HloBuilder();
    List<Value> params = parts.stream().map(p -> b.param(p.type())).toList();
    return run(b.build(b.add(new ShapeOp.Concatenate(params, dim))), parts);
  }

  /** Part {@code i} of {@code n} along a dimension. */
  static Literal part(Literal whole, int dim, int i, int n) {
    HloBuilder b = new HloBuilder();
    Shape shape = whole.shape();
    long[] start = new long[shape.rank()];
    long size = shape.dim(dim) / n;
    start[dim] = i * size;
    long[] limit = shape.toArray();
    limit[dim] = (i + 1) * size;
    Value x = b.param(whole.type());
    Value slice =
        b.add(new ShapeOp.Slice(x, Longs.of(start), Longs.of(limit), Longs.fill(shape.rank(), 1)));
    return run(b.build(slice), List.of(whole));
  }

  private static Literal reduced(List<Literal> parts, Block body) {
    Fn fn = ((ElementwiseOp.Pointwise) body.instrs().getFirst().op()).fn();
    HloBuilder b = new HloBuilder();
    List<Value> params = parts.stream().map(p -> b.param(p.type())).toList();
    return run(
        b.build(params.stream().reduce((x, y) -> b.pointwise(fn, x, y)).orElseThrow()), parts);
  }

  private static Literal run(Block block, List<Literal> arguments) {
    HloModule module =
        new HloModule("", Map.of("main", new HloFunc("main", true, block)), Map.of());
    return Interpreter.run(module, arguments).getFirst();
  }
}
