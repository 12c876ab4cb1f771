package dev.jacobi.hlo.memory;

import java.io.IOException;
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
