package dev.jacobi.pjrt;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;

/**
 * The programs that a plugin holds compiled. Each takes mappings of memory, of which a process may
 * have only so many; so when there are too many, those that were not called for longest are
 * destroyed, and compiled again when they are called again. Thread-safe.
 */
final class LoadedPrograms {
  /** How many a plugin may hold: small ones take 200 KB each, and two of 65,530 mappings. */
  static final int MOST = 2000;

  /** Large programs take more mappings: so often these are counted. */
  private static final int COUNTED = 64;

  /** A program with the time of its last call, which calls may change meanwhile. */
  private record Aged(LoadedProgram program, long lastCall) {}

  private final LongConsumer destroyer;
  private final int most;
  private final DoubleSupplier taken;
  private final Set<LoadedProgram> present = ConcurrentHashMap.newKeySet();

  /** Time is counted in programs, since only these push others out. */
  private final AtomicLong clock = new AtomicLong();

  /**
   * Room for programs.
   *
   * @param destroyer frees a program
   * @param most how many, give or take those that are being compiled or called
   * @param taken how much of its mappings the process has taken, from 0 to 1
   */
  LoadedPrograms(LongConsumer destroyer, int most, DoubleSupplier taken) {
    this.taken = taken;
    this.destroyer = destroyer;
    this.most = most;
  }

  long now() {
    return clock.get();
  }

  int count() {
    return present.size();
  }

  /**
   * Compiles a program; if the plugin has no room for it, after destroying all others.
   *
   * @param owner when it is unreachable, nobody can call the program any more
   * @param compiler gives the address of the program that the plugin compiled
   * @throws PjrtException if the plugin refuses it
   */
  LoadedProgram load(byte[] text, Object owner, ToLongFunction<byte[]> compiler) {
    makeRoom();
    long address;
    try {
      address = compiler.applyAsLong(text);
    } catch (PjrtException e) {
      if (!e.saysNoRoom() || present.isEmpty()) {
        throw e;
      }
      address = afterDroppingAll(text, compiler, e);
    }
    var program = new LoadedProgram(destroyer, address, owner, present::remove);
    present.add(program);
    program.pin(clock.incrementAndGet());
    program.unpin();
    return program;
  }

  private long afterDroppingAll(
      byte[] text, ToLongFunction<byte[]> compiler, PjrtException refusal) {
    System.gc();
    Handle.freeUnreachable();
    present.forEach(LoadedProgram::close);
    try {
      return compiler.applyAsLong(text);
    } catch (PjrtException again) {
      again.addSuppressed(refusal);
      throw again;
    }
  }

  /** Many at a time, so that the sorting does not count. */
  private synchronized void makeRoom() {
    int count = present.size();
    if (count >= most) {
      dropOldest(Math.max(1, most / 4));
    } else if (now() % COUNTED == COUNTED - 1 && taken.getAsDouble() > 0.5) {
      dropOldest(count / 2);
    }
  }

  private void dropOldest(int n) {
    present.stream()
        .filter(p -> !p.isClosed())
        .map(p -> new Aged(p, p.lastCall()))
        .sorted(Comparator.comparingLong(Aged::lastCall))
        .limit(n)
        .forEach(a -> a.program().close());
  }
}
