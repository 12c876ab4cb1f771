package dev.jacobi.cpu.grid;

import dev.jacobi.cpu.run.AbandonedException;
import dev.jacobi.cpu.run.Program;
import dev.jacobi.cpu.run.Station;
import dev.jacobi.cpu.run.ThreadPool;
import dev.jacobi.cpu.run.Watcher;
import dev.jacobi.hlo.grid.CollectiveException;
import dev.jacobi.hlo.grid.Standing;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Calls of one program on several devices. In a process one such call runs at a time, in the order
 * in which they come, so that no two calls can each hold a device that the other waits for.
 */
public final class GridCall {
  private static final ReentrantLock ONE = new ReentrantLock(true);

  private static volatile GridCall running; // null if none

  static {
    Watcher.alsoAsk(
        () -> {
          GridCall now = running;
          if (now != null) {
            now.look();
          }
          return now != null;
        });
  }

  private final Program program;
  private final List<Device> devices;
  private final GridMemory memory;
  private final List<Station> stations = new ArrayList<>();
  private final Throwable[] failures; // of the call that runs
  private final boolean[] ended;
  private volatile long calls;
  private CollectiveException stuck; // guarded by this
  private List<GridMemory.Sight> before = List.of(); // what the last look saw
  private long callBefore;

  /**
   * Prepares calls.
   *
   * @param threads that all devices together may use; 0 for all there are
   */
  public GridCall(Program program, Meetings meetings, List<Device> devices, int threads) {
    this.program = program;
    this.devices = devices;
    this.memory = new GridMemory(meetings);
    this.failures = new Throwable[devices.size()];
    this.ended = new boolean[devices.size()];
    List<ThreadPool> pools = ThreadPool.ofDevices(devices.size(), threads);
    for (int d = 0; d < devices.size(); d++) {
      stations.add(memory.station(d, pools.get(d)));
    }
  }

  /**
   * Runs the program on all devices.
   *
   * @param arguments for each device
   * @param results for each device places as those of {@link Program#call}
   * @throws DeviceException in a function that such a program calls
   * @throws CollectiveException if devices wait for each other for ever
   * @throws RuntimeException the first failure in the order of the devices
   */
  public void run(Allocation[][] arguments, Allocation[][] results) {
    if (ONE.isHeldByCurrentThread() || DeviceThreads.isDevice()) {
      throw new DeviceException(
          "a function that a program on several devices calls wants to run another such program,"
              + " which would wait for the first to end");
    }
    try {
      ONE.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException();
    }
    try {
      synchronized (this) {
        calls++;
        stuck = null;
        for (int d = 0; d < ended.length; d++) {
          ended[d] = false;
          failures[d] = null;
        }
      }
      memory.begin();
      running = this;
      DeviceThreads.run(devices.size(), d -> part(d, arguments[d], results[d]), memory::stop);
      running = null;
      throwFirst();
    } finally {
      running = null;
      ONE.unlock();
    }
  }

  private void part(int device, Allocation[] arguments, Allocation[] results) {
    Throwable failure = null;
    try {
      program.call(arguments, results, stations.get(device));
    } catch (Throwable e) { // is the caller's
      failure = e;
      memory.abort();
    }
    synchronized (this) {
      failures[device] = failure;
      ended[device] = true;
    }
  }

  private synchronized void throwFirst() {
    Throwable first = stuck;
    boolean any = stuck != null;
    for (Throwable e : failures) {
      any |= e != null;
      if (first == null && e != null && !(e instanceof AbandonedException)) {
        first = e;
      }
    }
    if (any) {
      memory.reset();
    }
    switch (first) {
      case null -> {
        if (any) { // all waited, and were told to end
          throw new CallInterruptedException();
        }
      }
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(first);
    }
  }

  /**
   * A look from outside at the call that runs: if twice in a row the same devices wait for the same
   * others, they have waited all the time in between, and all at once.
   */
  private synchronized void look() {
    if (stuck != null || !memory.isWaiting()) {
      before = List.of();
      return;
    }
    List<GridMemory.Sight> now = memory.sights();
    boolean same = now.equals(before) && calls == callBefore;
    before = now;
    callBefore = calls;
    if (!same) {
      return;
    }
    List<Standing> standing = new ArrayList<>();
    for (int d = 0; d < ended.length; d++) {
      standing.add(
          !ended[d]
              ? now.get(d).standing()
              : failures[d] == null ? Standing.ENDED : Standing.FAILED);
    }
    Standing.error(devices, standing)
        .ifPresent(
            e -> {
              stuck = e;
              memory.abort();
            });
  }

  /** Frees scratch memory. */
  public void trim() {
    program.trim();
  }
}
