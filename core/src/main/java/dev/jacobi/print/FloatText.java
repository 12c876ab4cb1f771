package dev.jacobi.print;

/** Writes one floating-point number, in fixed point or with an exponent. */
final class FloatText {
  private FloatText() {}

  /** Fixed point: {@code 12.5}, {@code 3.}; trailing zeros of the fraction are left out. */
  static String positional(double x, FloatKind kind, Dragon4.Limit limit, boolean plus) {
    Dragon4 d = Dragon4.of(x, kind, limit);
    StringBuilder text = new StringBuilder(sign(x, plus));
    for (int power = Math.max(d.exponent(), 0); power >= 0; power--) {
      text.append(d.at(power));
    }
    text.append('.');
    for (int power = -1; power > d.exponent() - d.digits().length(); power--) {
      text.append(d.at(power));
    }
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end);
  }

  /**
   * With an exponent: {@code 1.25e-07}.
   *
   * @param fraction how many digits follow the point; fewer are filled up with zeros
   * @param exponentDigits the least number of digits of the exponent
   */
  static String scientific(
      double x,
      FloatKind kind,
      Dragon4.Limit limit,
      boolean plus,
      int fraction,
      int exponentDigits) {
    Dragon4 d = Dragon4.of(x, kind, limit);
    StringBuilder text = new StringBuilder(sign(x, plus)).append(d.digits().charAt(0)).append('.');
    int end = d.digits().length();
    while (end > 1 && d.digits().charAt(end - 1) == '0') {
      end--;
    }
    text.append(d.digits(), 1, end);
    text.repeat('0', Math.max(0, fraction - (end - 1)));
    String exponent = Integer.toString(Math.abs(d.exponent()));
    text.append(d.exponent() < 0 ? "e-" : "e+");
    text.repeat('0', Math.max(0, Math.max(2, exponentDigits) - exponent.length()));
    return text.append(exponent).toString();
  }

  /** A number on its own, as Python writes it: {@code 1.0}, {@code 1e+20}, {@code nan}. */
  static String scalar(double x, FloatKind kind, boolean plus) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return special(x, plus);
    }
    Dragon4.Limit all = new Dragon4.Limit.None();
    double magnitude = Math.abs(x);
    double large = kind == FloatKind.F64 ? 1e16 : Math.pow(10, kind.decimals());
    if (magnitude == 0 || (magnitude < large && magnitude >= 1e-4)) {
      String text = positional(x, kind, all, plus);
      return text.endsWith(".") ? text + "0" : text;
    }
    return scientific(x, kind, all, plus, 0, 2).replace(".e", "e");
  }

  /** NaN, which has no sign, or an infinity. */
  static String special(double x, boolean plus) {
    if (Double.isNaN(x)) {
      return plus ? "+nan" : "nan";
    }
    return sign(x, plus) + "inf";
  }

  private static String sign(double x, boolean plus) {
    boolean negative = Double.doubleToRawLongBits(x) < 0;
    return negative ? "-" : plus ? "+" : "";
  }
}
