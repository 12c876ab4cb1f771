package dev.jacobi.cpu.llvm;

import dev.jacobi.hlo.config.CacheFolder;
import dev.jacobi.hlo.config.CacheFolderException;
import dev.jacobi.hlo.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipFile;

/**
 * Finds native libraries inside the jars of the class path and unpacks each once into the cache
 * folder. Where {@code JACOBI_LLVM} names a file, that file is taken as it is.
 */
public final class NativeLibraries {
  private static final Object LOCK = new Object();
  private static SymbolLookup llvm; // Guarded by LOCK.

  private NativeLibraries() {}

  /**
   * The path of libLLVM on this machine, unpacked if that has not happened yet.
   *
   * @throws LlvmMissingException if there is none for this platform
   */
  public static Path llvm() {
    var given = Config.get("llvm").map(Path::of);
    if (given.isPresent()) {
      return given
          .filter(Files::isRegularFile)
          .orElseThrow(
              () -> new LlvmMissingException("JACOBI_LLVM names no file: " + given.get() + "."));
    }
    var entry = "org/bytedeco/llvm/" + platform() + "/" + System.mapLibraryName("LLVM");
    return unpack(entry)
        .orElseThrow(
            () -> new LlvmMissingException("LLVM is not on the class path: " + entry + "."));
  }

  /** This platform as bytedeco's classifiers spell it, such as {@code linux-x86_64}. */
  public static String platform() {
    var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var name = os.contains("mac") ? "macosx" : os.contains("windows") ? "windows" : "linux";
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> name + "-arm64";
      case "amd64", "x86_64" -> name + "-x86_64";
      case String other -> name + "-" + other;
    };
  }

  /** The file that a class path entry was unpacked to; empty if no jar has it. */
  static Optional<Path> unpack(String entry) {
    var url = find(entry);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    try {
      synchronized (LOCK) {
        return Optional.of(unpack(entry, url.get()));
      }
    } catch (IOException e) {
      throw new LlvmMissingException("Cannot unpack " + entry + " (" + e + ").", e);
    }
  }

  /**
   * The last of some libraries, which find each other by lying under their names in one folder;
   * those before it need not be there. Empty if no jar has the last one.
   */
  public static Optional<Path> unpackTogether(String folder, List<String> names)
      throws IOException {
    var last = find(folder + names.getLast());
    if (last.isEmpty() || !last.get().getProtocol().equals("jar")) {
      return last.map(url -> Path.of(URI.create(url.toString())));
    }
    synchronized (LOCK) {
      var jar = jar(last.get());
      var target = Files.createDirectories(folder().resolve(key(jar)));
      for (var name : names) {
        unpack(folder + name, jar, target.resolve(name));
      }
      return Optional.of(target.resolve(names.getLast()));
    }
  }

  private static Optional<URL> find(String entry) {
    var url = NativeLibraries.class.getClassLoader().getResource(entry);
    return Optional.ofNullable(url != null ? url : ClassLoader.getSystemResource(entry));
  }

  private static Path jar(URL url) {
    return Path.of(URI.create(url.getPath().substring(0, url.getPath().indexOf("!/"))));
  }

  private static Path unpack(String entry, URL url) throws IOException {
    if (!url.getProtocol().equals("jar")) {
      return Path.of(URI.create(url.toString())); // A folder on the class path: already a file.
    }
    var jar = jar(url);
    var target = folder().resolve(key(jar) + "-" + Path.of(entry).getFileName());
    unpack(entry, jar, target);
    return target;
  }

  /** Unpacks an entry, if the jar has it and the file is not there yet. */
  private static void unpack(String entry, Path jar, Path target) throws IOException {
    // A rename put it there whole. Opening the jar to compare would cost every start 10 ms.
    if (!Files.isRegularFile(target)) {
      try (var file = new ZipFile(jar.toFile())) {
        var info = file.getEntry(entry);
        if (info != null) {
          try (var in = file.getInputStream(info)) {
            write(in, target, info.getCrc());
          }
        }
      }
    }
  }

  /** Another jar, or another version of it, has another key. */
  private static String key(Path jar) throws IOException {
    var attributes = Files.readAttributes(jar, BasicFileAttributes.class);
    var crc = new CRC32();
    var text = jar.getFileName() + " " + attributes.size() + " " + attributes.lastModifiedTime();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(1L << 32 | crc.getValue()).substring(1);
  }

  /**
   * Where natives go: beside a checkout's classes, as an installed library would lie there; else
   * the cache folder; where there is none, a private folder that goes with the process.
   */
  private static Path folder() throws IOException {
    var build = Config.get("home").map(home -> Path.of(home, "target"));
    if (build.isPresent() && Files.isDirectory(build.get()) && Files.isWritable(build.get())) {
      return Files.createDirectories(build.get().resolve("natives"));
    }
    try {
      return CacheFolder.open("natives");
    } catch (CacheFolderException e) {
      var folder = Files.createTempDirectory("jacobi-natives-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        if (Files.isDirectory(file)) {
          delete(file);
        }
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Windows does not delete a library in use; the system's own cleaning gets it.
    }
  }

  private static void write(InputStream in, Path target, long crc) throws IOException {
    removeOldParts(target.getParent());
    var part = Files.createTempFile(target.getParent(), target.getFileName() + "-", ".part");
    try {
      var checked = new CheckedInputStream(in, new CRC32());
      Files.copy(checked, part, StandardCopyOption.REPLACE_EXISTING);
      if (checked.getChecksum().getValue() != crc) {
        throw new IOException("the jar is damaged: the checksum of " + target + " differs");
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What a killed process left behind; younger files may belong to one that still runs. */
  private static void removeOldParts(Path folder) throws IOException {
    var old = FileTime.from(Instant.now().minusSeconds(3600));
    try (var parts = Files.newDirectoryStream(folder, "*.part")) {
      for (var part : parts) {
        if (Files.getLastModifiedTime(part).compareTo(old) < 0) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  /**
   * libLLVM, loaded for the rest of the process's life. A failure is not remembered.
   *
   * @throws LlvmMissingException if there is none, or the system cannot load it
   */
  static SymbolLookup loadLlvm() {
    synchronized (LOCK) {
      if (llvm == null) {
        llvm = load(llvm());
      }
      return llvm;
    }
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup load(Path library) {
    try {
      return SymbolLookup.libraryLookup(library, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new LlvmMissingException(
          "The system cannot load " + library + " (" + e.getMessage() + ").", e);
    }
  }
}
