package dev.jacobi.tree;

import dev.jacobi.trace.UserCode;
import java.util.Optional;

/**
 * A value that cannot be a tree, or two trees that do not fit. Every kind has its own class, names
 * the user's line and the path of the culprit, says why it is refused, and how to repair it.
 */
public abstract sealed class TreeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient TreePath path;

  TreeException(TreePath path, String cause, String fix) {
    super(UserCode.line() + ": " + cause + "\nFix: " + fix);
    this.path = path;
  }

  /** Where in the tree; absent if the fault lies in a class, not in a value. */
  public Optional<TreePath> path() {
    return Optional.ofNullable(path);
  }

  /** A component, element or map value is {@code null}. */
  public static final class NullComponent extends TreeException {
    private static final long serialVersionUID = 1L;

    NullComponent(TreePath path) {
      super(
          path,
          path.steps().isEmpty()
              ? "null is given to or by a function of arrays; it is neither a leaf nor structure."
              : "The tree has a null at "
                  + path.inWords()
                  + "; a null is neither a leaf nor structure.",
          "declare what may be missing as Optional<...> (an empty Optional has no leaves), or fill"
              + " it with zeros.");
    }
  }

  /** A Java array inside a tree: its equality is identity, so it cannot be structure. */
  public static final class JavaArrayComponent extends TreeException {
    private static final long serialVersionUID = 1L;

    JavaArrayComponent(TreePath path, Class<?> type) {
      super(
          path,
          "The tree has a Java array ("
              + type.getTypeName()
              + ") at "
              + path.inWords()
              + "; Java arrays are mutable and compare by identity.",
          "convert it with array(...) to a leaf, or to a List if it is static structure.");
    }
  }

  /** An object whose fields may change cannot be part of a structure that is a cache key. */
  public static final class MutableComponent extends TreeException {
    private static final long serialVersionUID = 1L;

    MutableComponent(TreePath path, Class<?> type, String field) {
      super(
          path,
          "The tree has a value of the mutable class "
              + type.getTypeName()
              + " at "
              + path.inWords()
              + " (its field '"
              + field
              + "' is not final); a compiled function would keep the state it saw first.",
          "make it a record, or teach trees to take it apart with Trees.register("
              + type.getSimpleName()
              + ".class, flatten, unflatten).");
    }
  }

  /** A static value whose class does not define {@code equals}: no two calls would ever match. */
  public static final class IdentityEquals extends TreeException {
    private static final long serialVersionUID = 1L;

    IdentityEquals(TreePath path, Class<?> type) {
      super(
          path,
          "The tree has a static value of class "
              + type.getTypeName()
              + " at "
              + path.inWords()
              + ", which does not define equals and hashCode, so that every call would compile"
              + " anew.",
          type.isSynthetic() || type.isHidden()
              ? "do not put lambdas into trees; name the choice with an enum constant or a record."
              : "make it a record or an enum, or override equals and hashCode.");
    }
  }

  /** A container that trees do not take apart: sets, queues, maps under other names. */
  public static final class UnsupportedContainer extends TreeException {
    private static final long serialVersionUID = 1L;

    UnsupportedContainer(TreePath path, Class<?> type) {
      super(
          path,
          "The tree has a "
              + type.getTypeName()
              + " at "
              + path.inWords()
              + "; of the collections only List and Map<String, ...> are trees.",
          "use a List or a Map<String, ...>, or Trees.register("
              + type.getSimpleName()
              + ".class, flatten, unflatten).");
    }
  }

  /** A record's component is declared as a container class that cannot be rebuilt. */
  public static final class UnbuildableComponent extends TreeException {
    private static final long serialVersionUID = 1L;

    UnbuildableComponent(Class<?> record, String component, Class<?> declared, Class<?> rebuilt) {
      super(
          null,
          "Component '"
              + component
              + "' of record "
              + record.getTypeName()
              + " is declared as "
              + declared.getTypeName()
              + ", but trees are rebuilt with an immutable "
              + rebuilt.getSimpleName()
              + ".",
          "declare it as " + rebuilt.getSimpleName() + "<...>.");
    }
  }

  /** A record has more components than a method may have parameters in generated code. */
  public static final class TooManyComponents extends TreeException {
    private static final long serialVersionUID = 1L;

    TooManyComponents(Class<?> record, int count, int limit) {
      super(
          null,
          "Record "
              + record.getTypeName()
              + " has "
              + count
              + " components; a tree's record may have "
              + limit
              + ".",
          "group components into nested records, or use a List.");
    }
  }

  /** A map with a key that is not a string. */
  public static final class MapKey extends TreeException {
    private static final long serialVersionUID = 1L;

    MapKey(TreePath path, Object key) {
      super(
          path,
          "The map at "
              + path.inWords()
              + " has the key "
              + key
              + (key == null ? "" : " of class " + key.getClass().getTypeName())
              + "; keys of trees are strings, because they are sorted and printed in paths.",
          "use Map<String, ...>, or a record.");
    }
  }

  /** A tree that does not end: it contains itself, or is deeper than the stack. */
  public static final class TooDeep extends TreeException {
    private static final long serialVersionUID = 1L;

    TooDeep(Class<?> type) {
      super(
          null,
          "The tree of class "
              + type.getTypeName()
              + " is nested deeper than the stack, or contains itself.",
          "replace chains of nested values by a List.");
    }
  }

  /** Reflection into the record's module is forbidden. */
  public static final class ClosedRecord extends TreeException {
    private static final long serialVersionUID = 1L;

    ClosedRecord(Class<?> record, Module reader) {
      super(
          null,
          "Trees may not read record "
              + record.getTypeName()
              + ": "
              + moduleOf(record)
              + " does not open package "
              + record.getPackageName()
              + " to "
              + (reader.isNamed() ? reader.getName() : "the class path")
              + ".",
          "add `opens "
              + record.getPackageName()
              + (reader.isNamed() ? " to " + reader.getName() : "")
              + ";` to its module-info.java, or make the record public and export its package.");
    }

    private static String moduleOf(Class<?> record) {
      Module module = record.getModule();
      return module.isNamed()
          ? "module " + module.getName()
          : "the unnamed module of class loader " + record.getClassLoader();
    }
  }

  /** Two trees that must have the same structure differ. */
  public static final class StructureMismatch extends TreeException {
    private static final long serialVersionUID = 1L;

    StructureMismatch(String what, TreeDiff first, TreeDef expected, TreeDef actual) {
      super(
          first.path(),
          what
              + " must have the same structure; they differ first at "
              + first.path().inWords()
              + ": expected "
              + first.expected()
              + ", got "
              + first.actual()
              + ".\n  expected "
              + expected
              + "\n  got      "
              + actual,
          "give both trees the same classes, lengths, keys and static values.");
    }
  }

  /** The number of leaves given to {@code unflatten} is not that of the structure. */
  public static final class LeafCount extends TreeException {
    private static final long serialVersionUID = 1L;

    LeafCount(TreeDef def, int actual) {
      super(
          null,
          "The structure " + def + " has " + def.leafCount() + " leaves, but " + actual + " came.",
          "pass exactly one leaf per '*'.");
    }
  }

  /** A leaf that its record component cannot hold. */
  public static final class LeafType extends TreeException {
    private static final long serialVersionUID = 1L;

    LeafType(TreePath path, Class<?> declared, Object leaf) {
      super(
          path,
          "The component "
              + path.inWords()
              + " is declared as "
              + declared.getTypeName()
              + " and cannot hold a leaf of class "
              + (leaf == null ? "null" : leaf.getClass().getTypeName())
              + ".",
          "return a leaf of the declared class.");
    }
  }

  /** A path that no value of the structure has. */
  public static final class UnknownPath extends TreeException {
    private static final long serialVersionUID = 1L;

    UnknownPath(String path, TreeDef def) {
      super(
          null,
          "No leaf of the tree has the path '"
              + path
              + "'; its leaves are "
              + def.leafPaths()
              + ".",
          "use one of these, or a prefix that ends at a name or bracket.");
    }
  }

  /** A class was registered after trees had already decided how to treat it, or twice. */
  public static final class LateRegistration extends TreeException {
    private static final long serialVersionUID = 1L;

    LateRegistration(Class<?> type, String why) {
      super(
          null,
          "Trees.register(" + type.getTypeName() + ") came too late: " + why + ".",
          "register once, before the first tree with this class, for instance in a static block.");
    }
  }
}
