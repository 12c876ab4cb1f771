package dev.jacobi.cpu.run;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;

/** The memory of a program that waits for Java: all addresses are those that it gave. */
@SuppressWarnings("restricted")
public final class HostMemory {
  private HostMemory() {}

  private static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** An address in a table of such. */
  public static long address(long table, int index) {
    return at(table, 8L * (index + 1)).get(JAVA_LONG, 8L * index);
  }

  /** A copy of the array at an address. */
  public static Literal read(TensorType type, long address) {
    return Literal.copyOf(type, at(address, type.byteSize()));
  }

  /** Writes an array to an address. */
  public static void write(Literal value, long address) {
    long bytes = value.type().byteSize();
    MemorySegment.copy(value.data(), 0, at(address, bytes), 0, bytes);
  }
}
