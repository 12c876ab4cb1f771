package dev.jacobi.io;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** NumPy's {@code .npz} files: zip archives with one {@code .npy} file an array. */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /** Deflate cannot shrink by more than about 1032; what claims more lies about its size. */
  private static final long MAX_RATIO = 1040;

  private Npz() {}

  /**
   * Reads all arrays.
   *
   * @return by name without {@code .npy}, in the order of the file
   * @throws NpyException if the file or an array in it is damaged, or holds what arrays cannot hold
   */
  public static Map<String, Literal> read(Path file) throws IOException {
    return read(file, Map.of());
  }

  /**
   * Reads all arrays, some of which have a known element type.
   *
   * @param dtypes by name; needed for bfloat16
   */
  public static Map<String, Literal> read(Path file, Map<String, DType> dtypes) throws IOException {
    Map<String, Literal> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String source = file + "!" + entry.getName();
        if (!entry.getName().endsWith(SUFFIX)) {
          throw new NpyException.NotNpy(source, "entries of an .npz end in .npy");
        }
        String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
        if (entry.getSize() > MAX_RATIO * Math.max(entry.getCompressedSize(), 1)) {
          throw new NpyException.Truncated(
              source, "the entry", entry.getSize(), MAX_RATIO * entry.getCompressedSize());
        }
        try (var in = Channels.newChannel(zip.getInputStream(entry))) {
          Optional<DType> hint = Optional.ofNullable(dtypes.get(name));
          arrays.put(name, Npy.read(in, entry.getSize(), hint, source));
        }
      }
    } catch (ZipException | EOFException e) {
      NpyException error =
          new NpyException.NotNpy(file.toString(), "the archive is damaged: " + e.getMessage());
      error.initCause(e);
      throw error;
    }
    return Collections.unmodifiableMap(arrays);
  }

  /** Writes arrays uncompressed, as {@code numpy.savez} does. */
  public static void write(Path file, Map<String, Literal> arrays) throws IOException {
    write(file, arrays, ZipEntry.STORED);
  }

  /** Writes arrays compressed, as {@code numpy.savez_compressed} does. */
  public static void writeCompressed(Path file, Map<String, Literal> arrays) throws IOException {
    write(file, arrays, ZipEntry.DEFLATED);
  }

  private static void write(Path file, Map<String, Literal> arrays, int method) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (Map.Entry<String, Literal> array : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
        entry.setMethod(method);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // same data, same bytes
        if (method == ZipEntry.STORED) {
          describe(entry, array.getValue());
        }
        zip.putNextEntry(entry);
        WritableByteChannel channel = Channels.newChannel(zip);
        Npy.write(channel, array.getValue());
        zip.closeEntry();
      }
    }
  }

  /** Stored entries carry size and checksum before their data. */
  private static void describe(ZipEntry entry, Literal array) {
    byte[] header = NpyHeader.bytes(array.dtype(), array.shape());
    CRC32 crc = new CRC32();
    crc.update(header);
    MemorySegment data = array.data();
    int chunk = 1 << 26;
    for (long at = 0; at < data.byteSize(); at += chunk) {
      crc.update(data.asSlice(at, Math.min(chunk, data.byteSize() - at)).asByteBuffer());
    }
    long size = header.length + data.byteSize();
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(crc.getValue());
  }
}
