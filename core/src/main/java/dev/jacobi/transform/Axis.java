package dev.jacobi.transform;

import dev.jacobi.trace.UserCode;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the batch of one argument lies: one axis for all its leaves, and other ones by path.
 *
 * @param all the axis; null if the argument is shared by all elements
 * @param byPath the axes of the leaves or subtrees at these paths
 */
public record Axis(@Nullable Integer all, Map<String, @Nullable Integer> byPath) {
  /** Stands for no axis. */
  public static final int NONE = Integer.MIN_VALUE;

  /** One axis for every leaf. */
  public static Axis of(int axis) {
    return new Axis(axis == NONE ? null : (Integer) axis, Map.of());
  }

  /** Another axis at a path, such as {@code "hidden.w"}. */
  public Axis at(String path, int axis) {
    Map<String, @Nullable Integer> more = new LinkedHashMap<>(byPath);
    more.put(path, axis == NONE ? null : (Integer) axis);
    return new Axis(all, more);
  }

  /** One entry per leaf. */
  public List<@Nullable Integer> dims(TreeDef def) {
    List<@Nullable Integer> dims = new ArrayList<>(Collections.nCopies(def.leafCount(), all));
    byPath.forEach(
        (path, axis) -> {
          TreeDef.LeafRange range = def.range(path);
          Collections.fill(dims.subList(range.from(), range.to()), axis);
        });
    return dims;
  }

  /** An axis from 0, of an array of that rank. */
  public static int normal(int axis, int rank, String what) {
    int normal = axis < 0 ? axis + rank : axis;
    if (normal < 0 || normal >= rank) {
      throw new VmapException(
          "vmap at "
              + UserCode.line()
              + ": axis "
              + axis
              + " is out of range for an "
              + what
              + " of rank "
              + rank
              + ". in(NONE, ...) shares an argument among all elements.");
    }
    return normal;
  }
}
