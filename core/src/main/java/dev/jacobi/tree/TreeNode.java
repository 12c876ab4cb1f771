package dev.jacobi.tree;

import java.util.List;

/**
 * What one node of a structure is, for who maps structures onto those of another system; see {@link
 * TreeDef#node}. Children stand in {@link TreeDef#children}.
 */
public sealed interface TreeNode {
  /** A leaf. */
  record OfLeaf() implements TreeNode {}

  /** A value that is part of the structure. */
  record OfStatic(Object value) implements TreeNode {}

  /** A record with the names of its components, one child each. */
  record OfRecord(Class<?> type, List<String> components) implements TreeNode {}

  /** A list. */
  record OfList() implements TreeNode {}

  /** A map with its keys, sorted, one child each. */
  record OfMap(List<String> keys) implements TreeNode {}

  /** An optional: with one child or without. */
  record OfOptional() implements TreeNode {}

  /** A registered class and its static part. */
  record OfRegistered(Class<?> type, Object aux) implements TreeNode {}
}
