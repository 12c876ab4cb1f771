package dev.jacobi.cpu.run;

import dev.jacobi.cpu.run.ElfObject.Machine;
import dev.jacobi.hlo.memory.NativeCall;
import dev.jacobi.hlo.memory.NativePages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.HashMap;
import java.util.List;

/** Puts ELF objects into memory as code that can be called. */
public final class ElfLoader {

  private ElfLoader() {}

  /** Loads one object. */
  public static LoadedCode load(byte[] bytes, Symbols externals) {
    return load(List.of(bytes), externals);
  }

  /**
   * Loads objects that may call each other.
   *
   * @param objects relocatable ELF64 objects for this machine, as LLVM emits them
   * @param externals what they may call beside their own functions
   * @throws ElfException if an object is damaged, for another machine, uses something that is not
   *     supported, or calls what neither the others nor {@code externals} know
   */
  public static LoadedCode load(List<byte[]> objects, Symbols externals) {
    var symbols = new HashMap<String, Long>();
    Symbols own = name -> symbols.getOrDefault(name, 0L);
    var links = objects.stream().map(bytes -> link(bytes, own.or(externals))).toList();
    long bytes = links.stream().mapToLong(ElfLink::imageBytes).sum();
    long address = NativePages.map(bytes, NativePages.PAGE);
    if (address == 0) {
      throw new ElfException("the system has no " + bytes + " bytes for code");
    }
    boolean done = false;
    try {
      long at = address;
      for (var link : links) {
        link.addSymbols(at, symbols);
        at += link.imageBytes();
      }
      at = address;
      for (var link : links) {
        write(at, link);
        at += link.imageBytes();
      }
      var code = new LoadedCode(address, bytes, symbols);
      done = true;
      return code;
    } finally {
      if (!done) {
        NativePages.unmap(address, bytes);
      }
    }
  }

  private static ElfLink link(byte[] bytes, Symbols externals) {
    var object = ElfObject.parse(bytes);
    if (object.machine() != Machine.current()) {
      throw new ElfException("the object is for another machine: " + object.machine());
    }
    return new ElfLink(object, externals);
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
