package dev.jacobi.pjrt;

import dev.jacobi.hlo.memory.ClosedException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * An object of the plugin, destroyed when it was closed, or its Java owner is unreachable, and no
 * call uses it any more. Thread-safe.
 */
final class Handle {
  private static final ReferenceQueue<Object> DROPPED = new ReferenceQueue<>();
  private static final Set<Guard> GUARDS = ConcurrentHashMap.newKeySet();
  private static final int CLOSED = 1;
  private static final int PIN = 2;

  static {
    Thread.ofPlatform().daemon().name("jacobi-pjrt-handles").start(Handle::freeDropped);
  }

  /** Tells that an owner is gone. */
  private static final class Guard extends PhantomReference<Object> {
    private final Handle handle;

    Guard(Object owner, Handle handle) {
      super(owner, DROPPED);
      this.handle = handle;
    }
  }

  private final LongConsumer destroyer;
  private final long address;
  private final long bytes;
  private final Runnable freed;
  private final Guard guard;

  /** Twice the number of pins, plus one if closed. */
  private final AtomicInteger state = new AtomicInteger();

  /**
   * Takes over an object.
   *
   * @param destroyer the function that frees it
   * @param bytes what the object holds outside Java's heap
   * @param owner when it is unreachable, nobody can use the object any more
   * @param freed told when the object is gone; must not hold the owner
   */
  Handle(LongConsumer destroyer, long address, long bytes, Object owner, Runnable freed) {
    this.destroyer = destroyer;
    this.address = address;
    this.bytes = bytes;
    this.freed = freed;
    this.guard = new Guard(owner, this);
    GUARDS.add(guard);
    Pressure.add(bytes);
  }

  private static void freeDropped() {
    while (true) {
      try {
        ((Guard) DROPPED.remove()).handle.close();
      } catch (InterruptedException e) {
        return; // Nobody interrupts this thread but a JVM that ends.
      }
    }
  }

  /** Frees what the last collection found, without waiting for the thread that does it else. */
  static void freeUnreachable() {
    for (Guard g : GUARDS) {
      if (g.refersTo(null)) {
        g.handle.close();
      }
    }
  }

  /**
   * The object's address, valid until {@link #unpin}.
   *
   * @throws ClosedException if it is closed
   */
  long pin() {
    if (!tryPin()) {
      throw new ClosedException(bytes);
    }
    return address;
  }

  /** Holds the object until {@link #unpin}; false if it is closed. */
  boolean tryPin() {
    int old;
    do {
      old = state.get();
      if ((old & CLOSED) != 0) {
        return false;
      }
    } while (!state.compareAndSet(old, old + PIN));
    return true;
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
    guard.clear();
    GUARDS.remove(guard);
    destroyer.accept(address);
    freed.run();
  }
}
