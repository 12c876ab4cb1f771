package dev.jacobi.cli.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Spreads files over worker processes; every file gets an outcome. */
final class CheckRun {
  private final Supplier<WorkerProcess> workers;
  private final Summary summary;
  private final IntConsumer progress;

  /**
   * @param workers makes a worker
   * @param progress told how many files are done
   */
  CheckRun(Supplier<WorkerProcess> workers, Summary summary, IntConsumer progress) {
    this.workers = workers;
    this.summary = summary;
    this.progress = progress;
  }

  void run(List<Path> files, int processes) throws InterruptedException {
    var queue = new ConcurrentLinkedQueue<>(files);
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < Math.min(processes, files.size()); i++) {
      threads.add(Thread.ofPlatform().start(() -> work(queue)));
    }
    for (var thread : threads) {
      thread.join();
    }
  }

  private void work(Queue<Path> queue) {
    try (var worker = workers.get()) {
      for (var file = queue.poll(); file != null; file = queue.poll()) {
        summary.add(file.toString(), worker.check(file.toString()));
        progress.accept(summary.done());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
