package dev.jacobi.export;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The records that stand for classes registered in Python, and how components are named there. */
final class NodeTypes {
  private static final Map<Class<?>, String> NAMES = new ConcurrentHashMap<>();
  private static final Map<String, Class<?>> TYPES = new ConcurrentHashMap<>();

  private NodeTypes() {}

  static synchronized void register(Class<?> type, String name) {
    String before = NAMES.get(type);
    Class<?> other = TYPES.get(name);
    if (before != null && !before.equals(name) || other != null && other != type) {
      throw new ExportException.StructureMismatch(
          "the serialization of "
              + type.getTypeName()
              + " as '"
              + name
              + "' is registered already: "
              + (other != null ? other.getTypeName() : "as '" + before + "'"));
    }
    NAMES.put(type, name);
    TYPES.put(name, type);
  }

  static Optional<String> nameOf(Class<?> type) {
    return Optional.ofNullable(NAMES.get(type));
  }

  static Optional<Class<?>> typeOf(String name) {
    return Optional.ofNullable(TYPES.get(name));
  }

  static List<String> components(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** Where the entry of a component is among keys: under its name, or under that in snake case. */
  static int indexOf(List<String> keys, String component) {
    int exact = keys.indexOf(component);
    return exact >= 0
        ? exact
        : keys.indexOf(component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
  }
}
