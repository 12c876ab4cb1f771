package dev.jacobi.dispatch;

import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.GridLayout;
import java.lang.foreign.MemorySegment;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A block of an array: from {@code start} up to but not including {@code limit} in each dimension.
 */
public record Region(Longs start, Longs limit) {
  /** All of an array. */
  public static Region all(Shape shape) {
    return new Region(Longs.fill(shape.rank(), 0), shape.sizes());
  }

  /** What a device of a layout has of an array of that shape. */
  public static Region of(GridLayout layout, Shape shape, int device) {
    long[] start = new long[shape.rank()];
    long[] limit = shape.toArray();
    for (int d = 0; d < layout.rank(); d++) {
      long each = shape.dim(d) / layout.parts(d);
      start[d] = each * layout.grid().mesh().coordinate(device, layout.axes(d));
      limit[d] = start[d] + each;
    }
    return new Region(Longs.of(start), Longs.of(limit));
  }

  int rank() {
    return start.size();
  }

  long size(int d) {
    return limit.get(d) - start.get(d);
  }

  /** The number of its elements. */
  long size() {
    return IntStream.range(0, rank()).mapToLong(this::size).reduce(1, (a, b) -> a * b);
  }

  /** What two blocks share; null if that is nothing. */
  @org.jspecify.annotations.Nullable
  Region and(Region other) {
    long[] from = new long[rank()];
    long[] to = new long[rank()];
    for (int d = 0; d < from.length; d++) {
      from[d] = Math.max(start.get(d), other.start.get(d));
      to[d] = Math.min(limit.get(d), other.limit.get(d));
      if (from[d] >= to[d]) {
        return null;
      }
    }
    return new Region(Longs.of(from), Longs.of(to));
  }

  /**
   * Copies this block, which both memories have.
   *
   * @param source the elements of {@code from}, row-major
   * @param target the elements of {@code to}, row-major
   */
  void copy(MemorySegment source, Region from, MemorySegment target, Region to, long bytes) {
    int inner = rank(); // dimensions from here on are one run of memory in both
    long run = bytes;
    while (inner > 0 && (inner == rank() || from.isWhole(inner, this) && to.isWhole(inner, this))) {
      inner--;
      run *= size(inner);
    }
    long[] at = start.toArray();
    long runs = IntStream.range(0, inner).mapToLong(this::size).reduce(1, (a, b) -> a * b);
    for (long r = 0; r < runs; r++) {
      MemorySegment.copy(source, from.offset(at) * bytes, target, to.offset(at) * bytes, run);
      for (int d = inner - 1; d >= 0 && ++at[d] == limit.get(d); d--) {
        at[d] = start.get(d);
      }
    }
  }

  private boolean isWhole(int d, Region part) {
    return part.size(d) == size(d);
  }

  private long offset(long[] at) {
    long offset = 0;
    for (int d = 0; d < at.length; d++) {
      offset = offset * size(d) + at[d] - start.get(d);
    }
    return offset;
  }

  /** As NumPy indexes: {@code (0:2, 0:4)}. */
  @Override
  public String toString() {
    return IntStream.range(0, rank())
        .mapToObj(d -> start.get(d) + ":" + limit.get(d))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
