package dev.jacobi.hlo.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** All blocks of one size. Its monitor guards it and its regions; no other lock is taken inside. */
final class SizeClass {
  private static final long REGION_BYTES = NativePages.HUGE_PAGE;
  private static final int STEPS = 8; // Sizes per doubling: at most an eighth is wasted.

  private final Pool pool;
  private final long blockBytes;
  private final List<Region> regions = new ArrayList<>();
  private final ArrayDeque<Region> available = new ArrayDeque<>();
  private long sweptAt; // The collection after which this class was swept last.
  private long handedOut; // Bytes since that collection, less those closed.
  private long usedAt; // The collection after which a block was handed out last.

  SizeClass(Pool pool, long blockBytes) {
    this.pool = pool;
    this.blockBytes = blockBytes;
  }

  /** The number of the class that serves {@code bytes}. */
  static int indexFor(long bytes) {
    long size = roundUp(bytes);
    int doubling = 63 - Long.numberOfLeadingZeros(size);
    return doubling * STEPS + (int) (size >>> doubling - 3) - STEPS;
  }

  /** The block size that serves {@code bytes}: whole cache lines, whole huge pages if large. */
  static long roundUp(long bytes) {
    long below = Long.highestOneBit(Math.max(bytes, 64));
    long least = bytes > REGION_BYTES ? REGION_BYTES : 64;
    long step = Math.max(below / STEPS, least);
    return Math.max(bytes + step - 1 & -step, 64);
  }

  long blockBytes() {
    return blockBytes;
  }

  /** Takes a free block, made of memory that is there already; null if there is none. */
  synchronized Allocation tryAllocate(long bytes) {
    var region = available.peekLast();
    if (region == null) {
      return null;
    }
    int slot = take(region);
    var allocation = new Allocation(region.addressOf(slot), bytes, region, slot);
    region.guard(slot, allocation);
    return allocation;
  }

  /** The same, as a chunk of small arrays. */
  synchronized Chunk tryChunk(int arrayBytes) {
    var region = available.peekLast();
    if (region == null) {
      return null;
    }
    int slot = take(region);
    var chunk = new Chunk(region.addressOf(slot), blockBytes, arrayBytes);
    region.guard(slot, chunk);
    return chunk;
  }

  synchronized boolean hasFree() {
    return !available.isEmpty();
  }

  private int take(Region region) {
    int slot = region.take();
    if (region.isFull()) {
      available.removeLast();
      region.listed = false;
    }
    handedOut += blockBytes;
    usedAt = pool.collections();
    pool.idle(-blockBytes);
    return slot;
  }

  /** Frees a block that its holder gave back. */
  void release(Region region, int slot) {
    synchronized (this) {
      region.free(slot);
      handedOut = Math.max(0, handedOut - blockBytes);
      list(region);
      pool.idle(blockBytes);
    }
    pool.trimIfOverCap();
  }

  private void list(Region region) {
    if (!region.listed) {
      region.listed = true;
      available.addLast(region);
    }
  }

  /** Frees what a collection found unreachable; at most once per collection. */
  synchronized long sweep(long collections) {
    if (sweptAt == collections) {
      return 0;
    }
    sweptAt = collections;
    handedOut = 0;
    long freed = 0;
    for (var region : regions) {
      int found = region.sweep();
      if (found > 0) {
        freed += found * blockBytes;
        list(region);
      }
    }
    pool.idle(freed);
    return freed;
  }

  /** Bytes handed out since the last sweep and not closed: some may be unreachable by now. */
  synchronized long handedOut() {
    return handedOut;
  }

  synchronized long usedAt() {
    return usedAt;
  }

  /**
   * Maps one more region.
   *
   * @return false if the system has no memory
   */
  boolean grow() {
    int blocks = blocksPerRegion();
    boolean huge = blocks * blockBytes >= REGION_BYTES;
    long unit = huge ? REGION_BYTES : NativePages.PAGE;
    long bytes = (blocks * blockBytes + unit - 1) & -unit;
    long address = NativePages.map(bytes, unit);
    if (address == 0) {
      return false;
    }
    if (huge) {
      NativePages.adviseHuge(address, bytes);
    }
    pool.mapped(bytes);
    synchronized (this) {
      var region = new Region(this, address, bytes, blocks);
      regions.add(region);
      list(region);
      pool.idle(blocks * blockBytes);
    }
    return true;
  }

  /** Bytes that {@link #grow} maps, about. */
  long growth() {
    return blocksPerRegion() * blockBytes;
  }

  private int blocksPerRegion() {
    return Math.clamp(REGION_BYTES / blockBytes, 1, 64);
  }

  /** Returns wholly free regions to the system until {@code bytes} of them are gone. */
  long trim(long bytes) {
    long trimmed = 0;
    while (trimmed < bytes) {
      var region = removeEmpty();
      if (region == null) {
        break;
      }
      NativePages.unmap(region.address, region.mappedBytes);
      pool.mapped(-region.mappedBytes);
      trimmed += region.mappedBytes;
    }
    return trimmed;
  }

  private synchronized Region removeEmpty() {
    for (var region : available) {
      if (region.isEmpty()) {
        available.remove(region);
        regions.remove(region);
        pool.idle(-region.blocks * blockBytes);
        return region;
      }
    }
    return null;
  }
}
