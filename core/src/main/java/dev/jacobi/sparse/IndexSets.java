package dev.jacobi.sparse;

import java.util.Arrays;

/** Sets of indices as sorted arrays, and their unions. One instance collects one set at a time. */
final class IndexSets {
  static final int[] EMPTY = {};

  private int[] found = new int[16];
  private int size;
  private int[] only = EMPTY;

  /** Adds a set to the one that is collected. */
  void add(int[] set) {
    if (set.length == 0 || set == only) {
      return;
    }
    if (size == 0) {
      if (only.length == 0) {
        only = set;
        return;
      }
      append(only);
    }
    append(set);
  }

  private void append(int[] set) {
    if (size + set.length > found.length) {
      found = Arrays.copyOf(found, Math.max(2 * found.length, size + set.length));
    }
    System.arraycopy(set, 0, found, size, set.length);
    size += set.length;
    if (size > 1 << 20) { // many sets of many: what is double goes before it fills memory
      size = distinct();
    }
  }

  /** What was collected; the next set begins. */
  int[] take() {
    int[] result = size == 0 ? only : Arrays.copyOf(found, distinct());
    size = 0;
    only = EMPTY;
    return result;
  }

  private int distinct() {
    Arrays.sort(found, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || found[i] != found[i - 1]) {
        found[kept++] = found[i];
      }
    }
    return kept;
  }

  /** The union of all. */
  static int[] union(int[]... sets) {
    IndexSets union = new IndexSets();
    for (int[] set : sets) {
      union.add(set);
    }
    return union.take();
  }
}
