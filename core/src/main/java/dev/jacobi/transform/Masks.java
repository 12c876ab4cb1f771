package dev.jacobi.transform;

import dev.jacobi.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists of tangents or cotangents, in which null is zero, as masks and the arrays that are there.
 */
public final class Masks {
  private Masks() {}

  /** Which are there. */
  public static List<Boolean> of(List<@Nullable Array> arrays) {
    return arrays.stream().map(a -> a != null).toList();
  }

  /** Those that are there. */
  public static List<Array> present(List<@Nullable Array> arrays) {
    List<Array> some = new ArrayList<>();
    arrays.stream().filter(a -> a != null).forEach(some::add);
    return some;
  }

  /** Puts values where the mask is set and null elsewhere. */
  public static List<@Nullable Array> spread(List<@Nullable Array> some, List<Boolean> mask) {
    List<@Nullable Array> all = new ArrayList<>();
    int next = 0;
    for (boolean present : mask) {
      all.add(present ? some.get(next++) : null);
    }
    return all;
  }

  /** The elements where the mask has the wanted value. */
  public static <T> List<T> select(List<? extends T> all, List<Boolean> mask, boolean wanted) {
    List<T> some = new ArrayList<>();
    for (int i = 0; i < mask.size(); i++) {
      if (mask.get(i) == wanted) {
        some.add(all.get(i));
      }
    }
    return some;
  }

  /** Where either is set. */
  public static List<Boolean> or(List<Boolean> a, List<Boolean> b) {
    List<Boolean> both = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      both.add(a.get(i) || b.get(i));
    }
    return List.copyOf(both);
  }
}
