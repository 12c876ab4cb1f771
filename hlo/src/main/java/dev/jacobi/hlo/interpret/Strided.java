package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Shape;

/** Positions in a row-major array that a regular walk visits. */
final class Strided {
  private Strided() {}

  /**
   * For each index of {@code shape}, in row-major order, {@code offset + sum(index[d] *
   * strides[d])}.
   */
  static int[] positions(Shape shape, long[] strides, long offset) {
    int n = Math.toIntExact(shape.size());
    int[] out = new int[n];
    if (n == 0) {
      return out;
    }
    int rank = shape.rank();
    long[] index = new long[rank];
    long at = offset;
    for (int i = 0; ; i++) {
      out[i] = (int) at;
      int d = rank - 1;
      for (; d >= 0; d--) {
        at += strides[d];
        if (++index[d] < shape.dim(d)) {
          break;
        }
        at -= index[d] * strides[d];
        index[d] = 0;
      }
      if (d < 0) {
        return out;
      }
    }
  }
}
