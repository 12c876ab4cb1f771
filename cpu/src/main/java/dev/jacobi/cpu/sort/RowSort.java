package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/** A way of sorting one row, written into the loop over rows. */
sealed interface RowSort permits RankSort, DirectSort, FewSort, IndexedSort, MergeSort, SelectSort {
  /** Scratch memory that one thread needs. */
  long scratchBytes();

  /** An estimate of its time. */
  double nanosPerRow();

  /** Writes what is done once per thread, before its first row. */
  default void prepare(FnEmitter f, Val scratch) {}

  /** Writes the code for one row. */
  void row(FnEmitter f, Row row, Val scratch);

  /**
   * One row of every array.
   *
   * @param sources the addresses of the operands' rows
   * @param targets those of the results' rows; one more if positions are wanted, as 32-bit integers
   */
  record Row(SortSpec spec, List<Val> sources, List<Val> targets) {
    public Row {
      sources = List.copyOf(sources);
      targets = List.copyOf(targets);
    }

    Val source(int operand) {
      return sources.get(operand);
    }

    Val target(int operand) {
      return targets.get(operand);
    }

    /** Copies an element of all arrays to its place. */
    void put(FnEmitter f, Val from, Val to) {
      for (int k = 0; k < sources.size(); k++) {
        spec.move(f, k, source(k), from, target(k), to);
      }
      if (targets.size() > sources.size()) {
        f.store(f.trunc(from, LType.I32), f.gep(LType.I32, target(sources.size()), to));
      }
    }
  }

  /** Writes a piece of a loop: for the elements from {@code i} on, one per lane; 0 is one. */
  interface Piece {
    void write(Val i, int lanes);
  }

  /** Whole vectors first, then the rest one by one. */
  static void words(FnEmitter f, long n, int lanes, Piece piece) {
    long whole = lanes > 1 ? n / lanes * lanes : 0;
    f.forLoop(Val.i64(0), Val.i64(whole), Val.i64(lanes), i -> piece.write(i, lanes));
    f.forLoop(Val.i64(whole), Val.i64(n), Val.i64(1), i -> piece.write(i, 0));
  }
}
