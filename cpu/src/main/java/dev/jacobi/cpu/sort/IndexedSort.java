package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;

/**
 * Long rows of several arrays: words of 32 bits of key above 32 bits of position are sorted, from
 * the least significant 32 bits of the keys to the most significant; then elements go where the
 * positions say.
 */
final class IndexedSort implements RowSort, LongSort {
  private static final int HALF = 32;

  /** At most 32 bits of a key, from {@code shift} on. */
  private record Chunk(SortKey key, int shift) {
    int bits() {
      return Math.min(HALF, key.bits() - shift);
    }
  }

  private final SortSpec spec;
  private final List<Chunk> chunks = new ArrayList<>(); // the least significant first

  IndexedSort(SortSpec spec) {
    this.spec = spec;
    for (SortKey key : spec.keys().reversed()) {
      for (int shift = 0; shift < key.bits(); shift += HALF) {
        chunks.add(new Chunk(key, shift));
      }
    }
  }

  private Radix radix(Chunk c) {
    return Radix.of(LType.I64, HALF, c.bits(), spec.n());
  }

  private long countBytes() {
    return chunks.stream().mapToLong(c -> radix(c).countBytes()).max().orElse(0);
  }

  @Override
  public long scratchBytes() {
    return 2 * spec.n() * LType.I64.elemBytes() + countBytes();
  }

  @Override
  public double nanosPerRow() {
    double radix = chunks.stream().mapToDouble(c -> radix(c).nanos(spec.n())).sum();
    return radix + 3.0 * spec.n() * spec.dtypes().size();
  }

  @Override
  public void row(FnEmitter f, Row row, Val scratch) {
    Val first = f.offset(scratch, countBytes());
    Val second = f.gep(LType.I64, first, spec.n());
    Val words = first;
    for (int c = 0; c < chunks.size(); c++) {
      Chunk chunk = chunks.get(c);
      Val now = words;
      boolean fresh = c == 0;
      f.forLoop(
          Val.i64(0),
          Val.i64(spec.n()),
          Val.i64(1),
          i -> {
            Val at = f.gep(LType.I64, now, i);
            Val position = fresh ? i : position(f, now, i);
            f.store(word(f, row, chunk, position), at);
          });
      Val other = c == 0 ? second : f.select(f.cmp(Cmp.EQ, now, first), second, first);
      words = radix(chunk).sort(f, now, other, scratch, Val.i64(spec.n()));
    }
    Val sorted = words;
    f.forLoop(
        Val.i64(0), Val.i64(spec.kept()), Val.i64(1), i -> row.put(f, position(f, sorted, i), i));
  }

  @Override
  public LType word() {
    return LType.I64;
  }

  @Override
  public int rounds() {
    return chunks.size();
  }

  @Override
  public Radix radix(int round) {
    return radix(chunks.get(round));
  }

  @Override
  public Val begin(FnEmitter f, Row row, Val words, Val from, Val to) {
    f.forLoop(
        from,
        to,
        Val.i64(1),
        i -> f.store(word(f, row, chunks.getFirst(), i), f.gep(LType.I64, words, i)));
    return Val.i64(0);
  }

  @Override
  public void finish(FnEmitter f, Row row, int round, Val sorted, Val words, Val start, Val count) {
    boolean last = round == chunks.size() - 1;
    Val end = f.addNsw(start, count);
    f.forLoop(
        start,
        last ? f.smin(end, Val.i64(spec.kept())) : end,
        Val.i64(1),
        to -> {
          Val from = position(f, sorted, f.sub(to, start));
          if (last) {
            row.put(f, from, to);
          } else {
            f.store(word(f, row, chunks.get(round + 1), from), f.gep(LType.I64, words, to));
          }
        });
  }

  @Override
  public void end(FnEmitter f, Row row, Val noted) {}

  static Val position(FnEmitter f, Val words, Val i) {
    return f.and(f.load(LType.I64, f.gep(LType.I64, words, i)), Val.i64(0xFFFF_FFFFL));
  }

  private Val word(FnEmitter f, Row row, Chunk chunk, Val position) {
    Val key = chunk.key().word(f, row.source(chunk.key().operand()), position, LType.I64, 0);
    Val from = f.lshr(key, Val.i64(chunk.shift()));
    return f.or(f.shl(from, Val.i64(HALF)), position);
  }
}
