package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * An operation as its text says it, in pretty or generic form: what the forms build records from.
 * The two forms may call an attribute by different names; accessors take all of them.
 */
final class OpText {
  private static final Set<String> BOOLEANS = Set.of("false", "true");

  private final Reader in;
  final String mnemonic;
  final int position;
  final List<Value> operands = new ArrayList<>();
  final List<Block> regions = new ArrayList<>();
  final List<String> words = new ArrayList<>();
  final Map<String, Span> attrs = new LinkedHashMap<>();

  /** What the pretty form says outside of a dictionary, until something asks for it. */
  final Set<String> unread = new LinkedHashSet<>();

  Optional<List<TensorType>> operandTypes = Optional.empty();
  List<TensorType> resultTypes = List.of();

  OpText(Reader in, String mnemonic, int position) {
    this.in = in;
    this.mnemonic = mnemonic;
    this.position = position;
  }

  HloSyntaxException error(String message) {
    return in.lexer().error(mnemonic + ": " + message, position);
  }

  Value operand(int i) {
    if (i >= operands.size()) {
      throw error("needs more than " + operands.size() + " operands");
    }
    return operands.get(i);
  }

  /** The operands from {@code from} on, {@code count} of them. */
  List<Value> operands(int from, int count) {
    if (from + count > operands.size()) {
      throw error("needs more than " + operands.size() + " operands");
    }
    return operands.subList(from, from + count);
  }

  List<Value> operandsFrom(int from) {
    return operands(from, Math.max(operands.size() - from, 0));
  }

  Block region(int i) {
    if (i >= regions.size()) {
      throw error("needs " + (i + 1) + " regions");
    }
    return regions.get(i);
  }

  /** The only result's type. */
  TensorType resultType() {
    if (resultTypes.isEmpty()) {
      throw error("needs a result type");
    }
    return resultTypes.getLast();
  }

  /** An attribute outside of a dictionary. */
  void inline(String name, Span value) {
    attrs.put(name, value);
    unread.add(name);
  }

  /** The words that are no attribute's. */
  List<String> words() {
    words.forEach(unread::remove);
    return words;
  }

  boolean has(String name) {
    return attrs.containsKey(name);
  }

  private Optional<Span> find(String... names) {
    for (String name : names) {
      if (attrs.containsKey(name)) {
        unread.remove(name);
        return Optional.of(attrs.get(name));
      }
    }
    return Optional.empty();
  }

  private Span get(String... names) {
    return find(names).orElseThrow(() -> error("needs the attribute " + names[names.length - 1]));
  }

  String text(Span span) {
    return in.text(span);
  }

  String string(String name) {
    return in.at(get(name), in::string);
  }

  String symbol(String... names) {
    return in.at(get(names), in::symbol);
  }

  int int32(String... names) {
    return Math.toIntExact(int64(names));
  }

  long int64(String... names) {
    return in.at(get(names), in::integer);
  }

  /** {@code 1.0e-3 : f32}, or the bits in hexadecimal. */
  float float32(String name) {
    String number = text(get(name)).replaceFirst("\\s*:.*", "");
    return number.startsWith("0x")
        ? Float.intBitsToFloat((int) int64(name))
        : (float) real(name, number);
  }

  int int32Or(int fallback, String... names) {
    return find(names).isEmpty() ? fallback : int32(names);
  }

  /** A number with its type, such as {@code 3 : i32}. */
  Literal number(String name) {
    String text = text(get(name));
    try {
      return ChloForms.number(text).orElseThrow(() -> error(name + " is not a number: " + text));
    } catch (NumberFormatException e) {
      HloSyntaxException error = error(name + " is not a number of its type: " + text);
      error.initCause(e);
      throw error;
    }
  }

  /** A floating-point number without a type; 0 if absent. */
  double realOrZero(String name) {
    return find(name).map(s -> real(name, text(s))).orElse(0.0);
  }

  private double real(String name, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      HloSyntaxException error = error(name + " is not a number: " + text);
      error.initCause(e);
      throw error;
    }
  }

  long integer(String name) {
    return in.at(get(name), in::integer);
  }

  long integerOrZero(String name) {
    return find(name).map(s -> in.at(s, in::integer)).orElse(0L);
  }

  UnsupportedOpException unsupported(String what) {
    in.lexer().moveTo(position);
    return in.lexer().unsupported(what);
  }

  /** {@code true}, {@code false}, or a unit attribute; false if absent. */
  boolean flag(String name) {
    return find(name).map(s -> s.isEmpty() || in.at(s, () -> in.accept("true"))).orElse(false);
  }

  /** Like {@link #flag} of an attribute that may not be left out. */
  boolean requiredFlag(String name) {
    get(name);
    return flag(name);
  }

  Axes axes(String... names) {
    return Axes.of(toInts(integers(get(names))));
  }

  Longs longs(String... names) {
    return Longs.of(integers(get(names)));
  }

  /** Numbers that may be left out, or written as none at all. */
  Longs longsOr(Longs fallback, String... names) {
    Longs stated = find(names).map(s -> Longs.of(integers(s))).orElse(fallback);
    return stated.size() == 0 ? fallback : stated;
  }

  /** {@code dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>}: the two columns. */
  List<Longs> columnsOr(List<Longs> fallback, String name) {
    if (!has(name)) {
      return fallback;
    }
    Literal rows = signless(literal(name));
    if (rows.shape().rank() != 2 || rows.shape().dim(1) != 2) {
      throw error(name + " must have the shape (rank, 2), not " + rows.shape());
    }
    int n = Math.toIntExact(rows.shape().dim(0));
    if (n == 0) {
      return fallback;
    }
    long[] first = new long[n];
    long[] second = new long[n];
    Arrays.setAll(first, i -> rows.getLong(2 * i));
    Arrays.setAll(second, i -> rows.getLong(2 * i + 1));
    return List.of(Longs.of(first), Longs.of(second));
  }

  /** {@code [1, 2]}, {@code array<i64: 1, 2>} or {@code dense<[1, 2]> : tensor<2xi64>}. */
  private long[] integers(Span span) {
    return in.at(
        span,
        () -> {
          if (in.is('[')) {
            return in.bracketed();
          }
          if (in.is("dense")) {
            Literal literal = signless(new Dense(in).literal());
            long[] values = new long[Math.toIntExact(literal.shape().size())];
            Arrays.setAll(values, literal::getLong);
            return values;
          }
          return array();
        });
  }

  private Literal signless(Literal numbers) {
    if (numbers.dtype() != DType.I64) {
      throw error("needs numbers of type i64, not " + numbers.dtype().mlir());
    }
    return numbers;
  }

  private long[] array() {
    in.expect("array");
    in.expect('<');
    in.expect("i64");
    List<Long> values = new ArrayList<>();
    if (in.accept(':')) {
      do {
        values.add(in.integer());
      } while (in.accept(','));
    }
    in.expect('>');
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** Rows of two, as {@code [[1, 2]]}, or {@code dense<[[1, 2]]> : tensor<1x2xi64>}. */
  Longs rows(Longs fallback, String... names) {
    Longs stated = find(names).map(s -> Longs.of(in.at(s, () -> rows(s)))).orElse(fallback);
    return stated.size() == 0 ? fallback : stated;
  }

  private long[] rows(Span span) {
    if (!in.is('[')) {
      Literal rows = signless(new Dense(in).literal());
      if (rows.shape().rank() != 2 || rows.shape().dim(1) != 2) {
        throw error("padding must have the shape (rank, 2), not " + rows.shape());
      }
      return integers(span);
    }
    List<Long> values = new ArrayList<>();
    in.list(
        '[',
        ']',
        () -> {
          long[] row = in.bracketed();
          if (row.length != 2) {
            throw in.error("a row has " + row.length + " numbers, not 2");
          }
          values.add(row[0]);
          values.add(row[1]);
        });
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** {@code [false, true]}, {@code array<i1: ...>}, {@code dense<...> : tensor<2xi1>}. */
  List<Boolean> booleans(List<Boolean> fallback, String... names) {
    Optional<Span> span = find(names);
    if (span.isPresent() && in.at(span.get(), () -> in.is("dense"))) {
      Literal literal = in.at(span.get(), () -> new Dense(in).literal());
      return LongStream.range(0, literal.shape().size()).mapToObj(literal::getBoolean).toList();
    }
    List<Boolean> stated =
        words(names).stream().filter(w -> BOOLEANS.contains(w)).map("true"::equals).toList();
    return stated.isEmpty() ? fallback : stated;
  }

  /** Reads an attribute by a rule of its own. */
  <T> T attribute(String name, Function<Reader, T> rule) {
    return in.at(get(name), () -> rule.apply(in));
  }

  /** The words of an attribute: {@code [#stablehlo<precision HIGH>]} gives precision and HIGH. */
  List<String> words(String... names) {
    return find(names).map(s -> in.at(s, () -> wordsTo(s.end()))).orElse(List.of());
  }

  private List<String> wordsTo(int end) {
    List<String> found = new ArrayList<>();
    while (in.lexer().start() < end) {
      if (in.kind() == Kind.WORD) {
        found.add(in.lexer().text());
      }
      in.lexer().next();
    }
    return found;
  }

  /** The constant of an operation, wherever it stands. */
  Literal literal(String name) {
    return in.at(get(name), () -> new Dense(in).literal());
  }

  /** {@code [0, 1] x [2]}: two lists. */
  List<Axes> pair(String name) {
    if (!has(name)) {
      return List.of(Axes.of(), Axes.of());
    }
    return in.at(
        get(name),
        () -> {
          Axes first = Axes.of(toInts(in.bracketed()));
          in.expect("x");
          return List.of(first, Axes.of(toInts(in.bracketed())));
        });
  }

  private static int[] toInts(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  /** {@code [0:4, 0:8:2]}: starts, limits and strides. */
  List<Longs> ranges(String name) {
    List<long[]> ranges = new ArrayList<>();
    in.at(
        get(name),
        () -> {
          in.list(
              '[',
              ']',
              () -> {
                long start = in.integer();
                in.expect(':');
                long limit = in.integer();
                ranges.add(new long[] {start, limit, in.accept(':') ? in.integer() : 1});
              });
          return 0;
        });
    List<Longs> columns = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      int column = c;
      columns.add(Longs.of(ranges.stream().mapToLong(r -> r[column]).toArray()));
    }
    return columns;
  }

  /** {@code #stablehlo.gather<name = value, ...>} as an operation text with these attributes. */
  OpText struct(String name) {
    OpText struct = new OpText(in, mnemonic, position);
    in.at(
        get(name),
        () -> {
          in.accept(Kind.HASH); // The pretty form leaves it out where only one type fits.
          in.list('<', '>', () -> struct.attrs.put(field(), in.skipValue(true)));
          return 0;
        });
    return struct;
  }

  private String field() {
    String name = in.take(Kind.WORD, "the name of a field");
    in.expect('=');
    return name;
  }

  /** A constant of an enumeration by its name. */
  <E extends Enum<E>> E constant(Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw error(name + " is not one of " + Arrays.toString(type.getEnumConstants()));
  }

  /** A dictionary attribute with its values' text; empty if absent. */
  Map<String, String> dictionary(String name) {
    return find(name).map(s -> in.at(s, in::textDictionary)).orElse(Map.of());
  }

  /** Like {@link #axes}, empty if absent. */
  Axes axesOrNone(String name) {
    return has(name) ? axes(name) : Axes.of();
  }
}
