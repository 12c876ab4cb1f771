package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * Short rows: an element's place is the number of those that come before it. All pairs are
 * compared, a vector of elements with one other at a time.
 */
final class RankSort implements RowSort {
  /** Vectors of the longest row. */
  private static final int MOST = 16;

  private final SortSpec spec;
  private final LType word;
  private final int lanes;
  private final long padded;

  private RankSort(SortSpec spec, LType word, int lanes) {
    this.spec = spec;
    this.word = word;
    this.lanes = lanes;
    this.padded = Math.ceilDiv(spec.n(), (long) lanes) * lanes;
  }

  /** Whether rows are so short, and keys so narrow, that this is the fastest. */
  static boolean fits(SortSpec spec, Isa isa) {
    return spec.bits() <= 64 && spec.n() <= (long) MOST * width(spec, isa);
  }

  static RankSort of(SortSpec spec, Isa isa) {
    long least = Math.max(2, Long.highestOneBit(2 * spec.n() - 1)); // a power of two, n or more
    return new RankSort(spec, word(spec), (int) Math.min(width(spec, isa), least));
  }

  private static LType word(SortSpec spec) {
    return spec.bits() <= 32 ? LType.I32 : LType.I64;
  }

  private static int width(SortSpec spec, Isa isa) {
    return isa.vectorBytes() / word(spec).elemBytes();
  }

  @Override
  public long scratchBytes() {
    return 2 * padded * word.elemBytes();
  }

  @Override
  public double nanosPerRow() {
    return 0.4 * padded * padded / lanes + 2.0 * spec.n() * spec.dtypes().size();
  }

  /** Keys beyond the row's end come last. */
  @Override
  public void prepare(FnEmitter f, Val scratch) {
    for (long i = spec.n(); i < padded; i++) {
      f.store(Val.integer(word, -1), f.gep(word, scratch, i));
    }
  }

  @Override
  public void row(FnEmitter f, Row row, Val scratch) {
    Val ranks = f.gep(word, scratch, padded);
    boolean adjacent = spec.keys().stream().allMatch(SortKey::isWhole);
    RowSort.words(
        f,
        spec.n(),
        adjacent ? lanes : 0,
        (i, n) -> f.store(key(f, row, i, n), f.gep(word, scratch, i)));
    f.forLoop(
        Val.i64(0),
        Val.i64(padded),
        Val.i64(lanes),
        first -> f.store(ranks(f, scratch, first), f.gep(word, ranks, first), Mem.PLAIN));
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.n()),
        Val.i64(1),
        i -> {
          Val rank = f.load(word, f.gep(word, ranks, i));
          Val to = word.equals(LType.I64) ? rank : f.zext(rank, LType.I64);
          if (spec.kept() < spec.n()) {
            f.ifThen(f.cmp(Cmp.ULT, to, Val.i64(spec.kept())), () -> row.put(f, i, to));
          } else {
            row.put(f, i, to);
          }
        });
  }

  /** All keys of an element, joined. */
  private Val key(FnEmitter f, Row row, Val i, int n) {
    Val joined = null;
    for (SortKey k : spec.keys()) {
      Val next = k.word(f, row.source(k.operand()), i, word, n);
      joined =
          joined == null ? next : f.or(f.shl(joined, Val.integer(next.type(), k.bits())), next);
    }
    return joined;
  }

  /** How many elements come before those of a vector. Equal ones come in the order they are in. */
  private Val ranks(FnEmitter f, Val keys, Val first) {
    LType vector = word.lanes(lanes);
    Val own = f.load(vector, f.gep(word, keys, first));
    Val next = f.addNsw(first, Val.i64(lanes));
    Val before = count(f, keys, own, Cmp.ULE, Val.i64(0), first, Val.zero(vector));
    Val after = count(f, keys, own, Cmp.ULT, next, Val.i64(padded), before);
    Val lane = Val.iota(vector);
    for (int j = 0; j < lanes; j++) {
      Val other = other(f, keys, f.addNsw(first, Val.i64(j)));
      Val later = f.cmp(Cmp.UGT, lane, Val.integer(vector, j));
      Val tie = f.and(f.cmp(Cmp.EQ, other, own), later);
      after = f.sub(after, f.sext(f.or(f.cmp(Cmp.ULT, other, own), tie), vector));
    }
    return after;
  }

  private Val count(FnEmitter f, Val keys, Val own, Cmp cmp, Val from, Val to, Val start) {
    return f.forLoop(
            from,
            to,
            Val.i64(1),
            List.of(start),
            (j, now) ->
                List.of(
                    f.sub(now.getFirst(), f.sext(f.cmp(cmp, other(f, keys, j), own), own.type()))))
        .getFirst();
  }

  private Val other(FnEmitter f, Val keys, Val j) {
    return f.splat(f.load(word, f.gep(word, keys, j)), lanes);
  }
}
