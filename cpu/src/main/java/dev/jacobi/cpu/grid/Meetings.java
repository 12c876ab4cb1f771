package dev.jacobi.cpu.grid;

import dev.jacobi.hlo.grid.Grouping;
import java.util.ArrayList;
import java.util.List;

/**
 * The places where the devices of a program meet, and where each lies in the memory that they
 * share, whose layout is:
 *
 * <pre>
 *    0  i32 abort, i32 spins, i32 stop     one call's; see {@link GridMemory}
 *   64  a record per device, 64 bytes:     ptr memory, i64 device, i64 waiting, i64 target,
 *                                          i32 abandoned
 *       a table per place, 32 bytes each   for each device: i64 meeting, place, members, source
 *       a meeting per place and group      i64 came, i32 sleepers; at 64 i64 left, i32 sleepers;
 *                                          at 128 ptr operand, ptr result for each member
 * </pre>
 *
 * <p>{@code source} is the place in the group of whose operand a device gets a copy, or -1. Offsets
 * are from the start of the memory, and part of the code.
 */
public final class Meetings {
  public static final int RECORDS = 64;
  public static final int RECORD = 64;
  public static final int ROW = 32;
  public static final int MEMBERS = 128;

  /** A place's meeting of one group. */
  record Meeting(String what, List<Integer> group, long offset) {}

  /** What a table says for one device. */
  record Row(long meeting, int place, int members, int source) {}

  /** A place's table. */
  record Table(long offset, List<Row> rows) {}

  private final int devices;
  private final List<Table> tables = new ArrayList<>();
  private final List<Meeting> meetings = new ArrayList<>();
  private long bytes;

  public Meetings(int devices) {
    this.devices = devices;
    this.bytes = RECORDS + (long) RECORD * devices;
  }

  public int devices() {
    return devices;
  }

  /**
   * A new place.
   *
   * @param what the operation and the user's line, for messages
   * @return the offset of its table
   */
  public long add(Grouping grouping, String what) {
    long table = take((long) ROW * devices);
    List<Row> rows = new ArrayList<>();
    List<List<Integer>> groups = grouping.groups().stream().distinct().toList();
    List<Long> offsets = new ArrayList<>();
    for (List<Integer> group : groups) {
      long offset = take(MEMBERS + 16L * group.size());
      offsets.add(offset);
      meetings.add(new Meeting(what, group, offset));
    }
    for (int d = 0; d < devices; d++) {
      List<Integer> group = grouping.of(d);
      int source = grouping.sources().isEmpty() ? -1 : group.indexOf(grouping.sources().get(d));
      rows.add(
          new Row(offsets.get(groups.indexOf(group)), grouping.place(d), group.size(), source));
    }
    tables.add(new Table(table, rows));
    return table;
  }

  private long take(long size) {
    long at = bytes;
    bytes += (size + 63) / 64 * 64;
    return at;
  }

  long bytes() {
    return bytes;
  }

  List<Table> tables() {
    return tables;
  }

  List<Meeting> meetings() {
    return meetings;
  }
}
