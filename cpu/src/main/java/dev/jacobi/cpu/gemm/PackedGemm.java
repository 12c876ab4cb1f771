package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * Large products: B is packed into panels as wide as a tile, then blocks of rows are claimed by
 * threads, each of which packs its piece of A into a place of its own.
 *
 * <p>A piece of A has {@code depth} columns, so that it fits the second cache and a panel of B of
 * that depth the first. Scratch memory: a counter, the panels, then a place per slot. A slot is a
 * task that claims blocks until none is left; idle slots touch nothing.
 */
final class PackedGemm {
  private static final int COUNTER_BYTES = 64;
  private static final int SLOTS = 64;
  private static final int PANEL_BYTES = 1 << 14;
  private static final int BLOCK_BYTES = 150_000;
  private static final long MAX_PACKED_BYTES = 64L << 20;
  private static final int MIN_COLUMNS = 512; // Per block: what packing A is spread over.

  private final Isa isa;
  private final String name;
  private final GemmSpec spec;
  private final Tile tile;
  private final Lanes lanes;
  private final Parallel parallel;
  private final int bytes;
  private final long depth;
  private final long height;
  private final long panelsPerPass;
  private final long panelsPerBlock;

  PackedGemm(Isa isa, String name, GemmSpec spec, Tile tile, Parallel parallel) {
    this.isa = isa;
    this.name = name;
    this.spec = spec;
    this.tile = tile;
    this.lanes = Lanes.of(spec);
    this.parallel = parallel;
    this.bytes = spec.sum().elemBytes();
    this.depth = depth();
    this.height = height();
    long panels = Sweep.panels(spec, tile);
    long panelBytes = tile.columns() * Math.max(1, spec.k()) * bytes;
    this.panelsPerPass = Math.clamp(MAX_PACKED_BYTES / panelBytes, 1, panels);
    long least = Math.ceilDiv(MIN_COLUMNS, tile.columns());
    this.panelsPerBlock = Math.ceilDiv(panelsPerPass, Math.max(1, panelsPerPass / least));
  }

  /** Columns of A at a time; all, where sums cannot wait in C between two pieces. */
  private long depth() {
    long most = PANEL_BYTES / ((long) tile.columns() * bytes);
    if (!lanes.resultHoldsSum() || spec.k() <= most) {
      return Math.max(1, spec.k());
    }
    long pieces = Math.ceilDiv(spec.k(), most);
    return (Math.ceilDiv(spec.k(), pieces) + 7) & -8;
  }

  /** Rows of A at a time: whole tiles, and at least four blocks if there are rows enough. */
  private long height() {
    long most = Math.max(1, BLOCK_BYTES / (depth * bytes) / tile.rows());
    long tiles = Math.ceilDiv(spec.m(), (long) tile.rows());
    long blocks = Math.max(Math.min(4, tiles), Math.ceilDiv(tiles, most));
    return Math.ceilDiv(tiles, blocks) * tile.rows();
  }

  /** A row of packed A, with a gap that keeps rows out of each other's cache sets. */
  private long packedRow() {
    return depth + 64 / bytes;
  }

  private long panelsBytes() {
    return (panelsPerPass * tile.columns() * spec.k() * bytes + 63) & -64;
  }

  private long slotBytes() {
    return (height * packedRow() * bytes + 63) & -64;
  }

  private long rowBlocks() {
    return Math.ceilDiv(spec.m(), height);
  }

  private long panelBlocks() {
    return Math.ceilDiv(panelsPerPass, panelsPerBlock);
  }

  private long slots() {
    return parallel.threads() ? Math.min(SLOTS, rowBlocks() * panelBlocks()) : 1;
  }

  long scratchBytes() {
    return COUNTER_BYTES + panelsBytes() + slots() * slotBytes();
  }

  void write(FnEmitter f, Val a, Val b, Val c, Val scratch, Val pool) {
    long panels = Sweep.panels(spec, tile);
    long packTasks = Math.min(panelsPerPass, 32);
    long panelsPerTask = Math.ceilDiv(panelsPerPass, packTasks);
    String pack = packTask(panelsPerTask);
    String multiply = multiplyTask();
    boolean worthIt = spec.flops() >= Parallel.MIN_FLOPS;
    Val words =
        Parallel.words(f, List.of(Val.i64(0), Val.i64(0), Val.i64(0), Val.i64(0), Val.i64(0)));
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.products()),
        Val.i64(1),
        product -> {
          var offsets = Offsets.of(f, spec, product);
          set(f, words, 0, f.gep(spec.operand(), a, offsets.a()));
          set(f, words, 1, f.gep(spec.operand(), b, offsets.b()));
          set(f, words, 2, f.gep(spec.result(), c, offsets.c()));
          set(f, words, 3, scratch);
          f.forLoop(
              Val.i64(0),
              Val.i64(panels),
              Val.i64(panelsPerPass),
              first -> {
                set(f, words, 4, first);
                f.effect("store atomic i64 0, " + scratch.typed() + " monotonic, align 8");
                parallel.run(
                    f, pack, pool, words, Math.ceilDiv(panelsPerPass, panelsPerTask), worthIt);
                parallel.run(f, multiply, pool, words, slots(), worthIt);
              });
        });
  }

  private static void set(FnEmitter f, Val words, int index, Val value) {
    Val word = value.type().equals(LType.PTR) ? f.ptrtoint(value, LType.I64) : value;
    f.store(word, f.gep(LType.I64, words, index));
  }

  /** The panels of the scratch memory; {@code panel} counts within the pass. */
  private Val packedPanel(FnEmitter f, Val scratch, Val panel) {
    Val start = f.offset(scratch, COUNTER_BYTES);
    return f.gep(spec.sum(), start, f.mulNsw(panel, Val.i64(tile.columns() * spec.k())));
  }

  private String packer(long row, long column) {
    return new PackKernel(isa, lanes, PackKernel.Kind.of(row, column)).name();
  }

  private String packTask(long panelsPerTask) {
    var packer = packer(spec.bRow(), spec.bCol());
    return parallel.task(
        name + "_pack_task",
        5,
        (f, words) -> {
          Val b = Parallel.pointer(f, words.get(1));
          Val scratch = Parallel.pointer(f, words.get(3));
          Val first = words.get(4);
          Val left = f.mulNsw(words.get(5), Val.i64(panelsPerTask));
          Val end = f.smin(f.addNsw(left, Val.i64(panelsPerTask)), Val.i64(panelsPerPass));
          Val exist = f.sub(Val.i64(Sweep.panels(spec, tile)), first);
          f.forLoop(
              left,
              f.smin(end, exist),
              Val.i64(1),
              p -> {
                Val column = f.mulNsw(f.addNsw(first, p), Val.i64(tile.columns()));
                Val columns = f.smin(Val.i64(tile.columns()), f.sub(Val.i64(spec.n()), column));
                Val from = f.gep(spec.operand(), b, f.mulNsw(column, Val.i64(spec.bCol())));
                f.call(
                    packer,
                    LType.VOID,
                    from,
                    packedPanel(f, scratch, p),
                    Val.i64(spec.k()),
                    columns,
                    Val.i64(spec.bRow()),
                    Val.i64(spec.bCol()),
                    Val.i64(tile.columns()));
              });
        });
  }

  private String multiplyTask() {
    var packer = packer(spec.aRow(), spec.aCol());
    long blocks = rowBlocks() * panelBlocks();
    return parallel.task(
        name + "_multiply_task",
        5,
        (f, words) -> {
          Val scratch = Parallel.pointer(f, words.get(3));
          Val slots = f.offset(scratch, COUNTER_BYTES + panelsBytes());
          Val mine = f.gep(LType.I8, slots, f.mulNsw(words.get(5), Val.i64(slotBytes())));
          f.whileLoop(
              List.of(claim(f, scratch)),
              now -> f.cmp(Cmp.SLT, now.getFirst(), Val.i64(blocks)),
              now -> {
                block(f, words, scratch, mine, now.getFirst(), packer);
                return List.of(claim(f, scratch));
              });
        });
  }

  private static Val claim(FnEmitter f, Val counter) {
    return f.effect(LType.I64, "atomicrmw add " + counter.typed() + ", i64 1 monotonic");
  }

  private void block(
      FnEmitter f, List<Val> words, Val scratch, Val mine, Val number, String packer) {
    Val a = Parallel.pointer(f, words.get(0));
    Val c = Parallel.pointer(f, words.get(2));
    Val first = words.get(4);
    Val top = f.mulNsw(f.udiv(number, Val.i64(panelBlocks())), Val.i64(height));
    Val bottom = f.smin(f.addNsw(top, Val.i64(height)), Val.i64(spec.m()));
    Val within = f.mulNsw(f.urem(number, Val.i64(panelBlocks())), Val.i64(panelsPerBlock));
    Val left = f.addNsw(first, within);
    Val pass = f.smin(f.addNsw(within, Val.i64(panelsPerBlock)), Val.i64(panelsPerPass));
    Val right = f.smin(f.addNsw(first, pass), Val.i64(Sweep.panels(spec, tile)));
    var strides = new Sweep.Strides(packedRow(), 1, tile.columns(), spec.cRow());
    var sweep = new Sweep(isa, spec, tile, lanes.packed(), strides);
    f.forLoop(
        Val.i64(0),
        Val.i64(Math.max(1, spec.k())),
        Val.i64(depth),
        l -> {
          Val k = f.smin(Val.i64(depth), f.sub(Val.i64(spec.k()), l));
          Val rowStart = f.mulNsw(top, Val.i64(spec.aRow()));
          Val start = f.addNsw(rowStart, f.mulNsw(l, Val.i64(spec.aCol())));
          Val from = f.gep(spec.operand(), a, start);
          f.call(
              packer,
              LType.VOID,
              from,
              mine,
              f.sub(bottom, top),
              k,
              Val.i64(spec.aRow()),
              Val.i64(spec.aCol()),
              Val.i64(packedRow()));
          var places = new Packed(f, scratch, mine, c, top, first, l);
          Val more = f.cmp(Cmp.NE, l, Val.i64(0));
          sweep.write(f, places, top, bottom, left, right, k, more);
        });
  }

  private final class Packed implements Sweep.Places {
    private final FnEmitter f;
    private final Val scratch;
    private final Val mine;
    private final Val c;
    private final Val top;
    private final Val first;
    private final Val l;

    Packed(FnEmitter f, Val scratch, Val mine, Val c, Val top, Val first, Val l) {
      this.f = f;
      this.scratch = scratch;
      this.mine = mine;
      this.c = c;
      this.top = top;
      this.first = first;
      this.l = l;
    }

    @Override
    public Val a(Val row) {
      return f.gep(spec.sum(), mine, f.mulNsw(f.sub(row, top), Val.i64(packedRow())));
    }

    @Override
    public Val b(Val panel) {
      Val start = packedPanel(f, scratch, f.sub(panel, first));
      return f.gep(spec.sum(), start, f.mulNsw(l, Val.i64(tile.columns())));
    }

    @Override
    public Val c(Val row, Val panel) {
      Val column = f.mulNsw(panel, Val.i64(tile.columns()));
      return f.gep(spec.result(), c, f.addNsw(f.mulNsw(row, Val.i64(spec.cRow())), column));
    }
  }
}
