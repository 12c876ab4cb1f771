package dev.jacobi.jaxpr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Text with places where a line may break: a group stays on one line if it fits, else all its own
 * breaks become new lines. The algorithm is that of Wadler, "A prettier printer" (2003).
 */
sealed interface Doc {
  record Text(String text) implements Doc {}

  /** A new line, or {@code flat} where the surrounding group fits on one line. */
  record Break(String flat) implements Doc {}

  record Nest(int indent, Doc doc) implements Doc {}

  record Group(Doc doc) implements Doc {}

  record Concat(List<Doc> docs) implements Doc {}

  static Doc text(String text) {
    return new Text(text);
  }

  static Doc concat(Doc... docs) {
    return new Concat(List.of(docs));
  }

  static Doc join(Doc separator, List<Doc> docs) {
    List<Doc> all = new ArrayList<>();
    for (Doc doc : docs) {
      if (!all.isEmpty()) {
        all.add(separator);
      }
      all.add(doc);
    }
    return new Concat(all);
  }

  /** What remains to be written, at an indentation, flat or not. */
  record Item(int indent, boolean flat, Doc doc) {}

  /** Lays the text out for lines of {@code width} characters. */
  default String layout(int width) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    Deque<Item> rest = new ArrayDeque<>();
    rest.push(new Item(0, false, this));
    while (!rest.isEmpty()) {
      Item item = rest.pop();
      switch (item.doc) {
        case Text t -> {
          out.append(t.text);
          column += t.text.length();
        }
        case Break b when item.flat -> {
          out.append(b.flat);
          column += b.flat.length();
        }
        case Break b -> {
          out.append('\n').append(" ".repeat(item.indent));
          column = item.indent;
        }
        case Nest n -> rest.push(new Item(item.indent + n.indent, item.flat, n.doc));
        case Group g ->
            rest.push(new Item(item.indent, item.flat || fits(g, width - column), g.doc));
        case Concat c ->
            c.docs.reversed().forEach(d -> rest.push(new Item(item.indent, item.flat, d)));
      }
    }
    return out.toString();
  }

  private static boolean fits(Doc doc, int room) {
    int left = room;
    Deque<Doc> rest = new ArrayDeque<>();
    rest.push(doc);
    while (!rest.isEmpty() && left >= 0) {
      switch (rest.pop()) {
        case Text t -> left -= t.text.length();
        case Break b -> left -= b.flat.length();
        case Nest n -> rest.push(n.doc);
        case Group g -> rest.push(g.doc);
        case Concat c -> c.docs.reversed().forEach(rest::push);
      }
    }
    return left >= 0;
  }
}
