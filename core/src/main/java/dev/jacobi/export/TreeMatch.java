package dev.jacobi.export;

import dev.jacobi.tree.TreeDef;
import dev.jacobi.tree.TreeNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds for each leaf of a Java tree its place among the leaves of a Python tree. They correspond
 * by position and by key:
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><th>Python</th><th>Java</th></tr>
 * <tr><td>array, key</td><td>{@code Array}, {@code Key}</td></tr>
 * <tr><td>None</td><td>an empty {@code Optional}</td></tr>
 * <tr><td>tuple, list</td><td>a list, or a record by position</td></tr>
 * <tr><td>dict, namedtuple</td><td>a map by key, or a record by name</td></tr>
 * <tr><td>a registered class</td><td>a list, a record or a registered class by position</td></tr>
 * </table>
 *
 * <p>A record's name {@code firstLayer} also finds the key {@code first_layer}. Static components
 * have no counterpart; the content of an {@code Optional} corresponds as if it stood alone.
 */
final class TreeMatch {
  private final List<Integer> places = new ArrayList<>();

  private TreeMatch() {}

  /** The places of a tree's leaves, in order, below the leaf {@code first}. */
  static List<Integer> places(PyTree python, TreeDef java, int first, String path) {
    TreeMatch match = new TreeMatch();
    match.match(python, java, first, path);
    return match.places;
  }

  private void match(PyTree python, TreeDef java, int first, String path) {
    List<TreeDef> children = java.children();
    switch (java.node()) {
      case TreeNode.OfLeaf leaf when python instanceof PyTree.Leaf -> places.add(first);
      case TreeNode.OfOptional optional
          when children.isEmpty() && python instanceof PyTree.None -> {}
      case TreeNode.OfOptional optional when !children.isEmpty() ->
          match(python, children.getFirst(), first, path);
      case TreeNode.OfList list when isSequence(python) ->
          byPosition(python, children, first, path, java);
      case TreeNode.OfRegistered registered when isSequence(python) ->
          byPosition(python, children, first, path, java);
      case TreeNode.OfMap(List<String> keys) when hasNames(python) ->
          byName(python, keys, children, first, path, java);
      case TreeNode.OfRecord(Class<?> type, List<String> components) ->
          ofRecord(python, components, children, first, path, java);
      default -> throw mismatch(python, java, path);
    }
  }

  private void ofRecord(
      PyTree python,
      List<String> components,
      List<TreeDef> children,
      int first,
      String path,
      TreeDef java) {
    List<String> names = new ArrayList<>();
    List<TreeDef> arrays = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      if (!(children.get(i).node() instanceof TreeNode.OfStatic)) {
        names.add(components.get(i));
        arrays.add(children.get(i));
      }
    }
    if (hasNames(python)) {
      byName(python, names, arrays, first, path, java);
    } else if (isSequence(python)) {
      byPosition(python, arrays, first, path, java);
    } else {
      throw mismatch(python, java, path);
    }
  }

  private void byPosition(
      PyTree python, List<TreeDef> children, int first, String path, TreeDef java) {
    if (python.children().size() != children.size()) {
      throw mismatch(python, java, path);
    }
    for (int i = 0; i < children.size(); i++) {
      child(python, i, children.get(i), first, path);
    }
  }

  private void byName(
      PyTree python,
      List<String> names,
      List<TreeDef> children,
      int first,
      String path,
      TreeDef java) {
    List<String> keys = namesOf(python);
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      int at = NodeTypes.indexOf(keys, names.get(i));
      if (at < 0 || !found.add(at)) {
        throw mismatch(python, java, path);
      }
      child(python, at, children.get(i), first, path);
    }
    if (found.size() != keys.size()) {
      throw mismatch(python, java, path);
    }
  }

  private void child(PyTree python, int i, TreeDef java, int first, String path) {
    match(python.children().get(i), java, first + leavesBefore(python, i), path + python.step(i));
  }

  static int leavesBefore(PyTree python, int i) {
    return python.children().subList(0, i).stream().mapToInt(PyTree::leafCount).sum();
  }

  static boolean isSequence(PyTree python) {
    return python instanceof PyTree.Tuple
        || python instanceof PyTree.Sequence
        || python instanceof PyTree.Custom;
  }

  static boolean hasNames(PyTree python) {
    return python instanceof PyTree.Dict
        || python instanceof PyTree.Custom custom && custom.fields().isPresent();
  }

  static List<String> namesOf(PyTree python) {
    return switch (python) {
      case PyTree.Dict(List<String> keys, var children) -> keys;
      case PyTree.Custom custom -> custom.fields().orElseThrow();
      case PyTree.Leaf l -> List.of();
      case PyTree.None n -> List.of();
      case PyTree.Tuple t -> List.of();
      case PyTree.Sequence s -> List.of();
    };
  }

  private static ExportException mismatch(PyTree python, TreeDef java, String path) {
    String hint =
        java.node() instanceof TreeNode.OfStatic
            ? " A Java value is static structure; pass it as an array."
            : "";
    return new ExportException.StructureMismatch(
        path
            + " is "
            + java
            + " in the invocation and "
            + python.words()
            + " when exported, so their structures differ."
            + hint
            + "\n  exported "
            + python.text()
            + "\n  called   "
            + java);
  }
}
