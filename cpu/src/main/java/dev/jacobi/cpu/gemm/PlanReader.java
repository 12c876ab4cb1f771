package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a driver and its tasks do: read the plan. */
abstract sealed class PlanReader permits DriverKernel.Driver, DriverTask {
  final FnEmitter f;

  PlanReader(FnEmitter f) {
    this.f = f;
  }

  abstract Val plan();

  Val get(Word word) {
    return f.load(LType.I64, f.gep(LType.I64, plan(), word.ordinal()));
  }

  Val kernel(Word word) {
    return f.load(LType.PTR, f.gep(LType.I64, plan(), word.ordinal()));
  }

  static Val zero() {
    return Val.i64(0);
  }

  static Val one() {
    return Val.i64(1);
  }

  Val plus(Val pointer, Val... bytes) {
    Val at = pointer;
    for (var b : bytes) {
      at = f.gep(LType.I8, at, b);
    }
    return at;
  }

  Val times(Val x, Word word) {
    return f.mulNsw(x, get(word));
  }

  /** Where the operands of one product of the batch begin, in bytes: for A, B and C. */
  List<Val> offsets(Val product) {
    Val dims = f.gep(LType.I64, plan(), Word.values().length);
    return offsets(product, dims, get(Word.BATCH_RANK), 3);
  }

  /** Where the operands of one term of a product begin, in bytes: for A and B. */
  List<Val> termOffsets(Val term) {
    Val batch = f.mulNsw(get(Word.BATCH_RANK), Val.i64(4));
    Val dims = f.gep(LType.I64, plan(), f.addNsw(batch, Val.i64(Word.values().length)));
    return offsets(term, dims, get(Word.SUM_RANK), 2);
  }

  /** Divides a number into indices; each dimension is its size and then the operands' steps. */
  private List<Val> offsets(Val number, Val dims, Val rank, int operands) {
    var start = new ArrayList<>(List.of(f.sub(rank, one()), number));
    start.addAll(Collections.nCopies(operands, zero()));
    var state =
        f.whileLoop(
            start,
            now -> f.cmp(Cmp.SGE, now.getFirst(), zero()),
            now -> {
              Val words = Val.i64(1 + operands);
              Val dim = f.gep(LType.I64, dims, f.mulNsw(now.getFirst(), words));
              var divided = divided(now.getFirst(), now.get(1), f.load(LType.I64, dim));
              var next = new ArrayList<Val>();
              next.add(f.sub(now.getFirst(), one()));
              next.add(divided.getFirst());
              for (int i = 0; i < operands; i++) {
                Val stride = f.load(LType.I64, f.gep(LType.I64, dim, i + 1));
                next.add(f.addNsw(now.get(2 + i), f.mulNsw(divided.getLast(), stride)));
              }
              return next;
            });
    return state.subList(2, 2 + operands);
  }

  /** Quotient and remainder; the outermost dimension needs no slow division. */
  private List<Val> divided(Val dimension, Val rest, Val size) {
    return f.ifElse(
        f.cmp(Cmp.EQ, dimension, zero()),
        () -> List.of(zero(), rest),
        () -> List.of(f.udiv(rest, size), f.urem(rest, size)));
  }
}
