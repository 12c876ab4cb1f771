package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.Isa;

/**
 * The part of C that is kept in registers.
 *
 * @param rows rows of C
 * @param vectors vector registers per row
 * @param lanes elements of a register
 */
record Tile(int rows, int vectors, int lanes) {

  int columns() {
    return vectors * lanes;
  }

  /** Registers for sums: the rest hold a piece of B's row and an element of A. */
  private static int registersForSums(Isa isa) {
    return switch (isa) {
      case SSE2 -> 8; // Products need registers too where there is no fused multiply-add.
      case AVX2 -> 12;
      case NEON -> 24;
      case AVX512, AVX512_BF16 -> 24; // With 28, LLVM spills one: it loads rows of B ahead.
    };
  }

  private static int vectorsPerRow(Isa isa) {
    return isa == Isa.NEON ? 3 : 2;
  }

  /** The tile for a product of m rows and n columns of {@code bytes}-sized sums. */
  static Tile of(Isa isa, int bytes, long m, long n) {
    int lanes = isa.vectorBytes() / bytes;
    int sums = registersForSums(isa);
    long wide = Math.ceilDiv(n, (long) lanes);
    if (wide < vectorsPerRow(isa)) {
      int vectors = (int) Math.max(1, wide);
      return new Tile(even(m, sums / vectors), vectors, lanes);
    }
    int rows = even(m, sums / vectorsPerRow(isa));
    int vectors = (int) Math.min(Math.min(sums / rows, wide), 6);
    return new Tile(rows, vectors, lanes);
  }

  /** At most {@code most} rows; few rows are divided into tiles of about the same height. */
  private static int even(long m, int most) {
    if (m >= 4L * most) {
      return most;
    }
    long tiles = Math.max(1, Math.ceilDiv(m, (long) most));
    return (int) Math.max(1, Math.ceilDiv(m, tiles));
  }
}
