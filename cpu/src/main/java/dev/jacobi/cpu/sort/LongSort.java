package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;

/**
 * How one long row becomes words that are sorted by some of their bits, perhaps several times, and
 * then elements again; pieces of it are written by several threads.
 */
sealed interface LongSort permits DirectSort, IndexedSort {
  /** The words that are sorted. */
  LType word();

  /** How often they are, the least significant bits first. */
  int rounds();

  /** The bits by which they are in a round: as many as it says, from its lowest on. */
  Radix radix(int round);

  /**
   * Writes the words of elements from one to another; returns what {@link #end} wants to know, an
   * i64, of which all pieces are joined by or.
   */
  Val begin(FnEmitter f, RowSort.Row row, Val words, Val from, Val to);

  /**
   * Takes what a round has sorted: the words for the next round go where they are, of the last one
   * the elements to the row.
   *
   * @param sorted words that belong to {@code start} and the places after it
   * @param words all words of the next round
   */
  void finish(FnEmitter f, RowSort.Row row, int round, Val sorted, Val words, Val start, Val count);

  /** What is left to do for the whole row. */
  void end(FnEmitter f, RowSort.Row row, Val noted);
}
