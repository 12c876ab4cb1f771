package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the inner loop: {@code void tile(ptr a, ptr b, ptr c, i64 k, i1 more)} adds k products to
 * a tile of C; {@code more} tells whether C holds earlier sums or nothing yet.
 *
 * @param lanes element types
 * @param aRow distance of A's rows, {@code aCol} of its columns
 * @param bRow distance of B's rows
 * @param cRow distance of C's rows
 * @param packed whether A and B were packed: then they have the sums' type already
 * @param multiple a number that always divides k
 */
record TileEmitter(
    Lanes lanes, long aRow, long aCol, long bRow, long cRow, boolean packed, long multiple) {

  /**
   * Emits the function, once per module.
   *
   * @param rows rows of this tile
   * @param vectors vectors per row
   * @param width lanes of a vector
   * @param columns columns of this tile that exist; the rest of the last vector is not touched
   */
  String emit(IrModule module, String prefix, int rows, int vectors, int width, int columns) {
    String name = prefix + "_tile_" + rows + "x" + columns;
    var params =
        List.of(
            new IrModule.Param(LType.PTR, "a"),
            new IrModule.Param(LType.PTR, "b"),
            new IrModule.Param(LType.PTR, "c"),
            new IrModule.Param(LType.I64, "k"),
            new IrModule.Param(LType.I1, "more"));
    module.helper(
        name, LType.VOID, params, f -> new Body(f, rows, vectors, width, columns).write());
    return name;
  }

  private final class Body {
    private final FnEmitter f;
    private final int rows;
    private final int vectors;
    private final int width;
    private final int columns;

    Body(FnEmitter f, int rows, int vectors, int width, int columns) {
      this.f = f;
      this.rows = rows;
      this.vectors = vectors;
      this.width = width;
      this.columns = columns;
    }

    void write() {
      Val k = f.param(3);
      int unroll = rows * vectors >= 8 ? 2 : 4; // Enough to hide the loop; more costs compile time.
      boolean wholeRounds = multiple % unroll == 0;
      var zeros = new ArrayList<Val>();
      for (int i = 0; i < rows * vectors; i++) {
        zeros.add(Val.zero(lanes.sum().lanes(width)));
      }
      List<Val> start =
          lanes.resultHoldsSum() ? f.ifElse(f.param(4), this::loadSums, () -> zeros) : zeros;
      Val unrolled = wholeRounds ? k : f.and(k, Val.i64(-unroll));
      var main =
          f.forLoop(
              Val.i64(0),
              unrolled,
              Val.i64(unroll),
              start,
              (l, sums) -> {
                var now = sums;
                for (int u = 0; u < unroll; u++) {
                  now = step(l, u, now);
                }
                return now;
              });
      var sums =
          wholeRounds
              ? main
              : f.forLoop(unrolled, k, Val.i64(1), main, (l, now) -> step(l, 0, now));
      for (int i = 0; i < rows; i++) {
        for (int v = 0; v < vectors; v++) {
          lanes.store(f, sums.get(i * vectors + v), atC(i, v), used(v));
        }
      }
      f.ret();
    }

    private List<Val> loadSums() {
      var sums = new ArrayList<Val>();
      for (int i = 0; i < rows; i++) {
        for (int v = 0; v < vectors; v++) {
          sums.add(
              new Lanes(lanes.sum(), lanes.sum(), lanes.sum()).load(f, atC(i, v), width, used(v)));
        }
      }
      return sums;
    }

    /** The products of column {@code l + u} of A and the same row of B. */
    private List<Val> step(Val l, int u, List<Val> sums) {
      Val row = f.gep(type(), f.param(1), f.mulNsw(l, Val.i64(bRow)));
      var b = new ArrayList<Val>();
      for (int v = 0; v < vectors; v++) {
        Val at = f.gep(type(), row, u * bRow + (long) v * width);
        b.add(operands().load(f, at, width, packed ? width : used(v)));
      }
      Val column = f.gep(type(), f.param(0), f.mulNsw(l, Val.i64(aCol)));
      var next = new ArrayList<Val>();
      for (int i = 0; i < rows; i++) {
        Val a = operands().load(f, f.gep(type(), column, i * aRow + u * aCol));
        Val everywhere = f.splat(a, width);
        for (int v = 0; v < vectors; v++) {
          Val sum = sums.get(i * vectors + v);
          next.add(lanes.multiplyAdd(f, everywhere, b.get(v), sum));
        }
      }
      return next;
    }

    private Lanes operands() {
      return packed ? new Lanes(lanes.sum(), lanes.sum(), lanes.result()) : lanes;
    }

    private LType type() {
      return operands().operand();
    }

    private int used(int vector) {
      return Math.min(width, columns - vector * width);
    }

    private Val atC(int row, int vector) {
      return f.gep(lanes.result(), f.param(2), row * cRow + (long) vector * width);
    }
  }
}
