package dev.jacobi.cpu.llvm;

import dev.jacobi.hlo.config.CacheFolder;
import dev.jacobi.hlo.config.CacheFolderException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What LLVM says of this machine's CPU. Asking LLVM means loading it (about 150 ms), so the answer
 * is kept in the cache folder under a checksum of what the kernel says of the same CPU.
 *
 * @param architecture {@code amd64} or {@code aarch64}
 * @param cpu LLVM's name of the CPU, such as {@code znver3}
 * @param features LLVM's features, such as {@code +avx2,-avx512f}
 */
record HostCpu(String architecture, String cpu, String features) {

  static String currentArchitecture() {
    var arch = System.getProperty("os.arch");
    return arch.equals("x86_64") ? "amd64" : arch;
  }

  static HostCpu detect() {
    var file = cacheFile();
    return file.flatMap(HostCpu::read)
        .orElseGet(
            () -> {
              var host = new HostCpu(currentArchitecture(), Llvm.hostCpu(), Llvm.hostFeatures());
              file.ifPresent(path -> write(path, host));
              return host;
            });
  }

  private static Optional<Path> cacheFile() {
    try {
      var crc = new CRC32C();
      crc.update(kernelsWord().getBytes(StandardCharsets.UTF_8));
      crc.update(Llvm.VERSION.getBytes(StandardCharsets.UTF_8));
      var name = "%s-%08x.txt".formatted(currentArchitecture(), crc.getValue());
      return Optional.of(CacheFolder.open("cpu").resolve(name));
    } catch (IOException | CacheFolderException e) {
      return Optional.empty(); // No kernel that tells, or no folder: LLVM is asked every time.
    }
  }

  /** The first processor's paragraph of cpuinfo, without the frequency, which changes. */
  private static String kernelsWord() throws IOException {
    var text = new StringBuilder();
    try (BufferedReader in = Files.newBufferedReader(Path.of("/proc/cpuinfo"))) {
      for (var line = in.readLine(); line != null && !line.isBlank(); line = in.readLine()) {
        if (!line.contains("MHz") && !line.startsWith("bogomips")) {
          text.append(line).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static Optional<HostCpu> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() != 4) {
        return Optional.empty();
      }
      var host = new HostCpu(lines.get(0), lines.get(1), lines.get(2));
      return Optional.of(host).filter(h -> h.text().lines().toList().equals(lines));
    } catch (IOException e) {
      return Optional.empty(); // Not written yet; a damaged one is written anew.
    }
  }

  /** Under a checksum: features that the CPU lacks would crash the process. */
  private String text() {
    var lines = String.join("\n", architecture, cpu, features, "");
    var crc = new CRC32C();
    crc.update(lines.getBytes(StandardCharsets.UTF_8));
    return lines + "%08x\n".formatted(crc.getValue());
  }

  private static void write(Path file, HostCpu host) {
    try {
      var part = Files.createTempFile(file.getParent(), "cpu-", ".part");
      Files.writeString(part, host.text());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // Only a short cut is lost: the next process asks LLVM again.
    }
  }
}
