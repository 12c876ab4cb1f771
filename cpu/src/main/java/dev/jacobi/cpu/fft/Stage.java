package dev.jacobi.cpu.fft;

/**
 * Transforms of all lines of an array, block by block.
 *
 * @param source where the array is read
 * @param target where it is written; may be the source if lines stay where they are
 * @param n points of a line
 * @param groups how often there are {@code lines} of them
 * @param groupStride complex elements from one group to the next
 * @param from where the points of a group are read
 * @param to where they are written
 * @param turnOf n times the lines, if results are multiplied by the roots of this order; else 0
 * @param scale what results are multiplied by
 */
record Stage(
    Place source,
    Place target,
    long n,
    long groups,
    long groupStride,
    long lines,
    Access from,
    Access to,
    long turnOf,
    double scale) {
  /** Memory that stages work on. */
  enum Place {
    OPERAND,
    RESULT,
    TEMPORARY
  }

  /** Floating-point operations, roughly. */
  double flops() {
    return 5.0 * n * lines * groups * Math.log(Math.max(2, n)) / Math.log(2);
  }
}
