package dev.jacobi.cpu.emit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

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

  /** Placed intervals, to be found by when they are in use. */
  private static final class Placed {
    /** By a power of two that is longer than they are, and then by their starts in units of it. */
    private final Map<Integer, NavigableMap<Integer, List<Interval>>> byLength = new HashMap<>();

    void add(Interval i) {
      int log = Integer.SIZE - Integer.numberOfLeadingZeros(i.to - i.from);
      byLength
          .computeIfAbsent(log, k -> new TreeMap<>())
          .computeIfAbsent(i.from >> log, k -> new ArrayList<>())
          .add(i);
    }

    /** Those in use at a time when {@code i} is, by offset. */
    List<Interval> overlapping(Interval i) {
      List<Interval> found = new ArrayList<>();
      byLength.forEach(
          (log, starts) -> {
            var near = starts.subMap((i.from >> log) - 1, true, i.to >> log, true);
            near.values().forEach(l -> l.stream().filter(i::overlaps).forEach(found::add));
          });
      found.sort(Comparator.comparingLong(p -> p.offset));
      return found;
    }
  }

  /** Places all intervals, large ones first, each at the lowest free offset; returns the size. */
  static long place(List<Interval> intervals) {
    List<Interval> order = new ArrayList<>(intervals);
    order.sort(Comparator.comparingLong((Interval i) -> -i.bytes).thenComparingInt(i -> i.from));
    Placed placed = new Placed();
    long size = 0;
    for (Interval i : order) {
      long at = 0;
      for (Interval p : placed.overlapping(i)) {
        if (at + i.bytes <= p.offset) {
          break;
        }
        at = Math.max(at, p.offset + p.bytes);
      }
      i.offset = at;
      size = Math.max(size, at + i.bytes);
      placed.add(i);
    }
    return size;
  }
}
