package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;

/**
 * Long rows of one array that is its own key: keys are sorted and become elements again. What the
 * key does not tell apart, zeros and NaNs, is put back in its old order afterwards.
 */
final class DirectSort implements RowSort, LongSort {
  private final SortSpec spec;
  private final SortKey key;
  private final Radix radix;
  private final int lanes;

  private DirectSort(SortSpec spec, Radix radix, int lanes) {
    this.spec = spec;
    this.key = spec.keys().getFirst();
    this.radix = radix;
    this.lanes = lanes;
  }

  static boolean fits(SortSpec spec) {
    return spec.dtypes().size() == 1
        && spec.keys().size() == 1
        && spec.keys().getFirst().isWhole()
        && spec.kept() == spec.n();
  }

  static DirectSort of(SortSpec spec, Isa isa) {
    LType word = spec.bits() <= 32 ? LType.I32 : LType.I64;
    Radix radix = Radix.of(word, 0, spec.bits(), spec.n());
    return new DirectSort(spec, radix, isa.vectorBytes() / word.elemBytes());
  }

  @Override
  public LType word() {
    return radix.word();
  }

  @Override
  public long scratchBytes() {
    return 2 * spec.n() * word().elemBytes() + radix.countBytes();
  }

  @Override
  public double nanosPerRow() {
    return radix.nanos(spec.n());
  }

  @Override
  public void row(FnEmitter f, Row row, Val scratch) {
    Val counts = scratch;
    Val words = f.offset(scratch, radix.countBytes());
    Val other = f.gep(word(), words, spec.n());
    Val n = Val.i64(spec.n());
    Val changed = begin(f, row, words, Val.i64(0), n);
    decode(f, row, radix.sort(f, words, other, counts, n), Val.i64(0), n);
    end(f, row, changed);
  }

  /** Writes keys; returns what differs between them and their elements. */
  private Val encode(FnEmitter f, Row row, Val words, Val from, Val to) {
    Val whole = f.addNsw(from, f.and(f.sub(to, from), Val.i64(-lanes)));
    LType vector = key.type().lanes(lanes);
    Val wide = encode(f, row, words, from, whole, lanes, Val.zero(vector));
    return encode(f, row, words, whole, to, 0, f.reduceTree(wide, f::or));
  }

  private void decode(FnEmitter f, Row row, Val sorted, Val start, Val count) {
    Val whole = f.and(count, Val.i64(-lanes));
    decode(f, row, sorted, start, Val.i64(0), whole, lanes);
    decode(f, row, sorted, start, whole, count, 0);
  }

  private void decode(FnEmitter f, Row row, Val sorted, Val start, Val from, Val to, int width) {
    f.forLoop(
        from,
        to,
        Val.i64(Math.max(1, width)),
        i -> {
          Val w = f.load(word().lanes(width), f.gep(word(), sorted, i));
          Val bits = key.decode(f, f.trunc(w, key.type().lanes(width)));
          f.store(bits, f.gep(key.type(), row.target(0), f.addNsw(start, i)));
        });
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public Radix radix(int round) {
    return radix;
  }

  @Override
  public Val begin(FnEmitter f, Row row, Val words, Val from, Val to) {
    Val changed = encode(f, row, words, from, to);
    return changed.type().equals(LType.I64) ? changed : f.zext(changed, LType.I64);
  }

  @Override
  public void finish(FnEmitter f, Row row, int round, Val sorted, Val words, Val start, Val count) {
    decode(f, row, sorted, start, count);
  }

  @Override
  public void end(FnEmitter f, Row row, Val noted) {
    if (key.order() == SortKey.Order.CANONICAL) {
      f.ifThen(f.cmp(Cmp.NE, noted, Val.i64(0)), () -> restore(f, row));
    }
  }

  private Val encode(FnEmitter f, Row row, Val words, Val from, Val to, int width, Val before) {
    return f.forLoop(
            from,
            to,
            Val.i64(Math.max(1, width)),
            List.of(before),
            (i, changed) -> {
              Val bits = key.load(f, row.source(0), i, width);
              Val canonical = key.canonical(f, bits);
              Val k = key.encode(f, canonical);
              f.store(
                  key.bits() == word().bits() ? k : f.zext(k, word().lanes(width)),
                  f.gep(word(), words, i));
              return List.of(f.or(changed.getFirst(), f.xor(bits, canonical)));
            })
        .getFirst();
  }

  /** Writes zeros and NaNs, which are all there but in one form, as they came. */
  private void restore(FnEmitter f, Row row) {
    List<Val> classes = List.of(Val.zero(key.type()), key.canonical(f, ones()));
    List<Val> next = new ArrayList<>();
    for (Val c : classes) {
      // The results that come before all of this class.
      next.add(
          f.forLoop(
                  Val.i64(0),
                  Val.i64(spec.n()),
                  Val.i64(1),
                  List.of(Val.i64(0)),
                  (i, count) -> {
                    Val bits = f.load(key.type(), f.gep(key.type(), row.target(0), i));
                    Val less = f.cmp(Cmp.ULT, key.encode(f, bits), key.encode(f, c));
                    return List.of(f.add(count.getFirst(), f.zext(less, LType.I64)));
                  })
              .getFirst());
    }
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.n()),
        Val.i64(1),
        next,
        (i, places) -> {
          Val bits = key.load(f, row.source(0), i, 0);
          Val canonical = key.canonical(f, bits);
          List<Val> moved = new ArrayList<>();
          for (int c = 0; c < 2; c++) {
            Val is = f.cmp(Cmp.EQ, canonical, classes.get(c));
            Val at = places.get(c);
            f.ifThen(is, () -> f.store(bits, f.gep(key.type(), row.target(0), at)));
            moved.add(f.add(at, f.zext(is, LType.I64)));
          }
          return moved;
        });
  }

  private Val ones() {
    return Val.integer(key.type(), -1);
  }
}
