package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.text.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes attributes and types of MLIR's builtin dialect; {@link Builtin} reads them. */
final class BuiltinEncoder {
  private static final String DIALECT = "builtin";

  /** The codes of floating types by name; those of other types follow from these. */
  private static final Map<String, Integer> FLOATS =
      Map.of("bf16", 3, "f16", 4, "f32", 5, "f64", 6);

  private final Pool pool;

  BuiltinEncoder(Pool pool) {
    this.pool = pool;
  }

  int string(String value) {
    int text = pool.string(value);
    return pool.attr(DIALECT, s -> s.varint(2).varint(text));
  }

  int unit() {
    return pool.attr(DIALECT, s -> s.varint(7));
  }

  /** Attributes by name. */
  int dictionary(SortedMap<String, Integer> entries) {
    List<Integer> flat = new ArrayList<>();
    entries.forEach(
        (name, value) -> {
          flat.add(string(name));
          flat.add(value);
        });
    return pool.attr(
        DIALECT,
        s -> {
          s.varint(1).varint(entries.size());
          flat.forEach(s::varint);
        });
  }

  /** Where an operation comes from. */
  int location(Loc loc) {
    if (!loc.isKnown() || loc.column() > 0) {
      return pool.attr(DIALECT, s -> s.varint(15));
    }
    int file = string(loc.file());
    return pool.attr(DIALECT, s -> s.varint(11).varint(file).varint(loc.line()).varint(0));
  }

  int attr(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Str a -> string(a.value());
      case Attribute.Int a -> integer(a.type(), a.value());
      case Attribute.Real a -> {
        int type = element(a.value().type().element());
        long bits = Scalars.integer(DenseBytes.of(a.value()), 0, a.value().dtype().bytes());
        yield pool.attr(
            DIALECT, s -> s.varint(9).varint(type).apInt(bits, 8 * a.value().dtype().bytes()));
      }
      case Attribute.Bool a -> integer("i1", a.value() ? 1 : 0);
      case Attribute.Unit _ -> unit();
      case Attribute.Sequence a -> {
        List<Integer> elements = a.elements().stream().map(this::attr).toList();
        yield pool.attr(DIALECT, s -> s.varint(0).list(elements));
      }
      case Attribute.Dictionary a -> {
        SortedMap<String, Integer> entries = new TreeMap<>();
        a.entries().forEach((name, value) -> entries.put(name, attr(value)));
        yield dictionary(entries);
      }
      case Attribute.Symbol a -> {
        int name = string(a.name());
        yield pool.attr(DIALECT, s -> s.varint(4).varint(name));
      }
      case Attribute.Dense a -> {
        int type = tensor(a.value().type());
        yield pool.attr(DIALECT, s -> s.varint(18).varint(type).blob(DenseBytes.of(a.value())));
      }
      case Attribute.Indices a -> {
        int index = pool.type(DIALECT, s -> s.varint(1));
        int type = tensor(new long[] {a.values().size()}, index);
        yield pool.attr(DIALECT, s -> s.varint(18).varint(type).blob(longs(a.values(), 8)));
      }
      case Attribute.Numbers a -> {
        int type = element(a.type());
        int bytes = Math.max(1, bits(a.type()) / 8);
        yield pool.attr(
            DIALECT,
            s ->
                s.varint(17).varint(type).varint(a.values().size()).blob(longs(a.values(), bytes)));
      }
      case Attribute.ElementType a -> ofType(element(a.mlir()));
      case Attribute.ArrayType a -> ofType(tensor(a.type()));
      case Attribute.Other a -> other(a.text());
    };
  }

  private int ofType(int type) {
    return pool.attr(DIALECT, s -> s.varint(6).varint(type));
  }

  private int integer(String type, long value) {
    int of = element(type);
    return pool.attr(DIALECT, s -> s.varint(8).varint(of).apInt(value, bits(type)));
  }

  /** An attribute of another dialect, as its text: {@code #sdy.sharding<...>}. */
  int other(String text) {
    int end = text.length();
    for (int i = 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.' || c == '<') {
        end = i;
      }
    }
    if (!text.startsWith("#") || end == text.length()) {
      throw new VhloVersionException("the attribute " + text + " has no form in bytecode");
    }
    return pool.textAttr(text.substring(1, end), text);
  }

  static byte[] longs(List<Long> values, int bytes) {
    byte[] data = new byte[bytes * values.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (values.get(i / bytes) >>> 8 * (i % bytes));
    }
    return data;
  }

  /** The bits of a whole number of a type. */
  static int bits(String type) {
    if (type.equals("index")) {
      return 64;
    }
    String digits = type.replaceFirst("^[us]?i(\\d{1,2})$", "$1");
    if (digits.equals(type) || Integer.parseInt(digits) > 64 || Integer.parseInt(digits) == 0) {
      throw new VhloVersionException("whole numbers of type " + type + " have no form in bytecode");
    }
    return Integer.parseInt(digits);
  }

  // --- types ---

  int tensor(TensorType type) {
    return tensor(type.shape().toArray(), element(type.element()));
  }

  private int tensor(long[] sizes, int element) {
    return pool.type(DIALECT, s -> s.varint(13).signedList(sizes).varint(element));
  }

  private int element(Element element) {
    if (element.isComplex()) {
      int part = element(element.storage().real());
      return pool.type(DIALECT, s -> s.varint(9).varint(part));
    }
    return element(element.mlir());
  }

  /** Integers by their width and sign, floats by codes, and narrow floats as text. */
  private int element(String mlir) {
    if (mlir.equals("index")) {
      return pool.type(DIALECT, s -> s.varint(1));
    }
    Integer code = FLOATS.get(mlir);
    if (code != null) {
      return pool.type(DIALECT, s -> s.varint(code));
    }
    if (mlir.startsWith("f")) {
      return pool.textType(DIALECT, mlir);
    }
    int sign = mlir.startsWith("ui") ? 2 : mlir.startsWith("si") ? 1 : 0;
    return pool.type(DIALECT, s -> s.varint(0).varint((long) bits(mlir) << 2 | sign));
  }
}
