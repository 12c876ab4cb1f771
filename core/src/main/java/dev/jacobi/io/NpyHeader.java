package dev.jacobi.io;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@code .npy} file: a Python dictionary of three entries.
 *
 * @param descr NumPy's name of the element type: byte order, kind and size, as {@code <f4}
 * @param fortranOrder whether the first index varies fastest
 * @param shape the sizes
 */
record NpyHeader(String descr, boolean fortranOrder, List<Long> shape) {
  private static final String ONE_ENTRY =
      "\\s*+['\"](descr|fortran_order|shape)['\"]\\s*+:\\s*+"
          + "('[^']*+'|\"[^\"]*+\"|True|False|\\([^()]*+\\)|\\[[^\\]]*+\\])\\s*+,?+";

  // Possessive: a hostile header must not make the matcher backtrack.
  private static final Pattern ENTRY = Pattern.compile(ONE_ENTRY);
  private static final Pattern DICT =
      Pattern.compile("\\{((?:" + ONE_ENTRY + "){1,8}+)\\s*+\\}\\s*+");
  private static final Pattern SIZE = Pattern.compile("-?[0-9]+");

  private static final Map<String, DType> TYPES =
      Map.ofEntries(
          Map.entry("b1", DType.BOOL),
          Map.entry("i1", DType.I8),
          Map.entry("i2", DType.I16),
          Map.entry("i4", DType.I32),
          Map.entry("i8", DType.I64),
          Map.entry("u1", DType.U8),
          Map.entry("u2", DType.U16),
          Map.entry("u4", DType.U32),
          Map.entry("u8", DType.U64),
          Map.entry("f2", DType.F16),
          Map.entry("f4", DType.F32),
          Map.entry("f8", DType.F64),
          Map.entry("c8", DType.C64),
          Map.entry("c16", DType.C128));

  /** Reads the dictionary's text. */
  static NpyHeader parse(String text, String source) throws NpyException {
    Matcher dict = DICT.matcher(text);
    if (!dict.matches()) {
      throw new NpyException.BadHeader(source, "expected a dictionary, got " + excerpt(text));
    }
    String descr = null;
    Boolean fortran = null;
    List<Long> shape = null;
    Matcher entry = ENTRY.matcher(dict.group(1));
    while (entry.find()) {
      String value = entry.group(2);
      switch (entry.group(1)) {
        case "descr" ->
            descr = value.startsWith("[") ? value : value.substring(1, value.length() - 1);
        case "fortran_order" -> fortran = value.equals("True");
        default -> shape = sizes(value, source);
      }
    }
    if (descr == null || fortran == null || shape == null) {
      throw new NpyException.BadHeader(
          source, "it needs descr, fortran_order and shape, got " + excerpt(text));
    }
    return new NpyHeader(descr, fortran, shape);
  }

  private static String excerpt(String text) {
    String clean = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() <= 80 ? clean : clean.substring(0, 80) + "...";
  }

  private static List<Long> sizes(String tuple, String source) throws NpyException {
    List<Long> sizes = new ArrayList<>();
    for (String word : tuple.substring(1, tuple.length() - 1).split(",")) {
      String size = word.strip();
      if (size.isEmpty()) {
        continue;
      }
      if (!SIZE.matcher(size).matches()) {
        throw new NpyException.BadHeader(source, "the shape " + excerpt(tuple) + " is no tuple");
      }
      BigInteger value = new BigInteger(size);
      if (value.signum() < 0 || value.bitLength() > 63) {
        throw new NpyException.AbsurdShape(
            source, excerpt(tuple), "whose size " + excerpt(size) + " is out of range");
      }
      sizes.add(value.longValueExact());
    }
    return sizes;
  }

  /** The element type, or the hint where the file only says how many raw bytes an element has. */
  DType dtype(Optional<DType> hint, String source) throws NpyException {
    if (descr.contains("O")) {
      throw new NpyException.ObjectArray(source);
    }
    boolean raw = descr.equals("<V2") || descr.equals("|V2");
    if (raw && hint.isPresent() && hint.get() == DType.BF16) {
      return DType.BF16;
    }
    boolean order = !descr.isEmpty() && "<>|=".indexOf(descr.charAt(0)) >= 0;
    DType dtype = order ? TYPES.get(descr.substring(1)) : null;
    if (dtype == null) {
      throw new NpyException.UnsupportedType(source, descr);
    }
    if (hint.isPresent() && hint.get() != dtype) {
      throw new NpyException.WrongHint(source, hint.get(), descr);
    }
    return dtype;
  }

  boolean isBigEndian() {
    return descr.startsWith(">");
  }

  /** The shape, if its elements can be counted and their bytes addressed. */
  Shape checkedShape(DType dtype, String source) throws NpyException {
    Shape checked = Shape.of(shape.stream().mapToLong(Long::longValue).toArray());
    try {
      long unused = new TensorType(dtype, checked).byteSize();
      return checked;
    } catch (HloTypeException e) {
      NpyException error =
          new NpyException.AbsurdShape(
              source, checked.toString(), "which takes more than 2^63 bytes");
      error.initCause(e);
      throw error;
    }
  }

  /** The header that NumPy writes before an array of this type, magic string included. */
  static byte[] bytes(DType dtype, Shape shape) {
    String dict =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr(dtype), shape);
    // NumPy leaves room for a first size of up to 21 digits, so that files can grow in place.
    int room = shape.isScalar() ? 0 : 21 - Long.toString(shape.dim(0)).length();
    String text = dict + " ".repeat(room);
    boolean version1 = text.length() + 65 < 1 << 16;
    int prefix = version1 ? 10 : 12;
    int padding = 64 - (prefix + text.length() + 1) % 64;
    String all = text + " ".repeat(padding) + "\n";
    byte[] body = all.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[prefix + body.length];
    System.arraycopy(Npy.MAGIC, 0, bytes, 0, Npy.MAGIC.length);
    bytes[6] = (byte) (version1 ? 1 : 2);
    for (int i = 8; i < prefix; i++) {
      bytes[i] = (byte) (body.length >>> (8 * (i - 8)));
    }
    System.arraycopy(body, 0, bytes, prefix, body.length);
    return bytes;
  }

  private static String descr(DType dtype) {
    if (dtype == DType.BF16) {
      return "<V2"; // as NumPy writes the bfloat16 of JAX
    }
    String name =
        TYPES.entrySet().stream()
            .filter(e -> e.getValue() == dtype)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    return (dtype.bytes() == 1 ? "|" : "<") + name;
  }

  @Override
  public String toString() {
    String sizes = String.join(", ", shape.stream().map(String::valueOf).toList());
    return descr + " of shape (" + sizes + (shape.size() == 1 ? ",)" : ")");
  }
}
