package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.LType;
import java.util.List;

/**
 * The product {@code C[i, j] = sum over l of A[i, l] * B[l, j]}, for each index of the batch
 * dimensions; with sum dimensions, the sum of such products. All strides count elements.
 *
 * @param operand element type of A and B: half, bfloat, float, double, i32 or i64
 * @param result element type of C; sums are kept in float for 16-bit operands, else in the
 *     operands' type
 * @param m rows of A and C
 * @param n columns of B and C
 * @param k columns of A, rows of B
 * @param aRow distance of A's rows; {@code aCol} of its columns
 * @param bRow distance of B's rows; {@code bCol} of its columns
 * @param cRow distance of C's rows; its columns are adjacent
 * @param batch outer dimensions, the slowest first
 * @param sums outer dimensions of the sum, the slowest first; with any, B's columns are adjacent
 */
public record GemmSpec(
    LType operand,
    LType result,
    long m,
    long n,
    long k,
    long aRow,
    long aCol,
    long bRow,
    long bCol,
    long cRow,
    List<Batch> batch,
    List<Sum> sums) {

  /** A batch dimension: its size, and how far A, B and C move with it. */
  public record Batch(long size, long a, long b, long c) {}

  /** A dimension that is summed over besides k: its size, and how far A and B move with it. */
  public record Sum(long size, long a, long b) {}

  public GemmSpec {
    batch = List.copyOf(batch);
    sums = List.copyOf(sums);
    if (m < 0 || n < 0 || k < 0 || operand.isVector() || result.isVector()) {
      throw new IllegalArgumentException("no matrix product: " + m + " x " + n + " x " + k);
    }
  }

  /** Products that are not summed. */
  public GemmSpec(
      LType operand,
      LType result,
      long m,
      long n,
      long k,
      long aRow,
      long aCol,
      long bRow,
      long bCol,
      long cRow,
      List<Batch> batch) {
    this(operand, result, m, n, k, aRow, aCol, bRow, bCol, cRow, batch, List.of());
  }

  /** Row-major matrices without gaps. */
  public static GemmSpec of(LType type, long m, long n, long k) {
    return new GemmSpec(type, type, m, n, k, k, 1, n, 1, n, List.of());
  }

  /** A is stored transposed, k x m. */
  public GemmSpec transposedA() {
    return new GemmSpec(operand, result, m, n, k, 1, m, bRow, bCol, cRow, batch);
  }

  /** B is stored transposed, n x k. */
  public GemmSpec transposedB() {
    return new GemmSpec(operand, result, m, n, k, aRow, aCol, 1, k, cRow, batch);
  }

  /** A stack of {@code size} such products, each operand without gaps. */
  public GemmSpec batched(long size) {
    var outer = List.of(new Batch(size, m * k, k * n, m * n));
    return new GemmSpec(operand, result, m, n, k, aRow, aCol, bRow, bCol, cRow, outer);
  }

  /** With C of another type. */
  public GemmSpec result(LType type) {
    return new GemmSpec(operand, type, m, n, k, aRow, aCol, bRow, bCol, cRow, batch, sums);
  }

  /** The type of the sums. */
  public LType sum() {
    return switch (operand.elem()) {
      case HALF, BFLOAT, FLOAT -> LType.FLOAT;
      case DOUBLE -> LType.DOUBLE;
      case I32 -> LType.I32;
      case I64 -> LType.I64;
      case VOID, I1, I8, I16, I128, PTR ->
          throw new IllegalArgumentException("no matrix product of " + operand);
    };
  }

  /** The number of products in the batch. */
  long products() {
    return batch.stream().mapToLong(Batch::size).reduce(1, Math::multiplyExact);
  }

  /** The number of products that are summed into one. */
  long terms() {
    return sums.stream().mapToLong(Sum::size).reduce(1, Math::multiplyExact);
  }

  /** Multiplications and additions of one product, all its terms included. */
  double flops() {
    return 2.0 * m * n * k * terms();
  }

  /** The same with A and B exchanged, C transposed: only for n = 1, where C is a column. */
  GemmSpec swapped() {
    var exchanged = batch.stream().map(b -> new Batch(b.size, b.b, b.a, b.c)).toList();
    return new GemmSpec(operand, result, n, m, k, bCol, bRow, aCol, aRow, 1, exchanged);
  }
}
