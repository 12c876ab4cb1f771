package dev.jacobi.io;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * NumPy's {@code .npy} files, versions 1 to 3 (the format is described in {@code
 * numpy.lib.format}). Reads both byte orders and both index orders; writes what {@code numpy.save}
 * writes, to the byte. bfloat16 is written as the raw two bytes that NumPy knows it as, and read if
 * asked for.
 */
public final class Npy {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own limit; a larger header is damaged or hostile. */
  private static final int MAX_HEADER = 10_000;

  private static final int CHUNK = 1 << 26;

  private Npy() {}

  /**
   * Reads an array.
   *
   * @throws NpyException if the file is damaged, or holds what arrays cannot hold
   */
  public static Literal read(Path file) throws IOException {
    return read(file, Optional.empty());
  }

  /** Reads an array whose element type is known: needed for bfloat16, checked for all others. */
  public static Literal read(Path file, DType dtype) throws IOException {
    return read(file, Optional.of(dtype));
  }

  private static Literal read(Path file, Optional<DType> hint) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return read(channel, channel.size(), hint, file.toString());
    }
  }

  /** Reads an array from the bytes of a file. */
  public static Literal read(byte[] file) throws IOException {
    return read(
        Channels.newChannel(new ByteArrayInputStream(file)),
        file.length,
        Optional.empty(),
        "bytes");
  }

  /** Writes an array as {@code numpy.save} does; an existing file is replaced. */
  public static void write(Path file, Literal array) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, array);
    }
  }

  /**
   * Reads an array that takes exactly the rest of a channel.
   *
   * @param available how many bytes that is; checked before memory is taken
   */
  static Literal read(ReadableByteChannel in, long available, Optional<DType> hint, String source)
      throws IOException {
    Input input = new Input(in, available, source);
    NpyHeader header = header(input, source);
    DType dtype = header.dtype(hint, source);
    Shape shape = header.checkedShape(dtype, source);
    TensorType type = new TensorType(dtype, shape);
    long bytes = type.byteSize();
    if (bytes > input.left) {
      throw new NpyException.Truncated(source, "an array of " + header, bytes, input.left);
    }
    if (bytes < input.left) {
      throw new NpyException.TrailingBytes(source, header, input.left - bytes);
    }
    MemorySegment data = Literal.allocate(type);
    input.read(data, "an array of " + header);
    return Literal.wrap(type, Layout.toNative(type, data, header));
  }

  private static NpyHeader header(Input input, String source) throws IOException {
    if (input.left < 10) {
      throw input.left == 0
          ? new NpyException.Truncated(source, "the header", 10, 0)
          : new NpyException.NotNpy(source, "it has only " + input.left + " bytes");
    }
    ByteBuffer start = input.read(8, "the header");
    byte[] magic = new byte[6];
    start.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new NpyException.NotNpy(source, "it does not begin with \\x93NUMPY");
    }
    int version = start.get() & 0xFF;
    if (version < 1 || version > 3) {
      throw new NpyException.BadHeader(source, "there is no version " + version + " of the format");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    ByteBuffer lengthBuffer = input.read(lengthBytes, "the length of the header");
    long length = 0;
    for (int i = 0; i < lengthBytes; i++) {
      length |= (lengthBuffer.get() & 0xFFL) << (8 * i);
    }
    if (length > MAX_HEADER) {
      throw new NpyException.BadHeader(source, "it claims to have " + length + " bytes");
    }
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return NpyHeader.parse(
        charset.decode(input.read((int) length, "the header")).toString(), source);
  }

  static void write(WritableByteChannel out, Literal array) throws IOException {
    writeAll(out, ByteBuffer.wrap(NpyHeader.bytes(array.dtype(), array.shape())));
    MemorySegment data = array.data();
    for (long at = 0; at < data.byteSize(); at += CHUNK) {
      long n = Math.min(CHUNK, data.byteSize() - at);
      writeAll(out, data.asSlice(at, n).asByteBuffer());
    }
  }

  private static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** The bytes of a file that are left. */
  private static final class Input {
    private final ReadableByteChannel in;
    private final String source;
    private long left;

    Input(ReadableByteChannel in, long available, String source) {
      this.in = in;
      this.left = available;
      this.source = source;
    }

    ByteBuffer read(int count, String what) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(count);
      fill(buffer, what);
      return buffer.flip();
    }

    void read(MemorySegment segment, String what) throws IOException {
      for (long at = 0; at < segment.byteSize(); at += CHUNK) {
        long n = Math.min(CHUNK, segment.byteSize() - at);
        fill(segment.asSlice(at, n).asByteBuffer(), what);
      }
    }

    private void fill(ByteBuffer buffer, String what) throws IOException {
      int needed = buffer.remaining();
      if (needed > left) {
        throw new NpyException.Truncated(source, what, needed, left);
      }
      while (buffer.hasRemaining()) {
        try {
          if (in.read(buffer) < 0) {
            throw new NpyException.Truncated(source, what, needed, buffer.position());
          }
        } catch (EOFException e) {
          NpyException error = new NpyException.Truncated(source, what, needed, buffer.position());
          error.initCause(e);
          throw error;
        }
      }
      left -= needed;
    }
  }
}
