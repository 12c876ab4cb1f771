package dev.jacobi.tree;

import java.util.List;
import java.util.Objects;

/**
 * A value of a registered class, taken apart.
 *
 * @param children trees of their own; their number may differ between values
 * @param aux static structure: must define {@code equals}, {@code hashCode} and {@code toString}
 */
public record Parts(List<?> children, Object aux) {
  static final String NO_AUX = "";

  public Parts {
    Objects.requireNonNull(children, "children");
    Objects.requireNonNull(aux, "aux");
  }

  /** Children without a static part. */
  public static Parts of(Object... children) {
    return new Parts(List.of(children), NO_AUX);
  }

  /** The same children with this static part. */
  public Parts with(Object newAux) {
    return new Parts(children, newAux);
  }

  /** Child {@code i}, as the type that the caller knows it has. */
  @SuppressWarnings("unchecked")
  public <T> T child(int i) {
    return (T) children.get(i);
  }
}
