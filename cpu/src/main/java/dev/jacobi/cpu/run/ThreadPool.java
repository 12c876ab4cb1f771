package dev.jacobi.cpu.run;

import dev.jacobi.cpu.llvm.Lazy;
import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.NativeCall;
import dev.jacobi.hlo.memory.Pool;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The worker threads that share one call's tasks. How they share them is native code: see {@link
 * RuntimeModule}.
 *
 * <p>The workers are daemon threads of the JVM that never come back from native code: so they have
 * names in a thread dump, may call Java, and end with the process without being asked.
 */
public final class ThreadPool {
  private static final long SPIN_NANOS = 20_000;

  private static final Lazy<Integer> SPINS = new Lazy<>(ThreadPool::measured);

  private static final Lazy<ThreadPool> SHARED = new Lazy<>(() -> new ThreadPool(defaultSize()));

  private final Allocation memory;
  private final int size;

  /** The pool that programs use unless they are given another. */
  public static ThreadPool shared() {
    return SHARED.get();
  }

  private static final Map<Integer, List<ThreadPool>> OF_DEVICES = new HashMap<>();

  /**
   * The threads of each of {@code n} devices that run one program, which divide those of the shared
   * pool among them; kept for later programs.
   *
   * @param threads threads that the program may use, at most; 0 for all of the shared pool
   */
  public static synchronized List<ThreadPool> ofDevices(int n, int threads) {
    int all = threads > 0 ? Math.min(threads, shared().size()) : shared().size();
    int each = Math.max(1, all / n);
    List<ThreadPool> pools = OF_DEVICES.computeIfAbsent(each, _ -> new ArrayList<>());
    while (pools.size() < n) {
      pools.add(each == shared().size() ? shared() : new ThreadPool(each));
    }
    return List.copyOf(pools.subList(0, n));
  }

  /** {@code JACOBI_THREADS}, else the processors that affinity and container leave us. */
  static int defaultSize() {
    return Config.getInt("threads", 1, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Starts a pool. Its workers stay as long as the process.
   *
   * @param threads threads that work on a call, the calling one among them
   */
  ThreadPool(int threads) {
    size = NativeRuntime.HAS_THREADS ? Math.clamp(threads, 1, 1000) : 1;
    memory = Pool.shared().allocate(RuntimeModule.POOL_BYTES);
    memory.fill((byte) 0);
    if (size > 1) {
      memory.putBits(RuntimeModule.SPINS_OFFSET, 4, spins(size));
      for (int i = 1; i < size; i++) {
        Thread.ofPlatform().daemon().name("jacobi-worker-" + i).start(this::work);
      }
    }
  }

  /** Threads that can work on one call, the calling one among them. */
  public int size() {
    return size;
  }

  /** The shared words that a call's view points to. */
  long address() {
    return memory.address();
  }

  private void work() {
    NativeCall.call(NativeRuntime.code().function("jacobi_worker"), address());
    Reference.reachabilityFence(this);
  }

  /**
   * How often each of so many threads may look at a word before it sleeps: for 20 us, but not where
   * it would take the time of the one that it waits for.
   */
  public static int spins(int threads) {
    return threads > Runtime.getRuntime().availableProcessors() ? 1 : SPINS.get();
  }

  private static int measured() {
    Allocation word = Pool.shared().allocate(64);
    word.fill((byte) 0);
    var spin = NativeRuntime.code().function("jacobi_spin");
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      long done = NativeCall.call(spin, word.address(), 1000);
      best = Math.min(best, (System.nanoTime() - start) / done);
    }
    word.close();
    return Math.clamp(SPIN_NANOS / Math.max(1, best), 10, 20_000);
  }
}
