package dev.jacobi.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The structure of a tree in Python, without its leaves; prints as JAX's {@code PyTreeDef}. */
public sealed interface PyTree {
  /** The structures below this one. */
  List<PyTree> children();

  /** What this node is, in words. */
  String words();

  /** How Python writes the access to child {@code i}. */
  default String step(int i) {
    return "[" + i + "]";
  }

  /** The number of leaves. */
  default int leafCount() {
    return children().stream().mapToInt(PyTree::leafCount).sum();
  }

  /** JAX's text of a whole structure. */
  default String text() {
    return "PyTreeDef(" + this + ")";
  }

  /** A leaf. */
  record Leaf() implements PyTree {
    @Override
    public List<PyTree> children() {
      return List.of();
    }

    @Override
    public int leafCount() {
      return 1;
    }

    @Override
    public String words() {
      return "an array";
    }

    @Override
    public String toString() {
      return "*";
    }
  }

  /** {@code None}: no leaves. */
  record None() implements PyTree {
    @Override
    public List<PyTree> children() {
      return List.of();
    }

    @Override
    public String words() {
      return "None";
    }

    @Override
    public String toString() {
      return "None";
    }
  }

  /** A tuple. */
  record Tuple(List<PyTree> children) implements PyTree {
    public Tuple {
      children = List.copyOf(children);
    }

    @Override
    public String words() {
      return "a tuple of " + children.size();
    }

    @Override
    public String toString() {
      String inside = String.join(", ", children.stream().map(PyTree::toString).toList());
      return "(" + inside + (children.size() == 1 ? ",)" : ")");
    }
  }

  /** A list. */
  record Sequence(List<PyTree> children) implements PyTree {
    public Sequence {
      children = List.copyOf(children);
    }

    @Override
    public String words() {
      return "a list of " + children.size();
    }

    @Override
    public String toString() {
      return children.toString();
    }
  }

  /** A dict with its keys in the order of the children. */
  record Dict(List<String> keys, List<PyTree> children) implements PyTree {
    public Dict {
      keys = List.copyOf(keys);
      children = List.copyOf(children);
    }

    @Override
    public String step(int i) {
      return "['" + keys.get(i) + "']";
    }

    @Override
    public String words() {
      return "a dict with keys " + keys;
    }

    @Override
    public String toString() {
      List<String> entries =
          IntStream.range(0, keys.size())
              .mapToObj(i -> "'" + keys.get(i) + "': " + children.get(i))
              .toList();
      return "{" + String.join(", ", entries) + "}";
    }
  }

  /**
   * A class that was registered in Python.
   *
   * @param name the name under which it was registered for serialization
   * @param aux what Python wrote of its static part; the names of the fields for a namedtuple
   */
  record Custom(String name, Aux aux, List<PyTree> children) implements PyTree {
    public Custom {
      children = List.copyOf(children);
    }

    /** The children's names, if the class says them. */
    Optional<List<String>> fields() {
      return aux.names().filter(names -> names.size() == children.size());
    }

    @Override
    public String step(int i) {
      return fields().map(names -> "." + names.get(i)).orElse("[" + i + "]");
    }

    @Override
    public String words() {
      return "a " + name + fields().map(names -> " with fields " + names).orElse("");
    }

    @Override
    public String toString() {
      return "CustomNode(" + name + "[" + aux + "], " + children + ")";
    }
  }

  /**
   * The static part of a custom node as Python's registration wrote it: of a namedtuple and an
   * OrderedDict a JSON list of names, else bytes that only that registration understands.
   *
   * @param text each byte as one character
   */
  record Aux(String text) {
    private static final Pattern NAME = Pattern.compile("\\G\\s*\"([^\"\\\\]*)\"\\s*(,|$)");

    /** The names of a namedtuple's fields, without characters that JSON escapes. */
    static Aux ofNames(List<String> names) {
      List<String> quoted = names.stream().map(name -> '"' + name + '"').toList();
      return new Aux(recoded(quoted.toString(), UTF_8, ISO_8859_1));
    }

    private static String recoded(String text, Charset from, Charset to) {
      return new String(text.getBytes(from), to);
    }

    /** The names, if the bytes are a JSON list of strings without escapes. */
    Optional<List<String>> names() {
      String json = recoded(text, ISO_8859_1, UTF_8).trim();
      if (!json.startsWith("[") || !json.endsWith("]") || json.length() < 2) {
        return Optional.empty();
      }
      String inside = json.substring(1, json.length() - 1).trim();
      List<String> names = new ArrayList<>();
      Matcher matcher = NAME.matcher(inside);
      int end = 0;
      while (end < inside.length() && matcher.find()) {
        names.add(matcher.group(1));
        end = matcher.end();
      }
      return end == inside.length() ? Optional.of(names) : Optional.empty();
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
