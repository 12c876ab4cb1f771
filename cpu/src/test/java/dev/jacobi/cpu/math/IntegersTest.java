package dev.jacobi.cpu.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegersTest {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final int[] EDGES = {
    0, 1, -1, 2, -2, 3, 7, -7, Integer.MIN_VALUE, Integer.MAX_VALUE
  };

  private static int[] run(Kernel kernel, int[]... arguments) {
    int n = arguments[0].length;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] arrays = new MemorySegment[arguments.length + 1];
      for (int i = 0; i < arguments.length; i++) {
        arrays[i] = arena.allocate(4L * n, 64).copyFrom(MemorySegment.ofArray(arguments[i]));
      }
      arrays[arguments.length] = arena.allocate(4L * n, 64);
      kernel.run(n, arrays);
      return arrays[arguments.length].toArray(INT);
    }
  }

  private static int[][] pairs(int n) {
    Random random = new Random(5);
    int[][] p = new int[2][n];
    for (int i = 0; i < n; i++) {
      boolean edge = i < EDGES.length * EDGES.length;
      p[0][i] = edge ? EDGES[i / EDGES.length] : random.nextInt() >> random.nextInt(32);
      p[1][i] = edge ? EDGES[i % EDGES.length] : random.nextInt() >> random.nextInt(32);
    }
    return p;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8})
  void quotientsAndRemaindersNeverTrap(int lanes) {
    LType t = LType.I32;
    List<LType> two = List.of(t, t);
    int[][] p = pairs(4096);
    int[] q = run(Kernel.of(two, t, lanes, (f, a) -> IntMath.divide(f, a.get(0), a.get(1))), p);
    int[] r = run(Kernel.of(two, t, lanes, (f, a) -> IntMath.remainder(f, a.get(0), a.get(1))), p);
    int[] uq =
        run(Kernel.of(two, t, lanes, (f, a) -> IntMath.divideUnsigned(f, a.get(0), a.get(1))), p);
    int[] ur =
        run(
            Kernel.of(two, t, lanes, (f, a) -> IntMath.remainderUnsigned(f, a.get(0), a.get(1))),
            p);
    for (int i = 0; i < q.length; i++) {
      int x = p[0][i];
      int y = p[1][i];
      String what = x + " by " + y;
      assertThat(q[i]).as(what).isEqualTo(y == 0 ? -1 : x / y);
      assertThat(r[i]).as(what).isEqualTo(y == 0 ? x : x % y);
      assertThat(uq[i]).as(what).isEqualTo(y == 0 ? -1 : Integer.divideUnsigned(x, y));
      assertThat(ur[i]).as(what).isEqualTo(y == 0 ? x : Integer.remainderUnsigned(x, y));
    }
  }

  /** Every pair of bytes, as bytes, signed and unsigned. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void bytesAreDividedExactly(boolean signed) {
    LType t = LType.I32;
    Kernel kernel =
        Kernel.of(
            List.of(t, t),
            t,
            8,
            (f, a) -> {
              Val x = f.trunc(a.get(0), a.get(0).type().with(LType.I8));
              Val y = f.trunc(a.get(1), x.type());
              Val q = signed ? IntMath.divide(f, x, y) : IntMath.divideUnsigned(f, x, y);
              return f.sext(q, a.get(0).type());
            });
    int[] x = new int[1 << 16];
    int[] y = new int[1 << 16];
    for (int i = 0; i < x.length; i++) {
      x[i] = i >> 8;
      y[i] = i & 255;
    }
    int[] q = run(kernel, x, y);
    for (int i = 0; i < x.length; i++) {
      int want =
          signed ? (byte) y[i] == 0 ? -1 : (byte) x[i] / (byte) y[i] : y[i] == 0 ? -1 : x[i] / y[i];
      assertThat((byte) q[i]).as("%d by %d", x[i], y[i]).isEqualTo((byte) want);
    }
  }

  @Test
  void powersWrap() {
    LType t = LType.I32;
    int[][] p = pairs(2048);
    int[] z =
        run(
            Kernel.of(List.of(t, t), t, 8, (f, a) -> IntMath.power(f, a.get(0), a.get(1), true)),
            p);
    for (int i = 0; i < z.length; i++) {
      int x = p[0][i];
      int y = p[1][i];
      int want = y >= 0 ? power(x, y) : x == 1 ? 1 : x == -1 ? (y & 1) == 0 ? 1 : -1 : 0;
      assertThat(z[i]).as("%d to the %d", x, y).isEqualTo(want);
    }
  }

  private static int power(int x, int y) {
    return java.math.BigInteger.valueOf(x)
        .modPow(java.math.BigInteger.valueOf(y), java.math.BigInteger.ONE.shiftLeft(32))
        .intValue();
  }

  /** The known answers that the authors of Threefry publish with Random123. */
  @ParameterizedTest
  @CsvSource({
    "00000000, 00000000, 00000000, 00000000, 6b200159, 99ba4efe",
    "ffffffff, ffffffff, ffffffff, ffffffff, 1cb996fc, bb002be7",
    "13198a2e, 03707344, 243f6a88, 85a308d3, c4923a9c, 483df7a0"
  })
  void threefryGivesTheKnownAnswers(
      String k0, String k1, String x0, String x1, String y0, String y1) {
    LType t = LType.I32;
    for (int word : new int[] {0, 1}) {
      for (int lanes : new int[] {0, 8}) {
        Kernel kernel =
            Kernel.of(
                List.of(t, t, t, t),
                t,
                lanes,
                (f, a) -> Threefry.hash(f, a.get(0), a.get(1), a.get(2), a.get(3)).get(word));
        int[] y = run(kernel, row(k0), row(k1), row(x0), row(x1));
        assertThat(y).containsOnly(Integer.parseUnsignedInt(word == 0 ? y0 : y1, 16));
      }
    }
  }

  private static int[] row(String hex) {
    int[] row = new int[8];
    java.util.Arrays.fill(row, Integer.parseUnsignedInt(hex, 16));
    return row;
  }
}
