package dev.jacobi.tree;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the declared types of a record's components say.
 *
 * @param type the record's class
 * @param components in order
 */
record RecordLayout(Class<?> type, List<Component> components) {
  private static final Set<Class<?>> SORTED =
      Set.of(SequencedMap.class, SortedMap.class, NavigableMap.class);

  /** A generated constructor call takes one slot a component; a method has at most 255. */
  private static final int LIMIT = 250;

  /**
   * One component.
   *
   * @param name its name
   * @param declared its erased type
   * @param role what that type says
   */
  record Component(String name, Class<?> declared, Role role) {}

  /** How generated code treats a component. */
  enum Role {
    LEAF,
    STATIC,
    /** A record, whose code is called directly. */
    RECORD,
    /** Anything whose run-time class decides: containers, interfaces, type variables, Object. */
    ANY
  }

  static RecordLayout of(Class<?> type) {
    RecordComponent[] declared = type.getRecordComponents();
    if (declared.length > LIMIT) {
      throw new TreeException.TooManyComponents(type, declared.length, LIMIT);
    }
    List<Component> components = new ArrayList<>();
    for (RecordComponent c : declared) {
      checkBuildable(type, c);
      components.add(new Component(c.getName(), c.getType(), roleOf(type, c.getType())));
    }
    return new RecordLayout(type, List.copyOf(components));
  }

  String name(int i) {
    return components.get(i).name();
  }

  private static Role roleOf(Class<?> owner, Class<?> declared) {
    if (Leaf.class.isAssignableFrom(declared)) {
      return Role.LEAF;
    }
    if (Codecs.isStaticType(declared)) {
      return Role.STATIC;
    }
    // A record that contains itself gets a codec only once the first one is complete.
    return declared.isRecord() && !reaches(declared, owner, new HashSet<>())
        ? Role.RECORD
        : Role.ANY;
  }

  private static boolean reaches(Class<?> from, Class<?> to, Set<Class<?>> seen) {
    if (from == to) {
      return true;
    }
    if (!from.isRecord() || !seen.add(from)) {
      return false;
    }
    for (RecordComponent c : from.getRecordComponents()) {
      if (reaches(c.getType(), to, seen)) {
        return true;
      }
    }
    return false;
  }

  private static void checkBuildable(Class<?> record, RecordComponent c) {
    for (Class<?> rebuilt : List.of(List.class, Map.class, Optional.class)) {
      boolean container = rebuilt.isAssignableFrom(c.getType());
      boolean fits = c.getType() == rebuilt || SORTED.contains(c.getType());
      if (container && !fits) {
        throw new TreeException.UnbuildableComponent(record, c.getName(), c.getType(), rebuilt);
      }
    }
  }
}
