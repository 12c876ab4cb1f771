package dev.jacobi.tree;

import dev.jacobi.tree.TreePath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the values of one class are taken apart; chosen once per class by {@link Codecs}. */
abstract class Codec {
  /**
   * Writes the leaves of a value in order.
   *
   * @param hint the structure of an earlier value, or null; returned itself if it fits, so that
   *     repeated calls allocate no structure and compare by identity
   * @return the structure of the value
   */
  abstract TreeDef flatten(Object value, LeafWriter out, TreeDef hint);

  /** The children of a value with their steps: slow, for messages only. */
  abstract List<Child> children(Object value);

  /** Why the value may not be in a tree although its children may. */
  Optional<TreeException> refusal(Object value, TreePath path) {
    return Optional.empty();
  }

  /** A child that may be anything, {@code null} included. */
  record Child(Step step, Object value) {}

  /** Returns the hint if it has this kind and these children, else a new structure. */
  static TreeDef node(TreeDef hint, NodeKind kind, TreeDef[] children) {
    if (hint == null || hint.childCount() != children.length) {
      return new TreeDef(kind, children);
    }
    for (int i = 0; i < children.length; i++) {
      if (hint.child(i) != children[i]) {
        return new TreeDef(kind, children);
      }
    }
    return hint;
  }

  /** Leaves. */
  static final class OfLeaf extends Codec {
    @Override
    TreeDef flatten(Object value, LeafWriter out, TreeDef hint) {
      out.leaf(value);
      return TreeDef.LEAF;
    }

    @Override
    List<Child> children(Object value) {
      return List.of();
    }
  }

  /** Static values. */
  static final class OfStatic extends Codec {
    @Override
    TreeDef flatten(Object value, LeafWriter out, TreeDef hint) {
      return Codecs.staticDef(value, hint);
    }

    @Override
    List<Child> children(Object value) {
      return List.of();
    }
  }

  /** Classes that may not be in a tree. */
  static final class Refused extends Codec {
    private final Reason reason;

    Refused(Reason reason) {
      this.reason = reason;
    }

    /** Makes the exception that explains the refusal at a path. */
    @FunctionalInterface
    interface Reason {
      TreeException at(TreePath path);
    }

    @Override
    TreeDef flatten(Object value, LeafWriter out, TreeDef hint) {
      throw Fault.FAULT;
    }

    @Override
    List<Child> children(Object value) {
      return List.of();
    }

    @Override
    Optional<TreeException> refusal(Object value, TreePath path) {
      return Optional.of(reason.at(path));
    }
  }

  /** Lists. */
  static final class OfList extends Codec {
    @Override
    TreeDef flatten(Object value, LeafWriter out, TreeDef hint) {
      List<?> list = (List<?>) value;
      TreeDef[] children = new TreeDef[list.size()];
      TreeDef fit = hint != null && hint.kind() instanceof NodeKind.OfList ? hint : null;
      int i = 0;
      for (Object element : list) {
        if (i == children.length) {
          throw Fault.FAULT; // another thread appends
        }
        TreeDef childHint = fit != null && i < fit.childCount() ? fit.child(i) : null;
        children[i++] = Codecs.flatten(element, out, childHint);
      }
      if (fit != null && fit.childCount() == children.length) {
        return node(fit, fit.kind(), children);
      }
      return new TreeDef(new NodeKind.OfList(children.length), children);
    }

    @Override
    List<Child> children(Object value) {
      List<Child> found = new ArrayList<>();
      for (Object element : (List<?>) value) {
        found.add(new Child(new Step.Index(found.size()), element));
      }
      return found;
    }
  }

  /** Maps with string keys. */
  static final class OfMap extends Codec {
    @Override
    TreeDef flatten(Object value, LeafWriter out, TreeDef hint) {
      Map<?, ?> map = (Map<?, ?>) value;
      if (hint != null
          && hint.kind() instanceof NodeKind.OfMap kind
          && kind.keys().size() == map.size()
          && map.keySet().containsAll(kind.keys())) {
        return node(hint, kind, children(map, kind, out, hint));
      }
      NodeKind.OfMap kind = new NodeKind.OfMap(NodeKind.sortedKeys(map));
      return new TreeDef(kind, children(map, kind, out, null));
    }

    private static TreeDef[] children(
        Map<?, ?> map, NodeKind.OfMap kind, LeafWriter out, TreeDef hint) {
      TreeDef[] children = new TreeDef[kind.keys().size()];
      for (int i = 0; i < children.length; i++) {
        TreeDef childHint = hint == null ? null : hint.child(i);
        children[i] = Codecs.flatten(map.get(kind.keys().get(i)), out, childHint);
      }
      return children;
    }

    @Override
    List<Child> children(Object value) {
      return ((Map<?, ?>) value)
          .entrySet().stream()
              .map(e -> new Child(new Step.Entry(String.valueOf(e.getKey())), e.getValue()))
              .toList();
    }

    @Override
    Optional<TreeException> refusal(Object value, TreePath path) {
      for (Object key : ((Map<?, ?>) value).keySet()) {
        if (!(key instanceof String)) {
          return Optional.of(new TreeException.MapKey(path, key));
        }
      }
      return Optional.empty();
    }
  }

  /** Optionals. */
  static final class OfOptional extends Codec {
    private static final TreeDef EMPTY = new TreeDef(NodeKind.OfOptional.EMPTY);

    @Override
    TreeDef flatten(Object value, LeafWriter out, TreeDef hint) {
      Optional<?> optional = (Optional<?>) value;
      if (optional.isEmpty()) {
        return EMPTY;
      }
      TreeDef fit = hint != null && hint.kind() == NodeKind.OfOptional.PRESENT ? hint : null;
      TreeDef child = Codecs.flatten(optional.get(), out, fit == null ? null : fit.child(0));
      return fit != null && fit.child(0) == child
          ? fit
          : new TreeDef(NodeKind.OfOptional.PRESENT, child);
    }

    @Override
    List<Child> children(Object value) {
      return ((Optional<?>) value).stream().map(x -> new Child(new Step.Content(), x)).toList();
    }
  }
}
