package dev.jacobi.hlo.bytecode;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a file's operations refer to by number: strings, dialects, names, attributes, types. */
final class Tables {
  /** "ML", an i with two dots in Latin-1, "R". */
  private static final int[] MAGIC = {0x4D, 0x4C, 0xEF, 0x52};

  /** The newest version of MLIR's format that is known. */
  private static final int NEWEST = 6;

  /** Dialects write their version since this one, and operations are counted. */
  static final int DIALECT_VERSIONS = 1;

  static final int LAZY_REGIONS = 2;
  static final int USE_LIST_ORDERS = 3;
  static final int NO_UNKNOWN_LOCATIONS = 4;
  static final int PROPERTIES = 5;
  private static final int COUNTED_NAMES = 4;

  /** No program's text may be longer, beside so many bytes for each of the file. */
  private static final long MOST = 1L << 26;

  private static final long MOST_PER_BYTE = 64;

  private static final int DEPTH = 200;

  private final int version;
  private final String producer;
  private final long most;
  private final Map<Section.Id, Bytes> sections = new EnumMap<>(Section.Id.class);
  private final List<String> strings = new ArrayList<>();
  private final List<String> dialects = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Entry> attrs = new ArrayList<>();
  private final List<Entry> types = new ArrayList<>();
  private int depth;
  private long cost;

  /** An attribute or a type: where its bytes are, and once it was asked for, what it is. */
  private static final class Entry {
    private final String dialect;
    private final Bytes bytes;
    private final boolean custom;
    private Attr attr;
    private String type;
    private long cost;

    Entry(String dialect, Bytes bytes, boolean custom) {
      this.dialect = dialect;
      this.bytes = bytes;
      this.custom = custom;
      this.cost = bytes.left();
    }
  }

  private Tables(int version, String producer, int size) {
    this.version = version;
    this.producer = producer;
    this.most = MOST + MOST_PER_BYTE * size;
  }

  /** Whether these bytes begin as bytecode does. */
  static boolean isBytecode(byte[] bytes) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xFF) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /** What bytecode begins with. */
  static byte[] magic() {
    byte[] magic = new byte[MAGIC.length];
    for (int i = 0; i < magic.length; i++) {
      magic[i] = (byte) MAGIC[i];
    }
    return magic;
  }

  static Tables read(byte[] file) {
    Bytes in = Bytes.of(file);
    if (!isBytecode(file)) {
      throw in.error("this is no MLIR bytecode: it does not begin with \"MLïR\"");
    }
    in.slice(MAGIC.length);
    long version = in.varint();
    if (version < 0 || version > NEWEST) {
      throw in.error("bytecode of version " + version + "; the newest known is " + NEWEST);
    }
    Tables tables = new Tables((int) version, in.terminated(), file.length);
    while (in.left() > 0) {
      Section section = Section.read(in);
      if (tables.sections.putIfAbsent(section.id(), section.bytes()) != null) {
        throw in.error("two sections " + section.id());
      }
    }
    tables.readStrings();
    tables.readDialects();
    tables.readEntries();
    return tables;
  }

  int version() {
    return version;
  }

  /** Such as {@code StableHLO_v1.15.0}. */
  String producer() {
    return producer;
  }

  /** How long the program's text may be: few bytes can stand for very long text. */
  long most() {
    return most;
  }

  Bytes section(Section.Id id) {
    Bytes bytes = sections.get(id);
    if (bytes == null) {
      throw new BytecodeException("there is no section " + id, 0);
    }
    return bytes;
  }

  private void readStrings() {
    Bytes in = section(Section.Id.STRING);
    int[] lengths = new int[in.count()];
    for (int i = lengths.length - 1; i >= 0; i--) {
      lengths[i] = in.count();
    }
    for (int length : lengths) {
      Bytes s = in.slice(length);
      if (length == 0) {
        throw s.error("a string without its final zero");
      }
      strings.add(s.slice(length - 1).rest());
    }
  }

  private void readDialects() {
    Bytes in = section(Section.Id.DIALECT);
    int count = in.count();
    for (int i = 0; i < count; i++) {
      long name = in.varint();
      boolean versioned = version >= DIALECT_VERSIONS && (name & 1) != 0;
      dialects.add(string(version >= DIALECT_VERSIONS ? name >>> 1 : name, in));
      if (versioned) {
        Section.read(in); // VHLO's operations and attributes carry versions of their own.
      }
    }
    if (version >= COUNTED_NAMES) {
      in.varint();
    }
    while (in.left() > 0) {
      String dialect = dialects.get(in.index(dialects.size(), "dialect"));
      int ops = in.count();
      for (int i = 0; i < ops; i++) {
        long name = in.varint();
        names.add(dialect + "." + string(version >= PROPERTIES ? name >>> 1 : name, in));
      }
    }
  }

  private void readEntries() {
    Bytes in = section(Section.Id.ATTR_TYPE_OFFSET);
    Bytes data = section(Section.Id.ATTR_TYPE);
    int attrCount = in.count();
    int typeCount = in.count();
    readGroups(in, data, attrCount, attrs);
    readGroups(in, data, typeCount, types);
  }

  private void readGroups(Bytes in, Bytes data, int count, List<Entry> into) {
    while (into.size() < count) {
      String dialect = dialects.get(in.index(dialects.size(), "dialect"));
      int group = in.count();
      if (group > count - into.size()) {
        throw in.error("more entries than the " + count + " that were announced");
      }
      for (int i = 0; i < group; i++) {
        long size = in.varint();
        if (size >>> 1 > data.left()) {
          throw in.error("an entry of " + (size >>> 1) + " bytes with " + data.left() + " left");
        }
        into.add(new Entry(dialect, data.slice((int) (size >>> 1)), (size & 1) != 0));
      }
    }
  }

  private String string(long index, Bytes in) {
    return strings.get(in.index(index, strings.size(), "string"));
  }

  /** The string whose number comes next. */
  String string(Bytes in) {
    return string(in.varint(), in);
  }

  /** The operation name whose number comes next. */
  String name(Bytes in) {
    return names.get(in.index(names.size(), "operation name"));
  }

  /** The attribute whose number comes next. */
  Attr attr(Bytes in) {
    return attr(in.varint(), in);
  }

  Attr attr(long index, Bytes in) {
    Entry e = attrs.get(in.index(index, attrs.size(), "attribute"));
    if (e.attr == null) {
      long before = enter(e, in);
      e.attr =
          e.custom
              ? switch (e.dialect) {
                case "builtin" -> Builtin.attr(this, Bytes.of(e.bytes));
                case "vhlo" -> Vhlo.attr(this, Bytes.of(e.bytes));
                case "chlo" -> Vhlo.chloAttr(Bytes.of(e.bytes));
                default -> new Attr.Opaque(e.dialect);
              }
              : new Attr.Text(Bytes.of(e.bytes).terminated());
      leave(e, before);
    }
    pay(e.cost, in);
    return e.attr;
  }

  /** The type whose number comes next, as text. */
  String type(Bytes in) {
    return type(in.varint(), in);
  }

  String type(long index, Bytes in) {
    Entry e = types.get(in.index(index, types.size(), "type"));
    if (e.type == null) {
      long before = enter(e, in);
      e.type =
          e.custom
              ? switch (e.dialect) {
                case "builtin" -> Builtin.type(this, Bytes.of(e.bytes));
                case "vhlo" -> Vhlo.type(this, Bytes.of(e.bytes));
                default -> throw in.error("types of " + e.dialect + " are not known");
              }
              : Bytes.of(e.bytes).terminated();
      leave(e, before);
    }
    pay(e.cost, in);
    return e.type;
  }

  /** Entries refer to others; too deep, or in a circle, and it is no program. */
  private long enter(Entry e, Bytes in) {
    if (++depth > DEPTH) {
      throw in.error("attributes or types nested more than " + DEPTH + " deep, or in a circle");
    }
    long before = cost;
    cost = e.cost;
    return before;
  }

  private void leave(Entry e, long before) {
    depth--;
    e.cost = cost;
    cost = before;
  }

  /** Entries may use others twice and those others again. */
  private void pay(long more, Bytes in) {
    if (depth > 0) {
      cost += more;
      if (cost > most) {
        throw in.error("an attribute whose text would have more than " + most + " bytes");
      }
    }
  }

  List<String> types(Bytes in) {
    List<String> list = new ArrayList<>();
    for (int n = in.count(); n > 0; n--) {
      list.add(type(in));
    }
    return list;
  }

  List<Attr> attrs(Bytes in) {
    List<Attr> list = new ArrayList<>();
    for (int n = in.count(); n > 0; n--) {
      list.add(attr(in));
    }
    return list;
  }
}
