package dev.jacobi.pjrt.struct;

import java.lang.foreign.MemorySegment;

/** Memory that the plugin owns. */
public final class Native {
  private Native() {}

  /** The {@code bytes} at an address that the plugin gave; the null pointer is empty. */
  @SuppressWarnings("restricted")
  public static MemorySegment at(long address, long bytes) {
    if (address == 0 || bytes == 0) {
      return MemorySegment.NULL.reinterpret(0);
    }
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }
}
