package dev.jacobi.cpu.run;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Stops long calls whose threads are interrupted. Native code cannot look at a Java thread's flag,
 * so one thread looks for all: every 10 ms as long as anything runs, once a second otherwise. A
 * call costs one store at its start and one at its end.
 */
public final class Watcher {
  private static final long PERIOD_NANOS = 10_000_000;
  private static final long ASLEEP_NANOS = 1_000_000_000;
  private static final int IDLE_ROUNDS = 100;

  private static final Queue<Watched> WATCHED = new ConcurrentLinkedQueue<>();
  private static final List<BooleanSupplier> OTHERS = new CopyOnWriteArrayList<>();
  private static volatile boolean asleep = true;
  private static Thread thread; // Guarded by the class.

  /** A block, with the number of the call that ran in it at the last look. */
  private static final class Watched {
    final WeakReference<CallBlock> block;
    long seen;
    int rounds;

    Watched(CallBlock block) {
      this.block = new WeakReference<>(block);
    }
  }

  private Watcher() {}

  static CallBlock watch(CallBlock block) {
    WATCHED.add(new Watched(block));
    return block;
  }

  /**
   * Looks after something else too, as long as anything runs.
   *
   * @param look is asked in every round, and says whether there was anything to look at
   */
  public static void alsoAsk(BooleanSupplier look) {
    OTHERS.add(look);
  }

  /** Makes sure that the calls are looked after; one volatile read if they are. */
  static void wake() {
    if (asleep) {
      wakeSlowly();
    }
  }

  private static synchronized void wakeSlowly() {
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("jacobi-watcher").start(Watcher::run);
    }
    asleep = false;
    LockSupport.unpark(thread);
  }

  private static void run() {
    int idle = 0;
    while (true) {
      LockSupport.parkNanos(PERIOD_NANOS);
      idle = look() ? 0 : idle + 1;
      if (idle > IDLE_ROUNDS) {
        asleep = true;
        // A call's store of its number and its read of `asleep` are not ordered, which would cost
        // every call more than a look each second does.
        while (asleep && !look()) {
          LockSupport.parkNanos(ASLEEP_NANOS);
        }
        asleep = false;
        idle = 0;
      }
    }
  }

  /** One round; whether anything has run since the last one. */
  private static boolean look() {
    boolean active = false;
    for (var all = WATCHED.iterator(); all.hasNext(); ) {
      var watched = all.next();
      var block = watched.block.get();
      if (block == null) {
        all.remove();
        continue;
      }
      long number = block.running();
      active |= number != 0 || watched.seen != 0;
      watched.rounds = number == watched.seen ? watched.rounds + 1 : 0;
      watched.seen = number;
      if (number != 0 && watched.rounds >= 2 && block.thread().isInterrupted()) {
        block.requestStop(number);
      }
    }
    for (BooleanSupplier other : OTHERS) {
      active |= other.getAsBoolean();
    }
    return active;
  }
}
