package dev.jacobi.hlo;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** An immutable list of longs with value equality: sizes, starts, limits, strides. */
public final class Longs {
  private static final Longs EMPTY = new Longs(new long[0]);

  private final long[] values;

  private Longs(long[] values) {
    this.values = values;
  }

  public static Longs of(long... values) {
    return values.length == 0 ? EMPTY : new Longs(values.clone());
  }

  /** {@code n} times the same value. */
  public static Longs fill(int n, long value) {
    long[] values = new long[n];
    Arrays.fill(values, value);
    return n == 0 ? EMPTY : new Longs(values);
  }

  public int size() {
    return values.length;
  }

  public long get(int i) {
    return values[i];
  }

  public LongStream stream() {
    return Arrays.stream(values);
  }

  public long[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Longs other && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** Python's tuple notation, as in jaxprs: {@code (1, 2)}, {@code (1,)}, {@code ()}. */
  @Override
  public String toString() {
    return values.length == 1
        ? "(" + values[0] + ",)"
        : stream().mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
