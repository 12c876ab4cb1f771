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

  private ArrayText(Elements elements, PrintOptions options) {
    this.options = options;
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
    if (elements.shape().isScalar()) {
      return scalar(elements);
    }
    if (elements.shape().size() == 0) {
      return "[]";
    }
    ArrayText text = new ArrayText(elements, options);
    return text.rows(0, 0, " ", options.lineWidth());
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
    Lines lines = new Lines(indent, last ? width - 1 : Integer.MAX_VALUE);
    String gap = last ? " " : "\n".repeat(sizes.length - axis - 1);
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
      if (gap.startsWith("\n")) {
        done.append(line);
        line = new StringBuilder(indent);
      }
    }

    String text() {
      return done.toString() + line;
    }
  }
}
