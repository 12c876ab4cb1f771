package dev.jacobi.pjrt.struct;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where the fields of a struct of the PJRT C API lie, by C's rules of alignment. */
public final class Layout {
  /** A field's type. */
  public enum Kind {
    POINTER('p', 8),
    SIZE('z', 8),
    LONG('l', 8),
    INT('i', 4),
    BOOL('b', 1);

    private final char letter;
    private final int bytes;

    Kind(char letter, int bytes) {
      this.letter = letter;
      this.bytes = bytes;
    }

    private static Kind of(char letter) {
      for (Kind k : values()) {
        if (k.letter == letter) {
          return k;
        }
      }
      throw new IllegalArgumentException("no type is called " + letter);
    }
  }

  /** A field: its type and its distance from the struct's start. */
  public record Field(Kind kind, long offset) {}

  /** Almost every struct starts with its own size and a list of extensions. */
  public static final long HEADER = 16;

  /** Some start with their size alone. */
  public static final long SIZE_ONLY = 8;

  private final String name;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final long size;

  /**
   * Lays out a struct.
   *
   * @param header bytes before the first field
   * @param spec the fields behind the header, as {@code name:letter}
   */
  public Layout(String name, long header, String... spec) {
    this.name = name;
    long end = header;
    for (String field : spec) {
      int colon = field.lastIndexOf(':');
      Kind kind = Kind.of(field.charAt(colon + 1));
      long offset = (end + kind.bytes - 1) / kind.bytes * kind.bytes;
      fields.put(field.substring(0, colon), new Field(kind, offset));
      end = offset + kind.bytes;
    }
    this.size = end;
  }

  public String name() {
    return name;
  }

  /** The bytes up to the end of the last field: what {@code struct_size} holds. */
  public long size() {
    return size;
  }

  public Field field(String field) {
    Field found = fields.get(field);
    if (found == null) {
      throw new IllegalArgumentException(name + " has no field " + field);
    }
    return found;
  }
}
