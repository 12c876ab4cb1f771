package dev.jacobi.hlo.text;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Types in text. Those that the program representation lacks are named in the exception. */
final class Types {
  /** Builtin types, whether supported or not. */
  private static final Pattern NAMES =
      Pattern.compile("(i|si|ui|f|bf|tf)[0-9]\\w*|complex|index|memref|none|tensor|tuple|vector");

  private final Reader in;

  Types(Reader in) {
    this.in = in;
  }

  /**
   * What follows an operation's colon.
   *
   * @param operands types of the operands, where the text says them apart from the results'
   * @param results types of the results, or of operands and results alike
   */
  record Signature(Optional<List<TensorType>> operands, List<TensorType> results) {}

  /** {@code (t, t) -> t}, {@code t, t -> t}, {@code t, t} or {@code t}. */
  Signature signature() {
    if (in.is('(')) {
      List<TensorType> operands = parenthesized();
      expectArrow();
      return new Signature(Optional.of(operands), oneOrMore());
    }
    List<TensorType> types = new ArrayList<>();
    do {
      types.add(type());
    } while (in.accept(','));
    return in.accept(Kind.ARROW)
        ? new Signature(Optional.of(types), oneOrMore())
        : new Signature(Optional.empty(), types);
  }

  void expectArrow() {
    if (!in.accept(Kind.ARROW)) {
      throw in.error("expected '->'");
    }
  }

  /** {@code (t, t)} or {@code t}. */
  List<TensorType> oneOrMore() {
    return in.is('(') ? parenthesized() : List.of(type());
  }

  List<TensorType> parenthesized() {
    List<TensorType> types = new ArrayList<>();
    in.list('(', ')', () -> types.add(type()));
    return types;
  }

  /** {@code tensor<2x?x3xf32>}. */
  TensorType type() {
    if (!in.is("tensor")) {
      throw isType() ? unsupported() : in.error("expected a type");
    }
    in.lexer().next();
    if (!in.is('<')) {
      throw in.error("expected '<'");
    }
    Shape shape = Shape.of(sizes());
    Element element = elementType();
    if (in.is(',')) {
      throw in.lexer().unsupported("type tensor with an encoding");
    }
    in.expect('>');
    return new TensorType(element, shape);
  }

  /** Whether a word is the name of a type of elements, but for complex ones. */
  static boolean isElement(String word) {
    return word.equals("index") || Element.ofMlir(word).isPresent();
  }

  private boolean isType() {
    return in.kind() == Kind.BANG
        || in.kind() == Kind.WORD && NAMES.matcher(in.lexer().text()).matches();
  }

  private UnsupportedOpException unsupported() {
    String name = in.lexer().text();
    return in.lexer().unsupported("type " + name);
  }

  /** Dimensions are not tokens ({@code 0x3xf32} would begin like a hexadecimal number). */
  private long[] sizes() {
    Lexer lexer = in.lexer();
    byte[] source = lexer.source();
    long[] sizes = new long[8];
    int rank = 0;
    int i = lexer.end();
    while (i < source.length && (Lexer.isDigit(source[i]) || source[i] == '?')) {
      int begin = i;
      long size = Shape.DYNAMIC;
      if (source[i] == '?') {
        i++;
      } else {
        for (size = 0; i < source.length && Lexer.isDigit(source[i]); i++) {
          size = size * 10 + source[i] - '0';
          if (size > Integer.MAX_VALUE * 65536L) {
            throw lexer.error("this dimension is too large", begin);
          }
        }
      }
      if (i >= source.length || source[i] != 'x') {
        throw lexer.error("expected 'x' after a dimension", i);
      }
      i++;
      if (rank == sizes.length) {
        sizes = Arrays.copyOf(sizes, 2 * rank);
      }
      sizes[rank++] = size;
    }
    lexer.moveTo(i);
    if (lexer.is('*')) {
      throw lexer.unsupported("type tensor without a rank");
    }
    return Arrays.copyOf(sizes, rank);
  }

  private Element elementType() {
    if (!isType()) {
      throw in.error("expected an element type");
    }
    String name = in.lexer().text();
    if (in.is("complex")) {
      int at = in.lexer().start();
      in.lexer().next();
      in.expect('<');
      name = "complex<" + in.take(Kind.WORD, "an element type") + ">";
      if (DType.ofMlir(name).isEmpty()) {
        in.lexer().moveTo(at);
        throw in.lexer().unsupported("type " + name);
      }
      in.expect('>');
      return DType.ofMlir(name).orElseThrow();
    }
    Element element = Element.ofMlir(name).orElseThrow(this::unsupported);
    in.lexer().next();
    return element;
  }
}
