package dev.jacobi.cpu.run;

import dev.jacobi.hlo.memory.NativePages;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.Map;
import java.util.Set;

/**
 * Code in memory. It stays there as long as this object is reachable; whoever calls into it must
 * keep the object reachable until the call has ended.
 */
public final class LoadedCode {
  private static final Cleaner CLEANER = Cleaner.create(); // One object per program: few.

  private final Map<String, Long> symbols;
  private final long bytes;

  LoadedCode(long address, long bytes, Map<String, Long> symbols) {
    this.symbols = Map.copyOf(symbols);
    this.bytes = bytes;
    CLEANER.register(this, () -> NativePages.unmap(address, bytes));
  }

  /** Bytes of memory that the code takes. */
  public long bytes() {
    return bytes;
  }

  /** The names of the functions and data that the object defines. */
  public Set<String> names() {
    return symbols.keySet();
  }

  /** The address of a function or of data. */
  public long address(String name) {
    var address = symbols.get(name);
    if (address == null) {
      throw new ElfException("the code has no symbol " + name);
    }
    return address;
  }

  /** The same as a function pointer for the FFM linker. */
  public MemorySegment function(String name) {
    return MemorySegment.ofAddress(address(name));
  }
}
