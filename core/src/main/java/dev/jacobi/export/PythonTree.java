package dev.jacobi.export;

import dev.jacobi.tree.TreeDef;
import dev.jacobi.tree.TreeNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The Python tree that a Java tree is written as: lists as lists, maps and records as dicts, empty
 * optionals as None. A record that {@link Export#registerNamedtupleSerialization} knows becomes
 * that namedtuple. Static components are left out: the program has their values.
 *
 * @param places for each leaf of the Java tree its place among the Python tree's, whose dicts are
 *     sorted
 */
record PythonTree(PyTree tree, List<Integer> places) {
  /**
   * The Python tree of a Java tree.
   *
   * @throws ExportException.NotExportable if there is none, naming the path
   */
  static PythonTree of(TreeDef java, String path) {
    PyTree tree = tree(java, path);
    return new PythonTree(tree, TreeMatch.places(tree, java, 0, path));
  }

  private static PyTree tree(TreeDef java, String path) {
    List<TreeDef> children = java.children();
    return switch (java.node()) {
      case TreeNode.OfLeaf leaf -> new PyTree.Leaf();
      case TreeNode.OfOptional optional ->
          children.isEmpty() ? new PyTree.None() : tree(children.getFirst(), path);
      case TreeNode.OfList list ->
          new PyTree.Sequence(
              IntStream.range(0, children.size())
                  .mapToObj(i -> tree(children.get(i), path + "[" + i + "]"))
                  .toList());
      case TreeNode.OfMap(List<String> keys) -> dict(keys, children, path);
      case TreeNode.OfRecord(Class<?> type, List<String> components) ->
          record(type, components, children, path);
      case TreeNode.OfStatic(Object value) ->
          throw new ExportException.NotExportable(
              path
                  + " is the static value "
                  + value
                  + ", which has no counterpart in Python's trees. Pass it as an array, or let the"
                  + " function capture it.");
      case TreeNode.OfRegistered(Class<?> type, Object aux) ->
          throw new ExportException.NotExportable(
              path
                  + " is of the registered class "
                  + type.getTypeName()
                  + ", which Python does not know. Pass a record, a map or a list.");
    };
  }

  private static PyTree record(
      Class<?> type, List<String> components, List<TreeDef> children, String path) {
    List<String> names = new ArrayList<>();
    List<TreeDef> arrays = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      if (!(children.get(i).node() instanceof TreeNode.OfStatic)) {
        names.add(components.get(i));
        arrays.add(children.get(i));
      }
    }
    return NodeTypes.nameOf(type)
        .<PyTree>map(
            name ->
                new PyTree.Custom(
                    name,
                    PyTree.Aux.ofNames(names),
                    IntStream.range(0, names.size())
                        .mapToObj(i -> tree(arrays.get(i), path + "." + names.get(i)))
                        .toList()))
        .orElseGet(() -> dict(names, arrays, path));
  }

  /** A dict with its keys as Python sorts them: by code points. */
  private static PyTree dict(List<String> keys, List<TreeDef> children, String path) {
    List<Integer> sorted =
        IntStream.range(0, keys.size())
            .boxed()
            .sorted(
                Comparator.comparing(
                    i -> keys.get(i).codePoints().toArray(), java.util.Arrays::compare))
            .toList();
    return new PyTree.Dict(
        sorted.stream().map(keys::get).toList(),
        sorted.stream().map(i -> tree(children.get(i), path + "['" + keys.get(i) + "']")).toList());
  }
}
