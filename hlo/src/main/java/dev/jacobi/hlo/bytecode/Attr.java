package dev.jacobi.hlo.bytecode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An attribute that was read: text of MLIR, or what parts of operations are made of. */
sealed interface Attr {
  /** As MLIR's text has it. */
  String text();

  /** A string as MLIR's text quotes it. */
  static String quoted(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\' || b < ' ' || b == 127) {
        out.append('\\').append("%02X".formatted(b & 0xFF));
      } else {
        out.append((char) b);
      }
    }
    return out.append('"').toString();
  }

  /** A name in a dictionary: bare if it may be. */
  static String key(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_$.]*") ? name : quoted(name);
  }

  /** Text that stands for itself. */
  record Text(String text) implements Attr {}

  /** A string; as text in quotes. */
  record Str(String value) implements Attr {
    @Override
    public String text() {
      return Attr.quoted(value);
    }

    String symbol() {
      return "@" + key(value);
    }
  }

  /** A whole number and its type. */
  record Int(long value, String type) implements Attr {
    @Override
    public String text() {
      return (type.equals("ui64") ? Long.toUnsignedString(value) : value) + " : " + type;
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
              e -> Attr.key(e.getKey()) + (isUnit(e.getValue()) ? "" : " = " + e.getValue().text()))
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
          : "dense<%s> : tensor<%dx%s>".formatted(dense(), values.size(), element);
    }

    /** One number for all that are equal. */
    private String dense() {
      return switch ((int) values.stream().distinct().count()) {
        case 0 -> "";
        case 1 -> values.getFirst().toString();
        default -> list();
      };
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
