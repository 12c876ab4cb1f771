package dev.jacobi.cpu.grid;

import dev.jacobi.cpu.run.Station;
import dev.jacobi.cpu.run.ThreadPool;
import dev.jacobi.hlo.grid.Standing;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.Pool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The memory that the devices of a program share, as {@link Meetings} lays it out. */
final class GridMemory {
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private static final long ABORT = 0;
  private static final long SPINS = 4;
  private static final long STOP = 8;
  private static final long WAITING = 16; // in a record
  private static final long TARGET = 24;

  private final Meetings meetings;
  private final Map<Long, Meetings.Meeting> byOffset = new HashMap<>();
  private final Allocation memory;
  private final MemorySegment words;

  GridMemory(Meetings meetings) {
    this.meetings = meetings;
    meetings.meetings().forEach(m -> byOffset.put(m.offset(), m));
    memory = Pool.shared().allocate(meetings.bytes());
    words = memory.segment();
    reset();
  }

  /** Makes it as new: before the first call, and after one that failed in the middle. */
  void reset() {
    memory.fill((byte) 0);
    memory.putBits(SPINS, 4, ThreadPool.spins(meetings.devices()));
    for (int d = 0; d < meetings.devices(); d++) {
      memory.putBits(record(d), 8, memory.address());
      memory.putBits(record(d) + 8, 8, d);
    }
    for (Meetings.Table t : meetings.tables()) {
      for (int d = 0; d < t.rows().size(); d++) {
        Meetings.Row row = t.rows().get(d);
        long at = t.offset() + (long) Meetings.ROW * d;
        memory.putBits(at, 8, row.meeting());
        memory.putBits(at + 8, 8, row.place());
        memory.putBits(at + 16, 8, row.members());
        memory.putBits(at + 24, 8, row.source());
      }
    }
  }

  private static long record(int device) {
    return Meetings.RECORDS + (long) Meetings.RECORD * device;
  }

  Station station(int device, ThreadPool pool) {
    return new Station(pool, memory.address() + record(device), memory.address() + STOP);
  }

  /** Takes back what ended an earlier call too late for it. */
  void begin() {
    INT.setRelease(words, STOP, 0);
  }

  /** Devices that wait for others give up. */
  void abort() {
    INT.setRelease(words, ABORT, 1);
  }

  /** Devices give up at their next look. */
  void stop() {
    INT.setRelease(words, STOP, 1);
  }

  /** Whether a device sleeps in a meeting. */
  boolean isWaiting() {
    for (int d = 0; d < meetings.devices(); d++) {
      if ((long) LONG.getAcquire(words, record(d) + WAITING) != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * What one device does, as far as one can see from outside.
   *
   * @param round tells waits for one meeting apart
   */
  record Sight(Standing standing, long round) {}

  /** Devices that have not ended. A device that sleeps but could go on, runs. */
  List<Sight> sights() {
    List<Sight> all = new ArrayList<>();
    for (int d = 0; d < meetings.devices(); d++) {
      long at = (long) LONG.getAcquire(words, record(d) + WAITING);
      long target = (long) LONG.getAcquire(words, record(d) + TARGET);
      Meetings.Meeting m = byOffset.get(at);
      boolean waits = m != null && (long) LONG.getAcquire(words, at) < target;
      all.add(
          waits
              ? new Sight(new Standing.Waits(at, m.what(), m.group()), target)
              : new Sight(Standing.RUNS, 0));
    }
    return all;
  }
}
