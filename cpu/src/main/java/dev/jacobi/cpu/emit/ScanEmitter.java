package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Windows;
import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Combiner;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.WindowOp;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits scans: element i combines the initial value and all elements up to i, or from i on. Along
 * the last dimension, chunks are scanned vector by vector, each in log2(lanes) steps, on top of the
 * chunks before them; along others, whole rows are combined. The tree is fixed: the same bits
 * whatever the machine and the number of threads.
 */
final class ScanEmitter {
  /** Elements of a chunk of a row. */
  private static final long CHUNK = 8192;

  /** Elements that one thread should at least have. */
  private static final long PARALLEL = 1 << 16;

  /**
   * What a scan is.
   *
   * @param outer scans that lie behind each other
   * @param n length of each
   * @param inner scans that lie side by side
   * @param forward whether it starts at index 0
   */
  record Scan(Combiner combiner, long outer, long n, long inner, boolean forward) {
    static Scan of(WindowOp.ReduceWindow o) {
      Combiner.check("a reduce_window", o.body());
      Shape shape = o.inputs().getFirst().shape();
      int d = Windows.scanned(o);
      long[] sizes = shape.toArray();
      long outer = 1;
      for (int k = 0; k < d; k++) {
        outer *= sizes[k];
      }
      return new Scan(
          Combiner.of(o.body()), outer, sizes[d], shape.strides()[d], Windows.isForward(o, d));
    }

    int arrays() {
      return combiner.types().size() / 2;
    }

    DType type(int k) {
      return combiner.types().get(k);
    }

    /** Elements per vector: a cache line of the widest type. */
    int lanes() {
      int widest = combiner.types().stream().mapToInt(t -> t.real().bytes()).max().orElse(1);
      return Math.min(16, 64 / Math.max(widest, 4));
    }

    private long chunks() {
      return Math.ceilDiv(n, CHUNK);
    }

    private boolean isLarge() {
      return outer * n * inner >= PARALLEL;
    }

    /** Bytes for the chunks' totals. */
    long scratchBytes() {
      long bytes = combiner.types().stream().mapToLong(DType::bytes).sum() / 2;
      return inner == 1 && chunks() > 1 ? outer * chunks() * bytes + 16L * arrays() : 0;
    }

    /** Where the totals of array {@code k} begin. */
    private long totalsAt(int k) {
      long at = 0;
      for (int j = 0; j < k; j++) {
        at += (outer * chunks() * type(j).bytes() + 15) / 16 * 16;
      }
      return at;
    }
  }

  private final String name;
  private final Scan scan;
  private final Parallel parallel;

  private ScanEmitter(String name, Scan scan, Parallel parallel) {
    this.name = name;
    this.scan = scan;
    this.parallel = parallel;
  }

  /**
   * Writes the function {@code void name(ptr x..., ptr y..., ptr init..., ptr scratch, ptr pool)}.
   */
  static void emit(IrModule module, String name, Scan scan, boolean threads) {
    List<IrModule.Param> params = new ArrayList<>();
    for (int i = 0; i < 3 * scan.arrays(); i++) {
      params.add(new IrModule.Param(LType.PTR, "p" + i));
    }
    params.add(new IrModule.Param(LType.PTR, "scratch"));
    params.add(new IrModule.Param(LType.PTR, "pool"));
    FnEmitter f = module.internalFunction(name, LType.VOID, params.toArray(IrModule.Param[]::new));
    new ScanEmitter(name, scan, new Parallel(module, threads)).write(f);
    f.ret();
  }

  /** The arrays and initial values as a function sees them. */
  private final class Place {
    final FnEmitter f;
    final List<Val> pointers; // x..., y..., init..., scratch

    Place(FnEmitter f, List<Val> pointers) {
      this.f = f;
      this.pointers = pointers;
    }

    ScanCode code() {
      int n = scan.arrays();
      return new ScanCode(f, scan, pointers.subList(0, n), pointers.subList(n, 2 * n));
    }

    Regs inits() {
      List<Reg> list = new ArrayList<>();
      for (int k = 0; k < scan.arrays(); k++) {
        list.add(Memory.load(f, scan.type(k), pointers.get(2 * scan.arrays() + k)));
      }
      return new Regs(list);
    }

    private Val total(int k, Val chunk) {
      Val base = f.offset(pointers.getLast(), scan.totalsAt(k));
      return Memory.address(f, scan.type(k), base, chunk);
    }

    Regs totals(Val chunk) {
      List<Reg> list = new ArrayList<>();
      for (int k = 0; k < scan.arrays(); k++) {
        list.add(Memory.load(f, scan.type(k), total(k, chunk)));
      }
      return new Regs(list);
    }

    void putTotals(Val chunk, Regs totals) {
      for (int k = 0; k < scan.arrays(); k++) {
        Memory.store(f, totals.list().get(k), total(k, chunk));
      }
    }
  }

  private interface Round {
    void write(Place place, Val round);
  }

  private void write(FnEmitter f) {
    int count = 3 * scan.arrays() + 1;
    List<Val> pointers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pointers.add(f.param(i));
    }
    Place here = new Place(f, pointers);
    if (scan.inner() > 1) {
      long tiles = Math.ceilDiv(scan.inner(), ScanCode.TILE);
      rounds(here, "columns", scan.outer() * tiles, (p, r) -> columns(p, r, tiles));
    } else if (scan.chunks() == 1) {
      long rows = Math.clamp(CHUNK / scan.n(), 1, scan.outer());
      long rounds = Math.ceilDiv(scan.outer(), rows);
      rounds(here, "rows", rounds, (p, r) -> rows(p, r, rows));
    } else if (parallel.threads() && scan.isLarge()) {
      long chunks = scan.outer() * scan.chunks();
      rounds(here, "totals", chunks, this::total);
      f.forLoop(Val.i64(0), Val.i64(scan.outer()), Val.i64(1), row -> carries(here, row));
      rounds(here, "chunks", chunks, this::chunk);
    } else {
      f.forLoop(Val.i64(0), Val.i64(scan.outer()), Val.i64(1), row -> row(here, row));
    }
  }

  private void rounds(Place here, String what, long rounds, Round round) {
    FnEmitter f = here.f;
    String task =
        parallel.task(
            name + "_" + what,
            here.pointers.size(),
            (g, words) -> {
              List<Val> pointers = new ArrayList<>();
              words.subList(0, words.size() - 1).forEach(w -> pointers.add(Parallel.pointer(g, w)));
              round.write(new Place(g, pointers), words.getLast());
            });
    Val pool = f.param(here.pointers.size());
    parallel.run(f, task, pool, Parallel.words(f, here.pointers), rounds, scan.isLarge());
  }

  private void columns(Place p, Val round, long tiles) {
    Val outer = p.f.udiv(round, Val.i64(tiles));
    Val tile = p.f.urem(round, Val.i64(tiles));
    p.code().columns(outer, tile, p.inits());
  }

  /** Short rows, several of them. */
  private void rows(Place p, Val round, long rows) {
    FnEmitter f = p.f;
    Val first = f.mulNsw(round, Val.i64(rows));
    Val end = f.smin(f.addNsw(first, Val.i64(rows)), Val.i64(scan.outer()));
    Regs init = p.inits();
    f.forLoop(
        first,
        end,
        Val.i64(1),
        row -> p.code().chunk(f.mulNsw(row, Val.i64(scan.n())), Val.i64(scan.n()), init));
  }

  /** Where a chunk of a row begins, counted from the scan's start, and its length. */
  private record Part(Val base, Val count) {
    static Part of(FnEmitter f, Scan scan, Val row, Val chunk) {
      Val begin = f.mulNsw(chunk, Val.i64(CHUNK));
      Val end = f.smin(f.addNsw(begin, Val.i64(CHUNK)), Val.i64(scan.n()));
      Val from = scan.forward() ? begin : f.sub(Val.i64(scan.n()), end);
      return new Part(f.addNsw(f.mulNsw(row, Val.i64(scan.n())), from), f.sub(end, begin));
    }
  }

  private Part part(Place p, Val round) {
    Val chunks = Val.i64(scan.chunks());
    return Part.of(p.f, scan, p.f.udiv(round, chunks), p.f.urem(round, chunks));
  }

  private void total(Place p, Val round) {
    Part part = part(p, round);
    p.putTotals(round, p.code().chunk(part.base, part.count, null));
  }

  private void chunk(Place p, Val round) {
    Part part = part(p, round);
    p.code().chunk(part.base, part.count, p.totals(round));
  }

  /** Replaces the totals of a row's chunks by what lies before each of them. */
  private void carries(Place p, Val row) {
    FnEmitter f = p.f;
    Val first = f.mulNsw(row, Val.i64(scan.chunks()));
    Regs init = p.inits();
    f.forLoop(
        Val.i64(0),
        Val.i64(scan.chunks()),
        Val.i64(1),
        init.flat(),
        (c, v) -> {
          Val at = f.addNsw(first, c);
          Regs carry = init.with(v);
          Regs total = p.totals(at);
          p.putTotals(at, carry);
          return p.code().then(carry, total).flat();
        });
  }

  private void row(Place p, Val row) {
    FnEmitter f = p.f;
    Regs init = p.inits();
    f.forLoop(
        Val.i64(0),
        Val.i64(scan.chunks()),
        Val.i64(1),
        init.flat(),
        (c, v) -> {
          Regs carry = init.with(v);
          Part part = Part.of(f, scan, row, c);
          return p.code().then(carry, p.code().chunk(part.base, part.count, carry)).flat();
        });
  }
}
