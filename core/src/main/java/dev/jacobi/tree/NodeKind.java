package dev.jacobi.tree;

import dev.jacobi.tree.TreePath.Step;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one node of a structure is: everything about a value except its children. Equality of kinds
 * and of children is equality of structures.
 */
sealed interface NodeKind {
  /**
   * Rebuilds the node's value; methods, not a switch, because calls of jitted functions end here.
   */
  Object build(TreeDef def, LeafReader in);

  /** The access from the node to its child {@code i}. */
  Step step(int i);

  /** Prints the node around its printed children. */
  String show(List<String> children);

  /** A leaf, printed {@code *} as in JAX. */
  enum Star implements NodeKind {
    STAR;

    @Override
    public Object build(TreeDef def, LeafReader in) {
      return in.next();
    }

    @Override
    public Step step(int i) {
      throw new IndexOutOfBoundsException(i);
    }

    @Override
    public String show(List<String> children) {
      return "*";
    }
  }

  /** A value that is part of the structure: number, string, enum constant and the like. */
  record Static(Object value) implements NodeKind {
    @Override
    public Object build(TreeDef def, LeafReader in) {
      return value;
    }

    @Override
    public Step step(int i) {
      throw new IndexOutOfBoundsException(i);
    }

    @Override
    public String show(List<String> children) {
      return value instanceof String s ? '"' + s + '"' : String.valueOf(value);
    }
  }

  /** A record; one codec exists per record class, so that its identity is the class's. */
  record OfRecord(RecordCodec codec) implements NodeKind {
    @Override
    public Object build(TreeDef def, LeafReader in) {
      return codec.buildRecord(def, in);
    }

    @Override
    public Step step(int i) {
      return new Step.Field(codec.layout().name(i));
    }

    @Override
    public String show(List<String> children) {
      StringBuilder text = new StringBuilder(codec.layout().type().getSimpleName()).append('[');
      for (int i = 0; i < children.size(); i++) {
        text.append(i == 0 ? "" : ", ").append(codec.layout().name(i)).append('=');
        text.append(children.get(i));
      }
      return text.append(']').toString();
    }
  }

  /** A list; rebuilt as an immutable one. */
  record OfList(int size) implements NodeKind {
    @Override
    public Object build(TreeDef def, LeafReader in) {
      return Collections.unmodifiableList(Arrays.asList(def.buildChildren(in)));
    }

    @Override
    public Step step(int i) {
      return new Step.Index(i);
    }

    @Override
    public String show(List<String> children) {
      return children.toString();
    }
  }

  /** A map with its keys sorted; rebuilt as an immutable sorted one. */
  record OfMap(List<String> keys) implements NodeKind {
    @Override
    public Object build(TreeDef def, LeafReader in) {
      TreeMap<String, Object> map = new TreeMap<>();
      for (int i = 0; i < keys.size(); i++) {
        map.put(keys.get(i), def.child(i).build(in));
      }
      return Collections.unmodifiableNavigableMap(map);
    }

    @Override
    public Step step(int i) {
      return new Step.Entry(keys.get(i));
    }

    @Override
    public String show(List<String> children) {
      StringBuilder text = new StringBuilder("{");
      for (int i = 0; i < children.size(); i++) {
        text.append(i == 0 ? "\"" : ", \"").append(keys.get(i)).append("\": ");
        text.append(children.get(i));
      }
      return text.append('}').toString();
    }
  }

  /** An optional with content, or without. */
  enum OfOptional implements NodeKind {
    EMPTY,
    PRESENT;

    @Override
    public Object build(TreeDef def, LeafReader in) {
      return this == EMPTY ? Optional.empty() : Optional.of(def.child(0).build(in));
    }

    @Override
    public Step step(int i) {
      return new Step.Content();
    }

    @Override
    public String show(List<String> children) {
      return this == EMPTY ? "Optional.empty" : "Optional" + children;
    }
  }

  /** A class that joined by {@code register}; {@code aux} is its static part. */
  record OfRegistered(RegisteredCodec codec, Object aux) implements NodeKind {
    @Override
    public Object build(TreeDef def, LeafReader in) {
      return codec.build(new Parts(List.of(def.buildChildren(in)), aux));
    }

    @Override
    public Step step(int i) {
      return new Step.Index(i);
    }

    @Override
    public String show(List<String> children) {
      String name = codec.type().getSimpleName();
      return aux.equals(Parts.NO_AUX) ? name + children : name + "(" + aux + ")" + children;
    }
  }

  /** Groups map keys for {@link OfMap}. */
  static List<String> sortedKeys(Map<?, ?> map) {
    String[] keys = new String[map.size()];
    int n = 0;
    for (Object key : map.keySet()) {
      if (!(key instanceof String s)) {
        throw Fault.FAULT;
      }
      keys[n++] = s;
    }
    Arrays.sort(keys);
    return List.of(keys);
  }
}
