package dev.jacobi.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jacobi.hlo.memory.NativeCall;
import dev.jacobi.pjrt.struct.Struct;
import dev.jacobi.pjrt.struct.Table;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/** A function of the plugin that frees objects of one kind. Thread-safe. */
final class Destroyer implements LongConsumer {
  private final PjrtApi api;
  private final String name;
  private final MemorySegment function;
  private final long offset;

  /** Its argument's struct, unless a thread is using it. */
  private final AtomicReference<MemorySegment> spare = new AtomicReference<>();

  /**
   * A function.
   *
   * @param field the name of its only argument
   */
  Destroyer(PjrtApi api, String name, String field) {
    this.api = api;
    this.name = name;
    this.function = api.function(name);
    this.offset = Table.layout(name).field(field).offset();
  }

  @Override
  public void accept(long object) {
    MemorySegment free = spare.getAndSet(null);
    MemorySegment arguments = free != null ? free : Struct.make(name, Arena.ofAuto()).memory();
    arguments.set(JAVA_LONG, offset, object);
    api.check(name, NativeCall.call(function, arguments.address()));
    spare.set(arguments);
  }
}
