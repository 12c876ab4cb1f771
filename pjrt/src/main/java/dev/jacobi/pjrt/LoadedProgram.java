package dev.jacobi.pjrt;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** A program as the plugin compiled it, until {@link LoadedPrograms} needs its room. */
final class LoadedProgram {
  private final Handle handle;
  private final long address;

  /** The structs of a call, unless one is running. */
  private final AtomicReference<CallFrame> spare = new AtomicReference<>();

  private volatile long lastCall;

  /**
   * Takes over a compiled program.
   *
   * @param owner when it is unreachable, nobody can call the program any more
   * @param freed told when the program is gone; must not hold the owner
   */
  LoadedProgram(LongConsumer destroyer, long address, Object owner, Consumer<LoadedProgram> freed) {
    this.address = address;
    this.handle = new Handle(destroyer, address, 0, owner, () -> freed.accept(this));
  }

  /** Holds the program for a call, until {@link #unpin}; false if it is gone. */
  boolean pin(long now) {
    if (!handle.tryPin()) {
      return false;
    }
    if (lastCall != now) { // Most calls write nothing that other threads read.
      lastCall = now;
    }
    return true;
  }

  void unpin() {
    handle.unpin();
  }

  /** Destroys the program once no call runs it. */
  void close() {
    handle.close();
  }

  boolean isClosed() {
    return handle.isClosed();
  }

  long lastCall() {
    return lastCall;
  }

  /** For one call; {@link #giveBack} keeps it for the next. */
  CallFrame frame(int devices, int arguments, int results) {
    CallFrame free = spare.getAndSet(null);
    return free != null ? free : new CallFrame(address, devices, arguments, results);
  }

  void giveBack(CallFrame frame) {
    spare.set(frame);
  }
}
