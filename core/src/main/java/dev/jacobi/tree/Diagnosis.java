package dev.jacobi.tree;

import java.util.Optional;

/** Finds out, slowly and with the path, what the fast code has stumbled over. */
final class Diagnosis {
  private Diagnosis() {}

  /** The first fault of a tree in flattening order, if it has one. */
  static Optional<TreeException> of(Object value, TreePath path) {
    if (value == null) {
      return Optional.of(new TreeException.NullComponent(path));
    }
    Codec codec = Codecs.of(value.getClass());
    Optional<TreeException> refusal = codec.refusal(value, path);
    if (refusal.isPresent()) {
      return refusal;
    }
    for (Codec.Child child : codec.children(value)) {
      Optional<TreeException> found = of(child.value(), path.then(child.step()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The first leaf that does not fit into its record component, if there is one. */
  static Optional<TreeException> ofLeaves(TreeDef def, Leaf[] leaves) {
    return ofLeaves(def, new LeafReader(leaves), TreePath.ROOT, Object.class);
  }

  private static Optional<TreeException> ofLeaves(
      TreeDef def, LeafReader in, TreePath path, Class<?> declared) {
    if (def.isLeaf()) {
      Leaf leaf = in.next();
      return declared.isInstance(leaf)
          ? Optional.empty()
          : Optional.of(new TreeException.LeafType(path, declared, leaf));
    }
    for (int i = 0; i < def.childCount(); i++) {
      Class<?> type =
          def.kind() instanceof NodeKind.OfRecord(RecordCodec codec)
              ? codec.layout().components().get(i).declared()
              : Object.class;
      TreePath below = path.then(def.kind().step(i));
      Optional<TreeException> found = ofLeaves(def.child(i), in, below, type);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
