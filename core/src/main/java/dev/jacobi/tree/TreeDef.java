package dev.jacobi.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The structure of a tree without its leaves: classes, component names, list lengths, map keys and
 * static values. Immutable; {@code hashCode} is computed once, because structures are keys of
 * compiled functions. Prints like JAX's {@code PyTreeDef}, a leaf as {@code *}: {@code
 * TreeDef(Mlp[hidden=Dense[w=*, b=*], rate=0.1])}.
 */
public final class TreeDef {
  static final TreeDef LEAF = new TreeDef(NodeKind.Star.STAR);

  private final NodeKind kind;
  private final TreeDef[] children;
  private final int leafCount;
  private final int hash;

  TreeDef(NodeKind kind, TreeDef... children) {
    this.kind = kind;
    this.children = children;
    int leaves = kind == NodeKind.Star.STAR ? 1 : 0;
    int h = kind.hashCode();
    for (TreeDef child : children) {
      leaves += child.leafCount;
      h = 31 * h + child.hash;
    }
    this.leafCount = leaves;
    this.hash = h;
  }

  /** The structure of a single leaf. */
  public static TreeDef leaf() {
    return LEAF;
  }

  /** The structure of a list whose elements have these structures. */
  public static TreeDef list(TreeDef... elements) {
    return new TreeDef(new NodeKind.OfList(elements.length), elements.clone());
  }

  /**
   * The structure of a record with these structures of its components.
   *
   * @throws TreeException if the class cannot be a tree
   */
  public static TreeDef record(Class<?> type, List<TreeDef> components) {
    if (!(Codecs.of(type) instanceof RecordCodec codec)
        || codec.layout().components().size() != components.size()) {
      throw new IllegalArgumentException(
          type.getTypeName() + " is no record of " + components.size() + " components");
    }
    return new TreeDef(codec.kind(), components.toArray(TreeDef[]::new));
  }

  /** The structure of a map with these keys, which must be sorted. */
  public static TreeDef map(List<String> keys, List<TreeDef> values) {
    return new TreeDef(new NodeKind.OfMap(List.copyOf(keys)), values.toArray(TreeDef[]::new));
  }

  /** The structure of an optional, empty or with content. */
  public static TreeDef optional(TreeDef... content) {
    return content.length == 0
        ? new TreeDef(NodeKind.OfOptional.EMPTY)
        : new TreeDef(NodeKind.OfOptional.PRESENT, content[0]);
  }

  NodeKind kind() {
    return kind;
  }

  /** What the root is. */
  public TreeNode node() {
    return switch (kind) {
      case NodeKind.Star star -> new TreeNode.OfLeaf();
      case NodeKind.Static(Object value) -> new TreeNode.OfStatic(value);
      case NodeKind.OfRecord(RecordCodec codec) ->
          new TreeNode.OfRecord(
              codec.layout().type(),
              codec.layout().components().stream().map(RecordLayout.Component::name).toList());
      case NodeKind.OfList list -> new TreeNode.OfList();
      case NodeKind.OfMap(List<String> keys) -> new TreeNode.OfMap(keys);
      case NodeKind.OfOptional optional -> new TreeNode.OfOptional();
      case NodeKind.OfRegistered(RegisteredCodec codec, Object aux) ->
          new TreeNode.OfRegistered(codec.type(), aux);
    };
  }

  /** The structures below the root. */
  public List<TreeDef> children() {
    return List.of(children);
  }

  TreeDef child(int i) {
    return children[i];
  }

  int childCount() {
    return children.length;
  }

  /** The number of leaves. */
  public int leafCount() {
    return leafCount;
  }

  /** Whether the tree is just one leaf. */
  public boolean isLeaf() {
    return this == LEAF;
  }

  Object build(LeafReader in) {
    return kind.build(this, in);
  }

  Object[] buildChildren(LeafReader in) {
    Object[] values = new Object[children.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = children[i].build(in);
    }
    return values;
  }

  /**
   * Puts leaves into the structure.
   *
   * @return the tree: records through their canonical constructors, lists and maps immutable
   * @throws TreeException.LeafCount unless there is one leaf per {@code *}
   * @throws TreeException.LeafType if a record component cannot hold its leaf
   */
  public Object unflatten(Leaf... leaves) {
    if (leaves.length != leafCount) {
      throw new TreeException.LeafCount(this, leaves.length);
    }
    try {
      return kind.build(this, new LeafReader(leaves));
    } catch (ClassCastException | NullPointerException e) {
      throw Diagnosis.ofLeaves(this, leaves).<RuntimeException>map(x -> x).orElse(e);
    }
  }

  /** Puts leaves into the structure; see {@link #unflatten(Leaf...)}. */
  public Object unflatten(List<? extends Leaf> leaves) {
    return unflatten(leaves.toArray(Leaf[]::new));
  }

  /** The path of every leaf, in order. */
  public List<TreePath> leafPaths() {
    List<TreePath> paths = new ArrayList<>(leafCount);
    walk(
        TreePath.ROOT,
        (path, def) -> {
          if (def.isLeaf()) {
            paths.add(path);
          }
        });
    return paths;
  }

  /** Visits every node with its path, parents first. */
  private void walk(TreePath path, BiConsumer<TreePath, TreeDef> visit) {
    visit.accept(path, this);
    for (int i = 0; i < children.length; i++) {
      children[i].walk(path.then(kind.step(i)), visit);
    }
  }

  /**
   * Which leaves a path names: one, or all below it if it ends at a container; the empty path names
   * all.
   *
   * @param path as {@link TreePath#toString} prints it
   * @throws TreeException.UnknownPath if no value has this path; names the ones that exist
   */
  public LeafRange range(String path) {
    LeafRange found = range(path, TreePath.ROOT, 0);
    if (found == null) {
      throw new TreeException.UnknownPath(path, this);
    }
    return found;
  }

  private LeafRange range(String wanted, TreePath here, int from) {
    if (here.toString().equals(wanted)) {
      return new LeafRange(from, from + leafCount);
    }
    int at = from;
    for (int i = 0; i < children.length; i++) {
      LeafRange found = children[i].range(wanted, here.then(kind.step(i)), at);
      if (found != null) {
        return found;
      }
      at += children[i].leafCount;
    }
    return null;
  }

  /**
   * Consecutive leaves.
   *
   * @param from the first
   * @param to one past the last
   */
  public record LeafRange(int from, int to) {}

  /**
   * All places where the other structure differs from this one, from the root down, left to right.
   */
  public List<TreeDiff> differences(TreeDef other) {
    List<TreeDiff> found = new ArrayList<>();
    compare(TreePath.ROOT, other, found);
    return found;
  }

  private void compare(TreePath path, TreeDef other, List<TreeDiff> found) {
    if (equals(other)) {
      return;
    }
    if (!kind.equals(other.kind) || children.length != other.children.length) {
      boolean statics =
          kind instanceof NodeKind.Static(Object a)
              && other.kind instanceof NodeKind.Static(Object b)
              && a.getClass() == b.getClass();
      found.add(new TreeDiff(path, show(), other.show(), statics));
      return;
    }
    for (int i = 0; i < children.length; i++) {
      children[i].compare(path.then(kind.step(i)), other.children[i], found);
    }
  }

  /**
   * Checks that another tree has this structure.
   *
   * @param what names both trees in the message, as in "the arguments of map"
   * @throws TreeException.StructureMismatch with the path of the first difference
   */
  public void require(TreeDef actual, String what) {
    if (!equals(actual)) {
      throw new TreeException.StructureMismatch(what, differences(actual).getFirst(), this, actual);
    }
  }

  @Override
  public boolean equals(Object o) {
    return this == o
        || (o instanceof TreeDef that
            && hash == that.hash
            && leafCount == that.leafCount
            && kind.equals(that.kind)
            && Arrays.equals(children, that.children));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  private String show() {
    return kind.show(Arrays.stream(children).map(TreeDef::show).toList());
  }

  @Override
  public String toString() {
    return "TreeDef(" + Objects.requireNonNull(show()) + ")";
  }
}
