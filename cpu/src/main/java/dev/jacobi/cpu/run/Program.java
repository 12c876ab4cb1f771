package dev.jacobi.cpu.run;

import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.NativeCall;
import dev.jacobi.hlo.memory.Pool;
import dev.jacobi.hlo.spi.CallInterruptedException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A compiled program: one native function {@code i32 entry(ptr arguments, ptr results, ptr
 * context)} over arrays of pointers, called by one FFM call. {@link CallBlock} has the context.
 *
 * <p>The function returns 0, or 1 after a check failed or Java threw something, or 2 after it saw
 * the stop word. Thread-safe: every call in flight has a scratch arena of its own, kept for later
 * calls.
 */
public final class Program {
  private static final int FAILED = 1;
  private static final int STOPPED = 2;

  private final LoadedCode code;
  private final MemorySegment entry;
  private final long arenaBytes;
  private final long[] resultBytes;
  private final ThreadPool pool;
  private final Host host;
  private final AtomicReference<Allocation> arena = new AtomicReference<>();
  private final ConcurrentLinkedQueue<Allocation> moreArenas = new ConcurrentLinkedQueue<>();

  private Program(
      LoadedCode code,
      String entry,
      long arenaBytes,
      long[] resultBytes,
      ThreadPool pool,
      Host host) {
    this.code = code;
    this.entry = code.function(entry);
    this.arenaBytes = arenaBytes;
    this.resultBytes = resultBytes;
    this.pool = pool;
    this.host = host;
  }

  /**
   * Makes a program of loaded code.
   *
   * @param entry the name of its function
   * @param arenaBytes scratch memory that a call needs, 64-byte aligned; undefined at the start
   * @param resultBytes the size of each result
   */
  public static Program of(LoadedCode code, String entry, long arenaBytes, long... resultBytes) {
    return of(code, Host.NONE, entry, arenaBytes, resultBytes);
  }

  /** The same for a program that asks something of Java. */
  public static Program of(
      LoadedCode code, Host host, String entry, long arenaBytes, long... resultBytes) {
    return new Program(code, entry, arenaBytes, resultBytes.clone(), ThreadPool.shared(), host);
  }

  static Program of(
      LoadedCode code, ThreadPool pool, String entry, long arenaBytes, long... resultBytes) {
    return new Program(code, entry, arenaBytes, resultBytes.clone(), pool, Host.NONE);
  }

  /**
   * Runs the program. Arguments are held for the length of the call, even if other threads close
   * them.
   *
   * @param arguments not checked: their number and sizes must be what the code was compiled for
   * @param threads threads that may work on it, at most; 0 for all of the pool
   * @return the results, in memory of their own
   * @throws RuntimeException what {@link Host} says if a check in the program failed, what Java
   *     threw if the program called it, and {@link ProgramFailure} after {@code jacobi_fail}
   * @throws LaneCheckException if a check failed in a lane of a loop
   * @throws CallInterruptedException if this thread was interrupted and the program noticed
   * @throws dev.jacobi.hlo.memory.ClosedException if an argument is closed
   */
  public Allocation[] call(Allocation[] arguments, int threads) {
    var results = new Allocation[resultBytes.length];
    call(arguments, results, threads);
    return results;
  }

  /**
   * The same with places for results.
   *
   * @param results memory for each result, known to no other thread, or null for fresh memory,
   *     which is then put there
   */
  public void call(Allocation[] arguments, Allocation[] results, int threads) {
    call(arguments, results, threads, null);
  }

  /**
   * The same for one of the devices that run the program at once.
   *
   * @throws AbandonedException if another device failed, or the call was given up, while this one
   *     waited for it
   */
  public void call(Allocation[] arguments, Allocation[] results, Station station) {
    call(arguments, results, 0, station);
  }

  /** A station, or null for a call on one device. */
  private void call(Allocation[] arguments, Allocation[] results, int threads, Station station) {
    var blocks = CallBlocks.ofThread();
    var block = blocks.push(arguments.length + results.length);
    int pinned = 0;
    Allocation scratch = null;
    try {
      for (; pinned < arguments.length; pinned++) {
        var argument = arguments[pinned];
        argument.pin();
        block.pointer(pinned, argument.address());
      }
      for (int i = 0; i < results.length; i++) {
        if (results[i] == null) {
          results[i] = Pool.shared().allocate(resultBytes[i]);
        }
        block.pointer(arguments.length + i, results[i].address());
      }
      if (arenaBytes > 0) {
        scratch = takeArena();
        block.arena(scratch.address());
      }
      place(block, threads, station);
      block.host(host);
      Watcher.wake();
      int status =
          (int)
              (long)
                  NativeCall.HANDLE.invokeExact(
                      entry,
                      block.arguments(),
                      block.results(arguments.length),
                      block.context(),
                      0L,
                      0L,
                      0L,
                      0L);
      if (status != 0) {
        throw failure(block, status);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // A native function throws nothing.
    } finally {
      blocks.pop(block);
      while (pinned > 0) {
        arguments[--pinned].unpin();
      }
      if (scratch != null) {
        giveBack(scratch);
      }
      Reference.reachabilityFence(arguments);
      Reference.reachabilityFence(results);
      Reference.reachabilityFence(code);
    }
  }

  private void place(CallBlock block, int threads, Station station) {
    if (station == null) {
      block.threads(pool, threads > 0 ? threads : Integer.MAX_VALUE);
    } else {
      block.threads(station.pool(), Integer.MAX_VALUE);
      block.station(station);
    }
  }

  private static RuntimeException failure(CallBlock block, int status) {
    if (block.isAgain()) {
      return new LaneCheckException();
    }
    if (block.isAbandoned()) {
      return new AbandonedException();
    }
    return switch (status) {
      case FAILED -> block.failure();
      case STOPPED -> new CallInterruptedException();
      default -> new IllegalStateException("the program returned the unknown status " + status);
    };
  }

  private Allocation takeArena() {
    var kept = arena.getAndSet(null);
    if (kept == null) {
      kept = moreArenas.poll();
    }
    return kept != null ? kept : Pool.shared().allocate(arenaBytes);
  }

  private void giveBack(Allocation scratch) {
    if (!arena.compareAndSet(null, scratch)) {
      moreArenas.add(scratch);
    }
  }

  /** Gives the kept scratch memory back; calls that still run keep theirs, and later ones work. */
  public void trim() {
    for (var kept = arena.getAndSet(null); kept != null; kept = moreArenas.poll()) {
      kept.close();
    }
  }

  /** Bytes of scratch memory that one call needs. */
  public long arenaBytes() {
    return arenaBytes;
  }
}
