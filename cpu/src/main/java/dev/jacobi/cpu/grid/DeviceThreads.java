package dev.jacobi.cpu.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The threads that are devices 1, 2, ... of the program that runs; its caller's thread is device 0.
 * They stay for later programs, and look for one for a moment before they sleep.
 */
final class DeviceThreads {
  private static final long SPIN_NANOS = 20_000;

  private static final List<Device> DEVICES = new ArrayList<>(); // Guarded by the callers' lock.

  private DeviceThreads() {}

  /** One call. */
  private static final class Job {
    final IntConsumer part;
    final AtomicInteger left;
    final Thread caller = Thread.currentThread();
    final boolean crowded;
    volatile boolean sleeps;

    Job(IntConsumer part, int devices) {
      this.part = part;
      this.left = new AtomicInteger(devices - 1);
      this.crowded = isCrowded(devices);
    }

    void done() {
      if (left.decrementAndGet() == 0 && sleeps) {
        LockSupport.unpark(caller);
      }
    }
  }

  private static boolean isCrowded(int devices) {
    return devices > Runtime.getRuntime().availableProcessors();
  }

  private static final class Device extends Thread {
    private final int number;
    private volatile Job job;
    private volatile boolean sleeps;

    Device(int number) {
      super("jacobi-device-" + number);
      this.number = number;
      setDaemon(true);
    }

    void give(Job next) {
      job = next;
      if (sleeps) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      while (true) {
        if (once()) {
          sleep();
        }
      }
    }

    /** One call, of which nothing is kept; whether there are more devices than processors. */
    private boolean once() {
      Job next = await();
      job = null;
      next.part.accept(number);
      next.done();
      return next.crowded;
    }

    private Job await() {
      long start = System.nanoTime();
      while (job == null) {
        Thread.onSpinWait();
        if (System.nanoTime() - start > SPIN_NANOS) {
          sleep();
        }
      }
      return job;
    }

    private void sleep() {
      sleeps = true;
      while (job == null) {
        LockSupport.park(this);
      }
      sleeps = false;
    }
  }

  /** Whether this thread is one of the devices. */
  static boolean isDevice() {
    return Thread.currentThread() instanceof Device;
  }

  /**
   * Runs {@code part} for all devices, and returns when all have ended. One call at a time.
   *
   * @param part throws nothing
   * @param stop ends the parts early; is run if this thread is interrupted meanwhile
   */
  static void run(int devices, IntConsumer part, Runnable stop) {
    while (DEVICES.size() < devices - 1) {
      Device d = new Device(DEVICES.size() + 1);
      DEVICES.add(d);
      d.start();
    }
    Job job = new Job(part, devices);
    for (Device d : DEVICES.subList(0, devices - 1)) {
      d.give(job);
    }
    part.accept(0);
    if (job.left.get() > 0) {
      await(job, stop);
    }
  }

  private static void await(Job job, Runnable stop) {
    long start = System.nanoTime();
    while (!job.crowded && job.left.get() > 0 && System.nanoTime() - start < SPIN_NANOS) {
      Thread.onSpinWait();
    }
    job.sleeps = true;
    boolean interrupted = false;
    while (job.left.get() > 0) {
      LockSupport.park(job);
      if (Thread.interrupted()) {
        interrupted = true;
        stop.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
