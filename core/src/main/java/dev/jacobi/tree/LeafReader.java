package dev.jacobi.tree;

/** Hands leaves to the nodes of a structure in order. */
final class LeafReader {
  private final Leaf[] leaves;
  private int next;

  LeafReader(Leaf[] leaves) {
    this.leaves = leaves;
  }

  Leaf next() {
    return leaves[next++];
  }
}
