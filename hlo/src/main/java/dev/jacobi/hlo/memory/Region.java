package dev.jacobi.hlo.memory;

import java.lang.ref.PhantomReference;

/**
 * Pages from the system, divided into at most 64 blocks of one size. All state is guarded by the
 * size class's monitor.
 *
 * <p>A block that is out has a phantom reference to the object that stands for it. No queue: after
 * a collection the class looks for the cleared ones, which is cheaper than a lock, a list and a
 * thread switch for every dead array. (Phantom, not weak: an object kept by a finalizer may still
 * use its memory.)
 */
final class Region {
  final SizeClass sizeClass;
  final long address;
  final long mappedBytes;
  final int blocks;
  private final PhantomReference<?>[] taken;
  private long free;
  boolean listed; // Whether the class has it among those with free blocks.

  Region(SizeClass sizeClass, long address, long mappedBytes, int blocks) {
    this.sizeClass = sizeClass;
    this.address = address;
    this.mappedBytes = mappedBytes;
    this.blocks = blocks;
    this.taken = new PhantomReference<?>[blocks];
    this.free = blocks == 64 ? -1 : (1L << blocks) - 1;
  }

  boolean isFull() {
    return free == 0;
  }

  boolean isEmpty() {
    return Long.bitCount(free) == blocks;
  }

  /** The number of a free block, which is no longer free; {@link #guard} must follow. */
  int take() {
    int slot = Long.numberOfTrailingZeros(free);
    free &= free - 1;
    return slot;
  }

  long addressOf(int slot) {
    return address + slot * sizeClass.blockBytes();
  }

  /** Frees block {@code slot} when {@code holder} is unreachable. */
  void guard(int slot, Object holder) {
    taken[slot] = new PhantomReference<>(holder, null);
  }

  /** Frees block {@code slot} when {@code holder} is unreachable, no more the one before. */
  void guardAnew(int slot, Object holder) {
    synchronized (sizeClass) {
      taken[slot].clear();
      guard(slot, holder);
    }
  }

  /** Frees a block whose holder was closed. */
  void release(int slot) {
    sizeClass.release(this, slot);
  }

  void free(int slot) {
    taken[slot].clear();
    taken[slot] = null;
    free |= 1L << slot;
  }

  /** Frees the blocks whose holders are gone, and says how many. */
  int sweep() {
    int found = 0;
    for (int slot = 0; slot < blocks; slot++) {
      if (taken[slot] != null && taken[slot].refersTo(null)) {
        free(slot);
        found++;
      }
    }
    return found;
  }
}
