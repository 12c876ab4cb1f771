package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of a function by their names in the text; a region's names end with it. */
final class Scope {
  private static final int MAX_DEPTH = 256;

  private final Map<String, List<Value>> values = new HashMap<>();
  private final Deque<List<String>> regions = new ArrayDeque<>();

  Scope() {
    regions.push(new ArrayList<>());
  }

  /** Begins a region. */
  void enter(Reader in) {
    if (regions.size() > MAX_DEPTH) {
      throw in.error("regions are nested deeper than " + MAX_DEPTH);
    }
    regions.push(new ArrayList<>());
  }

  /** Ends a region. */
  void exit() {
    regions.pop().forEach(values::remove);
  }

  void define(Lexer lexer, int position, String name, List<Value> group) {
    if (values.putIfAbsent(name, group) != null) {
      throw lexer.error(name + " is defined twice", position);
    }
    regions.element().add(name);
  }

  /** Reads a use: {@code %0}, or {@code %0#1} for one of several results. */
  Value use(Reader in) {
    Lexer lexer = in.lexer();
    int at = lexer.start();
    boolean numbered = lexer.isFollowedBy('#');
    String name = in.take(Kind.VALUE, "a value such as %0");
    List<Value> group = values.get(name);
    if (group == null) {
      throw lexer.error(name + " is not defined here", at);
    }
    int number = 0;
    if (numbered) {
      String digits = in.take(Kind.HASH, "the number of a result").substring(1);
      if (!digits.matches("[0-9]{1,9}")) {
        throw lexer.error("the number of a result must follow #", at);
      }
      number = Integer.parseInt(digits);
    }
    if (number >= group.size()) {
      throw lexer.error(name + " has " + group.size() + " results", at);
    }
    return group.get(number);
  }
}
