package dev.jacobi.trace;

import dev.jacobi.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An axis that has a name where a function runs: that of a {@code vmap}, or one of a mesh.
 *
 * @param trace whose values lie along it; null while programs are derived from programs
 * @param cast marks values as differing along mesh axes; null where types do not say that
 */
public record NamedAxis(String name, long size, @Nullable Trace trace, @Nullable Cast cast) {
  /** Marks values as differing along axes. */
  @FunctionalInterface
  public interface Cast {
    Array pvary(Array x, List<String> axes);
  }

  /** Whether types say along which mesh axes values differ. */
  public boolean isChecked() {
    return cast != null;
  }

  /** What a cached program depends on of an axis. */
  public record Key(String name, long size, boolean checked) {}

  Key key() {
    return new Key(name, size, isChecked());
  }
}
