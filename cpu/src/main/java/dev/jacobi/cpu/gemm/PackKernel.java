package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Copies a block to a row-major one, converting to the sums' type, or from it to the results'.
 *
 * <pre>
 * void pack(ptr from, ptr to, i64 rows, i64 columns, i64 row, i64 column, i64 toRow)
 * </pre>
 *
 * <p>{@code row} and {@code column} are the source's strides, {@code toRow} the target's.
 */
record PackKernel(Isa isa, Lanes lanes, Kind kind) implements Kernel {

  enum Kind {
    /** The source's columns are adjacent. */
    ROWS,
    /** The source's rows are adjacent: squares are transposed in registers. */
    COLUMNS,
    /** Neither. */
    ELEMENTS;

    static Kind of(long row, long column) {
      return column == 1 ? ROWS : row == 1 ? COLUMNS : ELEMENTS;
    }
  }

  @Override
  public String name() {
    String how = kind.name().toLowerCase(Locale.ROOT);
    return Kernel.join(isa, "pack", lanes.operand(), lanes.sum(), lanes.result(), how);
  }

  @Override
  public List<LType> parameters() {
    var types = new ArrayList<>(Collections.nCopies(2, LType.PTR));
    types.addAll(Collections.nCopies(5, LType.I64));
    return types;
  }

  @Override
  public void emit(IrModule module) {
    var params = Kernel.params(this, "from", "to", "rows", "columns", "row", "column", "toRow");
    write(module.function(name(), LType.VOID, params));
  }

  private int width() {
    return isa.vectorBytes() / lanes.sum().elemBytes();
  }

  private void write(FnEmitter f) {
    Val zero = Val.i64(0);
    Val rows = f.param(2);
    Val columns = f.param(3);
    Val step = Val.i64(width());
    Val wide = f.and(columns, Val.i64(-width()));
    switch (kind) {
      case ROWS ->
          f.forLoop(
              zero,
              rows,
              Val.i64(1),
              i -> {
                f.forLoop(
                    zero,
                    wide,
                    step,
                    j -> store(f, lanes.load(f, from(f, i, j), width(), width()), i, j));
                f.forLoop(wide, columns, Val.i64(1), j -> copy(f, i, j));
              });
      case COLUMNS -> {
        Val tall = f.and(rows, Val.i64(-width()));
        f.forLoop(
            zero,
            wide,
            step,
            j -> {
              f.forLoop(zero, tall, step, i -> transpose(f, i, j));
              rectangle(f, tall, rows, j, f.addNsw(j, step));
            });
        rectangle(f, zero, rows, wide, columns);
      }
      case ELEMENTS -> rectangle(f, zero, rows, zero, columns);
    }
    f.ret();
  }

  private void rectangle(FnEmitter f, Val top, Val bottom, Val left, Val right) {
    f.forLoop(top, bottom, Val.i64(1), i -> f.forLoop(left, right, Val.i64(1), j -> copy(f, i, j)));
  }

  private void copy(FnEmitter f, Val i, Val j) {
    store(f, lanes.load(f, from(f, i, j)), i, j);
  }

  private void store(FnEmitter f, Val x, Val i, Val j) {
    Val to = f.gep(lanes.result(), f.param(1), f.addNsw(f.mulNsw(i, f.param(6)), j));
    f.store(lanes.narrow(f, x), to);
  }

  private Val from(FnEmitter f, Val i, Val j) {
    Val row = kind == Kind.COLUMNS ? i : f.mulNsw(i, f.param(4));
    Val column = kind == Kind.ROWS ? j : f.mulNsw(j, f.param(5));
    return f.gep(lanes.operand(), f.param(0), f.addNsw(row, column));
  }

  /** A square, transposed in registers. */
  private void transpose(FnEmitter f, Val i, Val j) {
    var square = new ArrayList<Val>();
    for (int c = 0; c < width(); c++) {
      Val at = from(f, i, f.addNsw(j, Val.i64(c)));
      square.add(lanes.load(f, at, width(), width()));
    }
    var rows = transposed(f, square);
    for (int r = 0; r < width(); r++) {
      store(f, rows.get(r), f.addNsw(i, Val.i64(r)), j);
    }
  }

  /** Exchanges, for each bit, the lanes and vectors whose numbers differ in it. */
  static List<Val> transposed(FnEmitter f, List<Val> square) {
    int n = square.size();
    var now = new ArrayList<>(square);
    for (int bit = 1; bit < n; bit *= 2) {
      int mask = bit;
      int[] low = IntStream.range(0, n).map(l -> (l & mask) == 0 ? l : n + (l ^ mask)).toArray();
      int[] high = IntStream.range(0, n).map(l -> (l & mask) == 0 ? l | mask : n + l).toArray();
      for (int v = 0; v < n; v++) {
        if ((v & bit) == 0) {
          Val a = now.get(v);
          Val b = now.get(v | bit);
          now.set(v, f.shuffle(a, b, low));
          now.set(v | bit, f.shuffle(a, b, high));
        }
      }
    }
    return now;
  }
}
