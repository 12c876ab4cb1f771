package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.shorthand.Recompose;
import dev.jacobi.hlo.text.HloParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads programs in MLIR bytecode: first as StableHLO's generic text, which the parser of text then
 * reads, so that both forms obey one set of rules.
 */
public final class BytecodeReader {
  static final int HAS_ATTRIBUTES = 1;
  static final int HAS_RESULTS = 2;
  static final int HAS_OPERANDS = 4;
  static final int HAS_SUCCESSORS = 8;
  static final int HAS_REGIONS = 16;
  static final int HAS_USE_LISTS = 32;
  static final int HAS_PROPERTIES = 64;

  private static final int DEPTH = 200;

  /** Operations of the partitioner, which on one device give back their operand. */
  private static final Set<String> IDENTITIES =
      Set.of("sdy.sharding_constraint", "builtin.unrealized_conversion_cast");

  private final Tables tables;
  private final List<Bytes> properties = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();
  private int fresh;

  private BytecodeReader(Tables tables) {
    this.tables = tables;
  }

  /** Whether these bytes begin as bytecode does. */
  public static boolean isBytecode(byte[] bytes) {
    return Tables.isBytecode(bytes);
  }

  /**
   * The program in some bytecode, with the operations of CHLO that VHLO has other forms of.
   *
   * @throws BytecodeException if the bytes are damaged or of a version that is not known
   * @throws dev.jacobi.hlo.text.HloSyntaxException if they hold what is no program of StableHLO
   * @throws dev.jacobi.hlo.text.UnsupportedOpException if they hold an operation that is not built
   */
  public static HloModule read(String name, byte[] bytecode) {
    byte[] text = text(bytecode).getBytes(StandardCharsets.UTF_8);
    return Recompose.of(HloParser.parse(name, text));
  }

  /** The program in bytes that are bytecode, by how they begin, or else text in UTF-8. */
  public static HloModule readEither(String name, byte[] source) {
    return isBytecode(source) ? read(name, source) : HloParser.parse(name, source);
  }

  /** The program in some bytecode as StableHLO's generic text. */
  public static String text(byte[] bytecode) {
    BytecodeReader reader = new BytecodeReader(Tables.read(bytecode));
    reader.readProperties();
    Bytes ir = reader.tables.section(Section.Id.IR);
    reader.block(ir, new Scope(), "", 0);
    return reader.out.toString();
  }

  /** The values that can be seen at a place, by number. */
  private static final class Scope {
    private final List<Ref> values = new ArrayList<>();
    private int next;

    /** Makes room for a region's values, behind those of the regions around it. */
    int enter(int count) {
      int before = next;
      next = values.size();
      for (int i = 0; i < count; i++) {
        values.add(null);
      }
      return before;
    }

    void leave(int before, int count) {
      values.subList(values.size() - count, values.size()).clear();
      next = before;
    }
  }

  /** A value's name and type in the text. */
  private record Ref(String name, String type) {}

  /** One block; its operations become lines. The caller has entered the region's values. */
  private void block(Bytes in, Scope scope, String indent, int depth) {
    if (depth > DEPTH) {
      throw in.error("regions nested more than " + DEPTH + " deep");
    }
    long head = in.varint();
    if ((head & 1) != 0) {
      arguments(in, scope, indent);
    }
    long ops = head >>> 1;
    for (long i = 0; i < ops; i++) {
      operation(in, scope, indent, depth);
    }
  }

  private void arguments(Bytes in, Scope scope, String indent) {
    int count = in.count();
    out.append(indent).append("^bb").append(fresh++).append('(');
    for (int i = 0; i < count; i++) {
      long type = in.varint();
      boolean located = tables.version() < Tables.NO_UNKNOWN_LOCATIONS || (type & 1) != 0;
      String text =
          tables.type(tables.version() < Tables.NO_UNKNOWN_LOCATIONS ? type : type >>> 1, in);
      if (located) {
        tables.attr(in);
      }
      Ref arg = new Ref("%" + fresh++, text);
      define(arg, in, scope);
      out.append(i == 0 ? "" : ", ").append(arg.name).append(": ").append(text);
    }
    out.append("):\n");
    if (tables.version() >= Tables.USE_LIST_ORDERS && in.u8() != 0) {
      useLists(in, count);
    }
  }

  private static void define(Ref value, Bytes in, Scope scope) {
    if (scope.next >= scope.values.size()) {
      throw in.error("more values than the region announced");
    }
    scope.values.set(scope.next++, value);
  }

  private void useLists(Bytes in, int values) {
    int orders = values == 1 ? 1 : in.count();
    for (int i = 0; i < orders; i++) {
      if (values != 1) {
        in.varint();
      }
      long head = in.varint();
      for (long n = head >>> 1; n > 0; n--) {
        in.varint();
      }
    }
  }

  private record Operation(
      String name, Map<String, Attr> attrs, List<Ref> operands, List<String> types, String loc) {}

  private void operation(Bytes in, Scope scope, String indent, int depth) {
    String name = tables.name(in);
    int mask = in.u8();
    String loc = tables.attr(in).text();
    Map<String, Attr> attrs = new LinkedHashMap<>();
    if ((mask & HAS_ATTRIBUTES) != 0) {
      if (!(tables.attr(in) instanceof Attr.Dict d)) {
        throw in.error("a dictionary was expected");
      }
      attrs.putAll(d.entries());
    }
    if ((mask & HAS_PROPERTIES) != 0) {
      attrs.putAll(properties(name, in));
    }
    List<String> types = (mask & HAS_RESULTS) != 0 ? tables.types(in) : List.of();
    List<Ref> operands = (mask & HAS_OPERANDS) != 0 ? operands(in, scope) : List.of();
    if ((mask & HAS_SUCCESSORS) != 0) {
      throw in.error(name + " jumps to another block, which StableHLO does not");
    }
    if (tables.version() >= Tables.USE_LIST_ORDERS && (mask & HAS_USE_LISTS) != 0) {
      useLists(in, types.size());
    }
    Operation op = new Operation(name, attrs, operands, types, loc);
    if (IDENTITIES.contains(name) || name.equals("sdy.mesh")) {
      identity(op, in, scope, mask);
    } else {
      write(op, in, scope, indent, (mask & HAS_REGIONS) != 0 ? depth : -1);
    }
  }

  private static List<Ref> operands(Bytes in, Scope scope) {
    List<Ref> operands = new ArrayList<>();
    for (int n = in.count(); n > 0; n--) {
      Ref value = scope.values.get(in.index(scope.values.size(), "value"));
      if (value == null) {
        throw in.error("a value is used before it is defined");
      }
      operands.add(value);
    }
    return operands;
  }

  private static void identity(Operation op, Bytes in, Scope scope, int mask) {
    if ((mask & HAS_REGIONS) != 0 || op.operands.size() != op.types.size()) {
      throw in.error(op.name + " in a form that is not known");
    }
    for (int i = 0; i < op.types.size(); i++) {
      define(op.operands.get(i), in, scope);
    }
  }

  private void readProperties() {
    if (tables.version() < Tables.PROPERTIES) {
      return;
    }
    Bytes section = tables.section(Section.Id.PROPERTIES);
    for (int n = section.count(); n > 0; n--) {
      properties.add(section.slice(section.count()));
    }
  }

  /** The attributes that MLIR keeps apart, by their places and without their names. */
  private Map<String, Attr> properties(String name, Bytes in) {
    Bytes own = Bytes.of(properties.get(in.index(properties.size(), "set of properties")));
    if (name.startsWith("sdy.")) {
      return Map.of();
    }
    Map<String, Attr> attrs = new LinkedHashMap<>();
    if (name.equals("builtin.module")) {
      long symbol = own.varint();
      if ((symbol & 1) != 0) {
        attrs.put("sym_name", tables.attr(symbol >>> 1, own));
      }
      return attrs;
    }
    List<VhloOps.Named> names =
        VhloOps.attributes(name)
            .orElseThrow(() -> own.error("the properties of " + name + " are not known"));
    for (VhloOps.Named each : names) {
      if (!each.isOptional()) {
        attrs.put(each.name(), tables.attr(own));
        continue;
      }
      long present = own.varint();
      if ((present & 1) != 0) {
        attrs.put(each.name(), tables.attr(present >>> 1, own));
      }
    }
    return attrs;
  }

  /** Writes an operation; its regions follow in the bytes unless {@code depth} is negative. */
  private void write(Operation op, Bytes in, Scope scope, String indent, int depth) {
    List<Ref> results = op.types.stream().map(t -> new Ref("%" + fresh++, t)).toList();
    results.forEach(r -> define(r, in, scope));
    out.append(indent).append(joined(results.stream().map(Ref::name)));
    out.append(results.isEmpty() ? "\"" : " = \"").append(stablehlo(op.name)).append("\"(");
    out.append(joined(op.operands.stream().map(Ref::name))).append(')');
    int at = out.length();
    if (depth >= 0) {
      regions(in, scope, indent, depth);
    }
    Map<String, Attr> attrs =
        op.name.startsWith("vhlo.") ? Special.of(bare(op.name), op.attrs) : op.attrs;
    if (!attrs.isEmpty()) {
      out.insert(at, " <" + new Attr.Dict(attrs).text() + ">");
    }
    out.append(" : (").append(joined(op.operands.stream().map(Ref::type))).append(") -> (");
    out.append(String.join(", ", op.types)).append(')');
    out.append(op.loc.startsWith("loc(\"") ? " " + op.loc : "").append('\n');
    if (out.length() > tables.most()) {
      throw in.error("a program whose text would have more than " + tables.most() + " bytes");
    }
  }

  private static String joined(Stream<String> words) {
    return words.collect(Collectors.joining(", "));
  }

  private void regions(Bytes in, Scope scope, String indent, int depth) {
    long head = in.varint();
    boolean isolated = (head & 1) != 0;
    boolean own = isolated && tables.version() >= Tables.LAZY_REGIONS;
    Bytes bytes = own ? Section.read(in).bytes() : in; // one for all regions
    out.append(" (");
    for (long i = 0; i < head >>> 1; i++) {
      out.append(i == 0 ? "{\n" : ", {\n");
      region(bytes, isolated ? new Scope() : scope, indent + "  ", depth + 1);
      out.append(indent).append('}');
    }
    out.append(')');
  }

  private void region(Bytes in, Scope scope, String indent, int depth) {
    int blocks = in.count();
    if (blocks == 0) {
      return;
    }
    if (blocks > 1) {
      throw in.error("a region of " + blocks + " blocks, which StableHLO has not");
    }
    int values = in.count();
    int before = scope.enter(values);
    block(in, scope, indent, depth);
    scope.leave(before, values);
  }

  /** {@code add} for {@code vhlo.add_v1}. */
  private static String bare(String vhlo) {
    return vhlo.substring(vhlo.indexOf('.') + 1).replaceFirst("_v\\d+$", "");
  }

  /** {@code stablehlo.add} for {@code vhlo.add_v1}; functions are those of {@code func}. */
  private static String stablehlo(String name) {
    if (!name.startsWith("vhlo.")) {
      return name;
    }
    return switch (bare(name)) {
      case "func" -> "func.func";
      case "call" -> "func.call";
      case String op -> "stablehlo." + op;
    };
  }
}
