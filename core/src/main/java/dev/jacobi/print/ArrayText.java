package dev.jacobi.print;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints arrays as {@code numpy.array_str} does. Rows are wrapped and indented, large arrays
 * summarised with {@code ...}; every visible element has the same width.
 */
public final class ArrayText {
  private final PrintOptions options;
  private final long[] sizes;
  private final long[] strides;
  private final boolean summary;
  private final ElementFormat format;
  private final String separator;

  private ArrayText(Elements elements, PrintOptions options, String separator) {
    this.options = options;
    this.separator = separator;
    sizes = elements.shape().toArray();
    strides = elements.shape().strides();
    summary = elements.shape().size() > options.threshold();
    List<Long> visible = new ArrayList<>();
    collectVisible(0, 0, visible);
    format = ElementFormat.choose(elements, visible, options);
  }

  /** Prints with NumPy's default options. */
  public static String of(Literal literal) {
    return of(Elements.of(literal), PrintOptions.DEFAULT);
  }

  /** Prints an array. */
  public static String of(Elements elements, PrintOptions options) {
    return elements.shape().isScalar() ? scalar(elements) : of(elements, options, " ");
  }

  /** Prints an array as {@code numpy.array2string} does, with what stands between elements. */
  public static String of(Elements elements, PrintOptions options, String separator) {
    return body(elements, options, separator, 0, 0);
  }

  private static String body(
      Elements elements, PrintOptions options, String separator, int before, int behind) {
    if (elements.shape().size() == 0) {
      return "[]";
    }
    ArrayText text = new ArrayText(elements, options, separator);
    return elements.shape().isScalar()
        ? text.format.of(0)
        : text.rows(0, 0, " ".repeat(before + 1), options.lineWidth() - behind);
  }

  /** Prints an array as an expression, with its element type: JAX's {@code repr}. */
  public static String repr(Elements elements, PrintOptions options, boolean weak) {
    String prefix = "Array(";
    boolean empty = elements.shape().size() == 0;
    String sizes = elements.shape().toString().replace(",", ", ").replace("  ", " ");
    String values =
        empty ? "[], shape=" + sizes : body(elements, options, ", ", prefix.length(), 1);
    String type = "dtype=" + elements.dtype().numpyName() + (weak ? ", weak_type=True)" : ")");
    int last = values.length() - values.lastIndexOf('\n') + 1;
    boolean wraps = last + type.length() + 1 > options.lineWidth();
    return prefix + values + "," + (wraps ? "\n" + " ".repeat(prefix.length()) : " ") + type;
  }

  private static String scalar(Elements e) {
    DType.Kind kind = e.dtype().kind();
    return switch (kind) {
      case BOOL -> e.integer(0) != 0 ? "True" : "False";
      case SIGNED -> Long.toString(e.integer(0));
      case UNSIGNED -> Long.toUnsignedString(e.integer(0));
      case FLOAT -> FloatText.scalar(e.real(0), FloatKind.of(e.dtype()), false);
      case COMPLEX -> complex(e.real(0), e.imaginary(0), FloatKind.of(e.dtype()));
    };
  }

  private static String complex(double re, double im, FloatKind kind) {
    boolean onlyImaginary = Double.doubleToRawLongBits(re) == 0;
    return onlyImaginary
        ? part(im, kind, false) + "j"
        : "(" + part(re, kind, false) + part(im, kind, true) + "j)";
  }

  private static String part(double x, FloatKind kind, boolean plus) {
    String text = FloatText.scalar(x, kind, plus);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Whether an axis shows only its ends. */
  private boolean isCut(int axis) {
    return summary && sizes[axis] > 2L * options.edgeItems();
  }

  private void collectVisible(int axis, long offset, List<Long> visible) {
    if (axis == sizes.length) {
      visible.add(offset);
      return;
    }
    for (long i = 0; i < sizes[axis]; i++) {
      if (isCut(axis) && i == options.edgeItems()) {
        i = sizes[axis] - options.edgeItems();
      }
      if (i < sizes[axis]) {
        collectVisible(axis + 1, offset + i * strides[axis], visible);
      }
    }
  }

  /**
   * Prints the sub-array at an offset.
   *
   * @param indent what precedes its lines but the first
   * @param width how many characters its lines may have
   */
  private String rows(int axis, long offset, String indent, int width) {
    boolean last = axis == sizes.length - 1;
    int end = Math.max(1, separator.stripTrailing().length());
    Lines lines = new Lines(indent, last ? width - end : Integer.MAX_VALUE);
    String gap =
        last ? separator : separator.stripTrailing() + "\n".repeat(sizes.length - axis - 1);
    long from = isCut(axis) ? sizes[axis] - options.edgeItems() : 0;
    if (isCut(axis)) {
      for (long i = 0; i < options.edgeItems(); i++) {
        lines.add(item(axis, offset + i * strides[axis], indent, width), gap);
      }
      lines.add("...", from < sizes[axis] ? gap : "");
    }
    for (long i = from; i < sizes[axis]; i++) {
      String item = item(axis, offset + i * strides[axis], indent, width);
      lines.add(item, i < sizes[axis] - 1 ? gap : "");
    }
    return "[" + lines.text().substring(indent.length()) + "]";
  }

  private String item(int axis, long offset, String indent, int width) {
    return axis == sizes.length - 1
        ? format.of(offset)
        : rows(axis + 1, offset, indent + " ", width - 1);
  }

  /** Words in lines that are at most so wide. */
  private static final class Lines {
    private final StringBuilder done = new StringBuilder();
    private final String indent;
    private final int width;
    private StringBuilder line;

    Lines(String indent, int width) {
      this.indent = indent;
      this.width = width;
      this.line = new StringBuilder(indent);
    }

    void add(String word, String gap) {
      // A word that is too wide for any line gains nothing from a new one.
      if (line.length() > indent.length() && line.length() + (long) word.length() > width) {
        done.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(word).append(gap);
      if (gap.indexOf('\n') >= 0) {
        done.append(line);
        line = new StringBuilder(indent);
      }
    }

    String text() {
      return done.toString() + line;
    }
  }
}
