package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Cost;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scalar functions of some length that do not wait for each other are computed side by side in
 * vectors, which gives the same bits. A run of instructions is divided into levels: an instruction
 * stands one level above the long functions that it reads.
 */
final class Packs {
  /** What computes more is a function of some length. */
  static final int SHORT = 6;

  /** Fewer together are not worth the moves. */
  private static final int FEW = 3;

  /** Who emits the instructions of a run. */
  interface Target {
    Reg value(Value v);

    void put(Value v, Reg r);

    /** Emits an instruction as it is. */
    void emit(Instr instr);

    /** Applies a function to vectors. */
    Reg apply(Fn fn, DType result, List<Reg> args);
  }

  private record Kind(Fn fn, List<DType> types, DType result) {}

  private final FnEmitter f;
  private final int vectorBytes;
  private final Target target;

  Packs(FnEmitter f, int vectorBytes, Target target) {
    this.f = f;
    this.vectorBytes = vectorBytes;
    this.target = target;
  }

  /** Whether an instruction computes a long function of real scalars. */
  static boolean isLong(Instr i) {
    return i.op() instanceof ElementwiseOp.Pointwise o
        && Cost.of(o.fn()) > SHORT
        && i.result().shape().isScalar()
        && i.result().dtype().isFloat()
        && o.operands().stream().allMatch(v -> v.dtype().isFloat());
  }

  /** Emits instructions that only read and give scalars. */
  void emit(List<Instr> run) {
    if (run.stream().filter(Packs::isLong).count() < FEW) {
      run.forEach(target::emit);
      return;
    }
    Map<Value, Integer> levels = new IdentityHashMap<>();
    Map<Integer, List<Instr>> plain = new TreeMap<>();
    Map<Integer, Map<Kind, List<Instr>>> packs = new TreeMap<>();
    int top = 0;
    for (Instr i : run) {
      int level =
          i.op().operands().stream().mapToInt(v -> levels.getOrDefault(v, 0)).max().orElse(0);
      top = Math.max(top, level);
      if (isLong(i)) {
        packs
            .computeIfAbsent(level, _ -> new LinkedHashMap<>())
            .computeIfAbsent(kind(i), _ -> new ArrayList<>())
            .add(i);
      } else {
        plain.computeIfAbsent(level, _ -> new ArrayList<>()).add(i);
      }
      int after = isLong(i) ? level + 1 : level;
      i.results().forEach(v -> levels.put(v, after));
    }
    for (int level = 0; level <= top; level++) {
      plain.getOrDefault(level, List.of()).forEach(target::emit);
      packs.getOrDefault(level, Map.of()).forEach(this::packed);
    }
  }

  private static Kind kind(Instr i) {
    var o = (ElementwiseOp.Pointwise) i.op();
    return new Kind(o.fn(), o.operands().stream().map(Value::dtype).toList(), i.result().dtype());
  }

  private void packed(Kind kind, List<Instr> instrs) {
    int width = vectorBytes / Math.max(4, kind.result.bytes());
    for (int from = 0; from < instrs.size(); from += width) {
      List<Instr> some = instrs.subList(from, Math.min(from + width, instrs.size()));
      if (some.size() < FEW) {
        some.forEach(target::emit);
      } else {
        vector(kind, some, Schedule.ceilPowerOfTwo(some.size()));
      }
    }
  }

  /** Lanes that are left over repeat the first one, so that nothing rare happens in them. */
  private void vector(Kind kind, List<Instr> instrs, int lanes) {
    List<Reg> args = new ArrayList<>();
    for (int k = 0; k < kind.types.size(); k++) {
      List<Val> elements = new ArrayList<>();
      for (int i = 0; i < lanes; i++) {
        Instr instr = instrs.get(i < instrs.size() ? i : 0);
        elements.add(target.value(instr.op().operands().get(k)).re());
      }
      args.add(Reg.of(kind.types.get(k), f.vector(elements)));
    }
    Reg all = target.apply(kind.fn, kind.result, args);
    for (int i = 0; i < instrs.size(); i++) {
      target.put(instrs.get(i).result(), Reg.of(kind.result, f.extract(all.re(), i)));
    }
  }
}
