package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;

/**
 * Products of few rows (or one column) with both operands adjacent along k: vectors run along k and
 * their lanes are added at the end, in a fixed tree. Each operand is read once, where it lies.
 */
final class DotGemm {
  private static final int REGISTERS = 8; // Sums: enough to hide the latency of an addition.

  private final IrModule module;
  private final String name;
  private final GemmSpec spec;
  private final Lanes lanes;
  private final int width;
  private final Parallel parallel;
  private final int rows;
  private final int columns;

  DotGemm(IrModule module, String name, GemmSpec spec, int width, Parallel parallel) {
    this.module = module;
    this.name = name;
    this.spec = spec;
    this.lanes = Lanes.of(spec);
    this.width = width;
    this.parallel = parallel;
    this.rows = (int) Math.min(spec.m(), spec.n() == 1 ? 4 : spec.m() == 3 ? 3 : 4);
    this.columns = (int) Math.min(spec.n(), rows == 1 ? 4 : rows == 4 ? 2 : 3);
  }

  void write(FnEmitter f, Val a, Val b, Val c, Val pool) {
    long tileRows = Math.ceilDiv(spec.m(), (long) rows);
    long tileColumns = Math.ceilDiv(spec.n(), (long) columns);
    double bytes = (double) (rows + columns) * spec.k() * spec.operand().elemBytes();
    long tiles = (long) Math.max(1, 200_000 / bytes); // About ten microseconds of reading.
    boolean byRows = tileRows >= tileColumns;
    long along = byRows ? tileRows : tileColumns;
    long across = byRows ? tileColumns : tileRows;
    long perTask = Math.clamp(Math.ceilDiv(tiles, across), 1, along);
    long blocks = Math.ceilDiv(along, perTask);
    String task =
        parallel.task(
            name + "_task",
            3,
            (g, words) -> {
              Val block = g.urem(words.get(3), Val.i64(blocks));
              var offsets = Offsets.of(g, spec, g.udiv(words.get(3), Val.i64(blocks)));
              Val from = g.mulNsw(block, Val.i64(perTask));
              Val to = g.smin(g.addNsw(from, Val.i64(perTask)), Val.i64(along));
              var tile =
                  new Block(
                      g,
                      g.gep(spec.operand(), Parallel.pointer(g, words.get(0)), offsets.a()),
                      g.gep(spec.operand(), Parallel.pointer(g, words.get(1)), offsets.b()),
                      g.gep(spec.result(), Parallel.pointer(g, words.get(2)), offsets.c()));
              if (byRows) {
                tile.write(from, to, Val.i64(0), Val.i64(tileColumns));
              } else {
                tile.write(Val.i64(0), Val.i64(tileRows), from, to);
              }
            });
    boolean worthIt = spec.flops() * spec.products() >= Plan.MIN_FLOPS;
    parallel.run(
        f, task, pool, Parallel.words(f, List.of(a, b, c)), spec.products() * blocks, worthIt);
  }

  /** A range of tiles; numbers count tiles. */
  private final class Block {
    private final FnEmitter f;
    private final Val a;
    private final Val b;
    private final Val c;

    Block(FnEmitter f, Val a, Val b, Val c) {
      this.f = f;
      this.a = a;
      this.b = b;
      this.c = c;
    }

    void write(Val top, Val bottom, Val left, Val right) {
      edges(
          left,
          right,
          spec.n(),
          columns,
          (j, wide) -> edges(top, bottom, spec.m(), rows, (i, tall) -> call(i, tall, j, wide)));
    }

    private interface Piece {
      void write(Val first, int size);
    }

    /** Pieces of {@code step}, and the smaller last one; {@code first} counts elements. */
    private void edges(Val from, Val to, long all, int step, Piece piece) {
      long whole = all / step;
      int rest = (int) (all % step);
      if (whole > 0) {
        f.forLoop(
            from,
            f.smin(to, Val.i64(whole)),
            Val.i64(1),
            i -> piece.write(f.mulNsw(i, Val.i64(step)), step));
      }
      if (rest > 0) {
        f.ifThen(
            f.cmp(Cmp.SGT, to, Val.i64(whole)), () -> piece.write(Val.i64(whole * step), rest));
      }
    }

    private void call(Val i, int tall, Val j, int wide) {
      String tile = name + "_dot_" + tall + "x" + wide;
      var params =
          List.of(
              new IrModule.Param(LType.PTR, "a"),
              new IrModule.Param(LType.PTR, "b"),
              new IrModule.Param(LType.PTR, "c"));
      module.helper(tile, LType.VOID, params, g -> tile(g, tall, wide));
      Val at = f.addNsw(f.mulNsw(i, Val.i64(spec.cRow())), j);
      f.call(
          tile,
          LType.VOID,
          f.gep(spec.operand(), a, f.mulNsw(i, Val.i64(spec.aRow()))),
          f.gep(spec.operand(), b, f.mulNsw(j, Val.i64(spec.bCol()))),
          f.gep(spec.result(), c, at));
    }
  }

  private void tile(FnEmitter f, int tall, int wide) {
    int chains = Math.max(1, REGISTERS / (tall * wide));
    long step = (long) chains * width;
    long unrolled = spec.k() / step * step;
    LType vector = spec.sum().lanes(width);
    var zeros = new ArrayList<Val>();
    for (int i = 0; i < tall * wide * chains; i++) {
      zeros.add(Val.zero(vector));
    }
    var sums =
        new ArrayList<>(
            f.forLoop(
                Val.i64(0),
                Val.i64(unrolled),
                Val.i64(step),
                zeros,
                (l, now) -> {
                  var next = new ArrayList<>(now);
                  for (int u = 0; u < chains; u++) {
                    step(
                        f,
                        tall,
                        wide,
                        f.addNsw(l, Val.i64((long) u * width)),
                        width,
                        u,
                        chains,
                        next);
                  }
                  return next;
                }));
    int chain = 0;
    for (long l = unrolled; l < spec.k(); l += width) {
      int used = (int) Math.min(width, spec.k() - l);
      step(f, tall, wide, Val.i64(l), used, chain++, chains, sums);
    }
    for (int i = 0; i < tall; i++) {
      for (int j = 0; j < wide; j++) {
        int at = (i * wide + j) * chains;
        Val all = sums.get(at);
        for (int u = 1; u < chains; u++) {
          all = f.add(all, sums.get(at + u));
        }
        Val sum = f.reduceTree(all, f::add);
        f.store(lanes.narrow(f, sum), f.gep(spec.result(), f.param(2), i * spec.cRow() + j));
      }
    }
    f.ret();
  }

  private void step(
      FnEmitter f, int tall, int wide, Val l, int used, int chain, int chains, List<Val> sums) {
    var b = new ArrayList<Val>();
    for (int j = 0; j < wide; j++) {
      Val column = f.gep(spec.operand(), f.param(1), j * spec.bCol());
      b.add(lanes.load(f, f.gep(spec.operand(), column, l), width, used));
    }
    for (int i = 0; i < tall; i++) {
      Val row = f.gep(spec.operand(), f.param(0), i * spec.aRow());
      Val x = lanes.load(f, f.gep(spec.operand(), row, l), width, used);
      for (int j = 0; j < wide; j++) {
        int at = (i * wide + j) * chains + chain;
        sums.set(at, lanes.multiplyAdd(f, x, b.get(j), sums.get(at)));
      }
    }
  }
}
