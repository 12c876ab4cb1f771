package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.Accuracy;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.bytecode.Vhlo.Word;
import dev.jacobi.hlo.text.Attribute;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes attributes and types of VHLO; {@link Vhlo} reads them and has the words. */
final class VhloEncoder {
  private static final String DIALECT = "vhlo";

  private static final Pattern ALIAS =
      Pattern.compile(
          "#stablehlo\\.output_operand_alias<\\s*output_tuple_indices = \\[([\\d, ]*)],"
              + "\\s*operand_index = (\\d+),\\s*operand_tuple_indices = \\[([\\d, ]*)]\\s*>");

  /** Since which version a type is there, if not from the beginning. */
  private static final Map<String, VhloVersion> SINCE =
      Map.of(
          "i2", VhloVersion.of(1, 2),
          "ui2", VhloVersion.of(1, 2),
          "none", VhloVersion.of(1, 6),
          "tf32", VhloVersion.of(1, 6),
          "f8E4M3", VhloVersion.of(1, 7),
          "f8E3M4", VhloVersion.of(1, 7),
          "f4E2M1FN", VhloVersion.of(1, 8),
          "f6E2M3FN", VhloVersion.of(1, 8),
          "f6E3M2FN", VhloVersion.of(1, 8),
          "f8E8M0FNU", VhloVersion.of(1, 8));

  private final Pool pool;
  private final Target target;
  private final BuiltinEncoder builtin;

  VhloEncoder(Pool pool, Target target, BuiltinEncoder builtin) {
    this.pool = pool;
    this.target = target;
    this.builtin = builtin;
  }

  // --- attributes ---

  int string(String value) {
    int text = pool.string(value);
    return pool.attr(DIALECT, s -> s.varint(14).varint(text));
  }

  int bool(boolean value) {
    return pool.attr(DIALECT, s -> s.varint(2).varint(value ? 1 : 0));
  }

  int integer(long value, String type) {
    int of = type(type);
    return pool.attr(DIALECT, s -> s.varint(9).varint(of).apInt(value, BuiltinEncoder.bits(type)));
  }

  int real(Literal value) {
    int of = element(value.type().element());
    int bytes = value.dtype().bytes();
    long bits = Scalars.integer(DenseBytes.of(value), 0, bytes);
    return pool.attr(DIALECT, s -> s.varint(8).varint(of).apInt(bits, 8 * bytes));
  }

  int array(List<Integer> elements) {
    return pool.attr(DIALECT, s -> s.varint(1).list(elements));
  }

  int tensor(Literal value) {
    int of = tensorType(value.type());
    return pool.attr(DIALECT, s -> s.varint(15).varint(of).blob(DenseBytes.of(value)));
  }

  /** A list of 64-bit numbers. */
  int longs(long... values) {
    return tensor(Literal.ofLongs(Shape.of(values.length), values));
  }

  /** A constant of one of VHLO's enumerations. */
  int word(Word word, String constant) {
    int value = word.words().indexOf(constant);
    if (value < 0) {
      throw new VhloVersionException(constant + " is not one of " + word.words());
    }
    return pool.attr(DIALECT, s -> s.varint(word.code()).varint(value));
  }

  int apiVersion(long version) {
    if (version < 0 || version > 4) {
      throw new VhloVersionException("there is no version " + version + " of custom calls");
    }
    return pool.attr(DIALECT, s -> s.varint(5).varint(version));
  }

  int accuracy(Accuracy accuracy) {
    int mode = word(Word.ACCURACY, accuracy.mode().name());
    return pool.attr(
        DIALECT,
        s ->
            s.varint(20)
                .signed(Double.doubleToRawLongBits(accuracy.atol()))
                .signed(Double.doubleToRawLongBits(accuracy.rtol()))
                .signed(accuracy.ulps())
                .varint(mode));
  }

  int ofType(int type) {
    return pool.attr(DIALECT, s -> s.varint(17).varint(type));
  }

  /** An attribute that stands in the program as text. */
  int attr(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Str a -> string(a.value());
      case Attribute.Int a -> integer(a.value(), a.type());
      case Attribute.Real a -> real(a.value());
      case Attribute.Bool a -> bool(a.value());
      case Attribute.Unit _ -> {
        target.need(Target.MIXED, "an attribute without a value");
        yield builtin.unit();
      }
      case Attribute.Sequence a -> array(a.elements().stream().map(this::attr).toList());
      case Attribute.Dictionary a -> dictionary(a.entries());
      case Attribute.Symbol a -> string(a.name());
      case Attribute.Dense a -> tensor(a.value());
      case Attribute.Indices a -> indices(a.values());
      case Attribute.Numbers a -> numbers(a);
      case Attribute.ElementType a -> ofType(type(a.mlir()));
      case Attribute.ArrayType a -> ofType(tensorType(a.type()));
      case Attribute.Other a -> {
        Matcher alias = ALIAS.matcher(a.text());
        if (alias.matches()) {
          yield alias(numbers(alias.group(1)), alias.group(2), numbers(alias.group(3)));
        }
        target.need(Target.MIXED, "the attribute " + a.text());
        yield builtin.other(a.text());
      }
    };
  }

  private int alias(long[] outputs, String operand, long[] operandIndices) {
    long index = Long.parseLong(operand);
    return pool.attr(
        DIALECT, s -> s.varint(10).signedList(outputs).signed(index).signedList(operandIndices));
  }

  private static long[] numbers(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(n -> !n.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  private int indices(List<Long> values) {
    int of = tensorType(new long[] {values.size()}, type("index"));
    return pool.attr(
        DIALECT, s -> s.varint(15).varint(of).blob(BuiltinEncoder.longs(splat(values), 8)));
  }

  private static List<Long> splat(List<Long> values) {
    return values.stream().distinct().count() == 1 ? values.subList(0, 1) : values;
  }

  private int numbers(Attribute.Numbers a) {
    return switch (a.type()) {
      case "i64" -> longs(a.values().stream().mapToLong(Long::longValue).toArray());
      case "i1" -> bools(a.values().stream().map(v -> v != 0).toList());
      default ->
          throw new VhloVersionException("an array of " + a.type() + " has no form in bytecode");
    };
  }

  int bools(List<Boolean> values) {
    TensorType type = TensorType.of(DType.BOOL, values.size());
    var data = Literal.allocate(type);
    for (int i = 0; i < values.size(); i++) {
      data.set(ValueLayout.JAVA_BYTE, i, (byte) (values.get(i) ? 1 : 0));
    }
    return tensor(Literal.wrap(type, data));
  }

  int dictionary(Map<String, Attribute> entries) {
    List<Integer> flat = new ArrayList<>();
    new TreeMap<>(entries)
        .forEach(
            (name, value) -> {
              flat.add(string(name));
              flat.add(attr(value));
            });
    return pool.attr(
        DIALECT,
        s -> {
          s.varint(6).varint(entries.size());
          flat.forEach(s::varint);
        });
  }

  // --- types ---

  /** A type without parameters, by its name in MLIR's text. */
  int type(String mlir) {
    int code = Vhlo.simple(mlir);
    VhloVersion since = SINCE.get(mlir);
    if (since != null) {
      target.need(since, "type " + mlir);
    }
    return pool.type(DIALECT, s -> s.varint(code));
  }

  private int element(Element element) {
    if (element.isComplex()) {
      int part = element(element.storage().real());
      return pool.type(DIALECT, s -> s.varint(1).varint(part));
    }
    return type(element.mlir());
  }

  int tensorType(TensorType type) {
    return tensorType(type.shape().toArray(), element(type.element()));
  }

  private int tensorType(long[] sizes, int element) {
    return pool.type(DIALECT, s -> s.varint(20).signedList(sizes).varint(element));
  }

  int function(List<TensorType> inputs, List<TensorType> outputs) {
    List<Integer> in = inputs.stream().map(this::tensorType).toList();
    List<Integer> out = outputs.stream().map(this::tensorType).toList();
    return pool.type(DIALECT, s -> s.varint(8).list(in).list(out));
  }
}
