package dev.jacobi.tree;

import java.util.ConcurrentModificationException;
import java.util.Objects;
import java.util.function.Function;

/**
 * Flattens values. A tree is a {@link Leaf}, a record, a {@code List}, a {@code Map} with string
 * keys (taken in sorted order), an {@code Optional} or a registered class, nested in any way;
 * numbers, strings, enum constants and other immutable values with {@code equals} are static
 * structure.
 */
public final class Tree {
  private Tree() {}

  /**
   * Takes a tree apart.
   *
   * @throws TreeException if it contains what may not be in a tree, with its path
   */
  public static Flat flatten(Object tree) {
    if (tree instanceof Leaf leaf) {
      return new Flat(new Leaf[] {leaf}, TreeDef.LEAF);
    }
    RecordCodec codec =
        tree != null && Codecs.of(tree.getClass()) instanceof RecordCodec c ? c : null;
    TreeDef hint = codec == null ? null : codec.last();
    Flat flat = flatten(tree, hint);
    if (codec != null) {
      codec.remember(flat.def());
    }
    return flat;
  }

  /**
   * Takes a tree apart; returns the hint itself as its structure if it is equal, which allocates
   * nothing.
   *
   * @param hint the structure that the tree probably has, or null
   */
  public static Flat flatten(Object tree, TreeDef hint) {
    LeafWriter out = new LeafWriter(hint == null ? 8 : hint.leafCount());
    TreeDef def = flatten(tree, out, hint);
    return new Flat(out.toArray(), def);
  }

  /**
   * Appends the leaves of a tree to those of others.
   *
   * @param hint the structure that the tree probably has, or null
   * @return the structure of the tree
   */
  public static TreeDef flatten(Object tree, LeafWriter out, TreeDef hint) {
    try {
      return Codecs.flatten(tree, out, hint);
    } catch (Fault fault) {
      throw Diagnosis.of(tree, TreePath.ROOT)
          .<RuntimeException>map(x -> x)
          .orElseGet(() -> new ConcurrentModificationException("the tree changed meanwhile"));
    } catch (StackOverflowError e) {
      throw new TreeException.TooDeep(tree.getClass());
    }
  }

  /**
   * Lets a class join the trees.
   *
   * @param type exactly this class, not its subclasses
   * @param flatten takes a value apart into trees and static structure
   * @param unflatten puts a value together; the inverse of {@code flatten}
   * @throws TreeException.LateRegistration if trees already treat the class in another way
   */
  public static <T> void register(
      Class<T> type, Function<? super T, Parts> flatten, Function<Parts, ? extends T> unflatten) {
    Objects.requireNonNull(flatten, "flatten");
    Objects.requireNonNull(unflatten, "unflatten");
    Codecs.register(
        new RegisteredCodec(type, value -> flatten.apply(type.cast(value)), unflatten::apply));
  }
}
