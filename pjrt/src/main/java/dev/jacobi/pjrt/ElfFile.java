package dev.jacobi.pjrt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What Linux's loader does not check: whether a library holds all that its head says. It maps the
 * file into memory, and reading beyond its end, as of a download that broke off, ends the process.
 */
final class ElfFile {
  private static final int HEAD = 64;
  private static final int ENTRY = 56;
  private static final int MAGIC = 0x7F454C46; // 0x7F, then ELF

  private ElfFile() {}

  /**
   * Checks a library of Linux's format, 64 bits and little endian; others are the loader's concern.
   *
   * @throws PluginException if the file is shorter than its head says
   */
  static void requireWhole(Path library) {
    try (FileChannel file = FileChannel.open(library)) {
      ByteBuffer head = read(file, 0, HEAD);
      boolean known =
          head.limit() == HEAD
              && head.order(ByteOrder.BIG_ENDIAN).getInt(0) == MAGIC
              && head.get(4) == 2
              && head.get(5) == 1;
      if (!known) {
        return;
      }
      head.order(ByteOrder.LITTLE_ENDIAN);
      int count = Short.toUnsignedInt(head.getShort(56));
      ByteBuffer entries = read(file, head.getLong(32), count * ENTRY);
      long needed = head.getShort(54) == ENTRY ? 0 : Long.MAX_VALUE;
      for (int at = 0; at + ENTRY <= entries.limit(); at += ENTRY) {
        needed = Math.max(needed, end(entries.getLong(at + 8), entries.getLong(at + 32)));
      }
      if (entries.limit() < count * ENTRY || needed > file.size()) {
        throw new PluginException(
            "%s is damaged: it has %,d bytes, fewer than its head says. Install it anew."
                .formatted(library, file.size()));
      }
    } catch (IOException e) {
      throw new PluginException("the system cannot read " + library + ": " + e.getMessage(), e);
    }
  }

  private static long end(long offset, long size) {
    return offset < 0 || size < 0 || offset + size < 0 ? Long.MAX_VALUE : offset + size;
  }

  /** So many bytes at a place, or as many as there are. */
  private static ByteBuffer read(FileChannel file, long from, int bytes) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (from >= 0 && all.hasRemaining() && file.read(all, from + all.position()) >= 0) {
      // until it is full or the file ends
    }
    return all.flip();
  }
}
