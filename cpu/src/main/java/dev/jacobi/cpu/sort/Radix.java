package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * A function that sorts words by some of their bits, digit by digit from the lowest on.
 *
 * <pre>
 * ptr name(ptr words, ptr other, ptr counts, i64 n)
 * </pre>
 *
 * <p>It returns which of the two buffers holds the result. All digits are counted in one pass; a
 * digit that is the same in all words costs no other.
 *
 * @param word I32 or I64
 * @param first the lowest bit that counts
 * @param bits how many bits do
 * @param digit bits of a digit
 */
record Radix(LType word, int first, int bits, int digit) {
  private static final int ZEROED = 16; // counters that are cleared at a time

  /** For rows of about {@code n} words. */
  static Radix of(LType word, int first, int bits, long n) {
    return new Radix(word, first, bits, n < 8192 || bits <= 16 ? 8 : 11);
  }

  private int passes() {
    return Math.ceilDiv(bits, digit);
  }

  private int buckets() {
    return 1 << digit;
  }

  long countBytes() {
    return 4L * passes() * buckets();
  }

  /** A rough estimate of its time for n words. */
  double nanos(long n) {
    return passes() * (1.6 * n + 0.6 * buckets());
  }

  /** Calls the function; it returns the buffer with the sorted words. */
  Val sort(FnEmitter f, Val words, Val other, Val counts, Val n) {
    String name = "radix_" + word + "_" + first + "_" + bits + "_" + digit;
    List<IrModule.Param> params =
        List.of(
            new IrModule.Param(LType.PTR, "words"),
            new IrModule.Param(LType.PTR, "other"),
            new IrModule.Param(LType.PTR, "counts"),
            new IrModule.Param(LType.I64, "n"));
    f.module().helper(name, LType.PTR, params, this::write);
    return f.call(name, LType.PTR, words, other, counts, n);
  }

  private void write(FnEmitter f) {
    Val n = f.param(3);
    LType zeros = LType.I32.lanes(ZEROED);
    f.forLoop(
        Val.i64(0),
        Val.i64((long) passes() * buckets()),
        Val.i64(ZEROED),
        i -> f.store(Val.zero(zeros), f.gep(LType.I32, f.param(2), i)));
    f.forLoop(
        Val.i64(0),
        n,
        Val.i64(1),
        i -> {
          Val w = f.load(word, f.gep(word, f.param(0), i));
          for (int p = 0; p < passes(); p++) {
            Val at = counter(f, w, p);
            f.store(f.add(f.load(LType.I32, at), Val.i32(1)), at);
          }
        });
    Val from = f.param(0);
    Val to = f.param(1);
    for (int p = 0; p < passes(); p++) {
      int pass = p;
      Val source = from;
      Val target = to;
      Val same = f.load(LType.I32, counter(f, f.load(word, source), p));
      Val differ = f.cmp(Cmp.NE, f.zext(same, LType.I64), n);
      List<Val> swapped =
          f.ifElse(
              differ,
              () -> {
                pass(f, pass, source, target);
                return List.of(target, source);
              },
              () -> List.of(source, target));
      from = swapped.get(0);
      to = swapped.get(1);
    }
    f.ret(from);
  }

  private void pass(FnEmitter f, int pass, Val source, Val target) {
    Val counts = f.gep(LType.I32, f.param(2), (long) pass * buckets());
    f.forLoop(
        Val.i64(0),
        Val.i64(buckets()),
        Val.i64(1),
        List.of(Val.i32(0)),
        (b, sum) -> {
          Val at = f.gep(LType.I32, counts, b);
          Val count = f.load(LType.I32, at);
          f.store(sum.getFirst(), at);
          return List.of(f.add(sum.getFirst(), count));
        });
    f.forLoop(
        Val.i64(0),
        f.param(3),
        Val.i64(1),
        i -> {
          Val w = f.load(word, f.gep(word, source, i));
          Val at = counter(f, w, pass);
          Val place = f.load(LType.I32, at);
          f.store(f.add(place, Val.i32(1)), at);
          f.store(w, f.gep(word, target, f.zext(place, LType.I64)));
        });
  }

  /** Where the words with this word's digit are counted. */
  private Val counter(FnEmitter f, Val w, int pass) {
    int low = first + pass * digit;
    int width = Math.min(digit, first + bits - low);
    Val shifted = f.lshr(w, Val.integer(word, low));
    Val masked =
        low + width == word.bits() ? shifted : f.and(shifted, Val.integer(word, (1L << width) - 1));
    Val index = word.equals(LType.I64) ? masked : f.zext(masked, LType.I64);
    Val counts = f.gep(LType.I32, f.param(2), (long) pass * buckets());
    return f.gep(LType.I32, counts, index);
  }
}
