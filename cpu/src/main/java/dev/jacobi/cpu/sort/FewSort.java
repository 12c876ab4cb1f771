package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * The first few elements of a row: those found so far stand in order, words of 32 bits of key above
 * 32 bits of position, and a vector of elements is compared with the last of them at a time; an
 * element that comes before it is moved to its place.
 */
final class FewSort implements RowSort {
  private static final int HALF = 32;
  private static final long MOST = 16;

  private final SortSpec spec;
  private final SortKey key;
  private final int lanes;

  FewSort(SortSpec spec, Isa isa) {
    this.spec = spec;
    this.key = spec.keys().getFirst();
    this.lanes = key.isWhole() ? isa.vectorBytes() / LType.I32.elemBytes() : 0;
  }

  static boolean fits(SortSpec spec) {
    return spec.keys().size() == 1
        && spec.bits() <= HALF
        && spec.kept() <= MOST
        && spec.kept() <= spec.n() / 2;
  }

  @Override
  public long scratchBytes() {
    return (spec.kept() + 1) * LType.I64.elemBytes();
  }

  @Override
  public double nanosPerRow() {
    return 0.5 * spec.n() + 50.0 * spec.kept();
  }

  @Override
  public void row(FnEmitter f, Row row, Val scratch) {
    f.store(Val.i64(0), scratch); // No word comes before it.
    Val words = f.gep(LType.I64, scratch, 1);
    Val source = row.source(0);
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.kept()),
        Val.i64(1),
        i -> insert(f, words, f.sub(i, Val.i64(1)), word(f, source, i)));
    long step = Math.max(1, lanes);
    long whole = spec.kept() + (spec.n() - spec.kept()) / step * step;
    Val last =
        f.forLoop(
                Val.i64(spec.kept()),
                Val.i64(whole),
                Val.i64(step),
                List.of(last(f, words)),
                (i, now) -> List.of(several(f, source, words, i, now.getFirst())))
            .getFirst();
    each(f, source, words, Val.i64(whole), Val.i64(spec.n()), last);
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.kept()),
        Val.i64(1),
        i -> row.put(f, IndexedSort.position(f, words, i), i));
  }

  private Val word(FnEmitter f, Val source, Val i) {
    return f.or(f.shl(key.word(f, source, i, LType.I64, 0), Val.i64(HALF)), i);
  }

  /** The key of the last one that is wanted. */
  private Val last(FnEmitter f, Val words) {
    Val word = f.load(LType.I64, f.gep(LType.I64, words, spec.kept() - 1));
    return f.trunc(f.lshr(word, Val.i64(HALF)), LType.I32);
  }

  /** Elements from {@code i} on, as many as a vector has; gives the key of the last one wanted. */
  private Val several(FnEmitter f, Val source, Val words, Val i, Val last) {
    Val end = f.addNsw(i, Val.i64(Math.max(1, lanes)));
    if (lanes == 0) {
      return each(f, source, words, i, end, last);
    }
    Val keys = key.word(f, source, i, LType.I32, lanes);
    Val any = f.any(f.cmp(Cmp.ULT, keys, f.splat(last, lanes)));
    return f.ifElse(any, () -> List.of(each(f, source, words, i, end, last)), () -> List.of(last))
        .getFirst();
  }

  private Val each(FnEmitter f, Val source, Val words, Val from, Val to, Val last) {
    return f.forLoop(
            from,
            to,
            Val.i64(1),
            List.of(last),
            (i, now) -> {
              Val found = key.word(f, source, i, LType.I32, 0);
              return f.ifElse(
                  f.cmp(Cmp.ULT, found, now.getFirst()),
                  () -> {
                    insert(f, words, Val.i64(spec.kept() - 2), word(f, source, i));
                    return List.of(last(f, words));
                  },
                  () -> now);
            })
        .getFirst();
  }

  /** Moves a word to its place among those up to number {@code end}, which move on by one. */
  private static void insert(FnEmitter f, Val words, Val end, Val word) {
    Val at =
        f.whileLoop(
                List.of(end),
                j -> f.cmp(Cmp.UGT, f.load(LType.I64, f.gep(LType.I64, words, j.getFirst())), word),
                j -> {
                  Val here = f.gep(LType.I64, words, j.getFirst());
                  f.store(f.load(LType.I64, here), f.gep(LType.I64, here, 1));
                  return List.of(f.sub(j.getFirst(), Val.i64(1)));
                })
            .getFirst();
    f.store(word, f.gep(LType.I64, words, f.add(at, Val.i64(1))));
  }
}
