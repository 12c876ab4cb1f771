package dev.jacobi.lax;

import org.jspecify.annotations.Nullable;

/**
 * What is known of indices, and what happens where they are out of bounds.
 *
 * @param mode out of bounds
 * @param indicesAreSorted whether index vectors are in order
 * @param uniqueIndices whether no place is named twice
 * @param fillValue what {@link GatherScatterMode#FILL_OR_DROP} gathers out of bounds; null for
 *     JAX's choice: NaN, the smallest signed, the largest unsigned number, true
 */
public record IndexOptions(
    GatherScatterMode mode,
    boolean indicesAreSorted,
    boolean uniqueIndices,
    @Nullable Double fillValue) {

  /** A mode, and nothing known. */
  public static IndexOptions of(GatherScatterMode mode) {
    return new IndexOptions(mode, false, false, null);
  }

  /** The same with indices in order. */
  public IndexOptions sorted() {
    return new IndexOptions(mode, true, uniqueIndices, fillValue);
  }

  /** The same with places named once. */
  public IndexOptions unique() {
    return new IndexOptions(mode, indicesAreSorted, true, fillValue);
  }

  /** The same with what is gathered out of bounds. */
  public IndexOptions withFillValue(double value) {
    return new IndexOptions(mode, indicesAreSorted, uniqueIndices, value);
  }
}
