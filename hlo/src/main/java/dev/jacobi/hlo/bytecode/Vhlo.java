package dev.jacobi.hlo.bytecode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Attributes and types of VHLO, by the codes of VhloBytecode.cpp, as those of StableHLO. */
final class Vhlo {
  /** Types without parameters; empty where the code is another's. */
  private static final List<String> SIMPLE =
      List.of(
          "i1",
          "",
          "bf16",
          "f16",
          "f32",
          "f64",
          "f8E4M3FN",
          "f8E5M2",
          "",
          "index",
          "i4",
          "i8",
          "i16",
          "i32",
          "i64",
          "ui4",
          "ui8",
          "ui16",
          "ui32",
          "ui64",
          "",
          "",
          "!stablehlo.token",
          "",
          "",
          "",
          "",
          "f8E4M3FNUZ",
          "f8E5M2FNUZ",
          "f8E4M3B11FNUZ",
          "",
          "i2",
          "ui2",
          "none",
          "tf32",
          "f8E4M3",
          "f8E3M4",
          "f4E2M1FN",
          "f6E2M3FN",
          "f6E3M2FN",
          "f8E8M0FNU");

  private Vhlo() {}

  /** The code of a type without parameters. */
  static int simple(String mlir) {
    int code = mlir.isEmpty() ? -1 : SIMPLE.indexOf(mlir);
    if (code < 0) {
      throw new VhloVersionException("type " + mlir + " has no form in VHLO");
    }
    return code;
  }

  static Attr attr(Tables tables, Bytes in) {
    int code = in.index(26, "VHLO attribute");
    return switch (code) {
      case 1 -> new Attr.Array(tables.attrs(in));
      case 2 -> new Attr.Text(in.index(2, "truth value") == 1 ? "true" : "false");
      case 3 -> word(Word.DIRECTION, in);
      case 4 -> word(Word.COMPARISON, in);
      case 5 -> new Attr.Int(in.index(5, "version of the interface"), "i32");
      case 6 -> dictionary(tables, in);
      case 7 -> word(Word.FFT, in);
      case 8 -> {
        String type = tables.type(in);
        yield new Attr.Text(Scalars.floating(in.apInt(Scalars.bits(type, in)), type, in));
      }
      case 9 -> {
        String type = tables.type(in);
        yield new Attr.Int(Scalars.whole(in.apInt(Scalars.bits(type, in)), type, in), type);
      }
      case 10 -> alias(in);
      case 11 -> word(Word.PRECISION, in);
      case 12 -> word(Word.ALGORITHM, in);
      case 13 -> word(Word.DISTRIBUTION, in);
      case 14 -> new Attr.Str(tables.string(in));
      case 15 -> tensor(tables.type(in), in);
      case 16 -> word(Word.TRANSPOSE, in);
      case 17 -> new Attr.OfType(tables.type(in));
      case 18 ->
          new Attr.Text(
              "#stablehlo.bounds<"
                  + list(in.signedList()).replace(Long.toString(Long.MIN_VALUE), "?")
                  + ">");
      case 19 -> new Attr.Text(Word.ACCURACY.read(in));
      case 20 -> accuracy(tables, in);
      case 21, 22, 23, 24, 25 -> new Attr.Text(mesh(code, tables, in));
      default -> throw in.error("VHLO attributes of kind " + code + " are not known");
    };
  }

  /** The attributes of CHLO that have a form of their own, by the codes of ChloBytecode.cpp. */
  static Attr chloAttr(Bytes in) {
    return switch (in.index(2, "CHLO attribute")) {
      case 0 -> word(Word.DIRECTION, in);
      default -> word(Word.COMPARISON, in);
    };
  }

  private static Attr word(Word word, Bytes in) {
    return new Attr.Text("#stablehlo<" + word.attribute() + " " + word.read(in) + ">");
  }

  private static String list(long[] numbers) {
    return String.join(", ", Arrays.stream(numbers).mapToObj(Long::toString).toList());
  }

  private static Attr dictionary(Tables tables, Bytes in) {
    Map<String, Attr> entries = new LinkedHashMap<>();
    for (int n = in.count(); n > 0; n--) {
      if (!(tables.attr(in) instanceof Attr.Str name)) {
        throw in.error("a name was expected");
      }
      Attr value = tables.attr(in);
      if (!(value instanceof Attr.Opaque)) {
        entries.put(name.value(), value);
      }
    }
    return new Attr.Dict(entries);
  }

  private static Attr alias(Bytes in) {
    String outputs = list(in.signedList());
    long operand = in.signed();
    return new Attr.Text(
        ("#stablehlo.output_operand_alias<output_tuple_indices = [%s], operand_index = %d,"
                + " operand_tuple_indices = [%s]>")
            .formatted(outputs, operand, list(in.signedList())));
  }

  private static Attr accuracy(Tables tables, Bytes in) {
    double atol = Double.longBitsToDouble(in.signed());
    double rtol = Double.longBitsToDouble(in.signed());
    long ulps = in.signed();
    String mode = tables.attr(in).text();
    String start =
        mode.equals("TOLERANCE")
            ? "atol = %e, rtol = %e, ulps = %d, ".formatted(atol, rtol, ulps)
            : "";
    return new Attr.Text(
        "#stablehlo.result_accuracy<"
            + start
            + "mode = #stablehlo.result_accuracy_mode<"
            + mode
            + ">>");
  }

  /** Parts of meshes of devices, which one device has no use for. */
  private static String mesh(int code, Tables tables, Bytes in) {
    return switch (code) {
      case 21 -> "(" + in.signed() + ")" + in.signed();
      case 22 -> {
        String name = tables.attr(in).text();
        String part = in.index(2, "flag") == 0 ? "" : tables.attr(in).text();
        String info = part.isEmpty() ? "" : ", sub_axis_info = " + part;
        yield "#stablehlo.axis_ref<name = " + name + info + ">";
      }
      case 23 -> {
        String mesh = tables.attr(in) instanceof Attr.Str s ? s.symbol() : "#stablehlo.mesh<>";
        yield "#stablehlo.replica_group_mesh_axes<mesh = %s, axes = %s>"
            .formatted(mesh, tables.attr(in).text());
      }
      case 24 -> tables.attr(in).text() + " = " + in.signed();
      default -> {
        String axes = tables.attr(in).text();
        String ids = in.index(2, "flag") == 0 ? "" : ", device_ids = " + tables.attr(in).text();
        yield "#stablehlo.mesh<axes = " + axes + ids + ">";
      }
    };
  }

  /** A list of 64-bit numbers as one, since operations' own attributes are written so. */
  private static Attr tensor(String type, Bytes in) {
    byte[] data = in.blob();
    if (!type.matches("tensor<\\d{1,9}x(i64|index)>") || data.length > 8 * 64) {
      return new Attr.Text(Scalars.dense(type, data, in));
    }
    String element = type.substring(type.indexOf('x') + 1, type.length() - 1);
    int count = Integer.parseInt(type.substring("tensor<".length(), type.indexOf('x')));
    if (data.length != 8 && data.length != 8 * count || count > 64) {
      throw in.error(count + " numbers in " + data.length + " bytes");
    }
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(Scalars.integer(data, data.length == 8 ? 0 : 8 * i, 8));
    }
    return new Attr.Longs(values, element, false);
  }

  static String type(Tables tables, Bytes in) {
    int code = in.index(43, "VHLO type");
    return switch (code) {
      case 1 -> "complex<" + tables.type(in) + ">";
      case 8 -> Builtin.function(tables.types(in), tables.types(in));
      case 20 -> Scalars.tensor(in.signedList(), tables.type(in));
      case 21 -> {
        Attr encoding = tables.attr(in);
        yield Scalars.tensor(in.signedList(), tables.type(in), encoding.text());
      }
      case 23 -> "tuple<" + String.join(", ", tables.types(in)) + ">";
      case 24, 30 -> quantized(code == 30, tables, in);
      case 25 -> "tensor<*x" + tables.type(in) + ">";
      case 26 -> "!shape.witness";
      case 41 -> Scalars.tensor(in.signedList(), tables.type(in)).replaceFirst("tensor", "memref");
      case 42 -> "!stablehlo.future<" + String.join(", ", tables.types(in)) + ">";
      default -> {
        String simple = code < SIMPLE.size() ? SIMPLE.get(code) : "";
        if (simple.isEmpty()) {
          throw in.error("VHLO types of kind " + code + " are not known");
        }
        yield simple;
      }
    };
  }

  /** {@code !quant.uniform<i8:f32, 0.5:1>}, or with scales and zeros along a dimension. */
  private static String quantized(boolean perAxis, Tables tables, Bytes in) {
    in.varint(); // whether the storage has a sign, as its type says too
    String storage = tables.type(in).replace("ui", "u");
    String expressed = tables.type(in);
    if (!perAxis) {
      String one = real(in.signed()) + ":" + in.signed();
      return "!quant.uniform<" + storage + range(storage, in) + ":" + expressed + ", " + one + ">";
    }
    long dimension = in.varint();
    String range = range(storage, in);
    List<String> scales = new ArrayList<>();
    for (int n = in.count(); n > 0; n--) {
      scales.add(real(in.signed()));
    }
    long[] zeros = in.signedList();
    if (zeros.length != scales.size()) {
      throw in.error(scales.size() + " scales and " + zeros.length + " zero points");
    }
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < zeros.length; i++) {
      all.append(i == 0 ? "" : ",").append(scales.get(i)).append(':').append(zeros[i]);
    }
    return "!quant.uniform<%s%s:%s:%d, {%s}>".formatted(storage, range, expressed, dimension, all);
  }

  private static String real(long bits) {
    return String.format(Locale.ROOT, "%e", Double.longBitsToDouble(bits));
  }

  /** {@code <-127:127>}, unless it is all that the storage holds. */
  private static String range(String storage, Bytes in) {
    long min = in.signed();
    long max = in.signed();
    int bits = Math.clamp(Scalars.bits(storage.replaceFirst("^u", "ui"), in), 1, 63);
    boolean unsigned = storage.startsWith("u");
    long least = unsigned ? 0 : -1L << bits - 1;
    long most = unsigned ? (1L << bits) - 1 : ~least;
    return min == least && max == most ? "" : "<" + min + ":" + max + ">";
  }

  /** VHLO's enumerations: the code of the attribute, its name in StableHLO, and its words. */
  enum Word {
    DIRECTION(3, "comparison_direction", "EQ", "NE", "GE", "GT", "LE", "LT"),
    COMPARISON(4, "comparison_type", "NOTYPE", "FLOAT", "TOTALORDER", "SIGNED", "UNSIGNED"),
    FFT(7, "fft_type", "FFT", "IFFT", "RFFT", "IRFFT"),
    PRECISION(11, "precision", "DEFAULT", "HIGH", "HIGHEST"),
    ALGORITHM(12, "rng_algorithm", "DEFAULT", "THREE_FRY", "PHILOX"),
    DISTRIBUTION(13, "rng_distribution", "", "UNIFORM", "NORMAL"),
    TRANSPOSE(16, "transpose", "TRANSPOSE_INVALID", "NO_TRANSPOSE", "TRANSPOSE", "ADJOINT"),
    ACCURACY(19, "result_accuracy_mode", "DEFAULT", "HIGHEST", "TOLERANCE");

    private final int code;
    private final String attribute;
    private final List<String> words;

    Word(int code, String attribute, String... words) {
      this.code = code;
      this.attribute = attribute;
      this.words = List.of(words);
    }

    int code() {
      return code;
    }

    String attribute() {
      return attribute;
    }

    List<String> words() {
      return words;
    }

    /** The word whose number comes next. */
    String read(Bytes in) {
      return words.get(in.index(words.size(), attribute));
    }
  }
}
