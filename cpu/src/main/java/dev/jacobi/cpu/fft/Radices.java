package dev.jacobi.cpu.fft;

import java.util.ArrayList;
import java.util.List;

/** How a length divides into passes. */
final class Radices {
  private Radices() {}

  /** The radices of the passes; eights only where their 16 operands stay in registers. */
  static List<Integer> of(long n, boolean manyRegisters) {
    List<Integer> radices = new ArrayList<>();
    long rest = n;
    for (int p : new int[] {13, 11, 7, 5, 3}) {
      while (rest % p == 0) {
        radices.add(p);
        rest /= p;
      }
    }
    int twos = Long.numberOfTrailingZeros(rest);
    while (twos > 0) {
      int bits = manyRegisters && (twos == 3 || twos > 4) ? 3 : Math.min(twos, 2);
      radices.add(1 << bits);
      twos -= bits;
    }
    return radices;
  }

  /** The largest divisor up to the square root that leaves a multiple of it beyond. */
  static long divisor(long n, int lanes) {
    long best = 1;
    double bestCost = Double.MAX_VALUE;
    for (long d = 1; d * d <= n; d++) {
      if (n % d == 0) {
        for (long a : new long[] {d, n / d}) {
          double cost = waste(a, lanes) * waste(n / a, lanes) * (1 + Math.log((double) n / d / d));
          if (cost < bestCost) {
            bestCost = cost;
            best = a;
          }
        }
      }
    }
    return best;
  }

  /** Lanes that run for each line, on average. */
  private static double waste(long lines, int lanes) {
    return (double) (Math.ceilDiv(lines, lanes) * lanes) / lines;
  }
}
