package dev.jacobi.hlo.bytecode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes bytes from front to back: what {@link Bytes} reads. */
final class Sink {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Sink u8(int value) {
    out.write(value);
    return this;
  }

  /** One to nine bytes, whose number is that of the first byte's trailing zeros plus one. */
  Sink varint(long value) {
    int bits = 64 - Long.numberOfLeadingZeros(value | 1);
    int bytes = (bits + 6) / 7;
    if (bytes > 8) {
      out.write(0);
      return fixed(value, 8);
    }
    return fixed(value << bytes | 1L << bytes - 1, bytes);
  }

  private Sink fixed(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> 8 * i));
    }
    return this;
  }

  /** A number whose sign is its lowest bit. */
  Sink signed(long value) {
    return varint(value << 1 ^ value >> 63);
  }

  /** How many, and each with its sign. */
  Sink signedList(long[] values) {
    varint(values.length);
    for (long value : values) {
      signed(value);
    }
    return this;
  }

  /** How many, and each. */
  Sink list(List<Integer> values) {
    varint(values.size());
    values.forEach(this::varint);
    return this;
  }

  /** A whole number of {@code bits} bits by its pattern: a byte up to 8 bits. */
  Sink apInt(long value, int bits) {
    long pattern = bits == 64 ? value : value & (1L << bits) - 1;
    return bits <= 8 ? u8((int) pattern) : signed(pattern);
  }

  /** Bytes behind their number. */
  Sink blob(byte[] bytes) {
    varint(bytes.length);
    return raw(bytes);
  }

  Sink raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** Characters and a zero byte. */
  Sink terminated(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8)).u8(0);
  }

  Sink section(Section.Id id, Sink content) {
    return u8(id.ordinal()).blob(content.bytes());
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
