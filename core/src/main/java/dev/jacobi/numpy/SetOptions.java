package dev.jacobi.numpy;

import org.jspecify.annotations.Nullable;

/**
 * Options of operations on sets, as {@link JnpSets#intersect1d}.
 *
 * @param assumeUnique whether no element is there twice in either operand
 * @param size the number of results, known while tracing; null for as many as there are
 * @param fill what stands for missing results; null for 0 in differences, else for the least one
 */
public record SetOptions(boolean assumeUnique, @Nullable Integer size, @Nullable Double fill) {
  public static final SetOptions DEFAULT = new SetOptions(false, null, null);

  public SetOptions withAssumeUnique(boolean unique) {
    return new SetOptions(unique, size, fill);
  }

  public SetOptions withSize(int number) {
    return new SetOptions(assumeUnique, number, fill);
  }

  public SetOptions withFill(double value) {
    return new SetOptions(assumeUnique, size, value);
  }
}
