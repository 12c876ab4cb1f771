package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/** Products whose operands are read where they lie. B's columns must be adjacent. */
final class DirectGemm {
  private final Isa isa;
  private final String name;
  private final GemmSpec spec;
  private final Tile tile;
  private final Parallel parallel;

  DirectGemm(Isa isa, String name, GemmSpec spec, Tile tile, Parallel parallel) {
    this.isa = isa;
    this.name = name;
    this.spec = spec;
    this.tile = tile;
    this.parallel = parallel;
  }

  /** How the work is divided: products, row blocks and panel blocks per task. */
  private record Split(long products, long rows, long panels) {}

  private Split split() {
    long panels = Sweep.panels(spec, tile);
    double perTile = 2.0 * tile.rows() * tile.columns() * spec.k();
    long tiles = (long) Math.max(1, Parallel.TASK_FLOPS / Math.max(1, perTile));
    long tileRows = Math.ceilDiv(spec.m(), (long) tile.rows());
    if (tileRows * panels <= tiles) {
      long products = Math.max(1, tiles / (tileRows * panels));
      return new Split(products, spec.m(), panels);
    }
    // Many rows are divided by rows: a panel of B is read once for all of a task's.
    if (tileRows >= 4) {
      long rows = Math.clamp(Math.ceilDiv(tiles, panels), 1, tileRows);
      return new Split(1, rows * tile.rows(), panels);
    }
    return new Split(1, spec.m(), Math.clamp(Math.ceilDiv(tiles, tileRows), 1, panels));
  }

  void write(FnEmitter f, Val a, Val b, Val c, Val pool) {
    var split = split();
    long rowBlocks = Math.ceilDiv(spec.m(), split.rows);
    long panelBlocks = Math.ceilDiv(Sweep.panels(spec, tile), split.panels);
    long tasks = Math.ceilDiv(spec.products(), split.products) * rowBlocks * panelBlocks;
    String task =
        parallel.task(
            name + "_task", 3, (g, words) -> round(g, words, split, rowBlocks, panelBlocks));
    boolean worthIt = spec.flops() * spec.products() >= Parallel.MIN_FLOPS;
    parallel.run(f, task, pool, Parallel.words(f, List.of(a, b, c)), tasks, worthIt);
  }

  private void round(FnEmitter f, List<Val> words, Split split, long rowBlocks, long panelBlocks) {
    Val a = Parallel.pointer(f, words.get(0));
    Val b = Parallel.pointer(f, words.get(1));
    Val c = Parallel.pointer(f, words.get(2));
    Val round = words.get(3);
    Val panelBlock = f.urem(round, Val.i64(panelBlocks));
    Val rest = f.udiv(round, Val.i64(panelBlocks));
    Val rowBlock = f.urem(rest, Val.i64(rowBlocks));
    Val first = f.mulNsw(f.udiv(rest, Val.i64(rowBlocks)), Val.i64(split.products));
    Val last = f.smin(f.addNsw(first, Val.i64(split.products)), Val.i64(spec.products()));
    Val top = f.mulNsw(rowBlock, Val.i64(split.rows));
    Val bottom = f.smin(f.addNsw(top, Val.i64(split.rows)), Val.i64(spec.m()));
    Val left = f.mulNsw(panelBlock, Val.i64(split.panels));
    Val right = f.smin(f.addNsw(left, Val.i64(split.panels)), Val.i64(Sweep.panels(spec, tile)));
    var strides = new Sweep.Strides(spec.aRow(), spec.aCol(), spec.bRow(), spec.cRow());
    var sweep = new Sweep(isa, spec, tile, Lanes.of(spec), strides);
    f.forLoop(
        first,
        last,
        Val.i64(1),
        product -> {
          var offsets = Offsets.of(f, spec, product);
          var places =
              new Direct(
                  f,
                  f.gep(spec.operand(), a, offsets.a()),
                  f.gep(spec.operand(), b, offsets.b()),
                  f.gep(spec.result(), c, offsets.c()));
          sweep.write(f, places, top, bottom, left, right, Val.i64(spec.k()), Val.bool(false));
        });
  }

  private final class Direct implements Sweep.Places {
    private final FnEmitter f;
    private final Val a;
    private final Val b;
    private final Val c;

    Direct(FnEmitter f, Val a, Val b, Val c) {
      this.f = f;
      this.a = a;
      this.b = b;
      this.c = c;
    }

    @Override
    public Val a(Val row) {
      return f.gep(spec.operand(), a, f.mulNsw(row, Val.i64(spec.aRow())));
    }

    @Override
    public Val b(Val panel) {
      return f.gep(spec.operand(), b, f.mulNsw(panel, Val.i64(tile.columns())));
    }

    @Override
    public Val c(Val row, Val panel) {
      Val column = f.mulNsw(panel, Val.i64(tile.columns()));
      return f.gep(spec.result(), c, f.addNsw(f.mulNsw(row, Val.i64(spec.cRow())), column));
    }
  }
}
