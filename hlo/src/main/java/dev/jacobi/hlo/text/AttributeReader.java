package dev.jacobi.hlo.text;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads attributes; see {@link Attribute}. */
final class AttributeReader {
  private static final int MAX_DEPTH = 200;

  private final Reader in;
  private int depth;

  private AttributeReader(Reader in) {
    this.in = in;
  }

  static Attribute read(byte[] text) {
    Reader in = new Reader(new Lexer("<attribute>", text));
    if (in.kind() == Kind.END) {
      return new Attribute.Unit();
    }
    Attribute attribute = new AttributeReader(in).attribute();
    if (in.kind() != Kind.END) {
      throw in.error("expected the end of the attribute");
    }
    return attribute;
  }

  private Attribute attribute() {
    if (++depth > MAX_DEPTH) {
      throw in.error("attributes nested more than " + MAX_DEPTH + " deep");
    }
    Attribute read =
        switch (in.kind()) {
          case STRING -> new Attribute.Str(in.string());
          case SYMBOL -> new Attribute.Symbol(in.symbol());
          case INTEGER, FLOAT -> number();
          case PUNCTUATION -> in.is('[') ? sequence() : in.is('{') ? dictionary() : number();
          case WORD -> word();
          case VALUE, HASH, BANG, LABEL, ARROW, END -> other();
        };
    depth--;
    return read;
  }

  private Attribute sequence() {
    List<Attribute> elements = new ArrayList<>();
    in.list('[', ']', () -> elements.add(attribute()));
    return new Attribute.Sequence(elements);
  }

  private Attribute dictionary() {
    Map<String, Attribute> entries = new TreeMap<>();
    in.dictionary()
        .forEach(
            (name, span) ->
                entries.put(
                    name, span.isEmpty() ? new Attribute.Unit() : in.at(span, this::attribute)));
    return new Attribute.Dictionary(entries);
  }

  private Attribute word() {
    if (in.accept("true")) {
      return new Attribute.Bool(true);
    }
    if (in.accept("false")) {
      return new Attribute.Bool(false);
    }
    if (in.accept("unit")) {
      return new Attribute.Unit();
    }
    if (in.is("array")) {
      return numbers();
    }
    if (in.is("dense")) {
      Span span = in.skipConstant();
      String text = in.text(span);
      return in.at(
          span,
          () ->
              text.matches("(?s).*x\\s*index\\s*>")
                  ? indices()
                  : new Attribute.Dense(new Dense(in).literal()));
    }
    if (in.is("tensor")) {
      return new Attribute.ArrayType(new Types(in).type());
    }
    return Types.isElement(in.lexer().text())
        ? new Attribute.ElementType(in.take(Kind.WORD, "a type"))
        : other();
  }

  /** {@code array<i64: 1, 2>}. */
  private Attribute numbers() {
    in.expect("array");
    in.expect('<');
    String type = in.take(Kind.WORD, "an element type");
    List<Long> values = new ArrayList<>();
    if (in.accept(':')) {
      do {
        values.add(in.accept("true") ? 1L : in.accept("false") ? 0L : in.integer());
      } while (in.accept(','));
    }
    in.expect('>');
    return new Attribute.Numbers(type, values);
  }

  /** {@code dense<[1, 0]> : tensor<2xindex>}, or with one number for all. */
  private Attribute indices() {
    in.expect("dense");
    in.expect('<');
    List<Long> stated = new ArrayList<>();
    if (in.is('[')) {
      in.list('[', ']', () -> stated.add(in.integer()));
    } else if (!in.is('>')) {
      stated.add(in.integer());
    }
    in.expect('>');
    in.expect(':');
    in.expect("tensor");
    String type = in.text(in.skipGroup());
    if (!type.matches("<\\s*\\d{1,6}\\s*x\\s*index\\s*>")) {
      throw in.error("expected a list of indices");
    }
    int count = Integer.parseInt(type.replaceAll("\\D", ""));
    boolean repeated = stated.size() == 1;
    if (!repeated && stated.size() != count) {
      throw in.error(stated.size() + " numbers for " + count);
    }
    return new Attribute.Indices(repeated ? Collections.nCopies(count, stated.getFirst()) : stated);
  }

  private Attribute number() {
    int from = in.lexer().start();
    boolean negative = in.is('-');
    if (negative) {
      in.lexer().next();
    }
    boolean hex = in.kind() == Kind.INTEGER && in.lexer().text().startsWith("0x");
    boolean whole = in.kind() == Kind.INTEGER;
    if (!whole && in.kind() != Kind.FLOAT) {
      throw in.error("expected an attribute");
    }
    long digits = whole ? in.integer() : 0;
    if (!whole) {
      in.lexer().next();
    }
    int to = from + in.lexer().text(from, in.lexer().start()).stripTrailing().length();
    String type = in.accept(':') ? in.take(Kind.WORD, "a type") : whole ? "i64" : "f64";
    boolean real = DType.ofMlir(type).filter(DType::isFloat).isPresent();
    if (whole && !real) {
      return new Attribute.Int(negative ? -digits : digits, type);
    }
    Literal value =
        ChloForms.number(in.lexer().text(from, to) + " : " + type)
            .filter(v -> real && (!whole || hex))
            .orElseThrow(() -> in.lexer().error("a number that is none of type " + type, from));
    return new Attribute.Real(value);
  }

  /** Up to a comma or a closing bracket. */
  private Attribute other() {
    if (in.kind() == Kind.END) {
      throw in.error("expected an attribute");
    }
    return new Attribute.Other(in.text(in.skipValue(true)));
  }
}
