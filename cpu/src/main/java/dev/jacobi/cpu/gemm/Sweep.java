package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;

/**
 * Covers a part of C with tiles: panels of columns outside, so that a panel of B stays in the first
 * cache while the rows go by. The last rows and the last columns get smaller tiles.
 */
final class Sweep {

  /** Where a tile's operands are. */
  interface Places {
    /** A's row {@code row} of C's numbering. */
    Val a(Val row);

    /** B's panel number {@code panel}. */
    Val b(Val panel);

    /** C's element at {@code row} and the first column of {@code panel}. */
    Val c(Val row, Val panel);
  }

  /** Distances of the operands' rows and columns, in elements. */
  record Strides(long aRow, long aCol, long bRow, long cRow) {}

  private final Isa isa;
  private final GemmSpec spec;
  private final Tile tile;
  private final Lanes lanes;
  private final Strides strides;

  Sweep(Isa isa, GemmSpec spec, Tile tile, Lanes lanes, Strides strides) {
    this.isa = isa;
    this.spec = spec;
    this.tile = tile;
    this.lanes = lanes;
    this.strides = strides;
  }

  static long panels(GemmSpec spec, Tile tile) {
    return Math.ceilDiv(spec.n(), (long) tile.columns());
  }

  /**
   * Writes the loops.
   *
   * @param top the first row, a multiple of the tile's
   * @param bottom the row after the last: a multiple of the tile's, or m
   * @param left the first panel, {@code right} the one after the last
   * @param k the number of products, {@code more} whether C holds sums already
   */
  void write(FnEmitter f, Places at, Val top, Val bottom, Val left, Val right, Val k, Val more) {
    long full = spec.n() / tile.columns();
    int edge = (int) (spec.n() % tile.columns());
    if (full > 0) {
      Val end = f.smin(right, Val.i64(full));
      f.forLoop(left, end, Val.i64(1), p -> rows(f, at, p, tile.columns(), top, bottom, k, more));
    }
    if (edge > 0) {
      f.ifThen(
          f.cmp(Cmp.SGT, right, Val.i64(full)),
          () -> rows(f, at, Val.i64(full), edge, top, bottom, k, more));
    }
  }

  private void rows(
      FnEmitter f, Places at, Val panel, int columns, Val top, Val bottom, Val k, Val more) {
    long whole = spec.m() / tile.rows() * tile.rows();
    int rest = (int) (spec.m() - whole);
    if (whole > 0) {
      f.forLoop(
          top,
          f.smin(bottom, Val.i64(whole)),
          Val.i64(tile.rows()),
          i -> call(f, at, tile.rows(), columns, i, panel, k, more));
    }
    if (rest > 0) {
      f.ifThen(
          f.cmp(Cmp.SGT, bottom, Val.i64(whole)),
          () -> call(f, at, rest, columns, Val.i64(whole), panel, k, more));
    }
  }

  private void call(
      FnEmitter f, Places at, int rows, int columns, Val row, Val panel, Val k, Val more) {
    int vectors = Math.ceilDiv(columns, tile.lanes());
    int tail = columns - (vectors - 1) * tile.lanes();
    var kernel = new TileKernel(isa, lanes, rows, vectors, strides.aCol == 1, tail < tile.lanes());
    f.call(
        kernel.name(),
        LType.VOID,
        at.a(row),
        at.b(panel),
        at.c(row, panel),
        k,
        Val.i64(strides.aRow),
        Val.i64(strides.aCol),
        Val.i64(strides.bRow),
        Val.i64(strides.cRow),
        Val.i64(tail),
        more);
  }
}
