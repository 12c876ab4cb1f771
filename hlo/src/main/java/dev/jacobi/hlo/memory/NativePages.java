package dev.jacobi.hlo.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Pages from the operating system, by FFM: {@code mmap} where it exists, {@code malloc} elsewhere.
 * Addresses and sizes are plain numbers; whoever calls answers for them.
 */
@SuppressWarnings("restricted")
public final class NativePages {
  /** Bytes of a page, or more: AArch64 kernels choose between 4, 16 and 64 KiB. */
  public static final long PAGE = System.getProperty("os.arch").equals("aarch64") ? 65536 : 4096;

  /** Bytes of a huge page. */
  public static final long HUGE_PAGE = 1 << 21;

  private static final String OS = System.getProperty("os.name").toLowerCase(Locale.ROOT);
  private static final boolean LINUX = OS.startsWith("linux");
  private static final boolean POSIX = LINUX || OS.startsWith("mac");
  private static final int READ_WRITE = 3;
  private static final int PRIVATE_ANONYMOUS = LINUX ? 0x22 : 0x1002;
  private static final int ADVISE_HUGE_PAGE = 14;
  private static final long FAILED = -1;

  private NativePages() {}

  /**
   * Maps zeroed, readable and writable memory.
   *
   * @param bytes a multiple of {@link #PAGE}
   * @param alignment a power of two
   * @return the address, or 0 if the system has no more
   */
  public static long map(long bytes, long alignment) {
    if (!POSIX) {
      return Malloc.allocate(bytes, alignment);
    }
    if (alignment <= PAGE) {
      return mapExactly(bytes);
    }
    long all = mapExactly(bytes + alignment);
    if (all == 0) {
      return 0;
    }
    long start = (all + alignment - 1) & -alignment;
    if (start > all) {
      unmap(all, start - all);
    }
    long rest = all + alignment - start;
    if (rest > 0) {
      unmap(start + bytes, rest);
    }
    return start;
  }

  private static long mapExactly(long bytes) {
    try {
      long address =
          (long) Posix.MMAP.invokeExact(0L, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
      return address == FAILED ? 0 : address;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Gives memory back that {@link #map} gave, or a whole-page part of it (part: POSIX only). */
  public static void unmap(long address, long bytes) {
    if (!POSIX) {
      Malloc.free(address);
      return;
    }
    try {
      int failed = (int) Posix.MUNMAP.invokeExact(address, bytes);
      if (failed != 0) {
        throw new IllegalStateException(
            "munmap of %d bytes at %x failed".formatted(bytes, address));
      }
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Asks for huge pages under a range; systems without them do nothing. */
  static void adviseHuge(long address, long bytes) {
    if (LINUX) {
      try {
        // A refusal (a kernel built without huge pages) costs speed only.
        int ignored = (int) Posix.MADVISE.invokeExact(address, bytes, ADVISE_HUGE_PAGE);
      } catch (Throwable e) {
        throw impossible(e);
      }
    }
  }

  /**
   * Makes a range executable and read-only.
   *
   * @return false if the system refuses
   */
  public static boolean protectAsCode(long address, long bytes) {
    return protect(address, bytes, 5);
  }

  private static boolean protect(long address, long bytes, int protection) {
    if (!POSIX) {
      return false;
    }
    try {
      return (int) Posix.MPROTECT.invokeExact(address, bytes, protection) == 0;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static RuntimeException impossible(Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }

  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    MemorySegment symbol = Linker.nativeLinker().defaultLookup().findOrThrow(name);
    return Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(result, arguments));
  }

  private static final class Posix {
    static final MethodHandle MMAP =
        function("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    static final MethodHandle MUNMAP = function("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    static final MethodHandle MADVISE =
        function("madvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    static final MethodHandle MPROTECT =
        function("mprotect", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
  }

  /** Where there is no {@code mmap}: the address of the block lies just before the aligned part. */
  private static final class Malloc {
    private static final MethodHandle CALLOC = function("calloc", ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FREE =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("free"),
                FunctionDescriptor.ofVoid(ADDRESS));

    static long allocate(long bytes, long alignment) {
      try {
        var block = (MemorySegment) CALLOC.invokeExact(1L, bytes + alignment + 8);
        if (block.address() == 0) {
          return 0;
        }
        long start = (block.address() + 8 + alignment - 1) & -alignment;
        MemorySegment.ofAddress(start - 8).reinterpret(8).set(ADDRESS, 0, block);
        return start;
      } catch (Throwable e) {
        throw impossible(e);
      }
    }

    static void free(long address) {
      try {
        FREE.invokeExact(MemorySegment.ofAddress(address - 8).reinterpret(8).get(ADDRESS, 0));
      } catch (Throwable e) {
        throw impossible(e);
      }
    }
  }
}
