package dev.jacobi.cpu.fft;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The roots of unity that a transform multiplies by, in one array. */
final class Tables {
  private final DType part;
  private double[] values = new double[64];
  private int size;

  Tables(DType part) {
    this.part = part;
  }

  /** Where the next value goes. */
  int here() {
    return size;
  }

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, size));
    }
    values[size++] = value;
  }

  /** exp(-2 pi i k/n), real part then imaginary part. */
  void addRoot(long k, long n) {
    add(FftSpec.cos(k, n));
    add(-FftSpec.sin(k, n));
  }

  Literal literal() {
    TensorType type = TensorType.of(part, size);
    MemorySegment data = Literal.allocate(type);
    for (int i = 0; i < size; i++) {
      Literal.set(part, data, i, values[i], 0);
    }
    return Literal.wrap(type, data);
  }
}
