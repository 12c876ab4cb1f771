package dev.jacobi.hlo.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Values of attributes that operations keep as MLIR text. All methods throw {@link
 * HloSyntaxException} if the text is something else.
 */
public final class AttrText {
  private AttrText() {}

  private static Reader reader(String text) {
    return new Reader(new Lexer("<attribute>", text.getBytes(UTF_8)));
  }

  /** What {@code "..."} says. */
  public static String string(String text) {
    return reader(text).string();
  }

  /** The numbers of {@code dense<...> : tensor<...>}, row by row. */
  public static Longs integers(String text) {
    Literal l = new Dense(reader(text)).literal();
    return Longs.of(LongStream.range(0, l.shape().size()).map(l::getLong).toArray());
  }

  /** The texts of the elements of {@code [a, b]}. */
  public static List<String> elements(String text) {
    Reader in = reader(text);
    List<String> elements = new ArrayList<>();
    in.list('[', ']', () -> elements.add(in.text(in.skipValue(true))));
    return elements;
  }

  /** The name of {@code @name}. */
  public static String symbol(String text) {
    return reader(text).symbol();
  }

  /** The texts of the values of {@code {name = value}}. */
  public static Map<String, String> dictionary(String text) {
    return reader(text).textDictionary();
  }
}
