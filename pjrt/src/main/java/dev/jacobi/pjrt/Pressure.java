package dev.jacobi.pjrt;

import dev.jacobi.hlo.memory.SystemMemory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks for a garbage collection when the plugin's arrays, of whose size the collector knows
 * nothing, have become many: dropped ones are freed after it.
 */
final class Pressure {
  private static final long LEAST = 256L << 20;
  private static final AtomicLong HELD = new AtomicLong();
  private static volatile long limit = Math.max(LEAST, SystemMemory.bytes() / 16);

  private Pressure() {}

  /** Counts memory that was taken, or with a minus given back. */
  static void add(long bytes) {
    HELD.addAndGet(bytes);
  }

  /** Bytes that the plugins' arrays hold, those that were dropped and not yet found included. */
  static long held() {
    return HELD.get();
  }

  /** For threads that are about to take more. */
  static void relieve() {
    if (HELD.get() > limit) {
      collect();
    }
  }

  private static synchronized void collect() {
    if (HELD.get() <= limit) {
      return; // Another thread did it.
    }
    System.gc();
    Handle.freeUnreachable();
    // What is left is in use: ask again when as much again was taken.
    limit = Math.max(Math.max(LEAST, SystemMemory.bytes() / 16), 2 * HELD.get());
  }
}
