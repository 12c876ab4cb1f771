package dev.jacobi;

import dev.jacobi.hlo.Longs;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.tree.Flat;
import dev.jacobi.tree.Leaf;
import dev.jacobi.tree.Parts;
import dev.jacobi.tree.Tree;
import dev.jacobi.tree.TreeDef;
import dev.jacobi.tree.TreeException;
import dev.jacobi.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Trees of arrays: records, lists, maps with string keys and optionals, nested in any way, whose
 * leaves are {@link Array} and {@link Key}. Numbers, strings and enum constants in them are static
 * structure. A {@link TreeException} names the path of what may not be in a tree.
 */
public final class Trees {
  private Trees() {}

  /** Takes a tree apart into leaves and structure; {@code flat.def().unflatten} is the inverse. */
  public static Flat flatten(Object tree) {
    return Tree.flatten(tree);
  }

  /**
   * Puts leaves into a structure.
   *
   * @throws TreeException.LeafCount unless there is one leaf per {@code *} of the structure
   */
  public static Object unflatten(TreeDef def, List<? extends Leaf> leaves) {
    return def.unflatten(leaves);
  }

  /** The leaves in order. */
  public static List<Leaf> leaves(Object tree) {
    return Tree.flatten(tree).leaves();
  }

  /** The structure: classes, names, lengths, keys and static values, without the leaves. */
  public static TreeDef structure(Object tree) {
    return Tree.flatten(tree).def();
  }

  /** The path of each leaf, in order, such as {@code hidden.w} and {@code layers[0].b}. */
  public static List<TreePath> paths(Object tree) {
    return structure(tree).leafPaths();
  }

  /** Applies a function to every array; keys stay as they are. */
  public static <T> T map(Op1 f, T tree) {
    return zip(xs -> f.apply(xs[0]), tree);
  }

  /**
   * Applies a function to the corresponding arrays of two trees; keys are those of the first.
   *
   * @throws TreeException.StructureMismatch naming the path where the trees differ first
   */
  public static <T> T map(Op2 f, T first, T second) {
    return zip(xs -> f.apply(xs[0], xs[1]), first, second);
  }

  /**
   * Applies a function to the corresponding arrays of three trees; see {@link #map(Op2, Object,
   * Object)}.
   */
  public static <T> T map(Op3 f, T first, T second, T third) {
    return zip(xs -> f.apply(xs[0], xs[1], xs[2]), first, second, third);
  }

  /**
   * Applies a function to the corresponding arrays of four trees; see {@link #map(Op2, Object,
   * Object)}.
   */
  public static <T> T map(Op4 f, T first, T second, T third, T fourth) {
    return zip(xs -> f.apply(xs[0], xs[1], xs[2], xs[3]), first, second, third, fourth);
  }

  /** Folds the arrays of a tree, in order; keys are left out. */
  public static <R> R reduce(BiFunction<? super R, Array, ? extends R> f, R initial, Object tree) {
    R result = initial;
    for (Leaf leaf : Tree.flatten(tree).array()) {
      if (leaf instanceof Array array) {
        result = f.apply(result, array);
      }
    }
    return result;
  }

  /** A leaf and its path. */
  public record PathLeaf(TreePath path, Leaf leaf) {}

  /** The leaves in order, each with its path. */
  public static List<PathLeaf> leavesWithPath(Object tree) {
    Flat flat = Tree.flatten(tree);
    List<TreePath> paths = flat.def().leafPaths();
    List<PathLeaf> all = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      all.add(new PathLeaf(paths.get(i), flat.leaf(i)));
    }
    return all;
  }

  /** Applies a function to the path and the value of every array; keys stay as they are. */
  public static <T> T mapWithPath(
      BiFunction<? super TreePath, ? super Array, ? extends Array> f, T tree) {
    Flat flat = Tree.flatten(tree);
    List<TreePath> paths = flat.def().leafPaths();
    Leaf[] results = flat.array().clone();
    for (int i = 0; i < results.length; i++) {
      if (results[i] instanceof Array array) {
        results[i] = f.apply(paths.get(i), array);
      }
    }
    @SuppressWarnings("unchecked") // the structure is that of the tree
    T result = (T) flat.def().unflatten(results);
    return result;
  }

  /**
   * Combines the arrays of a tree, neighbours first, so that results depend on each other in few
   * steps; keys are left out.
   *
   * @throws IllegalArgumentException if there is no array
   */
  public static Array reduceAssociative(BinaryOperator<Array> f, Object tree) {
    List<Array> arrays = new ArrayList<>();
    for (Leaf leaf : Tree.flatten(tree).array()) {
      if (leaf instanceof Array array) {
        arrays.add(array);
      }
    }
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("a tree without arrays has nothing to combine");
    }
    while (arrays.size() > 1) {
      List<Array> next = new ArrayList<>();
      for (int i = 0; i + 1 < arrays.size(); i += 2) {
        next.add(f.apply(arrays.get(i), arrays.get(i + 1)));
      }
      if (arrays.size() % 2 == 1) {
        next.add(arrays.getLast());
      }
      arrays = next;
    }
    return arrays.getFirst();
  }

  /** Whether every array of a tree, all scalars, is not zero. */
  public static boolean all(Object tree) {
    return reduce((so, x) -> so && x.itemBoolean(), true, tree);
  }

  /** Whether all are leaves: arrays or keys. */
  public static boolean allLeaves(Iterable<?> values) {
    for (Object value : values) {
      if (!(value instanceof Leaf)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Lets a class join the trees, before the first tree that contains it.
   *
   * @param type exactly this class, not its subclasses
   * @param flatten takes a value apart into trees and static structure
   * @param unflatten puts a value together from what {@code flatten} gave
   */
  public static <T> void register(
      Class<T> type, Function<? super T, Parts> flatten, Function<Parts, ? extends T> unflatten) {
    Tree.register(type, flatten, unflatten);
  }

  @SafeVarargs
  private static <T> T zip(Function<Array[], Array> f, T... trees) {
    List<Flat> flats = new ArrayList<>();
    for (T tree : trees) {
      TreeDef hint = flats.isEmpty() ? null : flats.getFirst().def();
      Flat flat = hint == null ? Tree.flatten(tree) : Tree.flatten(tree, hint);
      (hint == null ? flat.def() : hint).require(flat.def(), "The trees given to Trees.map");
      flats.add(flat);
    }
    Leaf[] results = flats.getFirst().array().clone();
    for (int i = 0; i < results.length; i++) {
      if (results[i] instanceof Array) {
        Array[] arguments = new Array[trees.length];
        for (int t = 0; t < trees.length; t++) {
          arguments[t] = (Array) flats.get(t).leaf(i);
        }
        results[i] = f.apply(arguments);
      }
    }
    @SuppressWarnings("unchecked") // the structure is that of the first tree
    T result = (T) flats.getFirst().def().unflatten(results);
    return result;
  }

  /** A tree as one vector, and the way back. */
  public record Raveled<T>(Array vector, Fn1<Array, T> unravel) {}

  /** Joins all leaves, row-major, into one vector of their common element type. */
  @SuppressWarnings("unchecked") // a tree that is rebuilt from its structure has its type
  public static <T> Raveled<T> ravelTree(T tree) {
    TreeFn.Args args = TreeFn.Args.of(tree);
    List<Aval> avals = args.leaves().stream().map(Array::aval).toList();
    if (avals.isEmpty()) {
      return new Raveled<>(Jnp.zeros(0), vector -> tree);
    }
    Promotion.Type type = Promotion.join(avals);
    List<Array> parts =
        args.leaves().stream().map(leaf -> Jnp.astype(leaf, type.dtype()).reshape(-1)).toList();
    return new Raveled<>(
        Concatenation.concatenate(parts, 0),
        vector -> (T) TreeFn.unflatten(args.defs(), unravel(vector, avals))[0]);
  }

  private static List<Array> unravel(Array vector, List<Aval> avals) {
    List<Array> leaves = new ArrayList<>();
    long from = 0;
    for (Aval aval : avals) {
      long to = from + aval.shape().size();
      Array part = Slices.slice(vector, Longs.of(from), Longs.of(to), Longs.of(1));
      leaves.add(Jnp.astype(Shapes.reshape(part, aval.shape()), aval.dtype()));
      from = to;
    }
    return leaves;
  }
}
