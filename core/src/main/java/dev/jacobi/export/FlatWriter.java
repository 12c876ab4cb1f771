package dev.jacobi.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lays out a FlatBuffer: each part, then what it points to. Scalars take four bytes, of which a
 * narrower field is the first ones; what {@link FlatTable} reads.
 */
final class FlatWriter {
  private ByteBuffer out = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);

  private FlatWriter() {}

  /** What a field of a table holds. */
  sealed interface Value {}

  /** A number or boolean. */
  record Scalar(int value) implements Value {}

  /** What a field or an element of a vector points to. */
  sealed interface Part extends Value {}

  /** A table; fields by number, of which those left out have their defaults. */
  record Table(SortedMap<Integer, Value> fields) implements Part {
    Table() {
      this(new TreeMap<>());
    }

    Table with(int number, int scalar) {
      return with(number, new Scalar(scalar));
    }

    Table with(int number, Value value) {
      fields.put(number, value);
      return this;
    }
  }

  /** A string. */
  record Text(String text) implements Part {}

  /** A vector of bytes. */
  record Blob(byte[] bytes) implements Part {}

  /** A vector of numbers of two or four bytes. */
  record Numbers(int width, List<Integer> values) implements Part {}

  /** A vector of strings or tables. */
  record Parts(List<? extends Part> elements) implements Part {
    static Parts texts(List<String> texts) {
      return new Parts(texts.stream().map(Text::new).toList());
    }
  }

  /** The bytes of a file with this root. */
  static byte[] write(Table root) {
    FlatWriter writer = new FlatWriter();
    writer.reserve(4);
    writer.reference(0, root);
    return Arrays.copyOf(writer.out.array(), writer.out.position());
  }

  /** Zeroed room for {@code size} bytes at the end; gives its place. */
  private int reserve(int size) {
    int at = out.position();
    if (out.remaining() < size) {
      int larger = Math.max(Math.multiplyExact(2, out.capacity()), Math.addExact(at, size));
      out =
          ByteBuffer.wrap(Arrays.copyOf(out.array(), larger))
              .order(ByteOrder.LITTLE_ENDIAN)
              .position(at);
    }
    out.position(at + size);
    return at;
  }

  private void align() {
    reserve(-out.position() & 3);
  }

  /** Writes a part and, at {@code from}, the distance to it. */
  private void reference(int from, Part part) {
    int at =
        switch (part) {
          case Table table -> table(table);
          case Text(String text) -> blob(text.getBytes(StandardCharsets.UTF_8));
          case Blob(byte[] bytes) -> blob(bytes);
          case Numbers numbers -> numbers(numbers);
          case Parts(List<? extends Part> elements) -> {
            int vector = vector(elements.size(), 4);
            for (int i = 0; i < elements.size(); i++) {
              reference(vector + 4 + 4 * i, elements.get(i));
            }
            yield vector;
          }
        };
    out.putInt(from, at - from);
  }

  private int table(Table table) {
    int count = table.fields.isEmpty() ? 0 : table.fields.lastKey() + 1;
    align();
    int layout = reserve(4 + 2 * count);
    align();
    int at = reserve(4 + 4 * table.fields.size());
    out.putShort(layout, (short) (4 + 2 * count));
    out.putShort(layout + 2, (short) (4 + 4 * table.fields.size()));
    out.putInt(at, at - layout);
    int place = at;
    for (int number : table.fields.keySet()) {
      place += 4;
      out.putShort(layout + 4 + 2 * number, (short) (place - at));
    }
    place = at;
    for (Value value : table.fields.values()) {
      place += 4;
      switch (value) {
        case Scalar(int scalar) -> out.putInt(place, scalar);
        case Part part -> reference(place, part);
      }
    }
    return at;
  }

  private int vector(int count, int width) {
    align();
    int at = reserve(4 + Math.multiplyExact(count, width));
    out.putInt(at, count);
    return at;
  }

  /** Bytes with their number, and a zero behind, as strings have. */
  private int blob(byte[] bytes) {
    int at = vector(bytes.length, 1);
    out.put(at + 4, bytes);
    reserve(1);
    return at;
  }

  private int numbers(Numbers numbers) {
    int at = vector(numbers.values.size(), numbers.width);
    for (int i = 0; i < numbers.values.size(); i++) {
      int place = at + 4 + i * numbers.width;
      if (numbers.width == 2) {
        out.putShort(place, numbers.values.get(i).shortValue());
      } else {
        out.putInt(place, numbers.values.get(i));
      }
    }
    return at;
  }
}
