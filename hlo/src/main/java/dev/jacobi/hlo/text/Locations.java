package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.HashMap;
import java.util.Map;

/**
 * Locations: the first file and line in {@code loc(...)}, which is the innermost one of a call
 * stack. Aliases such as {@code #loc1} are often defined at the end of a text; they are looked up
 * when the first one is met.
 */
final class Locations {
  private static final int MAX_DEPTH = 200;

  private final Reader in;
  private final Map<String, Loc> known = new HashMap<>();
  private Map<String, Span> aliases;

  Locations(Reader in) {
    this.in = in;
  }

  /** Reads {@code loc(...)} if it stands here. */
  Loc optional() {
    if (!in.accept("loc")) {
      return Loc.UNKNOWN;
    }
    if (!in.is('(')) {
      throw in.error("expected '('");
    }
    return find(in.skipGroup(), 0);
  }

  private Loc find(Span span, int depth) {
    if (depth > MAX_DEPTH) {
      throw in.error("locations refer to each other without end");
    }
    return in.at(span, () -> scan(span, depth));
  }

  private Loc scan(Span span, int depth) {
    Lexer lexer = in.lexer();
    while (lexer.start() < span.end() && in.kind() != Kind.END) {
      if (in.kind() == Kind.STRING && lexer.isFollowedBy(':')) {
        String file = in.string();
        in.expect(':');
        if (in.kind() == Kind.INTEGER) {
          return new Loc(file, (int) Math.min(in.integer(), Integer.MAX_VALUE));
        }
      } else if (in.kind() == Kind.HASH) {
        Loc loc = alias(in.take(Kind.HASH, "a location"), depth);
        if (loc.isKnown()) {
          return loc;
        }
      } else {
        lexer.next();
      }
    }
    return Loc.UNKNOWN;
  }

  private Loc alias(String name, int depth) {
    Loc seen = known.get(name);
    if (seen != null) {
      return seen;
    }
    if (aliases == null) {
      aliases = definitions();
    }
    Span span = aliases.get(name);
    Loc loc = span == null ? Loc.UNKNOWN : find(span, depth + 1);
    known.put(name, loc);
    return loc;
  }

  /** Lines that begin with {@code #name = }, by name. */
  private Map<String, Span> definitions() {
    Map<String, Span> found = new HashMap<>();
    byte[] source = in.lexer().source();
    for (int i = 0; i < source.length; i++) {
      if (source[i] == '#' && (i == 0 || source[i - 1] == '\n')) {
        int at = i;
        int name = at + 1;
        while (name < source.length && source[name] > ' ' && source[name] != '=') {
          name++;
        }
        while (i < source.length && source[i] != '\n') {
          i++;
        }
        found.put(in.lexer().text(at, name), new Span(name, i));
      }
    }
    return found;
  }
}
