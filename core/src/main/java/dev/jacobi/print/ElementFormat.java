package dev.jacobi.print;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** Gives all visible elements of an array the same width and style. */
@FunctionalInterface
interface ElementFormat {
  /** The text of element {@code i}. */
  String of(long i);

  /**
   * Chooses the format for the elements that will be seen.
   *
   * @param visible row-major positions
   */
  static ElementFormat choose(Elements elements, List<Long> visible, PrintOptions options) {
    return switch (elements.dtype().kind()) {
      case BOOL -> i -> elements.integer(i) != 0 ? " True" : "False";
      case SIGNED -> integers(i -> Long.toString(elements.integer(i)), visible);
      case UNSIGNED -> integers(i -> Long.toUnsignedString(elements.integer(i)), visible);
      case FLOAT -> new Floats(elements::real, elements, visible, options, false);
      case COMPLEX -> {
        Floats re = new Floats(elements::real, elements, visible, options, false);
        Floats im = new Floats(elements::imaginary, elements, visible, options, true);
        yield i -> re.of(i) + withUnit(im.of(i));
      }
    };
  }

  private static ElementFormat integers(ElementFormat plain, List<Long> visible) {
    int width = 0;
    for (long i : visible) {
      width = Math.max(width, plain.of(i).length());
    }
    int all = width;
    return i -> " ".repeat(all - plain.of(i).length()) + plain.of(i);
  }

  /** The j goes before the padding. */
  private static String withUnit(String imaginary) {
    String stripped = imaginary.stripTrailing();
    return stripped + "j" + imaginary.substring(stripped.length());
  }

  /** Floating-point numbers: fixed point if all can be read well that way, else with exponents. */
  final class Floats implements ElementFormat {
    private final LongToDoubleFunction values;
    private final FloatKind kind;
    private final PrintOptions options;
    private final boolean plus;
    private boolean scientific;
    private int left; // characters before the decimal point
    private int right; // characters after it
    private int fraction;
    private int exponentDigits;

    Floats(
        LongToDoubleFunction values,
        Elements elements,
        List<Long> visible,
        PrintOptions options,
        boolean plus) {
      this.values = values;
      this.kind = FloatKind.of(elements.dtype());
      this.options = options;
      this.plus = plus;
      List<Double> finite = new ArrayList<>();
      boolean negativeInfinity = plus;
      for (long i : visible) {
        double x = values.applyAsDouble(i);
        if (Double.isFinite(x)) {
          finite.add(x);
        }
        negativeInfinity |= x == Double.NEGATIVE_INFINITY;
      }
      scientific = needsExponents(finite);
      if (scientific) {
        measureScientific(finite);
      } else {
        measurePositional(finite);
      }
      if (finite.size() < visible.size()) {
        int offset = right + 1;
        left = Math.max(left, 3 + (negativeInfinity ? 1 : 0) - offset);
      }
    }

    private boolean needsExponents(List<Double> finite) {
      double min = Double.POSITIVE_INFINITY;
      double max = 0;
      for (double x : finite) {
        if (x != 0) {
          min = Math.min(min, Math.abs(x));
          max = Math.max(max, Math.abs(x));
        }
      }
      if (max == 0) {
        return false;
      }
      // NumPy compares in the arrays' own type.
      return max >= Math.pow(10, Math.min(8, kind.decimals()))
          || (!options.suppress() && (min < kind.round(0.0001) || kind.round(max / min) > 1000));
    }

    private void measureScientific(List<Double> finite) {
      Dragon4.Limit limit = new Dragon4.Limit.Digits(options.precision() + 1, 0);
      for (double x : finite) {
        String text = FloatText.scientific(x, kind, limit, plus, 0, 2);
        int point = text.indexOf('.');
        int e = text.indexOf('e');
        left = Math.max(left, point);
        fraction = Math.max(fraction, e - point - 1);
        exponentDigits = Math.max(exponentDigits, text.length() - e - 2);
      }
      right = exponentDigits + 2 + fraction;
    }

    private void measurePositional(List<Double> finite) {
      for (double x : finite) {
        String text = fixed(x);
        int point = text.indexOf('.');
        left = Math.max(left, point);
        right = Math.max(right, text.length() - point - 1);
      }
    }

    private String fixed(double x) {
      return FloatText.positional(
          x, kind, new Dragon4.Limit.Fraction(options.precision(), 0), plus);
    }

    @Override
    public String of(long i) {
      double x = values.applyAsDouble(i);
      if (!Double.isFinite(x)) {
        String text = FloatText.special(x, plus);
        return " ".repeat(Math.max(0, left + right + 1 - text.length())) + text;
      }
      if (scientific) {
        Dragon4.Limit limit = new Dragon4.Limit.Digits(fraction + 1, fraction + 1);
        String text = FloatText.scientific(x, kind, limit, plus, fraction, exponentDigits);
        return " ".repeat(Math.max(0, left - text.indexOf('.'))) + text;
      }
      String text = fixed(x);
      int point = text.indexOf('.');
      return " ".repeat(Math.max(0, left - point))
          + text
          + " ".repeat(Math.max(0, right - (text.length() - point - 1)));
    }
  }
}
