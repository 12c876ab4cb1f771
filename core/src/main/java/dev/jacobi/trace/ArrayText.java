package dev.jacobi.trace;

import dev.jacobi.hlo.Literal;

/** Stands in until the print package lands. */
final class ArrayText {
  private ArrayText() {}

  static String of(Literal l) {
    return text(l, 0, 0).toString();
  }

  private static StringBuilder text(Literal l, int d, long offset) {
    StringBuilder s = new StringBuilder();
    if (d == l.shape().rank()) {
      return s.append(l.dtype().isInexact() ? (Object) l.getDouble(offset) : l.getLong(offset));
    }
    s.append('[');
    for (long i = 0; i < l.shape().dim(d); i++) {
      s.append(i == 0 ? "" : " ").append(text(l, d + 1, offset + i * l.shape().strides()[d]));
    }
    return s.append(']');
  }
}
