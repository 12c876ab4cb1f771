package dev.jacobi.ops;

import dev.jacobi.lax.GatherScatterMode;
import org.jspecify.annotations.Nullable;

/**
 * What segments there are: {@code segmentSum(x, ids, segments(3).bucketSize(1000))}.
 *
 * @param count how many; null for one more than the largest id, which must then be known
 * @param isSorted a promise that ids do not fall; one that is broken has no effect on the CPU
 * @param isUnique a promise that no id occurs twice, which products need to be differentiated
 * @param bucketSize how many elements are combined before their results are; null for all
 * @param mode what happens to ids below 0 and from the count on
 */
public record Segments(
    @Nullable Long count,
    boolean isSorted,
    boolean isUnique,
    @Nullable Long bucketSize,
    GatherScatterMode mode) {
  static final Segments ALL =
      new Segments(null, false, false, null, GatherScatterMode.FILL_OR_DROP);

  /** Promises that ids do not fall. */
  public Segments sorted() {
    return new Segments(count, true, isUnique, bucketSize, mode);
  }

  /** Promises that no id occurs twice. */
  public Segments unique() {
    return new Segments(count, isSorted, true, bucketSize, mode);
  }

  /** Combines so many elements after each other at a time, which rounds less in long sums. */
  public Segments bucketSize(long elements) {
    return new Segments(count, isSorted, isUnique, elements, mode);
  }

  /** By default an id out of bounds drops its element; {@code CLIP} takes the nearest segment. */
  public Segments mode(GatherScatterMode outOfBounds) {
    return new Segments(count, isSorted, isUnique, bucketSize, outOfBounds);
  }
}
