package dev.jacobi.hlo.spi;

import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;

/** The bytes of one array on a device. Freed when unreachable; {@link #close} is optional. */
public interface Buffer extends AutoCloseable {
  TensorType type();

  Device device();

  /**
   * Whether it was put on its device, or computed from what was: then computations with it run
   * there. Others are copied to where they are needed.
   */
  default boolean isBound() {
    return false;
  }

  /**
   * The elements, row-major, read only; the view keeps the memory alive. Waits for the producer.
   */
  MemorySegment toHost();

  /** The same memory as an array of another type, of as many bytes. */
  Buffer as(TensorType type);

  boolean isClosed();

  /** Gives the memory back after the calls that use it have ended. A second call does nothing. */
  @Override
  void close();
}
