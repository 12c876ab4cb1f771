package dev.jacobi.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table of a FlatBuffer, read in place. Every offset is checked before it is followed, and what
 * is read in all is bounded by the file's size, so that tables that share parts or contain
 * themselves cannot take long. Fields are addressed by their number in the schema.
 */
final class FlatTable {
  private final Source source;
  private final int at;
  private final int vtable;
  private final int vtableSize;

  /** The bytes, and how much may still be read of them. */
  private static final class Source {
    private final ByteBuffer data;
    private long left;

    Source(byte[] bytes) {
      data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      left = 4L * bytes.length; // written files hold nothing twice; four times is generous
    }

    /** A place of {@code size} bytes, charged. */
    int check(long at, long size, String what) {
      if (at < 0 || size < 0 || at > data.limit() - size) {
        throw new ExportException.Damaged(
            what + " reaches from byte " + at + " over " + size + " bytes of " + data.limit(),
            Math.clamp(at, 0, data.limit()));
      }
      left -= size;
      if (left < 0) {
        throw new ExportException.Damaged("parts contain each other", (int) at);
      }
      return (int) at;
    }

    int u8(long at, String what) {
      return data.get(check(at, 1, what)) & 0xFF;
    }

    int u16(long at, String what) {
      return data.getShort(check(at, 2, what)) & 0xFFFF;
    }

    int i32(long at, String what) {
      return data.getInt(check(at, 4, what));
    }

    long u32(long at, String what) {
      return i32(at, what) & 0xFFFFFFFFL;
    }

    /** The place that the offset at {@code at} points to. */
    long follow(long at, String what) {
      return at + u32(at, what);
    }
  }

  private FlatTable(Source source, long at) {
    this.source = source;
    this.at = source.check(at, 4, "a table");
    long vtableAt = at - source.i32(at, "a table");
    this.vtableSize = source.u16(vtableAt, "the layout of the table at byte " + at);
    this.vtable = source.check(vtableAt, vtableSize, "the layout of the table at byte " + at);
  }

  /** The file's table. */
  static FlatTable root(byte[] bytes) {
    Source source = new Source(bytes);
    return new FlatTable(source, source.follow(0, "the file's head"));
  }

  /** An error at this table. */
  ExportException.Damaged error(String message) {
    return new ExportException.Damaged(message, at);
  }

  /** Where a field's value is; -1 if it is left out. */
  private long field(int number) {
    int entry = 4 + 2 * number;
    if (entry + 2 > vtableSize) {
      return -1;
    }
    int offset = source.u16(vtable + entry, "a layout");
    return offset == 0 ? -1 : at + offset;
  }

  boolean has(int number) {
    return field(number) >= 0;
  }

  /** An unsigned byte; zero if left out. */
  int u8(int number) {
    long place = field(number);
    return place < 0 ? 0 : source.u8(place, "a number");
  }

  int u16(int number) {
    long place = field(number);
    return place < 0 ? 0 : source.u16(place, "a number");
  }

  long u32(int number) {
    long place = field(number);
    return place < 0 ? 0 : source.u32(place, "a number");
  }

  Optional<FlatTable> table(int number) {
    long place = field(number);
    return place < 0
        ? Optional.empty()
        : Optional.of(new FlatTable(source, source.follow(place, "a table")));
  }

  FlatTable required(int number, String what) {
    return table(number).orElseThrow(() -> error("there is no " + what));
  }

  private interface Element<T> {
    T at(long place);
  }

  private <T> List<T> vector(int number, int size, Element<T> element) {
    List<T> all = new ArrayList<>();
    long place = field(number);
    if (place >= 0) {
      long start = source.follow(place, "a list");
      long count = source.u32(start, "a list");
      source.check(start + 4, count * size, "a list of " + count);
      for (long i = 0; i < count; i++) {
        all.add(element.at(start + 4 + i * size));
      }
    }
    return all;
  }

  List<FlatTable> tables(int number) {
    return vector(number, 4, p -> new FlatTable(source, source.follow(p, "a table")));
  }

  List<String> strings(int number) {
    return vector(number, 4, p -> text(source.follow(p, "a string")));
  }

  List<Integer> u16s(int number) {
    return vector(number, 2, p -> source.u16(p, "a number"));
  }

  List<Long> u32s(int number) {
    return vector(number, 4, p -> source.u32(p, "a number"));
  }

  String string(int number) {
    long place = field(number);
    return place < 0 ? "" : text(source.follow(place, "a string"));
  }

  byte[] bytes(int number) {
    long place = field(number);
    return place < 0 ? new byte[0] : blob(source.follow(place, "bytes"));
  }

  private byte[] blob(long start) {
    long length = source.u32(start, "bytes");
    int from = source.check(start + 4, length, "bytes");
    return Arrays.copyOfRange(source.data.array(), from, from + (int) length);
  }

  private String text(long start) {
    byte[] bytes = blob(start);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ExportException.Damaged("a string is not UTF-8", (int) start);
    }
  }
}
