package dev.jacobi.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jacobi.pjrt.struct.Layout;
import dev.jacobi.pjrt.struct.Struct;
import dev.jacobi.pjrt.struct.Table;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The structs of one call of one program, filled in once and used for call after call. Not
 * thread-safe.
 */
final class CallFrame {
  private static final Layout OPTIONS = Table.layout("ExecuteOptions");
  private static final long KEPT = OPTIONS.field("non_donatable_input_indices").offset();
  private static final long KEPT_COUNT = OPTIONS.field("num_non_donatable_input_indices").offset();
  private static final long DEVICE =
      Table.layout("LoadedExecutable_Execute").field("execute_device").offset();

  private final MemorySegment arguments;
  private final MemorySegment results;
  private final MemorySegment kept;
  private final MemorySegment options;
  private final MemorySegment call;

  private final int argumentCount;
  private final int resultCount;

  CallFrame(long executable, int devices, int argumentCount, int resultCount) {
    this.argumentCount = argumentCount;
    this.resultCount = resultCount;
    Arena arena = Arena.ofAuto();
    arguments = arena.allocate(8L * Math.max(devices * argumentCount, 1), 8);
    results = arena.allocate(8L * Math.max(devices * resultCount, 1), 8);
    kept = arena.allocate(8L * Math.max(argumentCount, 1), 8);
    MemorySegment lists = arena.allocate(16L * devices, 8);
    for (int d = 0; d < devices; d++) {
      lists.setAtIndex(JAVA_LONG, d, arguments.address() + 8L * d * argumentCount);
      lists.setAtIndex(JAVA_LONG, devices + d, results.address() + 8L * d * resultCount);
    }
    options = Struct.make("ExecuteOptions", arena).memory();
    call =
        Struct.make("LoadedExecutable_Execute", arena)
            .set("executable", executable)
            .set("options", options)
            .set("argument_lists", lists.address())
            .set("num_devices", devices)
            .set("num_args", argumentCount)
            .set("output_lists", lists.address() + 8L * devices)
            .memory();
  }

  void setArgument(int device, int i, long buffer) {
    arguments.setAtIndex(JAVA_LONG, (long) device * argumentCount + i, buffer);
  }

  /** The {@code n}-th argument that the call must not overwrite although it is donated. */
  void setKept(int n, int argument) {
    kept.setAtIndex(JAVA_LONG, n, argument);
  }

  /** What {@link #setKept} set, and where the program runs; 0 where it was compiled for. */
  void finish(int keptCount, long device) {
    options.set(JAVA_LONG, KEPT, keptCount == 0 ? 0 : kept.address());
    options.set(JAVA_LONG, KEPT_COUNT, keptCount);
    call.set(JAVA_LONG, DEVICE, device);
  }

  long address() {
    return call.address();
  }

  long result(int device, int k) {
    return results.getAtIndex(JAVA_LONG, (long) device * resultCount + k);
  }
}
