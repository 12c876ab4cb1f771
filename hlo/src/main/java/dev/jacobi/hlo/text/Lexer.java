package dev.jacobi.hlo.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jacobi.hlo.Loc;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Splits UTF-8 source into MLIR's tokens, one at a time and in place: a token is a kind and two
 * positions, so that a constant of megabytes costs no objects.
 */
final class Lexer {
  enum Kind {
    /** {@code stablehlo.add}, {@code i32}, {@code true}. */
    WORD,
    /** {@code %0}, {@code %arg1}. */
    VALUE,
    /** {@code @main}, {@code @"quoted name"}. */
    SYMBOL,
    /** {@code #loc1}, {@code #stablehlo.gather}; also the {@code #1} of {@code %0#1}. */
    HASH,
    /** {@code !stablehlo.token}. */
    BANG,
    /** {@code ^bb0}. */
    LABEL,
    STRING,
    INTEGER,
    FLOAT,
    ARROW,
    PUNCTUATION,
    END
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final String file;
  private final byte[] source;
  private Kind kind = Kind.END;
  private int start;
  private int end;

  /** The last long string: it is met again whenever a rule goes back to it. */
  // How far lines have been counted, their number, and where the last one begins.
  private int counted;

  private int lines = 1;
  private int lineStart;
  private Span longString = new Span(0, 0);

  Lexer(String file, byte[] source) {
    this.file = file;
    this.source = source;
    next();
  }

  Kind kind() {
    return kind;
  }

  /** First byte of the token. */
  int start() {
    return start;
  }

  /** Past the last byte of the token. */
  int end() {
    return end;
  }

  byte[] source() {
    return source;
  }

  /** The token as written. */
  String text() {
    return text(start, end);
  }

  String text(int from, int to) {
    return new String(source, from, to - from, UTF_8);
  }

  /** Whether the token is this punctuation mark. */
  boolean is(char mark) {
    return kind == Kind.PUNCTUATION && source[start] == mark;
  }

  /** Whether the token is this word. */
  boolean is(String word) {
    return kind == Kind.WORD && matches(word);
  }

  private boolean matches(String word) {
    if (end - start != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (source[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a byte directly follows the token. */
  boolean isFollowedBy(char mark) {
    return end < source.length && source[end] == mark;
  }

  HloSyntaxException error(String message) {
    return error(message, start);
  }

  HloSyntaxException error(String message, int position) {
    return new HloSyntaxException(message, Place.of(file, source, position));
  }

  UnsupportedOpException unsupported(String what) {
    return new UnsupportedOpException(what, Place.of(file, source, start).toString());
  }

  /** The place of a position in this text; cheap if positions rise. */
  Loc place(int position) {
    if (position < counted) {
      counted = 0;
      lines = 1;
      lineStart = 0;
    }
    for (; counted < position; counted++) {
      if (source[counted] == '\n') {
        lines++;
        lineStart = counted + 1;
      }
    }
    return new Loc(file, lines, position - lineStart + 1);
  }

  /** Continues at a position. */
  void moveTo(int position) {
    end = position;
    next();
  }

  /** Steps to the next token. */
  void next() {
    start = skipBlank(end);
    if (start == source.length) {
      kind = Kind.END;
      end = start;
      return;
    }
    byte c = source[start];
    switch (c) {
      case '"' -> string(start);
      case '%' -> token(Kind.VALUE, suffix(start + 1));
      case '^' -> token(Kind.LABEL, suffix(start + 1));
      case '#' -> token(Kind.HASH, suffix(start + 1));
      case '!' -> token(Kind.BANG, suffix(start + 1));
      case '@' -> symbol();
      case '-' -> arrowOrMinus();
      default -> wordNumberOrMark(c);
    }
  }

  private void token(Kind k, int to) {
    kind = k;
    end = to;
  }

  private int skipBlank(int at) {
    int i = at;
    while (i < source.length) {
      byte c = source[i];
      if (c == '/' && i + 1 < source.length && source[i + 1] == '/') {
        while (i < source.length && source[i] != '\n') {
          i++;
        }
      } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        i++;
      } else {
        break;
      }
    }
    return i;
  }

  private void arrowOrMinus() {
    boolean arrow = start + 1 < source.length && source[start + 1] == '>';
    token(arrow ? Kind.ARROW : Kind.PUNCTUATION, arrow ? start + 2 : start + 1);
  }

  private void symbol() {
    if (start + 1 < source.length && source[start + 1] == '"') {
      string(start + 1);
      kind = Kind.SYMBOL;
    } else {
      token(Kind.SYMBOL, suffix(start + 1));
    }
  }

  private void wordNumberOrMark(byte c) {
    if (isLetter(c)) {
      int i = start + 1;
      while (i < source.length && isWordPart(source[i])) {
        i++;
      }
      token(Kind.WORD, i);
    } else if (isDigit(c)) {
      number();
    } else if ("()[]{}<>,:=?*+|/.".indexOf(c) >= 0) {
      token(Kind.PUNCTUATION, start + 1);
    } else {
      throw error("unexpected character");
    }
  }

  private void number() {
    int i = start;
    if (source[i] == '0' && i + 2 < source.length && source[i + 1] == 'x' && isHex(source[i + 2])) {
      i += 2;
      while (i < source.length && isHex(source[i])) {
        i++;
      }
      token(Kind.INTEGER, i);
      return;
    }
    i = digits(i);
    if (i >= source.length || source[i] != '.') {
      token(Kind.INTEGER, i);
      return;
    }
    i = digits(i + 1);
    if (i < source.length && (source[i] == 'e' || source[i] == 'E')) {
      int e = i + 1;
      if (e < source.length && (source[e] == '+' || source[e] == '-')) {
        e++;
      }
      if (e < source.length && isDigit(source[e])) {
        i = digits(e);
      }
    }
    token(Kind.FLOAT, i);
  }

  private int digits(int at) {
    int i = at;
    while (i < source.length && isDigit(source[i])) {
      i++;
    }
    return i;
  }

  private int suffix(int at) {
    int i = at;
    while (i < source.length && (isWordPart(source[i]) || isMinusInName(i))) {
      i++;
    }
    if (i == at) {
      throw error("a name must follow");
    }
    return i;
  }

  /** A minus belongs to a name unless it begins an arrow. */
  private boolean isMinusInName(int i) {
    return source[i] == '-' && (i + 1 == source.length || source[i + 1] != '>');
  }

  private void string(int quote) {
    if (quote == longString.start() && !longString.isEmpty()) {
      token(Kind.STRING, longString.end());
      return;
    }
    int i = quote + 1;
    while (true) {
      while (i + 8 <= source.length && isPlain((long) LONGS.get(source, i))) {
        i += 8;
      }
      if (i >= source.length || source[i] == '\n') {
        throw error("this string does not end on its line");
      }
      if (source[i] == '"') {
        token(Kind.STRING, i + 1);
        longString = i - quote > 1000 ? new Span(quote, i + 1) : longString;
        return;
      }
      i += source[i] == '\\' && i + 1 < source.length ? 2 : 1;
    }
  }

  /** Whether none of eight bytes is a quote, a backslash or the end of the line. */
  private static boolean isPlain(long bytes) {
    long found =
        zeroes(bytes ^ 0x2222222222222222L)
            | zeroes(bytes ^ 0x5C5C5C5C5C5C5C5CL)
            | zeroes(bytes ^ 0x0A0A0A0A0A0A0A0AL);
    return found == 0;
  }

  /** Nonzero if some byte is zero: the borrow reaches the top bit of the lowest zero byte. */
  private static long zeroes(long bytes) {
    return (bytes - 0x0101010101010101L) & ~bytes & 0x8080808080808080L;
  }

  /**
   * The value of a quoted string: {@code \n \t \\ \"} and {@code \} with two hexadecimal digits.
   */
  String unquote(int quote, int past) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(past - quote);
    for (int i = quote + 1; i < past - 1; i++) {
      if (source[i] != '\\') {
        bytes.write(source[i]);
        continue;
      }
      i++;
      switch (source[i]) {
        case 'n' -> bytes.write('\n');
        case 't' -> bytes.write('\t');
        case '"', '\\' -> bytes.write(source[i]);
        default -> {
          if (i + 1 >= past - 1 || !isHex(source[i]) || !isHex(source[i + 1])) {
            throw error("unknown escape in a string", i - 1);
          }
          bytes.write(Character.digit(source[i], 16) << 4 | Character.digit(source[i + 1], 16));
          i++;
        }
      }
    }
    return bytes.toString(UTF_8);
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(byte c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  private static boolean isLetter(byte c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  private static boolean isWordPart(byte c) {
    return isLetter(c) || isDigit(c) || c == '$' || c == '.';
  }
}
