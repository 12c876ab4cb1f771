package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes a sort of rows into a module; rows are divided among threads. */
public final class SortEmitter {
  /** The longest row: positions are signed 32-bit numbers. */
  public static final long LONGEST = Integer.MAX_VALUE;

  private static final double NANOS_PER_TASK = 20_000;
  private static final long MOST_TASKS = 64;
  private static final long MANY_ROWS = 16; // enough for threads to have rows of their own
  private static final long MOST_SCRATCH = 64 << 20; // of several tasks together

  private final IrModule module;
  private final String name;
  private final SortSpec spec;
  private final RowSort sort;
  private final List<LType> results = new ArrayList<>(); // what moves an element of each
  private final long perTask;
  private final long slot;
  private final boolean isLong; // whether a row is divided, and not the rows

  private SortEmitter(
      IrModule module, String name, SortSpec spec, RowSort sort, boolean positions) {
    this.module = module;
    this.name = name;
    this.spec = spec;
    this.sort = sort;
    for (int k = 0; k < spec.dtypes().size(); k++) {
      results.add(spec.element(k));
    }
    if (positions) {
      results.add(LType.I32);
    }
    this.isLong =
        sort instanceof LongSort && spec.n() >= Buckets.SHORTEST && spec.rows() < MANY_ROWS;
    long bytes =
        isLong ? Buckets.scratchBytes(spec.n(), (LongSort) sort) : Math.max(1, sort.scratchBytes());
    this.slot = Math.ceilDiv(bytes, 64) * 64;
    double wanted = spec.rows() * sort.nanosPerRow() / NANOS_PER_TASK;
    long tasks = Math.clamp((long) wanted, 1, isLong ? 1 : Math.min(MOST_TASKS, spec.rows()));
    tasks = Math.clamp(MOST_SCRATCH / slot, 1, tasks);
    this.perTask = Math.ceilDiv(spec.rows(), tasks);
  }

  /**
   * What was written: the internal function {@code void name(ptr arrays, ptr scratch, ptr pool)};
   * {@code arrays} are the addresses of the operands, then of the results.
   *
   * @param name the function's name
   * @param scratchBytes scratch memory it needs, 64-byte aligned; undefined at the start
   */
  public record Emitted(String name, long scratchBytes) {}

  /**
   * Writes a sort of all arrays by their keys, or by {@code comparison} if there are none.
   *
   * @param name a name that no other function of the module has or begins with
   */
  public static Emitted sort(
      IrModule module,
      String name,
      SortSpec spec,
      Comparison comparison,
      Isa isa,
      boolean threads) {
    RowSort sort =
        spec.keys().isEmpty() ? new MergeSort(spec, name + "_halves", comparison) : of(spec, isa);
    return new SortEmitter(module, name, spec, sort, false).write(threads);
  }

  /** Writes the selection of the first elements of one array and of their positions. */
  public static Emitted select(
      IrModule module, String name, SortSpec spec, Isa isa, boolean threads) {
    return new SortEmitter(module, name, spec, of(spec, isa), true).write(threads);
  }

  private static RowSort of(SortSpec spec, Isa isa) {
    if (RankSort.fits(spec, isa)) {
      return RankSort.of(spec, isa);
    }
    if (FewSort.fits(spec)) {
      return new FewSort(spec, isa);
    }
    if (SelectSort.fits(spec)) {
      return new SelectSort(spec);
    }
    return DirectSort.fits(spec) ? DirectSort.of(spec, isa) : new IndexedSort(spec);
  }

  private Emitted write(boolean threads) {
    long tasks = Math.ceilDiv(spec.rows(), perTask);
    Parallel parallel = new Parallel(module, threads);
    int arrays = operands() + results.size();
    List<IrModule.Param> params =
        Stream.of("arrays", "scratch", "pool").map(p -> new IrModule.Param(LType.PTR, p)).toList();
    module.helper(
        name,
        LType.VOID,
        params,
        f -> {
          List<Val> words = new ArrayList<>();
          for (int k = 0; k < arrays; k++) {
            words.add(f.load(LType.PTR, f.gep(LType.PTR, f.param(0), k)));
          }
          words.add(f.param(1));
          if (sort instanceof LongSort one && isLong) {
            divided(f, parallel, words, one);
            f.ret();
            return;
          }
          String task = parallel.task(name + "_task", arrays + 1, this::task);
          parallel.run(f, task, f.param(2), Parallel.words(f, words), tasks, tasks > 1);
          f.ret();
        });
    return new Emitted(name, tasks * slot);
  }

  /** One row after the other, each on all threads. */
  private void divided(FnEmitter f, Parallel parallel, List<Val> arrays, LongSort one) {
    int count = arrays.size() - 1;
    Buckets buckets =
        new Buckets(
            parallel,
            name,
            spec.n(),
            one,
            (g, words) -> row(g, words.subList(0, count), words.get(count)));
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.rows()),
        Val.i64(1),
        r -> {
          List<Val> words = new ArrayList<>(arrays.subList(0, count));
          words.add(r);
          words.add(arrays.getLast());
          buckets.write(f, f.param(2), words);
        });
  }

  private int operands() {
    return spec.dtypes().size();
  }

  /** One thread's rows. */
  private void task(FnEmitter f, List<Val> words) {
    int arrays = operands() + results.size();
    Val round = words.get(arrays + 1);
    Val slots = Parallel.pointer(f, words.get(arrays));
    Val scratch = f.gep(LType.I8, slots, f.mulNsw(round, Val.i64(slot)));
    Val from = f.mulNsw(round, Val.i64(perTask));
    Val to = f.smin(f.addNsw(from, Val.i64(perTask)), Val.i64(spec.rows()));
    sort.prepare(f, scratch);
    f.forLoop(from, to, Val.i64(1), r -> sort.row(f, row(f, words, r), scratch));
  }

  private RowSort.Row row(FnEmitter f, List<Val> words, Val r) {
    List<Val> sources = new ArrayList<>();
    for (int k = 0; k < operands(); k++) {
      Val array = pointer(f, words.get(k));
      sources.add(f.gep(spec.element(k), array, f.mulNsw(r, Val.i64(spec.n()))));
    }
    List<Val> targets = new ArrayList<>();
    for (int k = 0; k < results.size(); k++) {
      Val array = pointer(f, words.get(operands() + k));
      targets.add(f.gep(results.get(k), array, f.mulNsw(r, Val.i64(spec.kept()))));
    }
    return new RowSort.Row(spec, sources, targets);
  }

  private static Val pointer(FnEmitter f, Val word) {
    return word.type().equals(LType.PTR) ? word : Parallel.pointer(f, word);
  }
}
