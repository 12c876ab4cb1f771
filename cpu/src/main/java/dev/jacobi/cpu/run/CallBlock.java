package dev.jacobi.cpu.run;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.Pool;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The memory through which one call talks to its program; used again by later calls of the thread.
 * Its layout is the contract with generated code:
 *
 * <pre>
 *    0  context    ptr arena, ptr pool view, ptr error record, ptr stop word, ptr device record
 *   64  pool view  ptr shared pool, i32 threads of this call
 *  128  stop word  i32, not 0 when the call shall end
 *  192  error      i32 lock, i32 set, i64 order, i32 site, i32 count, then the values:
 *                  i64 values[8] by jacobi_fail, 16 bytes each by a check
 *  512  ptr arguments[], then ptr results[]
 * </pre>
 */
final class CallBlock {
  static final int POOL_VIEW = 64;
  static final int STOP = 128;
  static final int ERROR = 192;
  static final int POINTERS = 512;

  private static final int AGAIN = 2; // what lanes set the stop word to

  private static final int ERROR_SITE = ERROR + 16;
  private static final int ERROR_VALUES = ERROR + 24;

  /** All of memory: every address below lies in a block of ours. */
  @SuppressWarnings("restricted")
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final VarHandle RUNNING;

  static {
    try {
      RUNNING = MethodHandles.lookup().findVarHandle(CallBlock.class, "running", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Allocation memory;
  private final long base;
  private final int capacity;
  private final Thread thread = Thread.currentThread();
  private Host host = Host.NONE;
  private Throwable thrown; // null if Java threw nothing
  private Station station; // null for a call on one device
  private long stop; // address of the stop word
  private volatile long running; // The number of the call that runs, 0 if none: for the watcher.

  CallBlock(int pointers) {
    capacity = Math.max(64, Integer.highestOneBit(pointers) * 2);
    memory = Pool.shared().allocate(POINTERS + 8L * capacity);
    memory.fill((byte) 0);
    base = memory.address();
    put(0, 0);
    put(8, base + POOL_VIEW);
    put(16, base + ERROR);
    stop(base + STOP);
  }

  private void stop(long address) {
    stop = address;
    put(24, address);
  }

  boolean holds(int pointers) {
    return pointers <= capacity;
  }

  long context() {
    return base;
  }

  long arguments() {
    return base + POINTERS;
  }

  long results(int arguments) {
    return base + POINTERS + 8L * arguments;
  }

  void pointer(int index, long address) {
    ALL.set(JAVA_LONG, base + POINTERS + 8L * index, address);
  }

  void arena(long address) {
    ALL.set(JAVA_LONG, base, address);
  }

  void threads(ThreadPool pool, int threads) {
    ALL.set(JAVA_LONG, base + POOL_VIEW, pool.address());
    ALL.set(JAVA_INT, base + POOL_VIEW + 8, Math.min(threads, pool.size()));
  }

  private void put(long offset, long value) {
    ALL.set(JAVA_LONG, base + offset, value);
  }

  Thread thread() {
    return thread;
  }

  /** The number of the call that runs; 0 if none does. */
  long running() {
    return running;
  }

  void begin(long number) {
    ALL.set(JAVA_INT, base + STOP, 0);
    RUNNING.setRelease(this, number);
  }

  /** Makes this one device's part of a call: all devices have one stop word. */
  void station(Station own) {
    station = own;
    put(32, own.record());
    stop(own.stop());
  }

  /** Whether the device ended because others failed. */
  boolean isAbandoned() {
    return station != null && ALL.get(JAVA_INT, station.record() + Station.ABANDONED) != 0;
  }

  /** Who answers what the program asks of Java. */
  void host(Host asked) {
    host = asked;
  }

  Host host() {
    return host;
  }

  /** Whether a check failed in a lane, so that the call must be made again step by step. */
  boolean isAgain() {
    return ALL.get(JAVA_INT, base + STOP) == AGAIN;
  }

  /** Keeps what Java threw while the program waited for it. */
  void thrown(Throwable e) {
    thrown = e;
  }

  void end() {
    if (station != null) {
      station = null;
      stop(base + STOP);
    }
    host = Host.NONE;
    thrown = null;
    RUNNING.setRelease(this, 0L);
  }

  /** Asks the program to end at its next look, if it still runs the call of that number. */
  void requestStop(long number) {
    if (running == number) {
      ALL.set(JAVA_INT, stop, 1);
    }
  }

  /** Why the program ended early; what it shows must still be in memory. */
  RuntimeException failure() {
    if (thrown instanceof Error e) {
      throw e;
    }
    if (thrown instanceof RuntimeException e) {
      return e;
    }
    if (host != Host.NONE) {
      return host.failure(ALL.get(JAVA_INT, base + ERROR_SITE), base + ERROR_VALUES);
    }
    return takeFailure();
  }

  /** The error that the program left, which is then forgotten. */
  private ProgramFailure takeFailure() {
    int count = ALL.get(JAVA_INT, base + ERROR_SITE + 4);
    var values = new long[Math.clamp(count, 0, 8)];
    for (int i = 0; i < values.length; i++) {
      values[i] = ALL.get(JAVA_LONG, base + ERROR_VALUES + 8L * i);
    }
    int site = ALL.get(JAVA_INT, base + ERROR_SITE);
    ALL.set(JAVA_LONG, base + ERROR, 0);
    return new ProgramFailure(site, values);
  }
}
