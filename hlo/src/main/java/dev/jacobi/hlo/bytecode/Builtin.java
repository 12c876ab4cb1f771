package dev.jacobi.hlo.bytecode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attributes and types of MLIR's builtin dialect, by the codes of BuiltinDialectBytecode.td. */
final class Builtin {
  private Builtin() {}

  static Attr attr(Tables tables, Bytes in) {
    int code = in.index(23, "builtin attribute");
    return switch (code) {
      case 0 -> new Attr.Array(tables.attrs(in));
      case 1 -> dictionary(tables, in);
      case 2 -> new Attr.Str(tables.string(in));
      case 3 -> {
        Attr.Str text = new Attr.Str(tables.string(in));
        tables.type(in);
        yield text;
      }
      case 4 -> symbol(tables, in);
      case 5 -> {
        Attr root = symbol(tables, in);
        tables.attrs(in);
        yield root;
      }
      case 6 -> new Attr.OfType(tables.type(in));
      case 7 -> new Attr.Text("unit");
      case 8 -> {
        String type = tables.type(in);
        long value = Scalars.whole(in.apInt(Scalars.bits(type, in)), type, in);
        yield type.equals("i1")
            ? new Attr.Text(value != 0 ? "true" : "false")
            : new Attr.Int(value, type);
      }
      case 9 -> {
        String type = tables.type(in);
        yield new Attr.Text(Scalars.floating(in.apInt(Scalars.bits(type, in)), type, in));
      }
      case 10, 11, 12, 13, 14, 15, 22 -> location(code, tables, in);
      case 17 -> denseArray(tables, in);
      case 18 -> {
        String type = tables.type(in);
        yield new Attr.Text(Scalars.dense(type, in.blob(), in));
      }
      default -> throw in.error("builtin attributes of kind " + code + " are not known");
    };
  }

  /** A place in a source, as {@code loc("file":line:column)}. */
  private static Attr location(int code, Tables tables, Bytes in) {
    return switch (code) {
      case 10 -> { // where a callee was called from: the callee's place
        Attr callee = tables.attr(in);
        tables.attr(in);
        yield callee;
      }
      case 11 -> {
        String file = string(tables, in);
        long line = in.varint();
        yield new Attr.Text("loc(" + Attr.quoted(file) + ":" + line + ":" + in.varint() + ")");
      }
      case 12 -> firstKnown(tables.attrs(in));
      case 13 -> {
        Attr first = firstKnown(tables.attrs(in));
        tables.attr(in);
        yield first;
      }
      case 14 -> {
        tables.attr(in);
        yield tables.attr(in);
      }
      case 15 -> new Attr.Text("loc(unknown)");
      case 22 -> { // a file and up to four numbers, the first of which is the line
        String file = string(tables, in);
        int numbers = in.count();
        long line = 0;
        long column = 0;
        for (int i = 0; i < numbers; i++) {
          long n = in.varint();
          line = i == 0 ? n : line;
          column = i == 1 ? n : column;
        }
        yield new Attr.Text("loc(" + Attr.quoted(file) + ":" + line + ":" + column + ")");
      }
      default -> throw in.error("locations of kind " + code + " are not known");
    };
  }

  private static Attr firstKnown(List<Attr> places) {
    return places.stream()
        .filter(p -> !p.text().equals("loc(unknown)"))
        .findFirst()
        .orElse(new Attr.Text("loc(unknown)"));
  }

  private static String string(Tables tables, Bytes in) {
    if (tables.attr(in) instanceof Attr.Str s) {
      return s.value();
    }
    throw in.error("a string was expected");
  }

  private static Attr symbol(Tables tables, Bytes in) {
    return new Attr.Text("@" + Attr.quoted(string(tables, in)));
  }

  private static Attr dictionary(Tables tables, Bytes in) {
    Map<String, Attr> entries = new LinkedHashMap<>();
    for (int n = in.count(); n > 0; n--) {
      String name = string(tables, in);
      Attr value = tables.attr(in);
      if (!(value instanceof Attr.Opaque)) {
        entries.put(name, value);
      }
    }
    return new Attr.Dict(entries);
  }

  private static Attr denseArray(Tables tables, Bytes in) {
    String element = tables.type(in);
    long size = in.varint();
    byte[] data = in.blob();
    int bytes = Math.max(1, Scalars.bits(element, in) / 8);
    if (size < 0 || size != data.length / bytes) {
      throw in.error("an array of " + size + " " + element + " in " + data.length + " bytes");
    }
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(Scalars.integer(data, i * bytes, bytes));
    }
    return switch (element) {
      case "i64" -> new Attr.Longs(values, "i64", true);
      case "i1" ->
          new Attr.Text(
              "array<i1: "
                  + String.join(", ", values.stream().map(v -> v != 0 ? "true" : "false").toList())
                  + ">");
      default -> throw in.error("arrays of " + element + " are not known");
    };
  }

  static String type(Tables tables, Bytes in) {
    int code = in.index(21, "builtin type");
    return switch (code) {
      case 0 -> {
        long word = in.varint();
        String sign = (word & 3) == 2 ? "ui" : (word & 3) == 1 ? "si" : "i";
        yield sign + (word >>> 2);
      }
      case 1 -> "index";
      case 2 -> function(tables.types(in), tables.types(in));
      case 3 -> "bf16";
      case 4 -> "f16";
      case 5 -> "f32";
      case 6 -> "f64";
      case 9 -> "complex<" + tables.type(in) + ">";
      case 12 -> "none";
      case 13 -> Scalars.tensor(in.signedList(), tables.type(in));
      case 14 -> {
        Attr encoding = tables.attr(in);
        yield Scalars.tensor(in.signedList(), tables.type(in), encoding.text());
      }
      case 15 -> "tuple<" + String.join(", ", tables.types(in)) + ">";
      default -> throw in.error("builtin types of kind " + code + " are not known");
    };
  }

  static String function(List<String> inputs, List<String> results) {
    return "(" + String.join(", ", inputs) + ") -> (" + String.join(", ", results) + ")";
  }
}
