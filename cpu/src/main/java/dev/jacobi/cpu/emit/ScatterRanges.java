package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits a scatter for several threads, each of which owns a range of the operand: it looks at all
 * indices, a block at a time, and takes the windows that begin in its range, in their order. So an
 * element meets its updates in the same order on any number of threads.
 */
final class ScatterRanges {
  private static final int BLOCK = 1024; // windows that are looked at before any is combined
  private static final int POOL_THREADS = 8; // where a pool says how many there are
  private static final int MOST_THREADS = 64;
  private static final int LANES = 16;
  private static final long CACHE_BYTES = 1 << 20; // an operand that is larger misses

  // Nanoseconds on one core.
  private static final double WINDOW = 0.7;
  private static final double BYTE = 0.025;
  private static final double MISS = 0.9;
  private static final double LOOK = 0.4;
  private static final double LOOK_WIDE = 0.12;
  private static final double START = 3_000;

  private final ScatterSpec spec;
  private final int component; // of index vectors, which chooses the thread
  private final boolean wide; // whether a vector of indices is looked at together

  private ScatterRanges(ScatterSpec spec, int component, boolean wide) {
    this.spec = spec;
    this.component = component;
    this.wide = wide;
  }

  /** Writes {@code void name(ptr target..., ptr indices, ptr update..., ptr pool)} if it pays. */
  static boolean emit(IrModule module, String name, ScatterSpec spec, Isa isa) {
    int component = component(spec);
    if (component < 0 || spec.windows() == 0) {
      return false;
    }
    boolean wide =
        isa.compresses()
            && components(spec) == 1
            && spec.indices().dtype() == DType.I32
            && extent(spec, component) <= Integer.MAX_VALUE;
    int threads = threads(spec, wide ? LOOK_WIDE : LOOK);
    if (threads > 0) {
      new ScatterRanges(spec, component, wide).write(module, name, threads);
    }
    return threads > 0;
  }

  /** The component whose dimension is longest, of those along which windows do not extend. */
  private static int component(ScatterSpec spec) {
    Shape shape = spec.indices().shape();
    int vector = spec.dims().indexVectorDim();
    int best = -1;
    if (vector >= shape.rank() - 1) {
      for (int i = 0; i < spec.dims().scatterDimsToOperandDims().size(); i++) {
        boolean single = spec.window()[spec.dims().scatterDimsToOperandDims().get(i)] == 1;
        if (single && (best < 0 || extent(spec, i) > extent(spec, best))) {
          best = i;
        }
      }
    }
    return best;
  }

  private static long extent(ScatterSpec spec, int component) {
    return spec.operand().dim(spec.dims().scatterDimsToOperandDims().get(component));
  }

  /** Components of an index vector, which lie side by side. */
  private static long components(ScatterSpec spec) {
    return spec.indices().shape().size() / spec.windows();
  }

  /** From how many threads on it pays; 0 if never. */
  private static int threads(ScatterSpec spec, double look) {
    boolean misses = spec.operand().size() * spec.bytes() > CACHE_BYTES;
    double window = WINDOW + spec.volume() * spec.bytes() * BYTE + (misses ? MISS : 0);
    double serial = spec.windows() * window;
    for (int t = 2; t <= MOST_THREADS; t++) {
      if (START + spec.windows() * look + serial / t < 0.85 * serial) {
        return t;
      }
    }
    return 0;
  }

  private int arrays() {
    return 2 * spec.inputs().size() + 1;
  }

  private void write(IrModule module, String name, int threads) {
    Parallel parallel = new Parallel(module, true);
    String task = parallel.task(name + "_range", arrays() + 1, this::range);
    List<IrModule.Param> params = new ArrayList<>();
    for (int i = 0; i <= arrays(); i++) {
      params.add(new IrModule.Param(LType.PTR, "p" + i));
    }
    FnEmitter f = module.internalFunction(name, LType.VOID, params.toArray(IrModule.Param[]::new));
    List<Val> words = new ArrayList<>();
    for (int i = 0; i < arrays(); i++) {
      words.add(f.param(i));
    }
    ScatterWindows windows = ScatterWindows.of(f, spec, words);
    Val pool = f.param(arrays());
    Val all = f.load(LType.I32, f.offset(pool, POOL_THREADS));
    f.ifElse(
        f.cmp(Cmp.SGE, all, Val.i32(threads)),
        () -> {
          Val tasks = f.zext(f.smin(all, Val.i32(MOST_THREADS)), LType.I64);
          Val whole = Val.i64(extent(spec, component));
          Val part = f.udiv(f.add(whole, f.sub(tasks, Val.i64(1))), tasks);
          words.add(part);
          parallel.run(f, task, pool, Parallel.words(f, words), tasks);
          return List.of();
        },
        () -> {
          windows.all();
          return List.of();
        });
    f.ret();
  }

  /** The windows of one range. */
  private void range(FnEmitter f, List<Val> words) {
    List<Val> pointers = new ArrayList<>();
    words.subList(0, arrays()).forEach(w -> pointers.add(Parallel.pointer(f, w)));
    ScatterWindows windows = ScatterWindows.of(f, spec, pointers);
    Val whole = Val.i64(extent(spec, component));
    Val part = words.get(arrays());
    Val low = f.smin(f.mulNsw(words.getLast(), part), whole);
    Val size = f.sub(f.smin(f.addNsw(low, part), whole), low);
    Val taken = f.alloca(LType.I32, BLOCK + LANES, 64);
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.windows()),
        Val.i64(BLOCK),
        block -> {
          Val end = f.smin(f.addNsw(block, Val.i64(BLOCK)), Val.i64(spec.windows()));
          Val count = take(f, pointers.get(spec.inputs().size()), block, end, low, size, taken);
          f.forLoop(
              Val.i64(0),
              count,
              Val.i64(1),
              k -> {
                Val j = f.zext(f.load(LType.I32, f.gep(LType.I32, taken, k)), LType.I64);
                windows.one(f.addNsw(block, j));
              });
        });
  }

  /** Notes which windows of a block are in the range; returns how many. */
  private Val take(FnEmitter f, Val indices, Val block, Val end, Val low, Val size, Val taken) {
    Val whole = wide ? f.and(f.sub(end, block), Val.i64(-LANES)) : Val.i64(0);
    Val count = Val.i64(0);
    if (wide) {
      LType vector = LType.I32.lanes(LANES);
      Val lows = f.splat(f.trunc(low, LType.I32), LANES);
      Val sizes = f.splat(f.trunc(size, LType.I32), LANES);
      count =
          f.forLoop(
                  Val.i64(0),
                  whole,
                  Val.i64(LANES),
                  List.of(count),
                  (j, n) -> {
                    Val at = f.gep(LType.I32, indices, f.addNsw(block, j));
                    Val mine = f.cmp(Cmp.ULT, f.sub(f.load(vector, at), lows), sizes);
                    Val places = f.add(f.splat(f.trunc(j, LType.I32), LANES), Val.iota(vector));
                    Val to = f.gep(LType.I32, taken, n.getFirst());
                    f.store(f.compress(places, mine), to);
                    return List.of(f.add(n.getFirst(), f.count(mine)));
                  })
              .getFirst();
    }
    DType t = spec.indices().dtype();
    long step = components(spec);
    return f.forLoop(
            whole,
            f.sub(end, block),
            Val.i64(1),
            List.of(count),
            (j, n) -> {
              Val place = f.addNsw(f.mulNsw(f.addNsw(block, j), Val.i64(step)), Val.i64(component));
              Reg index = Memory.load(f, t, Memory.address(f, t, indices, place));
              Val i = new Pointwise(f).convert(index, DType.I64).re();
              f.store(f.trunc(j, LType.I32), f.gep(LType.I32, taken, n.getFirst()));
              Val mine = f.cmp(Cmp.ULT, f.sub(i, low), size);
              return List.of(f.add(n.getFirst(), f.zext(mine, LType.I64)));
            })
        .getFirst();
  }
}
