package dev.jacobi.pjrt;

import dev.jacobi.hlo.memory.ClosedException;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An object of the plugin, destroyed when it was closed, or its Java owner is unreachable, and no
 * call uses it any more. Thread-safe.
 */
final class Handle {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int CLOSED = 1;
  private static final int PIN = 2;

  private final PjrtApi api;
  private final String destroy;
  private final String field;
  private final long address;
  private final long bytes;

  /** Twice the number of pins, plus one if closed. */
  private final AtomicInteger state = new AtomicInteger();

  /**
   * Takes over an object.
   *
   * @param destroy the function that frees it
   * @param field the name of that function's argument
   * @param bytes what the object holds outside Java's heap
   */
  Handle(PjrtApi api, String destroy, String field, long address, long bytes) {
    this.api = api;
    this.destroy = destroy;
    this.field = field;
    this.address = address;
    this.bytes = bytes;
    Pressure.add(bytes);
  }

  /** Frees the object once {@code owner}, which must not be reachable from here, is unreachable. */
  void guard(Object owner) {
    CLEANER.register(owner, this::close);
  }

  /**
   * The object's address, valid until {@link #unpin}.
   *
   * @throws ClosedException if it is closed
   */
  long pin() {
    int old;
    do {
      old = state.get();
      if ((old & CLOSED) != 0) {
        throw new ClosedException(bytes);
      }
    } while (!state.compareAndSet(old, old + PIN));
    return address;
  }

  void unpin() {
    if (state.addAndGet(-PIN) == CLOSED) {
      free();
    }
  }

  /** Whether something besides the caller's own pin holds the object. */
  boolean isShared() {
    return state.get() > PIN;
  }

  boolean isClosed() {
    return (state.get() & CLOSED) != 0;
  }

  /** Frees the object as soon as no call uses it. A second call does nothing. */
  void close() {
    int old;
    do {
      old = state.get();
      if ((old & CLOSED) != 0) {
        return;
      }
    } while (!state.compareAndSet(old, old | CLOSED));
    if (old == 0) {
      free();
    }
  }

  private void free() {
    Pressure.add(-bytes);
    try (var arena = java.lang.foreign.Arena.ofConfined()) {
      api.call(destroy, Struct.make(destroy, arena).set(field, address));
    }
  }
}
