package dev.jacobi.cpu.fft;

import dev.jacobi.hlo.DType;
import java.util.List;

/**
 * A complex transform over the last dimensions of an array.
 *
 * @param part the type of real and imaginary parts, f32 or f64
 * @param inverse whether the exponent's sign is positive and the result is scaled
 * @param batch how many transforms
 * @param lengths sizes of the transformed dimensions, all {@linkplain #isSmooth smooth}
 */
public record FftSpec(DType part, boolean inverse, long batch, List<Long> lengths) {
  /** Longer lines than this are only transformed along the last dimension. */
  public static final long MAX_COLUMN = 8192;

  private static final long[] PRIMES = {2, 3, 5, 7, 11, 13};

  public FftSpec {
    lengths = List.copyOf(lengths);
  }

  /** Whether a length is a product of primes for which there are butterflies. */
  public static boolean isSmooth(long n) {
    long rest = n;
    for (long p : PRIMES) {
      while (rest > 0 && rest % p == 0) {
        rest /= p;
      }
    }
    return rest == 1;
  }

  /** The cosine of k/n turns, computed from an angle of at most an eighth of a turn. */
  public static double cos(long k, long n) {
    long turn = 8 * n;
    long x = Math.floorMod(8 * Math.floorMod(k, n), turn);
    x = Math.min(x, turn - x); // even
    boolean negative = x > 2 * n;
    x = negative ? 4 * n - x : x; // cos(pi - x) = -cos x
    double value =
        x <= n ? Math.cos(Math.PI * x / (4.0 * n)) : Math.sin(Math.PI * (2 * n - x) / (4.0 * n));
    return negative ? -value : value;
  }

  public static double sin(long k, long n) {
    return cos(4 * Math.floorMod(k, n) - n, 4 * n); // a quarter of a turn back
  }

  /** The number of complex elements. */
  long size() {
    return lengths.stream().reduce(batch, Math::multiplyExact);
  }

  /** Points of one transform. */
  long points() {
    return lengths.stream().reduce(1L, Math::multiplyExact);
  }
}
