package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.grid.CollectiveForms;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Combines the operands of a group's members, in the members' order: {@code void(ptr slots, i64
 * members, ptr targets, i64 count of targets, i64 from, i64 to, i64 count)}. Of every operand the
 * elements {@code from ... from + count}; the results go to {@code to} in each target. Slots and
 * targets are pairs of the addresses of an operand and a result. A result may be the operand of the
 * same member if {@code from} is {@code to}: elements are read by all before they are written.
 *
 * @param dtype of an element; the parts of complex numbers count as two
 * @param streams whether stores bypass the caches; targets and {@code to} are then whole cache
 *     lines
 */
record GroupReducer(String name, DType dtype, Fn fn, int parts, boolean streams) {
  /** Vectors that are combined at a time, so that the walk over the members costs little. */
  private static final int VECTORS = 4;

  static GroupReducer of(IrModule module, Isa isa, Block body, Value operand, boolean streams) {
    Fn fn = CollectiveForms.standard(body).orElseThrow();
    int parts = operand.dtype().isComplex() ? 2 : 1;
    DType dtype = operand.dtype().isComplex() ? operand.dtype().real() : operand.dtype();
    String name =
        "group_" + fn.mnemonic() + "_" + dtype.shortName() + (streams ? "_streaming" : "");
    GroupReducer reducer = new GroupReducer(name, dtype, fn, parts, streams);
    List<IrModule.Param> params =
        List.of(
            new IrModule.Param(LType.PTR, "slots"),
            new IrModule.Param(LType.I64, "members"),
            new IrModule.Param(LType.PTR, "targets"),
            new IrModule.Param(LType.I64, "targetcount"),
            new IrModule.Param(LType.I64, "from"),
            new IrModule.Param(LType.I64, "to"),
            new IrModule.Param(LType.I64, "count"));
    int lanes = Math.max(1, isa.vectorBytes() / dtype.bytes());
    module.helper(name, LType.VOID, params, g -> reducer.write(g, lanes));
    return reducer;
  }

  /** How many elements an array of so many has, complex numbers counting as two. */
  long count(long elements) {
    return elements * parts;
  }

  long elementBytes() {
    return dtype.bytes();
  }

  /** Calls it, on the device's threads if there is much to do. */
  void call(
      FunctionEmitter function,
      Val slots,
      Val members,
      Val targets,
      Val targetCount,
      Val from,
      Val to,
      Val count) {
    FnEmitter f = function.code();
    Parallel parallel = new Parallel(f.module(), function.kernels().threads());
    if (!parallel.threads()) {
      f.call(name, LType.VOID, slots, members, targets, targetCount, from, to, count);
      return;
    }
    long piece = CollectiveEmitter.PIECE / dtype.bytes();
    String task =
        parallel.task(
            name + "_piece",
            7,
            (g, w) -> {
              Val first = g.mulNsw(w.get(7), Val.i64(piece));
              g.call(
                  name,
                  LType.VOID,
                  Parallel.pointer(g, w.get(0)),
                  w.get(1),
                  Parallel.pointer(g, w.get(2)),
                  w.get(3),
                  g.addNsw(w.get(4), first),
                  g.addNsw(w.get(5), first),
                  g.umin(Val.i64(piece), g.sub(w.get(6), first)));
            });
    Val words = Parallel.words(f, List.of(slots, members, targets, targetCount, from, to, count));
    Val rounds = f.udiv(f.add(count, Val.i64(piece - 1)), Val.i64(piece));
    parallel.run(f, task, function.context().pool(), words, rounds);
  }

  private void write(FnEmitter g, int lanes) {
    Val count = g.param(6);
    long step = (long) VECTORS * lanes;
    Val whole = g.and(count, Val.i64(-step));
    g.forLoop(Val.i64(0), whole, Val.i64(step), i -> combine(g, i, VECTORS, lanes));
    g.forLoop(whole, count, Val.i64(1), i -> combine(g, i, 1, 0));
    g.ret();
  }

  /** Some vectors, or one element if {@code lanes} is 0, from element {@code i} of the part on. */
  private void combine(FnEmitter g, Val i, int vectors, int lanes) {
    Val slots = g.param(0);
    Val at = g.addNsw(g.param(4), i);
    List<Val> first = load(g, slots, at, vectors, lanes);
    List<Val> sums =
        g.forLoop(
            Val.i64(1),
            g.param(1),
            Val.i64(1),
            first,
            (m, carried) -> {
              List<Val> next = load(g, slot(g, slots, m), at, vectors, lanes);
              List<Val> out = new ArrayList<>();
              for (int k = 0; k < vectors; k++) {
                List<Reg> pair =
                    Stream.of(carried.get(k), next.get(k)).map(v -> Reg.of(dtype, v)).toList();
                out.add(new Pointwise(g).apply(fn, dtype, pair).re());
              }
              return out;
            });
    Val to = g.addNsw(g.param(5), i);
    Mem mem =
        streams ? Mem.aligned(Math.min(lanes * dtype.bytes(), 64)).asNontemporal() : Mem.PLAIN;
    g.forLoop(
        Val.i64(0),
        g.param(3),
        Val.i64(1),
        t -> {
          Val result = g.load(LType.PTR, g.offset(slot(g, g.param(2), t), 8));
          for (int k = 0; k < vectors; k++) {
            Val p = Memory.address(g, dtype, result, g.addNsw(to, Val.i64((long) k * lanes)));
            Reg r = Reg.of(dtype, sums.get(k));
            if (lanes == 0) {
              Memory.store(g, r, p);
            } else {
              Memory.store(g, r, p, 1, null, mem);
            }
          }
        });
  }

  private static Val slot(FnEmitter g, Val slots, Val member) {
    return g.gep(LType.I8, slots, g.mulNsw(member, Val.i64(16)));
  }

  private List<Val> load(FnEmitter g, Val slot, Val at, int vectors, int lanes) {
    Val operand = g.load(LType.PTR, slot);
    List<Val> all = new ArrayList<>();
    for (int k = 0; k < vectors; k++) {
      Val p = Memory.address(g, dtype, operand, g.addNsw(at, Val.i64((long) k * lanes)));
      Reg r = lanes == 0 ? Memory.load(g, dtype, p) : Memory.load(g, dtype, p, 1, lanes, null);
      all.add(r.re());
    }
    return all;
  }
}
