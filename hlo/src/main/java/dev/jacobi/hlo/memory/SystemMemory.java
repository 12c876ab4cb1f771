package dev.jacobi.hlo.memory;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory this process may use: the machine's, or its container's if that is less. */
public final class SystemMemory {
  private static final long BYTES = find();

  private SystemMemory() {}

  /** In bytes. */
  public static long bytes() {
    return BYTES;
  }

  /**
   * How much of its mappings of memory the process has taken, of those that the kernel lets it
   * have, from 0 to 1; 0 where there is no such limit. Takes some milliseconds.
   */
  public static double mappingsTaken() {
    try (InputStream limit = Files.newInputStream(Path.of("/proc/sys/vm/max_map_count"))) {
      // Files.readString reads a byte first, and this file ends after any read.
      byte[] digits = limit.readNBytes(20);
      long lines = 0;
      for (byte b : Files.readAllBytes(Path.of("/proc/self/maps"))) {
        lines += b == '\n' ? 1 : 0;
      }
      return (double) lines / Long.parseLong(new String(digits, US_ASCII).strip());
    } catch (IOException e) {
      return 0; // Not Linux.
    }
  }

  private static long find() {
    // Where nobody tells: the JVM's default heap is a quarter of the machine.
    long machine = machine().orElse(4 * Runtime.getRuntime().maxMemory());
    long container =
        Math.min(
            number("/sys/fs/cgroup/memory.max").orElse(Long.MAX_VALUE),
            number("/sys/fs/cgroup/memory/memory.limit_in_bytes").orElse(Long.MAX_VALUE));
    return Math.min(machine, container);
  }

  private static OptionalLong machine() {
    try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemTotal:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty(); // Not Linux.
    }
  }

  private static OptionalLong number(String file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(Path.of(file)).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // No such group, or the word "max".
    }
  }
}
