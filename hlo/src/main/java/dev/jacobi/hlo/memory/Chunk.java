package dev.jacobi.hlo.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A block that small arrays of one size share. Each array holds the chunk, so its memory returns
 * when all of them are unreachable: one phantom reference for 8 to 64 arrays. The price is that one
 * array that is kept keeps its chunk: 4 KiB, or eight arrays.
 */
final class Chunk {
  private static final VarHandle NEXT;

  static {
    try {
      NEXT = MethodHandles.lookup().findVarHandle(Chunk.class, "next", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long address;
  private final int end;
  private final int arrayBytes;

  @SuppressWarnings("UnusedVariable") // Only through NEXT.
  private volatile int next;

  Chunk(long address, long bytes, int arrayBytes) {
    this.address = address;
    this.end = (int) bytes - arrayBytes;
    this.arrayBytes = arrayBytes;
  }

  /** The next array, or null if all are given out. */
  Allocation take(long bytes) {
    int at = (int) NEXT.getAndAdd(this, arrayBytes);
    return at <= end && at >= 0 ? new Allocation(address + at, bytes, this, 0) : null;
  }
}
