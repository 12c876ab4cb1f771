package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.tree.TreeDef;
import dev.jacobi.tree.TreeDiff;
import dev.jacobi.tree.TreePath;
import java.util.ArrayList;
import java.util.List;

/** Trees whose leaves have types. */
public final class Trees {
  private Trees() {}

  public static Object unflatten(TreeDef def, List<Array> leaves) {
    return TreeFn.unflatten(List.of(def), leaves)[0];
  }

  /**
   * What differs between two trees, each as {@code path is f32[3] in one and f32[4] in the other}.
   * Weak and strong types do not differ.
   */
  public static List<String> differences(
      String root, TreeDef one, List<Aval> oneAvals, TreeDef other, List<Aval> otherAvals) {
    List<String> found = new ArrayList<>();
    for (TreeDiff d : one.differences(other)) {
      found.add(
          name(root, d.path())
              + " is "
              + d.expected()
              + " in the one and "
              + d.actual()
              + " in the other");
    }
    if (!found.isEmpty()) {
      return found;
    }
    List<TreePath> paths = one.leafPaths();
    for (int i = 0; i < oneAvals.size(); i++) {
      if (!oneAvals.get(i).strong().equals(otherAvals.get(i).strong())) {
        found.add(
            name(root, paths.get(i))
                + " is "
                + oneAvals.get(i)
                + " in the one and "
                + otherAvals.get(i)
                + " in the other");
      }
    }
    return found;
  }

  private static String name(String root, TreePath path) {
    String text = path.toString();
    return path.steps().isEmpty() ? root : text.startsWith("[") ? root + text : root + "." + text;
  }
}
