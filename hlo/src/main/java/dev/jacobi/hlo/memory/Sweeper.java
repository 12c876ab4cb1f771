package dev.jacobi.hlo.memory;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * Sweeps a pool after each garbage collection, so that memory above the cap returns to the system
 * even if nobody asks the pool for anything any more. It ends when its pool is unreachable.
 */
final class Sweeper implements Runnable {
  private final WeakReference<Pool> pool;

  private Sweeper(Pool pool) {
    this.pool = new WeakReference<>(pool);
  }

  static void start(Pool pool) {
    Thread.ofPlatform().daemon().name("jacobi-memory").start(new Sweeper(pool));
  }

  @Override
  public void run() {
    var queue = new ReferenceQueue<Object>();
    try {
      while (true) {
        var afterNextCollection = new PhantomReference<>(new Object(), queue);
        queue.remove();
        var current = pool.get();
        if (current == null) {
          return;
        }
        current.sweep();
        Reference.reachabilityFence(afterNextCollection); // Lest it die before its referent.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Somebody wants all threads to end: one may.
    }
  }
}
