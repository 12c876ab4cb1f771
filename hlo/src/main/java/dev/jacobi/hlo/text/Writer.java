package dev.jacobi.hlo.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes the operations of one function; forms write their operation with it. */
final class Writer {
  private final StringBuilder out;
  private final Names names;
  private final boolean locations;
  private int indent;
  private Instr instr;

  Writer(StringBuilder out, Names names, boolean locations, int indent) {
    this.out = out;
    this.names = names;
    this.locations = locations;
    this.indent = indent;
  }

  // --- blocks and instructions ---

  /** A function's body in braces. */
  void body(Block block) {
    out.append("{\n");
    contents(block, true);
    out.append("}");
  }

  /** Lines of a block; in a function's own block the dialect's name is left out. */
  private void contents(Block block, boolean isFunction) {
    indent += 2;
    for (Instr i : block.instrs()) {
      out.repeat(' ', indent);
      instruction(i, isFunction);
      out.append('\n');
    }
    out.repeat(' ', indent).append(isFunction ? "return" : "stablehlo.return");
    if (!block.results().isEmpty()) {
      text(" ").values(block.results()).text(" : ").types(block.results());
    }
    indent -= 2;
    out.append('\n').repeat(' ', indent);
  }

  private void instruction(Instr next, boolean isFunction) {
    Instr outer = instr;
    instr = next;
    if (!next.results().isEmpty()) {
      String first = names.of(next.results().getFirst());
      int group = first.indexOf('#');
      if (group < 0) {
        values(next.results());
      } else {
        out.append(first, 0, group).append(':').append(next.results().size());
      }
      out.append(" = ");
    }
    Op op = next.op();
    boolean isGeneric =
        op instanceof IndexOp.Gather
            || op instanceof IndexOp.Scatter
            || op instanceof WindowOp
            || op instanceof NormOp
            || op instanceof LinalgOp.TriangularSolve
            || op instanceof OrderOp.Sort
            || op instanceof ControlOp.Case
            || op instanceof ControlOp.If
            || Forms.isGeneric(op);
    boolean isCall = isFunction && op instanceof ControlOp.Call;
    out.append(isGeneric ? quote(op.mnemonic()) : isCall ? "call" : op.mnemonic());
    Forms.write(next, this);
    if (locations && next.loc().isKnown() && next.loc().column() == 0) {
      location(next.loc());
    }
    instr = outer;
  }

  private void location(Loc loc) {
    out.append(" loc(").append(quote(loc.file())).append(':').append(loc.line()).append(":0)");
  }

  /** A region in braces without its parameters, which were named before. */
  Writer bareRegion(Block block) {
    out.append("{\n");
    contents(block, false);
    out.append('}');
    return this;
  }

  /** {@code ({ ^bb0(%a: t): ... }, { ... })}: the regions of the operation in generic form. */
  Writer genericRegions() {
    out.append(" (");
    List<Block> regions = instr.op().regions();
    for (int i = 0; i < regions.size(); i++) {
      Block block = regions.get(i);
      out.append(i == 0 ? "{\n" : ", {\n");
      if (!block.params().isEmpty()) {
        String params =
            block.params().stream()
                .map(p -> names.of(p) + ": " + p.type())
                .collect(Collectors.joining(", "));
        out.repeat(' ', indent).append("^bb0(").append(params).append("):\n");
      }
      contents(block, false);
      out.append('}');
    }
    out.append(')');
    return this;
  }

  // --- parts of an operation ---

  Writer text(String text) {
    out.append(text);
    return this;
  }

  Writer newLine() {
    out.append('\n').repeat(' ', indent);
    return this;
  }

  Writer operand(Value value) {
    out.append(names.of(value));
    return this;
  }

  /** {@code %arg0: tensor<f32>}. */
  Writer parameter(Value param) {
    out.append(names.of(param)).append(": ").append(param.type());
    return this;
  }

  /** {@code %0, %1}: all operands. */
  Writer operands() {
    return values(instr.op().operands());
  }

  private Writer values(List<Value> values) {
    out.append(values.stream().map(names::of).collect(Collectors.joining(", ")));
    return this;
  }

  /** {@code (%0, %1)}: all operands. */
  Writer genericOperands() {
    return text("(").operands().text(")");
  }

  Writer literal(Literal literal) {
    DenseText.write(literal, out);
    return this;
  }

  /** {@code [0, 1]}. */
  Writer list(Axes axes) {
    out.append(bracketed(axes));
    return this;
  }

  /** {@code [0, 1]}. */
  Writer list(Longs values) {
    out.append(
        values.stream().mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]")));
    return this;
  }

  /** {@code array<i64: 0, 1>}. */
  Writer array(Longs values) {
    out.append(values.size() == 0 ? "array<i64" : "array<i64: ")
        .append(values.stream().mapToObj(Long::toString).collect(Collectors.joining(", ")))
        .append('>');
    return this;
  }

  /** {@code dense<[[0, 1], [2, 3]]> : tensor<2x2xi64>}: rows of two. */
  Writer columns(Longs first, Longs second) {
    long[] rows = new long[2 * first.size()];
    for (int i = 0; i < first.size(); i++) {
      rows[2 * i] = first.get(i);
      rows[2 * i + 1] = second.get(i);
    }
    return literal(Literal.ofLongs(Shape.of(first.size(), 2), rows));
  }

  /** {@code array<i64: 0, 1>}. */
  Writer array(Axes axes) {
    return text(arrayText(axes));
  }

  /** {@code array<i64: 0, 1>}. */
  static String arrayText(Axes axes) {
    String list = axes.stream().mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return "array<i64" + (list.isEmpty() ? "" : ": " + list) + ">";
  }

  /** {@code [0:4, 0:8:2]}. */
  Writer ranges(ShapeOp.Slice op) {
    out.append(
        IntStream.range(0, op.start().size())
            .mapToObj(
                d ->
                    op.start().get(d)
                        + ":"
                        + op.limit().get(d)
                        + (op.strides().get(d) == 1 ? "" : ":" + op.strides().get(d)))
            .collect(Collectors.joining(", ", "[", "]")));
    return this;
  }

  private static String bracketed(Axes axes) {
    return axes.stream().mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A field of a structured attribute; empty where it has its default, which is left out. */
  static String field(String name, Axes axes) {
    return axes.isEmpty() ? "" : name + " = " + bracketed(axes);
  }

  static String field(String name, int value) {
    return value == 0 ? "" : name + " = " + value;
  }

  Writer fields(String... fields) {
    out.append(Stream.of(fields).filter(f -> !f.isEmpty()).collect(Collectors.joining(", ")));
    return this;
  }

  Writer dictionary(Map<String, String> attrs) {
    return text(dictionaryText(attrs));
  }

  // --- types ---

  /** {@code t, t}. */
  Writer types(List<Value> values) {
    out.append(typeList(values));
    return this;
  }

  private static String typeList(List<Value> values) {
    return values.stream().map(v -> v.type().toString()).collect(Collectors.joining(", "));
  }

  private String resultTypes() {
    String types = typeList(instr.results());
    return instr.results().size() == 1 ? types : "(" + types + ")";
  }

  /** {@code : (t, t) -> t}. */
  Writer signature() {
    out.append(" : (").append(typeList(instr.op().operands())).append(") -> ");
    out.append(resultTypes());
    return this;
  }

  /** {@code : t} if all operands and the result have one type, else the signature. */
  Writer commonType() {
    TensorType type = instr.result().type();
    boolean same = instr.op().operands().stream().allMatch(v -> v.type().equals(type));
    return same ? resultType() : signature();
  }

  /** {@code : t}: the result's type. */
  Writer resultType() {
    out.append(" : ").append(instr.result().type());
    return this;
  }

  /** {@code : t, t -> t}, as CHLO writes it. */
  Writer arrowTypes() {
    out.append(" : ").append(typeList(instr.op().operands())).append(" -> ").append(resultTypes());
    return this;
  }

  /** {@code : predicate, data}. */
  Writer selectTypes() {
    List<Value> operands = instr.op().operands();
    TensorType type = instr.result().type();
    boolean same = operands.stream().skip(1).allMatch(v -> v.type().equals(type));
    return same ? text(" : ").types(operands.subList(0, 2)) : signature();
  }

  // --- names and strings ---

  /** {@code {a = 1 : i32, b}}, ordered by name. */
  static String dictionaryText(Map<String, String> attrs) {
    return new TreeMap<>(attrs)
        .entrySet().stream()
            .map(e -> key(e.getKey()) + (e.getValue().isEmpty() ? "" : " = " + e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String key(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_$.]*") ? name : quote(name);
  }

  static String symbol(String name) {
    return "@" + (name.matches("[A-Za-z_][A-Za-z0-9_$.]*") ? name : quote(name));
  }

  /** A string in quotes, with other than printable ASCII characters as hexadecimal bytes. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte b : text.getBytes(UTF_8)) {
      if (b >= ' ' && b < 0x7F && b != '"' && b != '\\') {
        quoted.append((char) b);
      } else if (b == '\\') {
        quoted.append("\\\\");
      } else {
        quoted.append("\\%02X".formatted(b));
      }
    }
    return quoted.append('"').toString();
  }
}
