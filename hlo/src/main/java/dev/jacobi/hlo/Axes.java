package dev.jacobi.hlo;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An immutable list of dimension numbers with value equality. */
public final class Axes {
  private static final Axes NONE = new Axes(new int[0]);

  private final int[] values;

  private Axes(int[] values) {
    this.values = values;
  }

  public static Axes of(int... values) {
    return values.length == 0 ? NONE : new Axes(values.clone());
  }

  /** {@code 0, 1, ..., n - 1}. */
  public static Axes range(int n) {
    return range(0, n);
  }

  /** {@code from, from + 1, ..., to - 1}. */
  public static Axes range(int from, int to) {
    return of(IntStream.range(from, to).toArray());
  }

  /** The numbers below {@code rank} that are not in this list, ascending. */
  public Axes complement(int rank) {
    return of(IntStream.range(0, rank).filter(d -> !contains(d)).toArray());
  }

  /** Where a permutation sends each position back to: {@code inverse()[this[i]] == i}. */
  public Axes inverse() {
    int[] inverse = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      inverse[values[i]] = i;
    }
    return new Axes(inverse);
  }

  public int size() {
    return values.length;
  }

  public boolean isEmpty() {
    return values.length == 0;
  }

  public int get(int i) {
    return values[i];
  }

  public boolean contains(int axis) {
    return indexOf(axis) >= 0;
  }

  /** Position of {@code axis} in this list, or -1. */
  public int indexOf(int axis) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == axis) {
        return i;
      }
    }
    return -1;
  }

  public IntStream stream() {
    return Arrays.stream(values);
  }

  public Axes map(java.util.function.IntUnaryOperator f) {
    return new Axes(stream().map(f).toArray());
  }

  public Axes plus(Axes other) {
    return new Axes(IntStream.concat(stream(), other.stream()).toArray());
  }

  public Axes sorted() {
    return new Axes(stream().sorted().toArray());
  }

  /** Whether this is {@code 0, 1, ..., size - 1}. */
  public boolean isIdentity() {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != i) {
        return false;
      }
    }
    return true;
  }

  public int[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Axes other && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** Python's tuple notation, as in jaxprs. */
  @Override
  public String toString() {
    return values.length == 1
        ? "(" + values[0] + ",)"
        : stream().mapToObj(Integer::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
