package dev.jacobi.hlo.bytecode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a stretch of bytes from front to back. Never reads past it, whatever lengths say. */
final class Bytes {
  private static final byte PADDING = (byte) 0xCB;

  private final byte[] data;
  private final int end;
  private int at;

  private Bytes(byte[] data, int from, int end) {
    this.data = data;
    this.at = from;
    this.end = end;
  }

  static Bytes of(byte[] data) {
    return new Bytes(data, 0, data.length);
  }

  /** Another reader of the same stretch, from where this one is. */
  static Bytes of(Bytes other) {
    return new Bytes(other.data, other.at, other.end);
  }

  int offset() {
    return at;
  }

  int left() {
    return end - at;
  }

  BytecodeException error(String message) {
    return new BytecodeException(message, at);
  }

  int u8() {
    if (at >= end) {
      throw error("the bytes end too early");
    }
    return data[at++] & 0xFF;
  }

  /** One to nine bytes, whose number is that of the first byte's trailing zeros plus one. */
  long varint() {
    int first = u8();
    if ((first & 1) != 0) {
      return first >> 1;
    }
    int more = first == 0 ? 8 : Integer.numberOfTrailingZeros(first);
    long value = more == 8 ? 0 : first >> more + 1;
    int shift = more == 8 ? 0 : 7 - more;
    for (int i = 0; i < more; i++) {
      value |= (long) u8() << shift;
      shift += 8;
    }
    return value;
  }

  /** A number whose sign is its lowest bit. */
  long signed() {
    long v = varint();
    return v >>> 1 ^ -(v & 1);
  }

  /** A number of things of which each takes at least a byte. */
  int count() {
    long n = varint();
    if (n < 0 || n > left()) {
      throw error("a length of " + Long.toUnsignedString(n) + " with " + left() + " bytes left");
    }
    return (int) n;
  }

  /** A number below {@code size}: the index of something. */
  int index(int size, String what) {
    return index(varint(), size, what);
  }

  int index(long i, int size, String what) {
    if (i < 0 || i >= size) {
      throw error("there is no " + what + " " + Long.toUnsignedString(i) + " among " + size);
    }
    return (int) i;
  }

  long[] signedList() {
    long[] list = new long[count()];
    for (int i = 0; i < list.length; i++) {
      list[i] = signed();
    }
    return list;
  }

  /** A whole number of {@code bits} bits: a byte up to 8 bits, else with its sign. */
  long apInt(int bits) {
    if (bits > 64) {
      throw error("numbers of " + bits + " bits are not known");
    }
    return bits <= 8 ? (byte) u8() : signed();
  }

  /** The next {@code length} bytes as a stretch of their own. */
  Bytes slice(int length) {
    if (length < 0 || length > left()) {
      throw error("a part of " + length + " bytes with " + left() + " left");
    }
    at += length;
    return new Bytes(data, at - length, at);
  }

  byte[] blob() {
    Bytes part = slice(count());
    return Arrays.copyOfRange(data, part.at, part.end);
  }

  /** Characters up to a zero byte. */
  String terminated() {
    int from = at;
    while (u8() != 0) {
      // to the end of the string
    }
    return new String(data, from, at - 1 - from, StandardCharsets.UTF_8);
  }

  /** All that is left, as text. */
  String rest() {
    int from = at;
    at = end;
    return new String(data, from, end - from, StandardCharsets.UTF_8);
  }

  /** Padding before what must lie at a multiple of {@code alignment}. */
  void align(long alignment) {
    if (alignment < 1 || Long.bitCount(alignment) != 1) {
      throw error("an alignment of " + alignment);
    }
    while (at % alignment != 0) {
      if (u8() != PADDING) {
        throw error("padding that is none");
      }
    }
  }
}
