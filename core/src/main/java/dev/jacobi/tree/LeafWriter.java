package dev.jacobi.tree;

import java.util.Arrays;

/** Collects the leaves of one or several trees in order. */
public final class LeafWriter {
  private Leaf[] leaves;
  private int size;

  /** Starts with room for the expected number of leaves; more are welcome. */
  public LeafWriter(int expected) {
    leaves = new Leaf[expected];
  }

  /** Appends a leaf; anything else, {@code null} included, is a fault. */
  void leaf(Object value) {
    if (!(value instanceof Leaf leaf)) {
      throw Fault.FAULT;
    }
    if (size == leaves.length) {
      leaves = Arrays.copyOf(leaves, Math.max(8, 2 * size));
    }
    leaves[size++] = leaf;
  }

  /** The number of leaves so far. */
  public int size() {
    return size;
  }

  /** The leaves so far; the writer's own array if it is exactly full. */
  public Leaf[] toArray() {
    return size == leaves.length ? leaves : Arrays.copyOf(leaves, size);
  }
}
