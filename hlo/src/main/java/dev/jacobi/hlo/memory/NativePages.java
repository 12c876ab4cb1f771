package dev.jacobi.hlo.memory;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
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
  private static final int READ_EXECUTE = 5;
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
    long address = NativeCall.call(Posix.MMAP, 0, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
    return address == FAILED ? 0 : address;
  }

  /** Gives memory back that {@link #map} gave, or a whole-page part of it (part: POSIX only). */
  public static void unmap(long address, long bytes) {
    if (!POSIX) {
      Malloc.free(address);
      return;
    }
    if (NativeCall.callInt(Posix.MUNMAP, address, bytes) != 0) {
      throw new IllegalStateException("munmap of %d bytes at %x failed".formatted(bytes, address));
    }
  }

  /** Asks for huge pages under a range; systems without them do nothing. */
  static void adviseHuge(long address, long bytes) {
    if (LINUX) {
      // A refusal (a kernel built without huge pages) costs speed only.
      NativeCall.call(Posix.MADVISE, address, bytes, ADVISE_HUGE_PAGE);
    }
  }

  /**
   * Makes a range executable and read-only.
   *
   * @return false if the system refuses
   */
  public static boolean protectAsCode(long address, long bytes) {
    return POSIX && NativeCall.callInt(Posix.MPROTECT, address, bytes, READ_EXECUTE) == 0;
  }

  private static MemorySegment function(String name) {
    return Linker.nativeLinker().defaultLookup().findOrThrow(name);
  }

  private static final class Posix {
    static final MemorySegment MMAP = function("mmap");
    static final MemorySegment MUNMAP = function("munmap");
    static final MemorySegment MADVISE = function("madvise");
    static final MemorySegment MPROTECT = function("mprotect");
  }

  /** Where there is no {@code mmap}: the address of the block lies just before the aligned part. */
  private static final class Malloc {
    private static final MemorySegment CALLOC = function("calloc");
    private static final MemorySegment FREE = function("free");

    static long allocate(long bytes, long alignment) {
      long block = NativeCall.call(CALLOC, 1, bytes + alignment + 8);
      if (block == 0) {
        return 0;
      }
      long start = (block + 8 + alignment - 1) & -alignment;
      MemorySegment.ofAddress(start - 8).reinterpret(8).set(JAVA_LONG, 0, block);
      return start;
    }

    static void free(long address) {
      NativeCall.call(FREE, MemorySegment.ofAddress(address - 8).reinterpret(8).get(JAVA_LONG, 0));
    }
  }
}
