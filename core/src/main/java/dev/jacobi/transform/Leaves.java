package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.tree.Leaf;
import dev.jacobi.tree.TreeDef;
import java.util.List;

/** Between the leaves of users' trees and arrays: keys become arrays of key elements and back. */
final class Leaves {
  private Leaves() {}

  static Array array(Leaf leaf) {
    return leaf instanceof Key key ? key.array() : (Array) leaf;
  }

  static Leaf leaf(Array array) {
    return array.aval().key() ? Key.of(array) : array;
  }

  static Object unflatten(TreeDef def, List<Array> arrays) {
    Leaf[] leaves = new Leaf[arrays.size()];
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = leaf(arrays.get(i));
    }
    return def.unflatten(leaves);
  }
}
