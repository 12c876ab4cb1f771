package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;

/** How one product is computed: the numbers and kernels that a driver needs. */
final class Plan {
  static final int COUNTER_BYTES = 64;

  /** Before packed pairs: how small they are. */
  static final int HEADER_BYTES = 64;

  /** Operations that are worth about ten microseconds. */
  private static final double TASK_FLOPS = 1e6;

  /** The same of summed products: what a task reads of B once per term is used by more rows. */
  private static final double SUMMED_TASK_FLOPS = 4e6;

  private static final long MIN_TILE_ROWS = 3; // Of a sum's task.
  private static final long MIN_SUM_TASKS = 12;

  /** Below this, waking anybody costs more than it saves. */
  static final double MIN_FLOPS = 4e5;

  private static final int SLOTS = 64;
  private static final int PANEL_BYTES = 1 << 16; // Streams out of the second cache.
  private static final int BLOCK_BYTES = 150_000; // A good part of a second cache.
  private static final long MAX_PACKED_BYTES = 64L << 20;
  private static final int MIN_COLUMNS = 512; // Per block: what packing A is spread over.
  private static final int MAX_PACK_TASKS = 32;

  private final Isa isa;
  private final GemmSpec spec;
  private final Tile tile;
  private final Lanes lanes;
  private final long panels;
  private final boolean paired;
  private final Map<Word, Long> numbers = new EnumMap<>(Word.class);
  private final Map<Word, Kernel> kernels = new EnumMap<>(Word.class);
  private long scratchBytes;

  private Plan(Isa isa, GemmSpec spec, boolean paired) {
    this.isa = isa;
    this.spec = spec;
    this.paired = paired;
    this.lanes = Lanes.of(spec);
    this.tile = Tile.of(isa, spec.sum().elemBytes(), spec.m(), spec.n());
    this.panels = Math.ceilDiv(spec.n(), (long) tile.columns());
    common();
  }

  /** Operands are read where they lie. B's columns must be adjacent. */
  static Plan direct(Isa isa, GemmSpec spec, boolean threads) {
    var plan = new Plan(isa, spec, false);
    plan.tiles(plan.lanes, spec.aCol() == 1);
    if (spec.sums().isEmpty()) {
      plan.split(threads);
    } else {
      plan.splitSums(threads);
    }
    return plan;
  }

  /** Both operands are packed, as pairs where the machine multiplies these. */
  static Plan packed(Isa isa, GemmSpec spec, boolean threads) {
    var plan = new Plan(isa, spec, isa.pairs() && spec.operand().equals(LType.BFLOAT));
    plan.blocks(threads);
    Lanes packed = plan.paired ? plan.lanes.paired() : plan.lanes.packed();
    LType kept = plan.get(Word.SUMS) > 0 ? spec.sum() : spec.result();
    plan.tiles(new Lanes(packed.operand(), packed.sum(), kept), true);
    return plan;
  }

  /** The loops for a product of this form. */
  DriverKernel.Kind driver(GemmEmitter.Form form) {
    return paired ? DriverKernel.Kind.PAIRED : DriverKernel.Kind.valueOf(form.name());
  }

  long scratchBytes() {
    return scratchBytes;
  }

  private void set(Word word, long value) {
    numbers.put(word, value);
  }

  private long get(Word word) {
    return numbers.getOrDefault(word, 0L);
  }

  private void common() {
    int in = spec.operand().elemBytes();
    int out = spec.result().elemBytes();
    set(Word.ROWS, spec.m());
    set(Word.K, paired ? Math.ceilDiv(spec.k(), 2L) : spec.k());
    set(Word.ELEMENTS, spec.k());
    set(Word.PRODUCTS, spec.products());
    set(Word.BATCH_RANK, spec.batch().size());
    set(Word.TERMS, spec.terms());
    set(Word.SUM_RANK, spec.sums().size());
    set(Word.A_ROW, spec.aRow());
    set(Word.A_COL, spec.aCol());
    set(Word.B_ROW, spec.bRow());
    set(Word.B_COL, spec.bCol());
    set(Word.C_ROW, spec.cRow());
    set(Word.A_ROW_BYTES, spec.aRow() * in);
    set(Word.A_COL_BYTES, spec.aCol() * in * (paired ? 2 : 1));
    set(Word.B_PANEL_BYTES, tile.columns() * spec.bCol() * in);
    set(Word.C_ROW_BYTES, spec.cRow() * out);
    set(Word.C_PANEL_BYTES, (long) tile.columns() * out);
    set(Word.RESULT_ROW, get(Word.C_ROW));
    set(Word.RESULT_ROW_BYTES, get(Word.C_ROW_BYTES));
    set(Word.RESULT_PANEL_BYTES, get(Word.C_PANEL_BYTES));
    set(Word.TILE_ROWS, tile.rows());
    set(Word.WHOLE_ROWS, spec.m() / tile.rows() * tile.rows());
    set(Word.FULL_PANELS, spec.n() / tile.columns());
    set(Word.PANELS, panels);
    set(Word.LANES, tile.lanes());
    set(Word.TAIL, (spec.n() - 1) % tile.lanes() + 1);
  }

  private void tiles(Lanes types, boolean adjacent) {
    int rest = (int) (spec.m() - get(Word.WHOLE_ROWS));
    int edge = (int) (spec.n() - get(Word.FULL_PANELS) * tile.columns());
    int edgeVectors = Math.ceilDiv(edge, tile.lanes());
    boolean partial = get(Word.TAIL) < tile.lanes();
    boolean anyFull = get(Word.FULL_PANELS) > 0;
    boolean anyWhole = get(Word.WHOLE_ROWS) > 0;
    int rows = tile.rows();
    if (anyFull && anyWhole) {
      tile(Word.TILE, new TileKernel(isa, types, rows, tile.vectors(), adjacent, false));
    }
    if (anyFull && rest > 0) {
      tile(Word.TILE_REST, new TileKernel(isa, types, rest, tile.vectors(), adjacent, false));
    }
    if (edge > 0 && anyWhole) {
      tile(Word.TILE_EDGE, new TileKernel(isa, types, rows, edgeVectors, adjacent, partial));
    }
    if (edge > 0 && rest > 0) {
      tile(Word.TILE_REST_EDGE, new TileKernel(isa, types, rest, edgeVectors, adjacent, partial));
    }
  }

  private void tile(Word word, TileKernel kernel) {
    kernels.put(word, kernel);
    if (paired) {
      kernels.put(Word.valueOf("SMALL_" + word), kernel.with(Isa.AVX512));
    }
  }

  private void split(boolean threads) {
    double perTile = 2.0 * tile.rows() * tile.columns() * spec.k();
    long tiles = (long) Math.max(1, TASK_FLOPS / Math.max(1, perTile));
    long tileRows = Math.ceilDiv(spec.m(), (long) tile.rows());
    long products = 1;
    long rows = tileRows;
    long columns = panels;
    if (tileRows * panels <= tiles) {
      products = Math.max(1, tiles / (tileRows * panels));
    } else if (tileRows >= 4) {
      // Many rows are divided by rows: a panel of B is read once for all of a task's.
      rows = Math.clamp(Math.ceilDiv(tiles, panels), 1, tileRows);
    } else {
      columns = Math.clamp(Math.ceilDiv(tiles, tileRows), 1, panels);
    }
    tasks(products, rows, columns, threads);
  }

  /**
   * A sum's task goes through all terms and reads, once per term, its parts of A and B. If all of B
   * stays in the second cache, it is some rows of a product. Else it is the same tiles of as many
   * products as there are, which share what a term reads: as many as leave their part of C there.
   */
  private void splitSums(boolean threads) {
    double terms = (double) spec.k() * spec.terms();
    double perTile = 2 * terms * tile.rows() * tile.columns();
    long tileRows = Math.ceilDiv(spec.m(), (long) tile.rows());
    if (terms * spec.n() * spec.operand().elemBytes() <= BLOCK_BYTES) {
      long tiles = (long) Math.max(1, SUMMED_TASK_FLOPS / Math.max(1, perTile));
      long least = Math.min(MIN_TILE_ROWS, tileRows);
      long rows = Math.clamp(Math.ceilDiv(tiles, panels), least, tileRows);
      long products = rows < tileRows ? 1 : Math.max(1, tiles / (tileRows * panels));
      tasks(Math.min(products, spec.products()), rows, panels, threads);
      return;
    }
    long most = BLOCK_BYTES / ((long) tile.rows() * tile.columns() * spec.sum().elemBytes());
    double all = (double) spec.products() * tileRows * panels;
    long tiles = (long) Math.clamp(all / MIN_SUM_TASKS, 1, Math.max(1, most));
    long blocks = Math.ceilDiv(spec.products(), Math.min(spec.products(), tiles));
    long products = Math.ceilDiv(spec.products(), blocks);
    tasks(products, Math.clamp(tiles / products, 1, tileRows), 1, threads);
  }

  private void tasks(long products, long rows, long columns, boolean threads) {
    long tileRows = Math.ceilDiv(spec.m(), (long) tile.rows());
    set(Word.TASK_PRODUCTS, products);
    set(Word.TASK_ROWS, rows * tile.rows());
    set(Word.TASK_PANELS, columns);
    set(Word.ROW_BLOCKS, Math.ceilDiv(tileRows, rows));
    set(Word.PANEL_BLOCKS, Math.ceilDiv(panels, columns));
    set(
        Word.TASKS,
        Math.ceilDiv(spec.products(), products) * get(Word.ROW_BLOCKS) * get(Word.PANEL_BLOCKS));
    boolean worthIt = spec.flops() * spec.products() >= MIN_FLOPS && get(Word.TASKS) > 1;
    set(Word.PARALLEL, threads && worthIt ? 1 : 0);
  }

  private void blocks(boolean threads) {
    int bytes = spec.sum().elemBytes(); // Those of a pair too.
    long k = get(Word.K);
    int header = paired ? HEADER_BYTES : 0;
    long depth = depth(bytes);
    long height = height(depth, bytes);
    long columns = tile.columns();
    long pass = Math.clamp(MAX_PACKED_BYTES / (columns * Math.max(1, k) * bytes), 1, panels);
    long least = Math.ceilDiv(MIN_COLUMNS, columns);
    long block = Math.ceilDiv(pass, Math.max(1, pass / least));
    long packedRow = depth + 64 / bytes; // The gap keeps rows out of each other's cache sets.
    set(Word.DEPTH, depth);
    set(Word.HEIGHT, height);
    set(Word.PASS_PANELS, pass);
    set(Word.BLOCK_PANELS, block);
    set(Word.PANEL_BLOCKS, Math.ceilDiv(pass, block));
    set(Word.BLOCKS, Math.ceilDiv(spec.m(), height) * get(Word.PANEL_BLOCKS));
    set(Word.COLUMNS, spec.n());
    set(Word.PANEL_COLUMNS, columns);
    set(Word.PACKED_ROW, packedRow);
    set(Word.PACKED_ROW_BYTES, packedRow * bytes);
    set(Word.PACKED_PANEL_BYTES, columns * k * bytes + header);
    set(Word.PACKED_LINE_BYTES, columns * bytes);
    set(Word.PANELS_BYTES, (pass * get(Word.PACKED_PANEL_BYTES) + 63) & -64);
    set(Word.SLOT_BYTES, (height * packedRow * bytes + header + 63) & -64);
    if (!lanes.resultHoldsSum() && depth < k) {
      sums(block * columns, height);
    }
    long packPanels = Math.ceilDiv(pass, Math.min(pass, MAX_PACK_TASKS));
    set(Word.PACK_PANELS, packPanels);
    set(Word.PACK_TASKS, Math.ceilDiv(pass, packPanels));
    set(Word.TASKS, threads ? Math.min(SLOTS, get(Word.BLOCKS)) : 1);
    set(Word.PARALLEL, threads && spec.flops() >= MIN_FLOPS ? 1 : 0);
    kernels.put(Word.PACK_A, packer(false, spec.aRow(), spec.aCol()));
    kernels.put(Word.PACK_B, packer(true, spec.bRow(), spec.bCol()));
    scratchBytes = COUNTER_BYTES + get(Word.PANELS_BYTES) + get(Word.TASKS) * get(Word.SLOT_BYTES);
  }

  /** Between two pieces of k, sums that C cannot hold wait in the slot. */
  private void sums(long columns, long height) {
    int bytes = spec.sum().elemBytes();
    set(Word.SUMS, get(Word.SLOT_BYTES));
    set(Word.SLOT_BYTES, (get(Word.SUMS) + columns * height * bytes + 63) & -64);
    set(Word.C_ROW, columns);
    set(Word.C_ROW_BYTES, columns * bytes);
    set(Word.C_PANEL_BYTES, (long) tile.columns() * bytes);
    kernels.put(
        Word.NARROW,
        new PackKernel(
            isa, new Lanes(spec.sum(), spec.sum(), spec.result()), PackKernel.Kind.ROWS));
  }

  /** Columns of A at a time. */
  private long depth(int bytes) {
    long k = get(Word.K);
    long most = PANEL_BYTES / ((long) tile.columns() * bytes);
    if (k <= most) {
      return Math.max(1, k);
    }
    long pieces = Math.ceilDiv(k, most);
    return (Math.ceilDiv(k, pieces) + 7) & -8;
  }

  /** Rows of A at a time: whole tiles, and at least four blocks if there are rows enough. */
  private long height(long depth, int bytes) {
    long most = Math.max(1, BLOCK_BYTES / (depth * bytes) / tile.rows());
    long tiles = Math.ceilDiv(spec.m(), (long) tile.rows());
    long blocks = Math.max(Math.min(4, tiles), Math.ceilDiv(tiles, most));
    return Math.ceilDiv(tiles, blocks) * tile.rows();
  }

  private Kernel packer(boolean alongRows, long row, long column) {
    if (paired) {
      return new PairKernel(isa, alongRows, PackKernel.Kind.of(row, column));
    }
    var types = new Lanes(lanes.operand(), lanes.sum(), lanes.sum());
    return new PackKernel(isa, types, PackKernel.Kind.of(row, column));
  }

  /** The plan as a constant of a module; returns its address. */
  Val write(IrModule module) {
    var words = new ArrayList<Val>();
    for (var word : Word.values()) {
      var kernel = kernels.get(word);
      words.add(kernel == null ? Val.i64(get(word)) : kernel.declare(module));
    }
    int in = spec.operand().elemBytes();
    for (var batch : spec.batch()) {
      words.add(Val.i64(batch.size()));
      words.add(Val.i64(batch.a() * in));
      words.add(Val.i64(batch.b() * in));
      words.add(Val.i64(batch.c() * spec.result().elemBytes()));
    }
    for (var sum : spec.sums()) {
      words.add(Val.i64(sum.size()));
      words.add(Val.i64(sum.a() * in));
      words.add(Val.i64(sum.b() * in));
    }
    return module.record(words);
  }
}
