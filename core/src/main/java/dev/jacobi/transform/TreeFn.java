package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.tree.Leaf;
import dev.jacobi.tree.Tree;
import dev.jacobi.tree.TreeDef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A user's function of any number of trees.
 *
 * @param source the function itself, by which it is named and inspected
 * @param call applies it to its arguments
 */
public record TreeFn(Serializable source, Function<Object[], Object> call) {
  public TreeFn {
    NullArgumentException.require(source, "the function to transform", "it");
  }

  /** Arguments as leaves with the structure of each argument. */
  public record Args(List<Array> leaves, List<TreeDef> defs) {
    /** Flattens arguments. */
    public static Args of(Object... arguments) {
      List<Array> leaves = new ArrayList<>();
      List<TreeDef> defs = new ArrayList<>();
      for (Object argument : arguments) {
        if (argument instanceof Array array) {
          leaves.add(array);
          defs.add(TreeDef.leaf());
        } else {
          dev.jacobi.tree.Flat flat = Tree.flatten(argument);
          for (Leaf leaf : flat.array()) {
            leaves.add(Leaves.array(leaf));
          }
          defs.add(flat.def());
        }
      }
      return new Args(leaves, defs);
    }

    /** Where the leaves of argument {@code i} begin. */
    public int start(int i) {
      return defs.subList(0, i).stream().mapToInt(TreeDef::leafCount).sum();
    }

    /** The leaves of argument {@code i}. */
    public List<Array> leaves(int i) {
      return leaves.subList(start(i), start(i) + defs.get(i).leafCount());
    }
  }

  /** Arguments of the given structures from all their leaves. */
  public static Object[] unflatten(List<TreeDef> defs, List<Array> leaves) {
    Object[] arguments = new Object[defs.size()];
    int next = 0;
    for (int i = 0; i < arguments.length; i++) {
      int n = defs.get(i).leafCount();
      arguments[i] = Leaves.unflatten(defs.get(i), leaves.subList(next, next + n));
      next += n;
    }
    return arguments;
  }

  /** The function on leaves; the structure of its result is known after the first call. */
  FlatFn flat(List<TreeDef> defs) {
    return new FlatFn(this, defs);
  }

  /** A name for dumps and jaxprs: the method's, or {@code lambda}. */
  public String name() {
    return UserFunctions.name(source);
  }

  /** A function on leaves that remembers its result's structure. */
  static final class FlatFn implements Flat {
    private final TreeFn fn;
    private final List<TreeDef> defs;
    private TreeDef out = TreeDef.leaf();

    private FlatFn(TreeFn fn, List<TreeDef> defs) {
      this.fn = fn;
      this.defs = defs;
    }

    @Override
    public List<Array> apply(List<Array> leaves) {
      Args result = Args.of(fn.call.apply(unflatten(defs, leaves)));
      out = result.defs().getFirst();
      return result.leaves();
    }

    TreeDef out() {
      return out;
    }
  }
}
