package dev.jacobi.numpy;

import org.jspecify.annotations.Nullable;

/**
 * Options of {@link JnpSets#unique(dev.jacobi.Array, UniqueOptions)}.
 *
 * @param axis the dimension whose entries are compared; null for the elements of the flattened
 *     array
 * @param size the number of results, known while tracing; null for as many as there are
 * @param fill what stands for missing results; null for the least one
 * @param equalNan whether all NaNs count as one
 */
public record UniqueOptions(
    @Nullable Integer axis, @Nullable Integer size, @Nullable Double fill, boolean equalNan) {
  public static final UniqueOptions DEFAULT = new UniqueOptions(null, null, null, true);

  public UniqueOptions withAxis(int dimension) {
    return new UniqueOptions(dimension, size, fill, equalNan);
  }

  public UniqueOptions withSize(int number) {
    return new UniqueOptions(axis, number, fill, equalNan);
  }

  public UniqueOptions withFill(double value) {
    return new UniqueOptions(axis, size, value, equalNan);
  }

  public UniqueOptions withEqualNan(boolean one) {
    return new UniqueOptions(axis, size, fill, one);
  }
}
