package dev.jacobi.pjrt.struct;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.charset.StandardCharsets;

/** A struct of the PJRT C API in native memory, its fields by name, zero until set. */
public final class Struct {
  private final Layout layout;
  private final MemorySegment memory;

  private Struct(Layout layout, MemorySegment memory) {
    this.layout = layout;
    this.memory = memory;
  }

  /** A new struct with its size filled in. */
  public static Struct make(String name, SegmentAllocator allocator) {
    Layout layout = Table.layout(name);
    MemorySegment memory = allocator.allocate((layout.size() + 7) / 8 * 8, 8).fill((byte) 0);
    memory.set(JAVA_LONG, 0, layout.size()); // Open structs are never made, only read.
    return new Struct(layout, memory);
  }

  /** A struct that the plugin made. */
  public static Struct at(String name, MemorySegment memory) {
    return new Struct(Table.layout(name), memory);
  }

  /** A struct at an address that the plugin gave. */
  public static Struct at(String name, long address) {
    return at(name, Native.at(address, size(name)));
  }

  /** The bytes up to the end of the last field. */
  public static long size(String name) {
    return Table.layout(name).size();
  }

  /** The address of a list of extensions, which every struct with a full header has. */
  public long extensions() {
    return memory.get(JAVA_LONG, 8);
  }

  /** The distance between elements of an array of such structs. */
  public static long stride(String name) {
    return (Table.layout(name).size() + 7) / 8 * 8;
  }

  public MemorySegment memory() {
    return memory;
  }

  public long address() {
    return memory.address();
  }

  public Struct set(String field, long value) {
    Layout.Field f = layout.field(field);
    switch (f.kind()) {
      case POINTER, SIZE, LONG -> memory.set(JAVA_LONG, f.offset(), value);
      case INT -> memory.set(JAVA_INT, f.offset(), Math.toIntExact(value));
      case BOOL -> memory.set(JAVA_BYTE, f.offset(), (byte) value);
    }
    return this;
  }

  public Struct set(String field, MemorySegment value) {
    return set(field, value.address());
  }

  /** Sets a pair of fields, bytes and their number. */
  public Struct setBytes(String field, String size, byte[] bytes, SegmentAllocator allocator) {
    MemorySegment copy = allocator.allocate(Math.max(bytes.length, 1));
    MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, 0, bytes.length);
    return set(field, copy).set(size, bytes.length);
  }

  public long get(String field) {
    Layout.Field f = layout.field(field);
    return switch (f.kind()) {
      case POINTER, SIZE, LONG -> memory.get(JAVA_LONG, f.offset());
      case INT -> memory.get(JAVA_INT, f.offset());
      case BOOL -> memory.get(JAVA_BYTE, f.offset()) & 1;
    };
  }

  /** A pair of fields, a string and its length. */
  public String text(String field, String size) {
    long length = get(size);
    byte[] bytes = Native.at(get(field), length).toArray(JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A pair of fields, an array of pointers and its length. */
  public long[] pointers(String field, String size) {
    return Native.at(get(field), 8 * get(size)).toArray(JAVA_LONG);
  }
}
