package dev.jacobi.hlo.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
  private static final long MB = 1 << 20;

  private static Pool pool(long limitMb, long capMb) {
    return new Pool(limitMb * MB, capMb * MB, false);
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 5000})
  void aDirtyPoolsMemoryIsNeverTheSame(long bytes) {
    var pool = new Pool(100 * MB, MB, true);
    for (int i = 0; i < 10; i++) {
      try (var one = pool.allocate(bytes);
          var other = pool.allocate(bytes)) {
        assertThat(one.getByte(bytes - 1)).isNotEqualTo(other.getByte(bytes - 1));
        assertThat(List.of(one.getByte(0), other.getByte(0))).contains((byte) -1);
      }
    }
  }

  @Property(tries = 300)
  void sizeClassesAreTightAndOrdered(@ForAll @LongRange(min = 1, max = 1L << 40) long bytes) {
    long size = SizeClass.roundUp(bytes);
    assertThat(size).isGreaterThanOrEqualTo(bytes);
    assertThat(size % 64).isZero();
    assertThat(SizeClass.roundUp(size)).isEqualTo(size);
    assertThat(SizeClass.indexFor(size)).isEqualTo(SizeClass.indexFor(bytes));
    assertThat(SizeClass.indexFor(size + 1)).isGreaterThan(SizeClass.indexFor(size));
    if (bytes <= 2 * MB || bytes >= 16 * MB) {
      assertThat(size - bytes).isLessThanOrEqualTo(Math.max(64, bytes / 8));
    }
    if (bytes > 2 * MB) {
      assertThat(size % NativePages.HUGE_PAGE).isZero();
    }
  }

  @Test
  void blocksAreAlignedAndNeverOverlap() {
    var pool = pool(2000, 200);
    var random = new Random(3);
    var live = new TreeMap<Long, Allocation>();
    for (int i = 0; i < 20_000; i++) {
      if (live.size() > 300 || (!live.isEmpty() && random.nextInt(3) == 0)) {
        var victim = live.ceilingEntry(random.nextLong());
        victim = victim == null ? live.firstEntry() : victim;
        live.remove(victim.getKey()).close();
        continue;
      }
      long bytes = (long) Math.exp(random.nextDouble() * Math.log(8e6));
      var a = pool.allocate(bytes);
      assertThat(a.bytes()).isEqualTo(bytes);
      assertThat(a.address() % 64).isZero();
      if (bytes > 2 * MB) {
        assertThat(a.address() % NativePages.HUGE_PAGE).isZero();
      }
      var below = live.floorEntry(a.address());
      var above = live.ceilingEntry(a.address());
      assertThat(below == null || below.getKey() + below.getValue().bytes() <= a.address())
          .isTrue();
      assertThat(above == null || a.address() + bytes <= above.getKey()).isTrue();
      live.put(a.address(), a);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4097, 70_000, 3 << 20})
  void closedBlocksAreUsedAgain(long bytes) {
    var pool = pool(100, 50);
    var first = pool.allocate(bytes);
    long address = first.address();
    first.close();
    assertThat(pool.allocate(bytes).address()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(longs = {64, 600, 4096, 70_000, 3 << 20})
  void droppedBlocksAreFoundAfterACollection(long bytes) {
    var pool = pool(600, 600);
    int n = (int) Math.min(5000, 100 * MB / bytes);
    for (int i = 0; i < n; i++) {
      pool.allocate(bytes);
    }
    long mapped = pool.stats().mapped();
    System.gc();
    pool.sweep();
    assertThat(pool.stats().inUse()).isLessThan(mapped / 10 + 20_000);
    long idle = pool.stats().idle();
    while (pool.stats().idle() > idle / 2) {
      pool.allocate(bytes);
    }
    assertThat(pool.stats().mapped()).isEqualTo(mapped); // Nothing fresh as long as some is idle.
  }

  @Test
  void reachableBlocksKeepTheirContents() {
    var pool = pool(600, 100);
    var kept = new ArrayList<Allocation>();
    for (int i = 0; i < 30_000; i++) {
      var a = pool.allocate(8 + i % 3000);
      a.putBits(0, 8, i);
      if (i % 100 == 0) {
        kept.add(a);
      }
      if (i % 10_000 == 0) {
        System.gc();
      }
    }
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.get(i).getLong(0)).isEqualTo(100L * i);
    }
  }

  @Test
  void closeWaitsForPinsAndIsIdempotent() {
    var pool = pool(100, 50);
    var a = pool.allocate(10_000);
    long idle = pool.stats().idle();
    a.pin();
    a.pin();
    a.close();
    a.close();
    assertThat(a.isClosed()).isTrue();
    a.unpin();
    assertThat(pool.stats().idle()).isEqualTo(idle);
    a.unpin();
    assertThat(pool.stats().idle()).isEqualTo(idle + SizeClass.roundUp(10_000));
    a.close();
    assertThat(a.tryClose()).isFalse();
    assertThat(pool.stats().idle()).isEqualTo(idle + SizeClass.roundUp(10_000));
  }

  @Test
  void memoryMovesOnlyWhenNobodyUsesIt() {
    for (long bytes : new long[] {8, 10_000}) {
      var pool = pool(100, 50);
      var a = pool.allocate(bytes);
      a.putBits(0, 8, 77);
      a.pin();
      assertThat(a.tryMove()).isNull();
      assertThat(a.isClosed()).isFalse();
      a.unpin();
      var b = a.tryMove();
      assertThat(a.isClosed()).isTrue();
      assertThat(a.tryMove()).isNull();
      a = null;
      System.gc();
      pool.sweep();
      assertThat(b.getLong(0)).isEqualTo(77);
      assertThat(pool.allocate(bytes).address()).isNotEqualTo(b.address());
    }
  }

  @Test
  void useAfterCloseIsNamed() {
    for (long bytes : new long[] {8, 10_000}) {
      var a = pool(100, 50).allocate(bytes);
      a.close();
      List<Runnable> uses =
          List.of(a::pin, a::segment, () -> a.getInt(0), () -> a.putBits(0, 4, 1));
      for (var use : uses) {
        assertThatThrownBy(use::run)
            .isInstanceOf(ClosedException.class)
            .hasMessageContaining("closed or donated");
      }
    }
  }

  @Test
  void accessorsCheckBounds() {
    var a = pool(100, 50).allocate(10);
    assertThat(a.bytes()).isEqualTo(10);
    List<Runnable> uses =
        List.of(
            () -> a.getInt(7),
            () -> a.getLong(-1),
            () -> a.getByte(10),
            () -> a.putBits(9, 2, 0),
            () -> a.copyFrom(1, MemorySegment.ofArray(new byte[10])),
            () -> a.copyTo(4, MemorySegment.ofArray(new long[1])));
    for (var use : uses) {
      assertThatThrownBy(use::run).isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> pool(100, 50).allocate(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersComeBackAsWritten() {
    var a = pool(100, 50).allocate(16);
    a.fill((byte) 0);
    a.putBits(1, 8, Double.doubleToRawLongBits(Math.PI));
    a.putBits(9, 4, Float.floatToRawIntBits(1.5f));
    a.putBits(13, 2, -2);
    a.putBits(15, 1, 7);
    assertThat(a.getDouble(1)).isEqualTo(Math.PI);
    assertThat(a.getFloat(9)).isEqualTo(1.5f);
    assertThat(a.getShort(13)).isEqualTo((short) -2);
    assertThat(a.getByte(15)).isEqualTo((byte) 7);
    assertThat(a.getByte(0)).isZero();
  }

  @Test
  void segmentOutlivesCloseAndTheAllocation() throws Exception {
    var pool = pool(100, 0); // Idle memory is unmapped at once: a stale view would crash.
    var a = pool.allocate(4 * MB);
    a.fill((byte) 5);
    var view = a.segment();
    long address = a.address();
    a.close();
    a = null;
    System.gc();
    assertThat(view.get(JAVA_BYTE, 4 * MB - 1)).isEqualTo((byte) 5);
    assertThat(view.address()).isEqualTo(address);
    assertThat(pool.stats().inUse()).isEqualTo(4 * MB);
    view = null;
    for (int i = 0; i < 100 && pool.stats().mapped() > 0; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(pool.stats().mapped()).isZero();
  }

  @Test
  void idleMemoryStaysUnderTheCap() {
    var pool = pool(1000, 64);
    var all = new ArrayList<Allocation>();
    for (int i = 0; i < 100; i++) {
      all.add(pool.allocate(4 * MB));
    }
    assertThat(pool.stats().inUse()).isEqualTo(400 * MB);
    all.forEach(Allocation::close);
    assertThat(pool.stats().idle()).isEqualTo(64 * MB);
    assertThat(pool.stats().mapped()).isEqualTo(64 * MB);
  }

  @Test
  void droppedResultsOfOneSizeCycleThroughFewBlocks() {
    var pool = pool(10_000, 2000);
    for (int i = 0; i < 300; i++) {
      pool.allocate(64 * MB); // Not touched: no pages behind it.
    }
    assertThat(pool.stats().collectionsAsked()).isPositive();
    assertThat(pool.stats().mapped()).isLessThanOrEqualTo(1500 * MB);
  }

  @Test
  void tooMuchIsANamedErrorAndThePoolGoesOn() {
    var pool = pool(100, 50);
    assertThatThrownBy(() -> pool.allocate(101 * MB))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("no memory for");
    var kept = new ArrayList<Allocation>();
    assertThatThrownBy(
            () -> {
              while (true) {
                kept.add(pool.allocate(10 * MB));
              }
            })
        .isInstanceOf(MemoryException.class);
    assertThat(kept).hasSizeBetween(8, 10);
    kept.clear();
    assertThatCode(() -> pool.allocate(50 * MB)).doesNotThrowAnyException();
  }

  @Test
  void foreignMemoryIsKeptNotFreed() {
    try (var arena = Arena.ofShared()) {
      var segment = arena.allocateFrom(JAVA_LONG, 42);
      var a = Allocation.ofForeign(segment);
      assertThat(a.getLong(0)).isEqualTo(42);
      a.close();
      assertThat(segment.get(JAVA_LONG, 0)).isEqualTo(42);
    }
    assertThatThrownBy(() -> Allocation.ofForeign(MemorySegment.ofArray(new int[1])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("slow")
  void eightThreadsNeverShareABlock() throws Exception {
    var pool = pool(3000, 100);
    try (var threads = Executors.newFixedThreadPool(8)) {
      var results = new ArrayList<Future<?>>();
      for (int t = 0; t < 8; t++) {
        int seed = t;
        results.add(threads.submit(() -> stress(pool, seed)));
      }
      for (var result : results) {
        result.get();
      }
    }
  }

  /** Every block carries its owner's mark at both ends as long as it is held. */
  private static void stress(Pool pool, int seed) {
    var random = new Random(seed);
    var held = new Allocation[64];
    var marks = new long[64];
    for (int i = 0; i < 40_000; i++) {
      int at = random.nextInt(64);
      var old = held[at];
      if (old != null) {
        assertThat(old.getLong(0)).isEqualTo(marks[at]);
        assertThat(old.getLong(old.bytes() - 8)).isEqualTo(marks[at]);
        if (random.nextBoolean()) {
          old.close();
        }
      }
      long bytes = 16 + (long) Math.exp(random.nextDouble() * Math.log(3e6));
      held[at] = pool.allocate(bytes);
      marks[at] = (long) seed << 32 | i;
      held[at].putBits(0, 8, marks[at]);
      held[at].putBits(bytes - 8, 8, marks[at]);
    }
  }
}
