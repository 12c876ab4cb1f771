package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes {@code void pack(ptr from, ptr to, i64 rows, i64 columns)}: copies a block to a row-major
 * one, converting to the sums' type.
 *
 * @param lanes element types
 * @param row distance of the source's rows, {@code column} of its columns; fast if either is 1
 * @param toRow distance of the target's rows
 * @param width lanes of a vector
 */
record Pack(Lanes lanes, long row, long column, long toRow, int width) {

  String emit(IrModule module, String name) {
    var params =
        List.of(
            new IrModule.Param(LType.PTR, "from"),
            new IrModule.Param(LType.PTR, "to"),
            new IrModule.Param(LType.I64, "rows"),
            new IrModule.Param(LType.I64, "columns"));
    module.helper(name, LType.VOID, params, this::write);
    return name;
  }

  private void write(FnEmitter f) {
    Val zero = Val.i64(0);
    Val rows = f.param(2);
    Val columns = f.param(3);
    Val wide = f.and(columns, Val.i64(-width));
    if (column == 1) {
      f.forLoop(
          zero,
          rows,
          Val.i64(1),
          i -> {
            f.forLoop(
                zero,
                wide,
                Val.i64(width),
                j -> f.store(lanes.load(f, from(f, i, j), width, width), to(f, i, j)));
            f.forLoop(wide, columns, Val.i64(1), j -> copy(f, i, j));
          });
    } else if (row == 1) {
      Val tall = f.and(rows, Val.i64(-width));
      f.forLoop(
          zero,
          wide,
          Val.i64(width),
          j -> {
            f.forLoop(zero, tall, Val.i64(width), i -> transpose(f, i, j));
            rectangle(f, tall, rows, j, f.addNsw(j, Val.i64(width)));
          });
      rectangle(f, zero, rows, wide, columns);
    } else {
      rectangle(f, zero, rows, zero, columns);
    }
    f.ret();
  }

  private void rectangle(FnEmitter f, Val top, Val bottom, Val left, Val right) {
    f.forLoop(top, bottom, Val.i64(1), i -> f.forLoop(left, right, Val.i64(1), j -> copy(f, i, j)));
  }

  private void copy(FnEmitter f, Val i, Val j) {
    f.store(lanes.load(f, from(f, i, j)), to(f, i, j));
  }

  private Val from(FnEmitter f, Val i, Val j) {
    Val index = f.addNsw(f.mulNsw(i, Val.i64(row)), f.mulNsw(j, Val.i64(column)));
    return f.gep(lanes.operand(), f.param(0), index);
  }

  private Val to(FnEmitter f, Val i, Val j) {
    return f.gep(lanes.sum(), f.param(1), f.addNsw(f.mulNsw(i, Val.i64(toRow)), j));
  }

  /** A square of {@code width} rows and columns, transposed in registers. */
  private void transpose(FnEmitter f, Val i, Val j) {
    var square = new ArrayList<Val>();
    for (int c = 0; c < width; c++) {
      Val at = f.gep(lanes.operand(), from(f, i, j), c * column);
      square.add(lanes.load(f, at, width, width));
    }
    var rows = transposed(f, square);
    for (int r = 0; r < width; r++) {
      f.store(rows.get(r), f.gep(lanes.sum(), to(f, i, j), r * toRow));
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
