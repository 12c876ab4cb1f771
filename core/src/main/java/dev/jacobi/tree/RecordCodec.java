package dev.jacobi.tree;

import dev.jacobi.tree.TreePath.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A record class. What is on the hot path is in a generated subclass, see {@link RecordCompiler}.
 *
 * <p>Public only because that subclass lives in the record's own package, where it may read private
 * and local records; nobody else can make a {@link Setup}.
 */
public abstract class RecordCodec extends Codec {
  private final RecordLayout layout;
  private final Codec[] nested;
  private final NodeKind kind;
  private final TreeDef fixed;

  /** The structure of the value flattened last; a race only costs an allocation. */
  private TreeDef last;

  /** What a generated constructor passes on. */
  public static final class Setup {
    private final RecordLayout layout;

    Setup(RecordLayout layout) {
      this.layout = layout;
    }
  }

  @SuppressWarnings("this-escape") // the only subclasses are generated and have no state
  protected RecordCodec(Setup setup) {
    layout = setup.layout;
    nested = new Codec[layout.components().size()];
    for (int i = 0; i < nested.length; i++) {
      RecordLayout.Component c = layout.components().get(i);
      nested[i] = c.role() == RecordLayout.Role.RECORD ? Codecs.of(c.declared()) : null;
    }
    kind = new NodeKind.OfRecord(this);
    fixed = fixedDef();
    last = fixed;
  }

  /** Generated: writes the leaves of a record of this class. */
  protected abstract TreeDef flattenRecord(Object value, LeafWriter out, TreeDef hint);

  /** Generated: rebuilds a record from the next leaves. */
  protected abstract Object buildRecord(TreeDef def, LeafReader in);

  /** Generated: all components. */
  protected abstract Object[] components(Object value);

  @Override
  final TreeDef flatten(Object value, LeafWriter out, TreeDef hint) {
    return flattenRecord(value, out, hint);
  }

  final RecordLayout layout() {
    return layout;
  }

  final NodeKind kind() {
    return kind;
  }

  final TreeDef last() {
    return last;
  }

  final void remember(TreeDef def) {
    if (last != def) {
      last = def;
    }
  }

  private TreeDef fixedDef() {
    if (!RecordCompiler.isFixed(layout)) {
      return null;
    }
    TreeDef[] children = new TreeDef[nested.length];
    for (int i = 0; i < children.length; i++) {
      children[i] = nested[i] instanceof RecordCodec codec ? codec.fixed : TreeDef.LEAF;
    }
    return new TreeDef(kind, children);
  }

  @Override
  final List<Child> children(Object value) {
    Object[] components = components(value);
    List<Child> found = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      found.add(new Child(new Step.Field(layout.name(i)), components[i]));
    }
    return found;
  }

  // What generated code calls.

  /** The structure that all values share, or null if static values or containers may differ. */
  protected final TreeDef fixed() {
    return fixed;
  }

  /** The hint, if it is a structure of this class. */
  protected final TreeDef own(TreeDef hint) {
    return hint != null && hint.kind() == kind ? hint : null;
  }

  protected final TreeDef finish(TreeDef own, TreeDef[] children) {
    return node(own, kind, children);
  }

  protected static TreeDef leaf(Object value, LeafWriter out) {
    out.leaf(value);
    return TreeDef.LEAF;
  }

  protected static TreeDef constant(Object value, TreeDef own, int i) {
    return Codecs.staticDef(value, own == null ? null : own.child(i));
  }

  protected static TreeDef any(Object value, LeafWriter out, TreeDef own, int i) {
    return Codecs.flatten(value, out, own == null ? null : own.child(i));
  }

  /** The codec of a component that is declared as a record. */
  protected final Codec nested(int i) {
    return nested[i];
  }

  protected static TreeDef record(Codec codec, Object value, LeafWriter out, TreeDef own, int i) {
    return codec.flatten(Codecs.nonNull(value), out, own == null ? null : own.child(i));
  }

  protected static Object next(LeafReader in) {
    return in.next();
  }

  protected static Object build(TreeDef def, int i, LeafReader in) {
    return def.child(i).build(in);
  }
}
