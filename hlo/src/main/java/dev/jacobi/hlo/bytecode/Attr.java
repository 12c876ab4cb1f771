package dev.jacobi.hlo.bytecode;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An attribute that was read: text of MLIR, or what parts of operations are made of. */
sealed interface Attr {
  /** As MLIR's text has it. */
  String text();

  /** Text that stands for itself. */
  record Text(String text) implements Attr {}

  /** A string; as text in quotes. */
  record Str(String value) implements Attr {
    @Override
    public String text() {
      return Quoted.of(value);
    }

    String symbol() {
      return "@" + Quoted.of(value);
    }
  }

  /** A whole number and its type. */
  record Int(long value, String type) implements Attr {
    @Override
    public String text() {
      return value + " : " + type;
    }
  }

  /** A list of attributes. */
  record Array(List<Attr> elements) implements Attr {
    @Override
    public String text() {
      return elements.stream().map(Attr::text).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** Attributes by name. */
  record Dict(Map<String, Attr> entries) implements Attr {
    @Override
    public String text() {
      return entries.entrySet().stream()
          .map(
              e ->
                  Quoted.key(e.getKey())
                      + (isUnit(e.getValue()) ? "" : " = " + e.getValue().text()))
          .collect(Collectors.joining(", ", "{", "}"));
    }

    private static boolean isUnit(Attr a) {
      return a instanceof Text t && t.text.equals("unit");
    }
  }

  /**
   * A list of 64-bit numbers: VHLO has a tensor where StableHLO's operations have an array.
   *
   * @param isArray whether it was one already
   */
  record Longs(List<Long> values, String element, boolean isArray) implements Attr {
    @Override
    public String text() {
      return isArray
          ? array()
          : "dense<%s> : tensor<%dx%s>"
              .formatted(values.isEmpty() ? "" : list(), values.size(), element);
    }

    String array() {
      return values.isEmpty()
          ? "array<i64>"
          : "array<i64: " + list().substring(1).replace("]", ">");
    }

    String list() {
      return values.toString();
    }
  }

  /** A type. */
  record OfType(String text) implements Attr {
    boolean isNone() {
      return text.equals("none");
    }
  }

  /** An attribute in another dialect's own encoding, such as a sharding; dictionaries drop it. */
  record Opaque(String dialect) implements Attr {
    @Override
    public String text() {
      return "#" + dialect + "<>";
    }
  }
}
