package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * The first elements of long rows: the highest bits of all keys are counted, which shows up to
 * which of them elements are wanted; only those are sorted.
 */
final class SelectSort implements RowSort {
  private static final int HALF = 32;
  private static final int TOP = 11; // bits that are counted

  private final SortSpec spec;
  private final SortKey key;
  private final Radix radix;

  SelectSort(SortSpec spec) {
    this.spec = spec;
    this.key = spec.keys().getFirst();
    this.radix = Radix.of(LType.I64, HALF, key.bits(), spec.kept());
  }

  static boolean fits(SortSpec spec) {
    return spec.keys().size() == 1 && spec.bits() <= HALF && spec.kept() <= spec.n() / 2;
  }

  private int top() {
    return Math.min(TOP, key.bits());
  }

  private long countBytes() {
    return Math.max(radix.countBytes(), 4L << top());
  }

  @Override
  public long scratchBytes() {
    return 2 * spec.n() * LType.I64.elemBytes() + countBytes();
  }

  @Override
  public double nanosPerRow() {
    return 3.0 * spec.n() + radix.nanos(2 * spec.kept());
  }

  @Override
  public void row(FnEmitter f, Row row, Val scratch) {
    Val first = f.offset(scratch, countBytes());
    Val second = f.gep(LType.I64, first, spec.n());
    Val last = lastWanted(f, row, scratch);
    Val found =
        f.forLoop(
                Val.i64(0),
                Val.i64(spec.n()),
                Val.i64(1),
                List.of(Val.i64(0)),
                (i, count) -> {
                  Val k = key.word(f, row.source(0), i, LType.I64, 0);
                  Val word = f.or(f.shl(k, Val.i64(HALF)), i);
                  f.store(word, f.gep(LType.I64, first, count.getFirst()));
                  Val wanted = f.cmp(Cmp.ULE, top(f, k), last);
                  return List.of(f.add(count.getFirst(), f.zext(wanted, LType.I64)));
                })
            .getFirst();
    Val sorted = radix.sort(f, first, second, scratch, found);
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.kept()),
        Val.i64(1),
        i -> row.put(f, IndexedSort.position(f, sorted, i), i));
  }

  private Val top(FnEmitter f, Val k) {
    return f.lshr(k, Val.i64(key.bits() - top()));
  }

  /** The least value of the highest bits up to which there are enough elements. */
  private Val lastWanted(FnEmitter f, Row row, Val counts) {
    f.forLoop(
        Val.i64(0),
        Val.i64(1L << top()),
        Val.i64(1),
        b -> f.store(Val.i32(0), f.gep(LType.I32, counts, b)));
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.n()),
        Val.i64(1),
        i -> {
          Val k = key.word(f, row.source(0), i, LType.I64, 0);
          Val at = f.gep(LType.I32, counts, top(f, k));
          f.store(f.add(f.load(LType.I32, at), Val.i32(1)), at);
        });
    Val wanted = Val.i64(spec.kept());
    return f.whileLoop(
            List.of(Val.i64(0), f.zext(f.load(LType.I32, counts), LType.I64)),
            at -> f.cmp(Cmp.ULT, at.get(1), wanted),
            at -> {
              Val next = f.add(at.get(0), Val.i64(1));
              Val more = f.load(LType.I32, f.gep(LType.I32, counts, next));
              return List.of(next, f.add(at.get(1), f.zext(more, LType.I64)));
            })
        .getFirst();
  }
}
