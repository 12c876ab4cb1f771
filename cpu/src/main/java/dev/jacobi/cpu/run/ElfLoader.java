package dev.jacobi.cpu.run;

import dev.jacobi.cpu.run.ElfObject.Machine;
import dev.jacobi.hlo.memory.NativeCall;
import dev.jacobi.hlo.memory.NativePages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.HashMap;

/** Puts ELF objects into memory as code that can be called. */
public final class ElfLoader {

  private ElfLoader() {}

  /**
   * Loads an object.
   *
   * @param bytes a relocatable ELF64 object for this machine, as LLVM emits it
   * @param externals what the object may call beside its own functions
   * @throws ElfException if the object is damaged, for another machine, uses something that is not
   *     supported, or calls what {@code externals} does not know
   */
  public static LoadedCode load(byte[] bytes, Symbols externals) {
    var object = ElfObject.parse(bytes);
    if (object.machine() != Machine.current()) {
      throw new ElfException("the object is for another machine: " + object.machine());
    }
    var link = new ElfLink(object, externals);
    long address = NativePages.map(link.imageBytes(), NativePages.PAGE);
    if (address == 0) {
      throw new ElfException("the system has no " + link.imageBytes() + " bytes for code");
    }
    boolean done = false;
    try {
      write(address, link);
      var symbols = new HashMap<String, Long>();
      for (var symbol : object.symbols()) {
        if (symbol.isDefined() && !symbol.name().isEmpty() && !ElfObject.isSpecial(symbol)) {
          symbols.put(symbol.name(), address + link.offset(symbol));
        }
      }
      var code = new LoadedCode(address, link.imageBytes(), symbols);
      done = true;
      return code;
    } finally {
      if (!done) {
        NativePages.unmap(address, link.imageBytes());
      }
    }
  }

  @SuppressWarnings("restricted")
  private static void write(long address, ElfLink link) {
    var image = link.image(address);
    var memory = MemorySegment.ofAddress(address).reinterpret(link.imageBytes());
    memory.copyFrom(MemorySegment.ofBuffer(image));
    if (!NativePages.protectAsCode(address, link.codeBytes())) {
      throw new ElfException(
          "the system does not let memory become code; run with JACOBI_BACKEND=interpreter");
    }
    if (Machine.current() == Machine.AARCH64) {
      ClearCache.clear(address, link.codeBytes());
    }
  }

  /** AArch64 may still see old bytes as instructions; compilers' run-time libraries flush them. */
  @SuppressWarnings("restricted")
  private static final class ClearCache {
    private static final MemorySegment CLEAR =
        SymbolLookup.libraryLookup("libgcc_s.so.1", Arena.global()).findOrThrow("__clear_cache");

    static void clear(long address, long bytes) {
      NativeCall.call(CLEAR, address, address + bytes);
    }
  }
}
