package dev.jacobi.cpu.emit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gives intervals of program positions places in an arena so that no two live ones overlap. */
final class Layout {
  private static final long ALIGN = 64;

  /** Memory in use from one position to another, both included. */
  static final class Interval {
    final long bytes;
    int from;
    int to;
    private long offset = -1;

    Interval(long bytes, int from, int to) {
      this.bytes = Math.max(ALIGN, Math.ceilDiv(bytes, ALIGN) * ALIGN);
      this.from = from;
      this.to = to;
    }

    long offset() {
      return offset;
    }

    private boolean overlaps(Interval o) {
      return from <= o.to && o.from <= to;
    }
  }

  private Layout() {}

  /** Places all intervals, large ones first, each at the lowest free offset; returns the size. */
  static long place(List<Interval> intervals) {
    List<Interval> order = new ArrayList<>(intervals);
    order.sort(Comparator.comparingLong((Interval i) -> -i.bytes).thenComparingInt(i -> i.from));
    List<Interval> placed = new ArrayList<>(); // by offset
    long size = 0;
    for (Interval i : order) {
      long at = 0;
      for (Interval p : placed) {
        if (p.overlaps(i)) {
          if (at + i.bytes <= p.offset) {
            break;
          }
          at = Math.max(at, p.offset + p.bytes);
        }
      }
      i.offset = at;
      size = Math.max(size, at + i.bytes);
      int k = 0;
      while (k < placed.size() && placed.get(k).offset <= at) {
        k++;
      }
      placed.add(k, i);
    }
    return size;
  }
}
