package dev.jacobi.cpu.math;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Runs kernels whose argument or result is a 16-bit float. */
final class Halves {
  private Halves() {}

  static float[] run(Kernel kernel, short[] x) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocate(2L * x.length, 64).copyFrom(MemorySegment.ofArray(x));
      MemorySegment out = arena.allocate(4L * x.length, 64);
      kernel.run(x.length, in, out);
      float[] y = new float[x.length];
      MemorySegment.ofArray(y).copyFrom(out);
      return y;
    }
  }

  static short[] run(Kernel kernel, float[] x) {
    return run(kernel, MemorySegment.ofArray(x), 4L * x.length, x.length);
  }

  static short[] run(Kernel kernel, double[] x) {
    return run(kernel, MemorySegment.ofArray(x), 8L * x.length, x.length);
  }

  private static short[] run(Kernel kernel, MemorySegment x, long bytes, int n) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocate(bytes, 64).copyFrom(x);
      MemorySegment out = arena.allocate(2L * n, 64);
      kernel.run(n, in, out);
      short[] y = new short[n];
      MemorySegment.ofArray(y).copyFrom(out);
      return y;
    }
  }
}
