package dev.jacobi.hlo.memory;

import dev.jacobi.hlo.config.Config;
import java.lang.ref.PhantomReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Kept native memory in size classes. Thread-safe.
 *
 * <p>A request is served, in this order: from a free block; from a block whose holder the last
 * collection found unreachable; after asking for a collection, if what was handed out since the
 * last one is worth it; from fresh pages. Idle memory above the cap goes back to the system.
 */
public final class Pool {
  /** Arrays up to this many bytes share chunks. */
  static final int SMALL = 4096;

  private static final int MIN_CHUNK_BYTES = 4096;
  private static final int MIN_ARRAYS_PER_CHUNK = 8;
  private static final int STRIPES = 8;
  private static final int CLASSES = 64 * 8;
  private static final int SMALL_CLASSES = SizeClass.indexFor(SMALL) + 1;
  private static final long MIN_WORTH_COLLECTING = 32L << 20;
  private static final long MUCH = 256L << 20;
  private static final long WORTH_A_THREAD = 64L << 20;

  private final long limit;
  private final long cap;
  private final boolean dirties;
  private final AtomicReferenceArray<SizeClass> classes = new AtomicReferenceArray<>(CLASSES);
  private final AtomicReferenceArray<Chunk> chunks =
      new AtomicReferenceArray<>(STRIPES * SMALL_CLASSES);
  private final AtomicLong mapped = new AtomicLong();
  private final AtomicLong idle = new AtomicLong();
  private final AtomicLong dirtied = new AtomicLong();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final Collector collector = new Collector();
  private final ReentrantLock trimming = new ReentrantLock();
  private volatile PhantomReference<Object> sentinel = newSentinel();
  private volatile long collections = 1;

  private static final class Shared {
    static final Pool POOL =
        new Pool(SystemMemory.bytes(), SystemMemory.bytes() / 8, Config.get("dirty").isPresent());
  }

  /**
   * What the pool holds, in bytes.
   *
   * @param mapped taken from the system
   * @param idle kept for later requests; the rest is in use, or dropped and not yet found so
   * @param collectionsAsked how often the garbage collector was asked
   */
  public record Stats(long mapped, long idle, long collectionsAsked) {
    /** In use, or dropped and not yet found so. */
    public long inUse() {
      return mapped - idle;
    }
  }

  /**
   * The pool that everybody uses: limit is the machine's (or container's) memory, cap an eighth.
   */
  public static Pool shared() {
    return Shared.POOL;
  }

  /**
   * A pool of its own, for tests. Its pages are never given back when it is dropped.
   *
   * @param limit bytes that it may map
   * @param cap bytes that may lie idle
   * @param dirties whether memory is full of something else each time, so that what reads it before
   *     it is written is found out
   */
  Pool(long limit, long cap, boolean dirties) {
    this.limit = limit;
    this.cap = cap;
    this.dirties = dirties;
  }

  /**
   * Memory for an array, 64-byte aligned, with undefined contents.
   *
   * @param bytes at least 0
   * @throws MemoryException if there is not enough memory
   */
  public Allocation allocate(long bytes) {
    var allocation = take(bytes);
    if (dirties) {
      long n = dirtied.getAndIncrement();
      allocation.fill((byte) (n % 2 == 0 ? -1 : 31 * n)); // -1 is a NaN of every type
    }
    return allocation;
  }

  private Allocation take(long bytes) {
    if (bytes > SMALL) {
      var sizeClass = sizeClass(bytes);
      var allocation = sizeClass.tryAllocate(bytes);
      while (allocation == null) {
        provide(sizeClass);
        allocation = sizeClass.tryAllocate(bytes);
      }
      return allocation;
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("negative size " + bytes);
    }
    int stripe = (int) Thread.currentThread().threadId() & STRIPES - 1;
    int index = stripe * SMALL_CLASSES + SizeClass.indexFor(bytes);
    var chunk = chunks.getAcquire(index);
    var allocation = chunk == null ? null : chunk.take(bytes);
    while (allocation == null) {
      chunk = newChunk((int) SizeClass.roundUp(bytes));
      allocation = chunk.take(bytes);
      chunks.setRelease(index, chunk); // A chunk lost in a race is freed with its arrays.
    }
    return allocation;
  }

  private Chunk newChunk(int arrayBytes) {
    var sizeClass = sizeClass(Math.max(MIN_CHUNK_BYTES, MIN_ARRAYS_PER_CHUNK * arrayBytes));
    var chunk = sizeClass.tryChunk(arrayBytes);
    while (chunk == null) {
      provide(sizeClass);
      chunk = sizeClass.tryChunk(arrayBytes);
    }
    return chunk;
  }

  private SizeClass sizeClass(long bytes) {
    if (bytes > limit) {
      throw tooLarge(bytes);
    }
    int index = SizeClass.indexFor(bytes);
    var found = classes.getAcquire(index);
    if (found == null) {
      classes.compareAndSet(index, null, new SizeClass(this, SizeClass.roundUp(bytes)));
      found = classes.get(index);
    }
    return found;
  }

  /** Makes a block of a class available, one way or another. */
  private void provide(SizeClass wanted) {
    long asks = collector.asked();
    wanted.sweep(collections());
    trimIfOverCap();
    if (wanted.hasFree()) {
      return;
    }
    long idleBefore = idle.get();
    long handedOut = handedOut();
    long least = Math.max(4 * wanted.blockBytes(), MIN_WORTH_COLLECTING);
    // The second bound is what makes memory level off, however fast results are dropped.
    long much = Math.max(least, Math.max(MUCH, limit / 64));
    if (handedOut >= least
        && collector.askIfDue(asks, wanted.growth(), handedOut, Math.min(much, limit / 8))) {
      sweepAll(); // Or the sweeper was faster: what counts is what is idle now.
      collector.report(idle.get() - idleBefore, handedOut);
      trimIfOverCap();
      if (wanted.hasFree()) {
        return;
      }
    }
    if (mapped.get() + wanted.growth() > limit) {
      makeRoom(wanted.growth());
    }
    if (!wanted.grow()) {
      makeRoom(wanted.growth());
      if (!wanted.grow()) {
        throw tooLarge(wanted.growth());
      }
    }
  }

  /** The last means: everything unreachable is found, everything idle goes back. */
  private void makeRoom(long bytes) {
    System.gc();
    sweepAll();
    trim(Long.MAX_VALUE);
    if (mapped.get() + bytes > limit) {
      throw tooLarge(bytes);
    }
  }

  private MemoryException tooLarge(long bytes) {
    return new MemoryException(
        "no memory for %,d bytes: %,d of %,d bytes are in use, %,d idle"
            .formatted(bytes, stats().inUse(), limit, idle.get()));
  }

  /** The number of the last collection known of. */
  long collections() {
    if (sentinel.refersTo(null)) {
      synchronized (this) {
        if (sentinel.refersTo(null)) {
          sentinel = newSentinel();
          collections++;
        }
      }
    }
    return collections;
  }

  private static PhantomReference<Object> newSentinel() {
    return new PhantomReference<>(new Object(), null);
  }

  private List<SizeClass> all() {
    var all = new ArrayList<SizeClass>();
    for (int i = 0; i < CLASSES; i++) {
      var sizeClass = classes.getAcquire(i);
      if (sizeClass != null) {
        all.add(sizeClass);
      }
    }
    return all;
  }

  private long handedOut() {
    return all().stream().mapToLong(SizeClass::handedOut).sum();
  }

  private long sweepAll() {
    long now = collections();
    return all().stream().mapToLong(sizeClass -> sizeClass.sweep(now)).sum();
  }

  /** Finds what the last collection found unreachable, and returns what is idle above the cap. */
  public void sweep() {
    sweepAll();
    trimIfOverCap();
  }

  void trimIfOverCap() {
    long excess = idle.get() - cap;
    if (excess > 0) {
      trim(excess);
    }
  }

  /** Returns idle memory to the system, longest unused sizes first. */
  private void trim(long bytes) {
    trimming.lock();
    try {
      record Entry(SizeClass sizeClass, long usedAt) {} // Other threads change usedAt meanwhile.
      var entries = new ArrayList<>(all().stream().map(c -> new Entry(c, c.usedAt())).toList());
      entries.sort(Comparator.comparingLong(Entry::usedAt));
      long left = bytes;
      for (var entry : entries) {
        if (left > 0) {
          left -= entry.sizeClass.trim(left);
        }
      }
    } finally {
      trimming.unlock();
    }
  }

  void mapped(long bytes) {
    if (mapped.addAndGet(bytes) > WORTH_A_THREAD && !sweeping.getAndSet(true)) {
      Sweeper.start(this);
    }
  }

  void idle(long bytes) {
    idle.addAndGet(bytes);
  }

  public Stats stats() {
    return new Stats(mapped.get(), idle.get(), collector.asked());
  }
}
