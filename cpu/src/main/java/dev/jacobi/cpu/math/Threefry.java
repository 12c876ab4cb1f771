package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * The Threefry-2x32 block cipher with 20 rounds, as a generator of random bits.
 *
 * <p>Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
 * How counters are laid out over an array is the caller's business.
 */
public final class Threefry {
  private static final int[] EVEN = {13, 15, 26, 6};
  private static final int[] ODD = {17, 29, 16, 24};
  private static final long PARITY = 0x1BD11BDAL;

  private Threefry() {}

  /**
   * Enciphers the counter {@code (x0, x1)} under the key {@code (k0, k1)}; all are i32 of one
   * width.
   *
   * @return the two words
   */
  public static List<Val> hash(FnEmitter f, Val k0, Val k1, Val x0, Val x1) {
    Val k2 = f.xor(f.xor(k0, k1), Val.integer(k0.type(), PARITY));
    Val[] keys = {k0, k1, k2};
    Val a = f.add(x0, k0);
    Val b = f.add(x1, k1);
    for (int group = 1; group <= 5; group++) {
      for (int rotation : group % 2 == 1 ? EVEN : ODD) {
        a = f.add(a, b);
        b = f.xor(f.intrinsic("fshl", b, b, Val.integer(b.type(), rotation)), a);
      }
      a = f.add(a, keys[group % 3]);
      b = f.add(b, f.add(keys[(group + 1) % 3], Val.integer(b.type(), group))); // key part is fixed
    }
    return List.of(a, b);
  }
}
