package dev.jacobi.cpu.run;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.IrPart;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.hlo.config.CacheFolder;
import dev.jacobi.hlo.config.CacheFolderException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Compiled objects on disk, shared by all processes of one user: the same text for the same machine
 * is compiled once. A file is named by the hash of everything that decides its contents, appears
 * whole or not at all, and is checked when read; a bad one is compiled anew.
 *
 * <p>Above the size limit the least recently used files go. Where the folder cannot be used,
 * everything is compiled, and that is said once.
 */
public final class ObjectCache {
  /** How often objects were found, compiled, and found damaged. */
  public record Stats(long hits, long misses, long damaged) {}

  private static final System.Logger LOG = System.getLogger("dev.jacobi");
  private static final long MAX_BYTES = 2L << 30;
  private static final long EVICT_EVERY = 64L << 20;
  private static final int MAGIC = 0x4a414331; // "JAC1"
  private static final int HEADER_BYTES = 16;
  private static final Duration FRESH = Duration.ofHours(1);

  private final Optional<Path> folder;
  private final long maxBytes;
  private final ConcurrentMap<String, CompletableFuture<byte[]>> running =
      new ConcurrentHashMap<>();
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong misses = new AtomicLong();
  private final AtomicLong damaged = new AtomicLong();
  private final AtomicLong written = new AtomicLong(EVICT_EVERY); // The first write looks around.

  private static final class Shared {
    static final ObjectCache CACHE = new ObjectCache(() -> CacheFolder.open("objects"), MAX_BYTES);
  }

  /** The cache in the user's cache folder. */
  public static ObjectCache shared() {
    return Shared.CACHE;
  }

  ObjectCache(Supplier<Path> folder, long maxBytes) {
    this.maxBytes = maxBytes;
    this.folder = open(folder);
  }

  private Optional<Path> open(Supplier<Path> supplier) {
    try {
      return Optional.of(supplier.get());
    } catch (CacheFolderException e) {
      sayOnce("compiled code is not kept: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The object for a module: from disk, or compiled and put there. */
  public byte[] compile(String name, String ir, CodegenOptions options) {
    return join(start(name, ir, options));
  }

  /** The objects for a module's pieces. Those that are not on disk are compiled side by side. */
  public List<byte[]> compile(String name, List<IrPart> parts, CodegenOptions options) {
    var started =
        parts.stream().map(part -> start(name, part.ir(), part.options(options))).toList();
    return started.stream().map(ObjectCache::join).toList();
  }

  private CompletableFuture<byte[]> start(String name, String ir, CodegenOptions options) {
    var key = key(ir, options);
    var mine = new CompletableFuture<byte[]>();
    var other = running.putIfAbsent(key, mine);
    if (other != null) {
      return other;
    }
    try {
      var found = find(key);
      var made =
          found
              .map(CompletableFuture::completedFuture)
              .orElseGet(() -> make(key, name, ir, options));
      return made.whenComplete((object, error) -> end(key, mine, object, error));
    } catch (RuntimeException | Error e) {
      end(key, mine, null, e);
      throw e;
    }
  }

  private CompletableFuture<byte[]> make(
      String key, String name, String ir, CodegenOptions options) {
    misses.incrementAndGet();
    return Llvm.start(name, ir, options)
        .thenApply(
            object -> {
              folder.ifPresent(place -> write(place, key, object));
              return object;
            });
  }

  private void end(String key, CompletableFuture<byte[]> mine, byte[] object, Throwable error) {
    running.remove(key);
    if (error == null) {
      mine.complete(object);
    } else {
      mine.completeExceptionally(error);
    }
  }

  private static byte[] join(CompletableFuture<byte[]> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      switch (cause) {
        case RuntimeException it -> throw it;
        case Error it -> throw it;
        case null, default -> throw e;
      }
    }
  }

  /** Whether nothing was kept by earlier processes: then LLVM will be needed soon. */
  boolean isEmpty() {
    if (folder.isEmpty()) {
      return true;
    }
    try (var files = Files.newDirectoryStream(folder.get(), "*.o")) {
      return !files.iterator().hasNext();
    } catch (IOException e) {
      return true; // Whoever reads an entry says what is wrong.
    }
  }

  public Stats stats() {
    return new Stats(hits.get(), misses.get(), damaged.get());
  }

  /** The name of a module's file: everything that decides the object's bytes, hashed. */
  static String key(String ir, CodegenOptions options) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(options.key().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(ir.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has SHA-256.
    }
  }

  private static Path file(Path folder, String key) {
    return folder.resolve(key + ".o");
  }

  private Optional<byte[]> find(String key) {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    var file = file(folder.get(), key);
    try {
      var object = unwrap(Files.readAllBytes(file));
      if (object.isPresent()) {
        hits.incrementAndGet();
        touch(file);
      } else {
        damaged.incrementAndGet();
        sayOnce("an entry of the object cache is damaged and is compiled anew: " + file);
      }
      return object;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      sayOnce("the object cache cannot be read: " + e);
      return Optional.empty();
    }
  }

  /** Keeps the time of last use, to the hour: a hit should not cost a write. */
  private static void touch(Path file) throws IOException {
    var now = Instant.now();
    if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(FRESH))) {
      Files.setLastModifiedTime(file, FileTime.from(now));
    }
  }

  private static ByteBuffer wrap(byte[] object) {
    var bytes = ByteBuffer.allocate(HEADER_BYTES + object.length);
    bytes.putInt(MAGIC).putInt(object.length).putLong(checksum(object)).put(object);
    return bytes;
  }

  private static Optional<byte[]> unwrap(byte[] file) {
    var bytes = ByteBuffer.wrap(file);
    if (file.length < HEADER_BYTES
        || bytes.getInt() != MAGIC
        || bytes.getInt() != file.length - HEADER_BYTES) {
      return Optional.empty();
    }
    long expected = bytes.getLong();
    var object = new byte[bytes.remaining()];
    bytes.get(object);
    return Optional.of(object).filter(it -> checksum(it) == expected);
  }

  private static long checksum(byte[] object) {
    var crc = new CRC32C();
    crc.update(object);
    return crc.getValue();
  }

  private void write(Path place, String key, byte[] object) {
    // A random name from Java's temporary files costs as much as the writing.
    var part = place.resolve(key + "-" + Long.toHexString(System.nanoTime()) + ".part");
    try {
      try {
        Files.write(part, wrap(object).array(), StandardOpenOption.CREATE_NEW);
        Files.move(part, file(place, key), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.deleteIfExists(part);
        throw e;
      }
      if (written.addAndGet(object.length) >= EVICT_EVERY) {
        written.set(0);
        Thread.ofVirtual().name("jacobi-evict").start(this::evict);
      }
    } catch (IOException e) {
      sayOnce("compiled code cannot be kept: " + e);
    }
  }

  private record Entry(Path file, long bytes, FileTime used) {}

  /** Removes the least recently used files until the limit holds, and what killed writers left. */
  void evict() {
    if (folder.isEmpty()) {
      return;
    }
    try {
      var entries = entries(folder.get());
      long total = entries.stream().mapToLong(Entry::bytes).sum();
      entries.sort(Comparator.comparing(Entry::used));
      var old = FileTime.from(Instant.now().minus(FRESH));
      for (var entry : entries) {
        boolean left = entry.file.toString().endsWith(".part") && entry.used.compareTo(old) < 0;
        if (total > maxBytes || left) {
          Files.deleteIfExists(entry.file);
          total -= entry.bytes;
        }
      }
    } catch (IOException e) {
      sayOnce("the object cache cannot be kept small: " + e);
    }
  }

  private static ArrayList<Entry> entries(Path folder) throws IOException {
    var entries = new ArrayList<Entry>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        try {
          var attributes = Files.readAttributes(file, BasicFileAttributes.class);
          entries.add(new Entry(file, attributes.size(), attributes.lastModifiedTime()));
        } catch (NoSuchFileException e) {
          // Another process removed it meanwhile.
        }
      }
    }
    return entries;
  }

  private void sayOnce(String message) {
    var kind = message.substring(0, Math.min(30, message.length()));
    if (said.add(kind)) {
      LOG.log(Level.WARNING, message);
    }
  }
}
