package dev.jacobi.debug;

import dev.jacobi.lax.LaxTypeException;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with places for values: {@code {}} for the next one, {@code {0}} for one by its number;
 * {@code {{} and {@code }}} are braces.
 *
 * @param parts texts, and numbers of values
 */
record Template(String text, List<Object> parts) {
  Template {
    parts = List.copyOf(parts);
  }

  /** Reads a template for {@code count} values; values that have no place follow at the end. */
  static Template of(String what, String text, int count) {
    List<Object> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int next = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c) {
        plain.append(c);
        i++;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        String name = end < 0 ? "" : text.substring(i + 1, end);
        if (end < 0 || !name.matches("\\d{0,3}")) {
          throw wrong(what, text, "after { a number and } must follow; a brace is written {{");
        }
        int number = name.isEmpty() ? next++ : Integer.parseInt(name);
        if (number >= count) {
          throw wrong(what, text, "it has a place for value " + number + ", but got " + count);
        }
        parts.add(plain.toString());
        parts.add(number);
        plain.setLength(0);
        i = end;
      } else {
        plain.append(c);
      }
    }
    parts.add(plain.toString());
    if (parts.size() == 1 && count > 0) {
      for (int k = 0; k < count; k++) {
        parts.add(k == 0 ? ": " : ", ");
        parts.add(k);
      }
    }
    return new Template(text, parts);
  }

  private static LaxTypeException wrong(String what, String text, String problem) {
    return new LaxTypeException(what, "the message \"" + text + "\" is wrong: " + problem);
  }

  /** The same with a text or another number for each value. */
  Template with(List<Object> values) {
    return new Template(
        text, parts.stream().map(p -> p instanceof Integer k ? values.get(k) : p).toList());
  }

  /** The text with the values at their places. */
  String format(List<?> values) {
    StringBuilder out = new StringBuilder();
    for (Object part : parts) {
      out.append(part instanceof Integer k ? values.get(k) : part);
    }
    return out.toString();
  }
}
