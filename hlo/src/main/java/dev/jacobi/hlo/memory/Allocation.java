package dev.jacobi.hlo.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.Objects;

/**
 * Some bytes of native memory, 64-byte aligned unless foreign. The memory is there as long as this
 * object is reachable and not closed; its first contents are undefined.
 *
 * <p>Thread-safe. A call that hands {@link #address} to native code pins the memory for its length
 * and keeps this object reachable; then a {@link #close} by another thread takes effect after it.
 */
public final class Allocation implements AutoCloseable {
  private static final int CLOSED = 1;
  private static final int PIN = 2;
  private static final VarHandle STATE;

  /** All of memory, for the accessors below, which check bounds themselves. */
  @SuppressWarnings("restricted")
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Allocation.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long address;
  private final long bytes;
  private final Object owner; // A Region, or whatever keeps the memory alive while we are.
  private final int slot;
  private volatile int state; // Twice the number of pins, plus one if closed.

  Allocation(long address, long bytes, Object owner, int slot) {
    this.address = address;
    this.bytes = bytes;
    this.owner = owner;
    this.slot = slot;
  }

  /**
   * Memory that somebody else owns. The segment is kept reachable; whether it stays valid is the
   * caller's promise.
   */
  public static Allocation ofForeign(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("a segment of the Java heap has no fixed address");
    }
    return new Allocation(segment.address(), segment.byteSize(), segment, 0);
  }

  /** The number of bytes that were asked for. */
  public long bytes() {
    return bytes;
  }

  /**
   * Where the memory is. Only for native code that runs while this object is reachable and pinned,
   * or known to no other thread.
   */
  public long address() {
    return address;
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return (state & CLOSED) != 0;
  }

  /**
   * Holds the memory until {@link #unpin}.
   *
   * @throws ClosedException if it is closed
   */
  public void pin() {
    int old;
    do {
      old = state;
      if ((old & CLOSED) != 0) {
        throw new ClosedException(bytes);
      }
    } while (!STATE.compareAndSet(this, old, old + PIN));
  }

  /** Ends one {@link #pin}. */
  public void unpin() {
    if ((int) STATE.getAndAdd(this, -PIN) == PIN + CLOSED) {
      release();
    }
  }

  /** Gives the memory back as soon as nothing holds it. A second call does nothing. */
  @Override
  public void close() {
    tryClose();
  }

  /** {@link #close}; false if it was closed before. Of several threads one gets true. */
  public boolean tryClose() {
    int old;
    do {
      old = state;
      if ((old & CLOSED) != 0) {
        return false;
      }
    } while (!STATE.compareAndSet(this, old, old | CLOSED));
    if (old == 0) {
      release();
    }
    return true;
  }

  /**
   * Closes this object and hands its memory to a new one, for a call that may overwrite its
   * argument.
   *
   * @return null, and nothing happened, if it is closed, or if a call or a view uses the memory
   */
  public Allocation tryMove() {
    if (owner instanceof MemorySegment || !STATE.compareAndSet(this, 0, CLOSED)) {
      return null;
    }
    var moved = new Allocation(address, bytes, owner, slot);
    if (owner instanceof Region region) {
      region.guardAnew(slot, moved);
    }
    Reference.reachabilityFence(this);
    return moved;
  }

  private void release() {
    if (owner instanceof Region region) {
      region.release(slot);
    }
  }

  /**
   * The bytes as a segment that is valid as long as anybody holds it: it keeps the memory, even
   * past {@link #close}.
   *
   * @throws ClosedException if the memory is closed
   */
  @SuppressWarnings("restricted")
  public MemorySegment segment() {
    pin();
    return MemorySegment.ofAddress(address).reinterpret(bytes, Arena.ofAuto(), ignored -> unpin());
  }

  /** Copies all of {@code source}, which must fit, to the bytes from {@code offset} on. */
  public void copyFrom(long offset, MemorySegment source) {
    long at = begin(offset, source.byteSize());
    try {
      MemorySegment.copy(source, 0, ALL, at, source.byteSize());
    } finally {
      end();
    }
  }

  /** Fills all of {@code target} with the bytes from {@code offset} on. */
  public void copyTo(long offset, MemorySegment target) {
    long at = begin(offset, target.byteSize());
    try {
      MemorySegment.copy(ALL, at, target, 0, target.byteSize());
    } finally {
      end();
    }
  }

  /** Sets all bytes. */
  public void fill(byte value) {
    long at = begin(0, bytes);
    try {
      ALL.asSlice(at, bytes).fill(value);
    } finally {
      end();
    }
  }

  public byte getByte(long offset) {
    long at = begin(offset, 1);
    try {
      return ALL.get(JAVA_BYTE, at);
    } finally {
      end();
    }
  }

  public short getShort(long offset) {
    long at = begin(offset, 2);
    try {
      return ALL.get(JAVA_SHORT_UNALIGNED, at);
    } finally {
      end();
    }
  }

  public int getInt(long offset) {
    long at = begin(offset, 4);
    try {
      return ALL.get(JAVA_INT_UNALIGNED, at);
    } finally {
      end();
    }
  }

  public long getLong(long offset) {
    long at = begin(offset, 8);
    try {
      return ALL.get(JAVA_LONG_UNALIGNED, at);
    } finally {
      end();
    }
  }

  public float getFloat(long offset) {
    long at = begin(offset, 4);
    try {
      return ALL.get(JAVA_FLOAT_UNALIGNED, at);
    } finally {
      end();
    }
  }

  public double getDouble(long offset) {
    long at = begin(offset, 8);
    try {
      return ALL.get(JAVA_DOUBLE_UNALIGNED, at);
    } finally {
      end();
    }
  }

  /** Writes the low {@code size} (1, 2, 4 or 8) bytes of {@code bits}. */
  public void putBits(long offset, int size, long bits) {
    long at = begin(offset, size);
    try {
      switch (size) {
        case 1 -> ALL.set(JAVA_BYTE, at, (byte) bits);
        case 2 -> ALL.set(JAVA_SHORT_UNALIGNED, at, (short) bits);
        case 4 -> ALL.set(JAVA_INT_UNALIGNED, at, (int) bits);
        case 8 -> ALL.set(JAVA_LONG_UNALIGNED, at, bits);
        default -> throw new IllegalArgumentException("no number has " + size + " bytes");
      }
    } finally {
      end();
    }
  }

  private long begin(long offset, long size) {
    Objects.checkFromIndexSize(offset, size, bytes);
    pin();
    return address + offset;
  }

  private void end() {
    unpin();
    Reference.reachabilityFence(this);
  }

  @Override
  public String toString() {
    int now = state;
    return "%d bytes at %x%s%s"
        .formatted(
            bytes,
            address,
            (now & CLOSED) != 0 ? ", closed" : "",
            now >= PIN ? ", pinned " + now / PIN + " times" : "");
  }
}
