package dev.jacobi.hlo.text;

import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tokens with what every rule of the grammar needs: expectations, spans, lists, dictionaries. */
final class Reader {
  private final Lexer lexer;

  Reader(Lexer lexer) {
    this.lexer = lexer;
  }

  Lexer lexer() {
    return lexer;
  }

  Kind kind() {
    return lexer.kind();
  }

  boolean is(char mark) {
    return lexer.is(mark);
  }

  boolean is(String word) {
    return lexer.is(word);
  }

  HloSyntaxException error(String message) {
    return lexer.error(message);
  }

  /** Steps over this mark if it is the token. */
  boolean accept(char mark) {
    boolean found = lexer.is(mark);
    if (found) {
      lexer.next();
    }
    return found;
  }

  /** Steps over this word if it is the token. */
  boolean accept(String word) {
    boolean found = lexer.is(word);
    if (found) {
      lexer.next();
    }
    return found;
  }

  boolean accept(Kind kind) {
    boolean found = lexer.kind() == kind;
    if (found) {
      lexer.next();
    }
    return found;
  }

  void expect(char mark) {
    if (!accept(mark)) {
      throw error("expected '" + mark + "'" + found());
    }
  }

  void expect(String word) {
    if (!accept(word)) {
      throw error("expected '" + word + "'" + found());
    }
  }

  /** Takes the token's text, which must be of a kind. */
  String take(Kind kind, String what) {
    if (lexer.kind() != kind) {
      throw error("expected " + what + found());
    }
    String text = lexer.text();
    lexer.next();
    return text;
  }

  private String found() {
    return lexer.kind() == Kind.END ? ", but the text ends" : "";
  }

  /** A quoted string's value. */
  String string() {
    if (kind() != Kind.STRING) {
      throw error("expected a string" + found());
    }
    String value = lexer.unquote(lexer.start(), lexer.end());
    lexer.next();
    return value;
  }

  /** A symbol's name without {@code @} and quotes. */
  String symbol() {
    if (kind() != Kind.SYMBOL) {
      throw error("expected a name with @" + found());
    }
    int from = lexer.start() + 1;
    String name =
        lexer.source()[from] == '"'
            ? lexer.unquote(from, lexer.end())
            : lexer.text(from, lexer.end());
    lexer.next();
    return name;
  }

  /** An integer with an optional sign; hexadecimal digits give the pattern. */
  long integer() {
    boolean negative = accept('-');
    int at = lexer.start();
    String text = take(Kind.INTEGER, "an integer");
    try {
      long value =
          text.startsWith("0x")
              ? Long.parseUnsignedLong(text, 2, text.length(), 16)
              : Long.parseUnsignedLong(text);
      return negative ? -value : value;
    } catch (NumberFormatException e) {
      throw lexer.error("this integer does not fit 64 bits", at);
    }
  }

  /** {@code [1, -2, 3]}. */
  long[] bracketed() {
    List<Long> values = new ArrayList<>();
    list('[', ']', () -> values.add(integer()));
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** {@code open item, item, ... close}, possibly empty. */
  void list(char open, char close, Runnable item) {
    expect(open);
    if (accept(close)) {
      return;
    }
    do {
      item.run();
    } while (accept(','));
    expect(close);
  }

  /** Runs a rule at an earlier or later position and comes back. */
  <T> T at(Span span, Supplier<T> rule) {
    int here = lexer.start();
    lexer.moveTo(span.start());
    T value = rule.get();
    lexer.moveTo(here);
    return value;
  }

  String text(Span span) {
    return lexer.text(span.start(), span.end());
  }

  /** Steps over one token, or over everything from an opening bracket to its closing one. */
  Span skipGroup() {
    int from = lexer.start();
    int depth = 0;
    int to;
    do {
      if (kind() == Kind.END) {
        throw lexer.error("this bracket is not closed", from);
      }
      if (kind() == Kind.PUNCTUATION) {
        switch (lexer.source()[lexer.start()]) {
          case '(', '[', '{', '<' -> depth++;
          case ')', ']', '}', '>' -> depth--;
          default -> {}
        }
      }
      if (depth < 0) {
        throw error("a value must stand here");
      }
      to = lexer.end();
      lexer.next();
    } while (depth > 0);
    return new Span(from, to);
  }

  /**
   * Steps over an attribute's value: up to a comma or closing bracket, and, outside of
   * dictionaries, up to a colon or an attribute dictionary.
   */
  Span skipValue(boolean inDictionary) {
    int from = lexer.start();
    int to = skipGroup().end();
    while (!is(',') && !is('}') && !is(')') && !is(']') && !is('>') && kind() != Kind.END) {
      if (!inDictionary && (is(':') || is('{'))) {
        break;
      }
      to = skipGroup().end();
    }
    return new Span(from, to);
  }

  /** Steps over {@code dense<...> : type}. */
  Span skipConstant() {
    int from = lexer.start();
    if (!is("dense") && !is("dense_resource")) {
      throw error("expected dense<...>");
    }
    skipGroup();
    skipGroup();
    expect(':');
    skipGroup();
    if (!is('<')) {
      throw error("expected '<'");
    }
    return new Span(from, skipGroup().end());
  }

  /** {@code {name = value, "name" = value, unit}}. */
  Map<String, Span> dictionary() {
    Map<String, Span> entries = new LinkedHashMap<>();
    list(
        '{',
        '}',
        () -> {
          String name =
              kind() == Kind.STRING ? string() : take(Kind.WORD, "the name of an attribute");
          Span value = accept('=') ? skipValue(true) : new Span(lexer.start(), lexer.start());
          if (entries.put(name, value) != null) {
            throw error("attribute " + name + " is given twice");
          }
        });
    return entries;
  }

  /** A dictionary with the values' text; Shardy's entries, which name meshes, are left out. */
  Map<String, String> textDictionary() {
    Map<String, String> texts = new LinkedHashMap<>();
    dictionary()
        .forEach(
            (name, span) -> {
              if (!name.equals("sdy.sharding")) {
                texts.put(name, text(span));
              }
            });
    return texts;
  }
}
