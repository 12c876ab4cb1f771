package dev.jacobi.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value stands in a tree, printed as a user would write the access: {@code hidden.w},
 * {@code layers[0].b}, {@code ["k"]}. The content of an {@code Optional} has the path of the
 * optional.
 *
 * @param steps from the root to the value; empty for the root
 */
public record TreePath(List<Step> steps) {
  /** The path of the tree itself. */
  public static final TreePath ROOT = new TreePath(List.of());

  public TreePath {
    steps = List.copyOf(steps);
  }

  /** One access: by component name, by position, or by map key. */
  public sealed interface Step {
    /** A record's component. */
    record Field(String name) implements Step {}

    /** A position in a list, or in the children of a registered class. */
    record Index(int index) implements Step {}

    /** A map's value. */
    record Entry(String key) implements Step {}

    /** The content of an optional; adds nothing to the path. */
    record Content() implements Step {}
  }

  /** The path one step below this one. */
  public TreePath then(Step step) {
    if (step instanceof Step.Content) {
      return this;
    }
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new TreePath(longer);
  }

  /** Words for messages: the quoted path, or "the tree itself". */
  public String inWords() {
    return steps.isEmpty() ? "the tree itself" : "'" + this + "'";
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      switch (step) {
        case Step.Field(String name) -> text.append(text.isEmpty() ? "" : ".").append(name);
        case Step.Index(int index) -> text.append('[').append(index).append(']');
        case Step.Entry(String key) -> text.append("[\"").append(key).append("\"]");
        case Step.Content() -> {}
      }
    }
    return text.toString();
  }
}
