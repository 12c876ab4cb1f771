package dev.jacobi.hlo.text;

/** Bytes of the source: an attribute that has not been read yet. Empty for a unit attribute. */
record Span(int start, int end) {
  boolean isEmpty() {
    return start == end;
  }
}
