package dev.jacobi.hlo.bytecode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a file's operations refer to by number: strings, operation names, attributes, types, sets of
 * properties. Each is kept once, numbered in the order in which it was first asked for.
 */
final class Pool {
  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private final Map<String, Integer> dialects = new LinkedHashMap<>();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final Table attrs = new Table();
  private final Table types = new Table();
  private final Table properties = new Table();

  /** The bytes of an attribute or a type, and whether they are its dialect's encoding or text. */
  private record Entry(String dialect, boolean custom, String bytes) {}

  private static final class Table {
    private final Map<Entry, Integer> index = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    int add(Entry entry) {
      Integer known = index.putIfAbsent(entry, entries.size());
      if (known != null) {
        return known;
      }
      entries.add(entry);
      return entries.size() - 1;
    }
  }

  private static int intern(Map<String, Integer> map, String key) {
    Integer known = map.putIfAbsent(key, map.size());
    return known != null ? known : map.size() - 1;
  }

  int string(String value) {
    return intern(strings, value);
  }

  /** The number of an operation, such as {@code vhlo.add_v1}. */
  int name(String op) {
    dialect(op.substring(0, op.indexOf('.')));
    return intern(names, op);
  }

  private int dialect(String name) {
    string(name);
    return intern(dialects, name);
  }

  /** The number of an attribute in its dialect's own encoding. */
  int attr(String dialect, Consumer<Sink> writer) {
    dialect(dialect);
    return attrs.add(new Entry(dialect, true, latin(writer)));
  }

  /** The number of an attribute in MLIR's text, such as {@code #chlo<precision HIGH>}. */
  int textAttr(String dialect, String text) {
    dialect(dialect);
    return attrs.add(new Entry(dialect, false, latin(s -> s.terminated(text))));
  }

  int type(String dialect, Consumer<Sink> writer) {
    dialect(dialect);
    return types.add(new Entry(dialect, true, latin(writer)));
  }

  /** The number of a type in MLIR's text, such as {@code f8E4M3FN}. */
  int textType(String dialect, String text) {
    dialect(dialect);
    return types.add(new Entry(dialect, false, latin(s -> s.terminated(text))));
  }

  int properties(Consumer<Sink> writer) {
    return properties.add(new Entry("", true, latin(writer)));
  }

  /** Bytes as characters of as many bits, so that equal ones are equal keys. */
  private static String latin(Consumer<Sink> writer) {
    Sink sink = new Sink();
    writer.accept(sink);
    return new String(sink.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(Entry entry) {
    return entry.bytes.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The file, given the section of operations. */
  byte[] file(int version, String producer, Sink ir) {
    Sink dialectSection = dialectSection();
    Sink data = new Sink();
    Sink offsets = new Sink();
    offsets.varint(attrs.entries.size()).varint(types.entries.size());
    groups(attrs.entries, offsets, data);
    groups(types.entries, offsets, data);
    Sink sets = new Sink().varint(properties.entries.size());
    properties.entries.forEach(e -> sets.blob(bytes(e)));
    Sink file = new Sink().raw(Tables.magic()).varint(version).terminated(producer);
    return file.section(Section.Id.DIALECT, dialectSection)
        .section(Section.Id.ATTR_TYPE_OFFSET, offsets)
        .section(Section.Id.ATTR_TYPE, data)
        .section(Section.Id.IR, ir)
        .section(Section.Id.STRING, stringSection())
        .section(Section.Id.PROPERTIES, sets)
        .bytes();
  }

  /** Dialects without versions of their own, then the operations of each that are used. */
  private Sink dialectSection() {
    Sink out = new Sink().varint(dialects.size());
    for (String dialect : dialects.keySet()) {
      out.varint((long) string(dialect) << 1);
    }
    // Neighbours of one dialect share a group; the numbers follow the order of first use.
    out.varint(names.size());
    List<String> all = List.copyOf(names.keySet());
    for (int from = 0, to; from < all.size(); from = to) {
      String dialect = all.get(from).substring(0, all.get(from).indexOf('.'));
      for (to = from; to < all.size() && all.get(to).startsWith(dialect + "."); ) {
        to++;
      }
      out.varint(dialect(dialect)).varint(to - from);
      for (String name : all.subList(from, to)) {
        out.varint((long) string(name.substring(dialect.length() + 1)) << 1 | 1);
      }
    }
    return out;
  }

  private void groups(List<Entry> entries, Sink offsets, Sink data) {
    for (int from = 0, to; from < entries.size(); from = to) {
      String dialect = entries.get(from).dialect;
      for (to = from; to < entries.size() && entries.get(to).dialect.equals(dialect); ) {
        to++;
      }
      offsets.varint(dialect(dialect)).varint(to - from);
      for (Entry entry : entries.subList(from, to)) {
        byte[] bytes = bytes(entry);
        offsets.varint((long) bytes.length << 1 | (entry.custom ? 1 : 0));
        data.raw(bytes);
      }
    }
  }

  private Sink stringSection() {
    List<byte[]> all =
        strings.keySet().stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    Sink out = new Sink().varint(all.size());
    all.reversed().forEach(s -> out.varint(s.length + 1L));
    all.forEach(s -> out.raw(s).u8(0));
    return out;
  }
}
