package dev.jacobi.export;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.tree.TreeDef;
import dev.jacobi.tree.TreeException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The Java tree that a Python tree becomes, by the type that is asked for: see {@link TreeMatch}.
 * Where no type says otherwise, tuples and lists become lists, dicts and namedtuples become maps.
 *
 * @param places for each leaf of the Java tree its place among the Python tree's
 */
record TreeTarget(TreeDef def, List<Integer> places) {
  /**
   * The tree of a type for a Python tree.
   *
   * @throws ExportException.StructureMismatch if the type cannot hold it, naming the path
   */
  static TreeTarget of(PyTree python, Type type, String path) {
    List<Integer> places = new ArrayList<>();
    TreeDef def = new Builder(places).build(python, type, 0, path);
    return new TreeTarget(def, List.copyOf(places));
  }

  /** The Java tree with these leaves of the Python tree. */
  Object build(List<Array> leaves) {
    return TreeFn.unflatten(List.of(def), places.stream().map(leaves::get).toList())[0];
  }

  private record Builder(List<Integer> places) {
    TreeDef build(PyTree python, Type type, int first, String path) {
      Class<?> raw = raw(type);
      if (raw == Optional.class) {
        return python instanceof PyTree.None
            ? TreeDef.optional()
            : TreeDef.optional(build(python, argument(type, 0), first, path));
      }
      return switch (python) {
        case PyTree.Leaf leaf -> {
          require(raw.isAssignableFrom(Array.class) || raw == Key.class, python, type, path);
          places.add(first);
          yield TreeDef.leaf();
        }
        case PyTree.None none -> {
          require(raw == Object.class, python, type, path);
          yield TreeDef.optional();
        }
        case PyTree.Tuple tuple -> sequence(tuple, type, first, path);
        case PyTree.Sequence list -> sequence(list, type, first, path);
        case PyTree.Dict dict -> named(dict, type, first, path);
        case PyTree.Custom custom -> {
          Optional<Class<?>> registered =
              raw == Object.class ? NodeTypes.typeOf(custom.name()) : Optional.empty();
          Type target = registered.<Type>map(c -> c).orElse(type);
          yield custom.fields().isPresent()
              ? named(custom, target, first, path)
              : sequence(custom, target, first, path);
        }
      };
    }

    private TreeDef sequence(PyTree python, Type type, int first, String path) {
      Class<?> raw = raw(type);
      List<TreeDef> children = new ArrayList<>();
      if (raw.isRecord()) {
        RecordComponent[] components = components(raw, python, path);
        for (int i = 0; i < components.length; i++) {
          children.add(child(python, i, components[i].getGenericType(), first, path));
        }
        return record(raw, children, python, path);
      }
      require(raw.isAssignableFrom(List.class), python, type, path);
      for (int i = 0; i < python.children().size(); i++) {
        children.add(child(python, i, argument(type, 0), first, path));
      }
      return TreeDef.list(children.toArray(TreeDef[]::new));
    }

    private TreeDef named(PyTree python, Type type, int first, String path) {
      Class<?> raw = raw(type);
      List<String> keys = TreeMatch.namesOf(python);
      List<TreeDef> children = new ArrayList<>();
      if (raw.isRecord()) {
        for (RecordComponent component : components(raw, python, path)) {
          int at = NodeTypes.indexOf(keys, component.getName());
          require(at >= 0, python, type, path);
          children.add(child(python, at, component.getGenericType(), first, path));
        }
        return record(raw, children, python, path);
      }
      require(raw.isAssignableFrom(Map.class), python, type, path);
      List<Integer> sorted =
          IntStream.range(0, keys.size()).boxed().sorted(Comparator.comparing(keys::get)).toList();
      sorted.forEach(i -> children.add(child(python, i, argument(type, 1), first, path)));
      return TreeDef.map(sorted.stream().map(keys::get).toList(), children);
    }

    private TreeDef child(PyTree python, int i, Type type, int first, String path) {
      int from = first + TreeMatch.leavesBefore(python, i);
      return build(python.children().get(i), type, from, path + python.step(i));
    }

    private static RecordComponent[] components(Class<?> type, PyTree python, String path) {
      RecordComponent[] components = type.getRecordComponents();
      require(components.length == python.children().size(), python, type, path);
      return components;
    }

    private static TreeDef record(
        Class<?> type, List<TreeDef> children, PyTree python, String path) {
      try {
        return TreeDef.record(type, children);
      } catch (TreeException e) {
        throw new ExportException.StructureMismatch(
            path + " is " + python.words() + " and cannot become a record: " + e.getMessage());
      }
    }

    private static void require(boolean fits, PyTree python, Type type, String path) {
      if (!fits) {
        throw new ExportException.StructureMismatch(
            path
                + " is "
                + python.words()
                + " when exported, which a "
                + type.getTypeName()
                + " cannot hold.\n  exported "
                + python.text());
      }
    }
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> c -> c;
      case ParameterizedType p -> raw(p.getRawType());
      case WildcardType w -> raw(w.getUpperBounds()[0]);
      default -> Object.class; // a type variable: anything
    };
  }

  private static Type argument(Type type, int i) {
    return type instanceof ParameterizedType p ? p.getActualTypeArguments()[i] : Object.class;
  }
}
