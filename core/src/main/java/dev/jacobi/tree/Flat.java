package dev.jacobi.tree;

import java.util.List;
import java.util.Objects;

/** A tree taken apart: its leaves in order and what is left, its structure. */
public final class Flat {
  private final Leaf[] leaves;
  private final TreeDef def;

  Flat(Leaf[] leaves, TreeDef def) {
    this.leaves = Objects.requireNonNull(leaves);
    this.def = Objects.requireNonNull(def);
  }

  /** The structure. */
  public TreeDef def() {
    return def;
  }

  /** The number of leaves. */
  public int size() {
    return leaves.length;
  }

  /** Leaf {@code i}. */
  public Leaf leaf(int i) {
    return leaves[i];
  }

  /** The leaves, copied into an immutable list. */
  public List<Leaf> leaves() {
    return List.of(leaves);
  }

  /** The leaves themselves, not copied: for callers that own this object and do not write to it. */
  public Leaf[] array() {
    return leaves;
  }

  @Override
  public String toString() {
    return "Flat[" + List.of(leaves) + ", " + def + "]";
  }
}
