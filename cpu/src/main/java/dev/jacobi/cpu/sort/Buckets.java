package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Sorts one long row on several threads: words go into buckets by the highest bits in which any two
 * of them differ, chunk by chunk, each chunk to places of its own, which keeps them in order; then
 * every bucket is sorted by itself, in the cache.
 */
final class Buckets {
  /** Rows from this length on. */
  static final long SHORTEST = 1 << 17;

  private static final int DIGIT = 11;
  private static final long BUCKETS = 1 << DIGIT;
  private static final long CHUNKS = 16;
  private static final long GROUPS = 64; // of buckets, each for one thread
  private static final int LANES = 16;
  private static final long INSERTED = 24; // words of a bucket that are sorted by insertion
  private static final long FEW = 2048; // words for which a wider digit has too many counters

  // Where what lies in scratch memory.
  private static final long SHIFT = 0;
  private static final long DIFFERENT = 64;
  private static final long NOTED = DIFFERENT + CHUNKS * Long.BYTES;
  private static final long STARTS = NOTED + CHUNKS * Long.BYTES;
  private static final long COUNTS = STARTS + (BUCKETS + LANES) * Integer.BYTES;
  private static final long WORDS = COUNTS + CHUNKS * BUCKETS * Integer.BYTES;

  private final Parallel parallel;
  private final String name;
  private final long n;
  private final LongSort sort;
  private final BiFunction<FnEmitter, List<Val>, RowSort.Row> rows;

  /**
   * @param rows gives the row's arrays in a function that has the words; the last one of them is
   *     the address of the scratch memory
   */
  Buckets(
      Parallel parallel,
      String name,
      long n,
      LongSort sort,
      BiFunction<FnEmitter, List<Val>, RowSort.Row> rows) {
    this.parallel = parallel;
    this.name = name;
    this.n = n;
    this.sort = sort;
    this.rows = rows;
  }

  static long scratchBytes(long n, LongSort sort) {
    return WORDS + 2 * n * sort.word().elemBytes();
  }

  /** Writes the sort of one row into a function. */
  void write(FnEmitter f, Val pool, List<Val> words) {
    Val block = Parallel.words(f, words);
    Val scratch = words.getLast();
    run(f, "begin", pool, words.size(), block, CHUNKS, this::begin);
    for (int k = 0; k < sort.rounds(); k++) {
      int round = k;
      run(f, "differ" + k, pool, words.size(), block, CHUNKS, this::differ);
      f.store(shift(f, scratch, round), f.offset(scratch, SHIFT));
      run(f, "count" + k, pool, words.size(), block, CHUNKS, this::count);
      starts(f, scratch);
      run(f, "place" + k, pool, words.size(), block, CHUNKS, this::place);
      run(f, "finish" + k, pool, words.size(), block, GROUPS, t -> finish(t, round));
    }
    Val noted = joined(f, f.offset(scratch, NOTED));
    sort.end(f, rows.apply(f, words), noted);
  }

  /** A task's view of the memory. */
  private final class Task {
    final FnEmitter f;
    final RowSort.Row row;
    final Val scratch;
    final Val round;

    Task(FnEmitter f, List<Val> words) {
      this.f = f;
      List<Val> own = new ArrayList<>(words.subList(0, words.size() - 1));
      this.scratch = Parallel.pointer(f, own.getLast());
      this.row = rows.apply(f, own);
      this.round = words.getLast();
    }

    Val words() {
      return f.offset(scratch, WORDS);
    }

    Val other() {
      return f.gep(sort.word(), words(), n);
    }

    private Val part(Val number, long parts) {
      return f.udiv(f.mulNsw(number, Val.i64(n)), Val.i64(parts));
    }

    Val from(long parts) {
      return part(round, parts);
    }

    Val to(long parts) {
      return part(f.addNsw(round, Val.i64(1)), parts);
    }

    /** This chunk's word in a list of one per chunk. */
    Val own(long list) {
      return f.gep(LType.I64, f.offset(scratch, list), round);
    }

    /** Where this chunk counts the words of one's bucket. */
    Val counter(Val word, Val shift) {
      Val chunk = f.mulNsw(round, Val.i64(BUCKETS));
      Val digit = wide(f, f.and(f.lshr(word, shift), Val.integer(sort.word(), BUCKETS - 1)));
      return f.gep(LType.I32, f.offset(scratch, COUNTS), f.addNsw(chunk, digit));
    }

    Val shift() {
      Val shift = f.load(LType.I64, f.offset(scratch, SHIFT));
      return f.trunc(shift, sort.word());
    }
  }

  private interface Body {
    void write(Task task);
  }

  private void run(
      FnEmitter f, String what, Val pool, int words, Val block, long rounds, Body body) {
    String task = parallel.task(name + "_" + what, words, (g, w) -> body.write(new Task(g, w)));
    parallel.run(f, task, pool, block, rounds, true);
  }

  private static Val wide(FnEmitter f, Val word) {
    return word.type().equals(LType.I64) ? word : f.zext(word, LType.I64);
  }

  private void begin(Task t) {
    Val noted = sort.begin(t.f, t.row, t.words(), t.from(CHUNKS), t.to(CHUNKS));
    t.f.store(noted, t.own(NOTED));
  }

  /** The bits in which a chunk's words differ from the first word. */
  private void differ(Task t) {
    FnEmitter f = t.f;
    LType w = sort.word();
    LType vector = w.lanes(LANES);
    Val first = f.load(w, t.words());
    Val from = t.from(CHUNKS);
    Val to = t.to(CHUNKS);
    Val whole = f.addNsw(from, f.and(f.sub(to, from), Val.i64(-LANES)));
    Val firsts = f.splat(first, LANES);
    Val many = differ(t, from, whole, LANES, firsts, Val.zero(vector));
    Val all = differ(t, whole, to, 0, first, f.reduceTree(many, f::or));
    f.store(wide(f, all), t.own(DIFFERENT));
  }

  private Val differ(Task t, Val from, Val to, int lanes, Val first, Val before) {
    FnEmitter f = t.f;
    return f.forLoop(
            from,
            to,
            Val.i64(Math.max(1, lanes)),
            List.of(before),
            (i, now) -> {
              Val word = f.load(sort.word().lanes(lanes), f.gep(sort.word(), t.words(), i));
              return List.of(f.or(now.getFirst(), f.xor(word, first)));
            })
        .getFirst();
  }

  private static Val joined(FnEmitter f, Val list) {
    Val all = f.load(LType.I64, list);
    for (int c = 1; c < CHUNKS; c++) {
      all = f.or(all, f.load(LType.I64, f.gep(LType.I64, list, c)));
    }
    return all;
  }

  /** The lowest bit of the digit whose highest bit is the highest that differs. */
  private Val shift(FnEmitter f, Val scratch, int round) {
    Radix radix = sort.radix(round);
    int end = radix.first() + radix.bits();
    Val differing = joined(f, f.offset(scratch, DIFFERENT));
    long mask = (end == Long.SIZE ? 0 : 1L << end) - (1L << radix.first());
    Val one = f.or(f.and(differing, Val.i64(mask)), Val.i64(1)); // so that there is one
    Val zeros = f.pureCall("llvm.ctlz.i64", LType.I64, List.of(one, Val.bool(true)));
    Val low = f.sub(Val.i64(Long.SIZE - DIGIT), zeros);
    return f.smax(low, Val.i64(radix.first()));
  }

  private void count(Task t) {
    FnEmitter f = t.f;
    Val chunk = f.mulNsw(t.round, Val.i64(BUCKETS));
    Val counts = f.gep(LType.I32, f.offset(t.scratch, COUNTS), chunk);
    f.forLoop(
        Val.i64(0),
        Val.i64(BUCKETS),
        Val.i64(LANES),
        b -> f.store(Val.zero(LType.I32.lanes(LANES)), f.gep(LType.I32, counts, b)));
    Val shift = t.shift();
    f.forLoop(
        t.from(CHUNKS),
        t.to(CHUNKS),
        Val.i64(1),
        i -> {
          Val at = t.counter(f.load(sort.word(), f.gep(sort.word(), t.words(), i)), shift);
          f.store(f.add(f.load(LType.I32, at), Val.i32(1)), at);
        });
  }

  /** Where each bucket begins, and each chunk's part of it: counts become places. */
  private void starts(FnEmitter f, Val scratch) {
    Val starts = f.offset(scratch, STARTS);
    Val counts = f.offset(scratch, COUNTS);
    LType vector = LType.I32.lanes(LANES);
    f.forLoop(
        Val.i64(0),
        Val.i64(BUCKETS),
        Val.i64(LANES),
        b -> {
          Val sum = Val.zero(vector);
          for (int c = 0; c < CHUNKS; c++) {
            Val at = f.gep(LType.I32, counts, f.addNsw(b, Val.i64(c * BUCKETS)));
            sum = f.add(sum, f.load(vector, at));
          }
          f.store(sum, f.gep(LType.I32, starts, b));
        });
    f.forLoop(
        Val.i64(0),
        Val.i64(BUCKETS + 1), // beyond the last one stands the end
        Val.i64(1),
        List.of(Val.i32(0)),
        (b, sum) -> {
          Val at = f.gep(LType.I32, starts, b);
          Val count = f.load(LType.I32, at);
          f.store(sum.getFirst(), at);
          return List.of(f.add(sum.getFirst(), count));
        });
    f.forLoop(
        Val.i64(0),
        Val.i64(BUCKETS),
        Val.i64(LANES),
        b -> {
          Val next = f.load(vector, f.gep(LType.I32, starts, b));
          for (int c = 0; c < CHUNKS; c++) {
            Val at = f.gep(LType.I32, counts, f.addNsw(b, Val.i64(c * BUCKETS)));
            Val count = f.load(vector, at);
            f.store(next, at);
            next = f.add(next, count);
          }
        });
  }

  private void place(Task t) {
    FnEmitter f = t.f;
    Val shift = t.shift();
    f.forLoop(
        t.from(CHUNKS),
        t.to(CHUNKS),
        Val.i64(1),
        i -> {
          Val word = f.load(sort.word(), f.gep(sort.word(), t.words(), i));
          Val at = t.counter(word, shift);
          Val place = f.load(LType.I32, at);
          f.store(f.add(place, Val.i32(1)), at);
          f.store(word, f.gep(sort.word(), t.other(), f.zext(place, LType.I64)));
        });
  }

  /** The buckets that begin in a part of the row. */
  private void finish(Task t, int round) {
    FnEmitter f = t.f;
    Val starts = f.offset(t.scratch, STARTS);
    Val from = t.from(GROUPS);
    Val to = t.to(GROUPS);
    f.whileLoop(
        List.of(firstFrom(f, starts, from)),
        b ->
            f.and(
                f.cmp(Cmp.ULT, b.getFirst(), Val.i64(BUCKETS)),
                f.cmp(Cmp.ULT, start(f, starts, b.getFirst()), to)),
        b -> {
          Val next = f.addNsw(b.getFirst(), Val.i64(1));
          Val begin = start(f, starts, b.getFirst());
          Val count = f.sub(start(f, starts, next), begin);
          f.ifThen(
              f.cmp(Cmp.NE, count, Val.i64(0)),
              () -> {
                Val sorted = sorted(t, round, begin, count);
                sort.finish(f, t.row, round, sorted, t.words(), begin, count);
              });
          return List.of(next);
        });
  }

  private static Val start(FnEmitter f, Val starts, Val bucket) {
    return f.zext(f.load(LType.I32, f.gep(LType.I32, starts, bucket)), LType.I64);
  }

  /** The first bucket that does not begin before a place. */
  private static Val firstFrom(FnEmitter f, Val starts, Val place) {
    Val low = Val.i64(0);
    for (long half = BUCKETS / 2; half > 0; half /= 2) {
      Val middle = f.addNsw(low, Val.i64(half - 1));
      Val before = f.cmp(Cmp.ULT, start(f, starts, middle), place);
      low = f.select(before, f.addNsw(low, Val.i64(half)), low);
    }
    Val last = f.cmp(Cmp.ULT, start(f, starts, low), place);
    return f.add(low, f.zext(last, LType.I64));
  }

  /** Sorts a bucket by the bits below its digit; returns where it is then. */
  private Val sorted(Task t, int round, Val begin, Val count) {
    FnEmitter f = t.f;
    LType w = sort.word();
    Val here = f.gep(w, t.other(), begin);
    Val there = f.gep(w, t.words(), begin);
    Radix all = sort.radix(round);
    int bits = all.bits() - DIGIT;
    if (bits <= 0) {
      return here;
    }
    Radix narrow = new Radix(w, all.first(), bits, 8);
    Radix broad = new Radix(w, all.first(), bits, DIGIT);
    long counters = Math.max(narrow.countBytes(), broad.countBytes()) / Integer.BYTES;
    Val counts = f.alloca(LType.I32, (int) counters, 64);
    return f.ifElse(
            f.cmp(Cmp.ULE, count, Val.i64(INSERTED)),
            () -> {
              insert(f, all.first(), here, count);
              return List.of(here);
            },
            () ->
                f.ifElse(
                    f.cmp(Cmp.ULT, count, Val.i64(FEW)),
                    () -> List.of(narrow.sort(f, here, there, counts, count)),
                    () -> List.of(broad.sort(f, here, there, counts, count))))
        .getFirst();
  }

  /** Sorts few words in their place. */
  private void insert(FnEmitter f, int first, Val words, Val count) {
    LType w = sort.word();
    f.forLoop(
        Val.i64(1),
        count,
        Val.i64(1),
        i -> {
          Val word = f.load(w, f.gep(w, words, i));
          Val key = f.lshr(word, Val.integer(w, first));
          Val to =
              f.whileLoop(
                      List.of(i),
                      at -> after(f, words, at.getFirst(), key, first),
                      at -> {
                        Val previous = f.sub(at.getFirst(), Val.i64(1));
                        Val moved = f.load(w, f.gep(w, words, previous));
                        f.store(moved, f.gep(w, words, at.getFirst()));
                        return List.of(previous);
                      })
                  .getFirst();
          f.store(word, f.gep(w, words, to));
        });
  }

  /** Whether a word lies before {@code at} and comes after the key. */
  private Val after(FnEmitter f, Val words, Val at, Val key, int first) {
    LType w = sort.word();
    Val some = f.cmp(Cmp.NE, at, Val.i64(0));
    // At the row's start any word may be read, since it does not count.
    Val previous = f.select(some, f.sub(at, Val.i64(1)), Val.i64(0));
    Val before = f.lshr(f.load(w, f.gep(w, words, previous)), Val.integer(w, first));
    return f.and(some, f.cmp(Cmp.UGT, before, key));
  }
}
