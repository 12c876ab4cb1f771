package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Cost;
import dev.jacobi.cpu.lanes.LaneProgram;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Emits loops that run lane by lane: several lanes in vectors, lots of them on several threads. */
final class LaneEmitter {
  /** How often a loop is thought to run that does not say. */
  private static final long TRIPS = 100;

  private final FunctionEmitter function;
  private final FnEmitter f;

  LaneEmitter(FunctionEmitter function) {
    this.function = function;
    this.f = function.code();
  }

  void emit(Instr instr, ControlOp.While o, LaneProgram p) {
    List<Value> arrays = new ArrayList<>();
    List<Value> scalars = new ArrayList<>();
    for (int k = 0; k < o.inits().size(); k++) {
      Value init = o.inits().get(k);
      Value result = instr.results().get(k);
      if (p.outs().get(k).isPresent()) {
        arrays.add(result);
        MemoryPlan plan = function.plan();
        if (p.updated().get(k) && plan.memory(init) != plan.memory(result)) {
          function.copied(instr, init.type(), plan.refused(result));
          function.copy(init.type(), function.address(init), function.address(result));
        }
      } else if (!function.plan().isKept(o.body().params().get(k))) {
        scalars.add(result);
      }
    }
    List<Reg> last = p.sizes().isEmpty() ? single(p, arrays) : several(p, arrays, scalars);
    for (int k = 0; k < scalars.size(); k++) {
      function.frame().put(scalars.get(k), last.get(k));
    }
  }

  /** What the program reads of what is around it, its own constant arrays included. */
  private static List<Value> captured(LaneProgram p) {
    List<Value> all = new ArrayList<>(p.block().free());
    for (Instr i : p.block().instrs()) {
      if (i.op() instanceof ElementwiseOp.Constant && !i.result().shape().isScalar()) {
        all.add(i.result());
      }
    }
    return all;
  }

  private Val address(Value v, LaneProgram p) {
    return p.block().instrs().stream()
        .filter(i -> i.op() instanceof ElementwiseOp.Constant && i.result() == v)
        .map(i -> function.constant(((ElementwiseOp.Constant) i.op()).literal()))
        .findFirst()
        .orElseGet(() -> function.address(v));
  }

  private static List<Value> outs(LaneProgram p) {
    return p.outs().stream().flatMap(java.util.Optional::stream).toList();
  }

  private static List<Value> scalarResults(LaneProgram p) {
    return p.block().results().stream().filter(v -> v.shape().isScalar()).toList();
  }

  /** A loop without lanes, in this function. */
  private List<Reg> single(LaneProgram p, List<Value> arrays) {
    LaneCode.Lot lot = new LaneCode.Lot(0, Val.i64(0), null, List.of(), List.of());
    LaneCode code =
        new LaneCode(f, lot, function.context().stop(), Set.of(), p.trees(), vectorBytes());
    for (Value v : captured(p)) {
      if (v.shape().isScalar()) {
        code.bind(v, function.scalar(v));
      } else {
        code.bind(v, address(v, p));
      }
    }
    List<Value> outs = outs(p);
    for (int k = 0; k < outs.size(); k++) {
      code.bind(outs.get(k), function.address(arrays.get(k)));
    }
    code.emit(p.block());
    return scalarResults(p).stream().map(code::reg).toList();
  }

  /** A loop with lanes, in a function of its own that several threads may run. */
  private List<Reg> several(LaneProgram p, List<Value> arrays, List<Value> scalars) {
    List<Val> args = new ArrayList<>();
    List<Value> captured = captured(p);
    for (Value v : captured) {
      if (v.shape().isScalar()) {
        Reg r = function.scalar(v);
        args.addAll(new Regs(List.of(r)).flat());
      } else {
        args.add(address(v, p));
      }
    }
    arrays.forEach(v -> args.add(function.address(v)));
    List<Val> slots = scalars.stream().map(v -> f.alloca(LType.I64, 2, 16)).toList();
    args.addAll(slots);
    args.add(function.context().stop());
    Extent extent = extent(p);
    String name = function.kernels().lanes(args, g -> kernel(g, p, captured, extent));
    long tasks = extent.tasks(function.kernels().threads());
    if (tasks > 1) {
      function.kernels().share(f, name, args, extent.lots, tasks, function.context().pool());
    } else {
      args.addAll(List.of(Val.i64(0), Val.i64(extent.lots)));
      f.call(name, LType.VOID, args.toArray(Val[]::new));
    }
    List<Reg> last = new ArrayList<>();
    for (int k = 0; k < scalars.size(); k++) {
      last.add(Memory.load(f, scalars.get(k).dtype(), slots.get(k)));
    }
    return last;
  }

  /**
   * How the lanes divide.
   *
   * @param width lanes that run together
   * @param lots how many such
   * @param cost vector instructions of a step of a lot
   * @param vectorBytes the size of the machine's vectors
   */
  private record Extent(int width, long lots, long cost, int vectorBytes) {
    long tasks(boolean threads) {
      double nanos = lots * cost * TRIPS / 3.0;
      return threads ? Schedule.tasks(nanos, lots) : 1;
    }
  }

  private Extent extent(LaneProgram p) {
    int widest = 1;
    long cost = 0;
    long carried = 0;
    for (Instr i : all(p.block())) {
      for (Value v : i.results()) {
        DType t = v.dtype().real();
        boolean counts = v.shape().isScalar() && t != DType.I64;
        widest =
            counts ? Math.max(widest, t.isFloat() ? Math.max(4, t.bytes()) : t.bytes()) : widest;
      }
      cost += Cost.of(i.op());
      carried = i.op() instanceof ControlOp.While o ? Math.max(carried, o.inits().size()) : carried;
    }
    int lanes = Math.max(2, vectorBytes() / widest);
    int side = carried <= 4 && cost <= 100 ? 4 : carried <= 10 && cost <= 250 ? 2 : 1;
    long count = p.count();
    while (side > 1 && count < 4L * lanes * side) {
      side /= 2;
    }
    int width = (int) Math.min((long) lanes * side, Schedule.ceilPowerOfTwo(count));
    return new Extent(
        width, Math.ceilDiv(count, width), cost * Math.max(1, width / lanes), vectorBytes());
  }

  private int vectorBytes() {
    return function.kernels().isa().vectorBytes();
  }

  private static List<Instr> all(Block block) {
    List<Instr> all = new ArrayList<>();
    for (Instr i : block.instrs()) {
      all.add(i);
      i.op().regions().forEach(r -> all.addAll(all(r)));
    }
    return all;
  }

  private static void kernel(FnEmitter g, LaneProgram p, List<Value> captured, Extent extent) {
    Set<Value> varying = Varying.of(p.block(), p.coords());
    int[] at = {0};
    List<Reg> regs = new ArrayList<>();
    for (Value v : captured) {
      Val first = g.param(at[0]++);
      boolean pair = v.shape().isScalar() && v.dtype().isComplex();
      regs.add(new Reg(v.dtype(), first, pair ? g.param(at[0]++) : null));
    }
    List<Val> arrays = outs(p).stream().map(v -> g.param(at[0]++)).toList();
    List<Value> scalars = scalarResults(p);
    List<Val> slots = scalars.stream().map(v -> g.param(at[0]++)).toList();
    Val stop = g.param(at[0]++);
    g.forLoop(
        g.param(at[0]),
        g.param(at[0] + 1),
        Val.i64(1),
        lot -> {
          Val first = g.mulNsw(lot, Val.i64(extent.width));
          LaneCode code =
              new LaneCode(
                  g, lot(g, p, extent, first), stop, varying, p.trees(), extent.vectorBytes);
          for (int k = 0; k < captured.size(); k++) {
            if (captured.get(k).shape().isScalar()) {
              code.bind(captured.get(k), regs.get(k));
            } else {
              code.bind(captured.get(k), regs.get(k).re());
            }
          }
          for (int k = 0; k < arrays.size(); k++) {
            code.bind(outs(p).get(k), arrays.get(k));
          }
          code.emit(p.block());
          if (!scalars.isEmpty()) { // The same for all lanes.
            g.ifThen(
                g.cmp(Cmp.EQ, lot, Val.i64(0)),
                () -> {
                  for (int k = 0; k < scalars.size(); k++) {
                    Memory.store(g, code.reg(scalars.get(k)), slots.get(k));
                  }
                });
          }
        });
    g.ret();
  }

  private static LaneCode.Lot lot(FnEmitter g, LaneProgram p, Extent extent, Val first) {
    long count = p.count();
    Val mask =
        count % extent.width == 0
            ? Val.integer(LType.I1.lanes(extent.width), 1)
            : g.tailMask(extent.width, g.sub(Val.i64(count), first));
    return new LaneCode.Lot(extent.width, first, mask, p.sizes(), p.coords());
  }
}
