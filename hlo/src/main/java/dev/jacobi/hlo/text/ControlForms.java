package dev.jacobi.hlo.text;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Control flow and calls. */
final class ControlForms {
  private ControlForms() {}

  /** {@code stablehlo.while(%i = %0, %x = %1) : t, t cond { ... } do { ... }}. */
  static final Form<ControlOp.While> WHILE =
      new Form<>(
          "stablehlo.while",
          ControlForms::readWhile,
          in -> new ControlOp.While(in.operands, in.region(0), in.region(1)),
          ControlForms::writeWhile);

  private static void readWhile(OpReader ops, OpText op) {
    Reader in = ops.in();
    List<String> names = new ArrayList<>();
    in.list(
        '(',
        ')',
        () -> {
          names.add(in.take(Kind.VALUE, "a parameter such as %iterArg"));
          in.expect('=');
          op.operands.add(ops.use());
        });
    if (!names.isEmpty()) {
      ops.signature(op);
    }
    if (in.accept("attributes")) {
      op.attrs.putAll(in.dictionary());
    }
    in.expect("cond");
    op.regions.add(ops.region(names, fresh(op)));
    in.expect("do");
    op.regions.add(ops.region(names, fresh(op)));
  }

  private static List<Value> fresh(OpText op) {
    return op.operands.stream().map(v -> new Value(v.type())).toList();
  }

  private static void writeWhile(ControlOp.While op, Writer out) {
    out.text("(");
    for (int i = 0; i < op.inits().size(); i++) {
      out.text(i == 0 ? "" : ", ")
          .operand(op.cond().params().get(i))
          .text(" = ")
          .operand(op.inits().get(i));
    }
    out.text(")");
    if (!op.inits().isEmpty()) {
      out.text(" : ").types(op.inits());
    }
    out.newLine().text("cond ").bareRegion(op.cond()).text(" do ").bareRegion(op.body());
  }

  /** {@code "stablehlo.case"(%0) ({ ... }, { ... }) : (tensor<i32>) -> t}. */
  static final Form<ControlOp.Case> CASE =
      Form.of(
          "stablehlo.case",
          in -> {
            in.region(0);
            return new ControlOp.Case(in.operand(0), in.regions);
          },
          (op, out) -> out.genericOperands().genericRegions().signature());

  /** {@code "stablehlo.if"(%0) ({ ... }, { ... }) : (tensor<i1>) -> t}. */
  static final Form<ControlOp.If> IF =
      Form.of(
          "stablehlo.if",
          in -> new ControlOp.If(in.operand(0), in.region(0), in.region(1)),
          (op, out) -> out.genericOperands().genericRegions().signature());

  /** {@code call @f(%0) : (t) -> t}. */
  static final Form<ControlOp.Call> CALL =
      Form.of(
          "func.call",
          in -> new ControlOp.Call(in.symbol("callee"), in.operands, in.resultTypes),
          (op, out) ->
              out.text(" " + Writer.symbol(op.callee()) + "(").operands().text(")").signature());

  private static final Set<String> NOT_KEPT =
      Set.of("callee", "call_target_name", "has_side_effect", "sdy.sharding");

  /** {@code stablehlo.custom_call @name(%0) {attributes} : (t) -> t}. */
  static final Form<ControlOp.CustomCall> CUSTOM_CALL =
      Form.of("stablehlo.custom_call", ControlForms::customCall, ControlForms::writeCustomCall);

  private static Op customCall(OpText in) {
    Map<String, String> kept = new LinkedHashMap<>();
    in.attrs.forEach(
        (name, span) -> {
          if (!NOT_KEPT.contains(name)) {
            kept.put(name, in.text(span));
          }
        });
    String target =
        in.has("call_target_name") ? in.string("call_target_name") : in.symbol("callee");
    return new ControlOp.CustomCall(
        target, in.operands, in.resultTypes, in.flag("has_side_effect"), kept);
  }

  private static void writeCustomCall(ControlOp.CustomCall op, Writer out) {
    Map<String, String> attrs = new TreeMap<>(op.attrs());
    if (op.hasSideEffect()) {
      attrs.put("has_side_effect", "true");
    }
    out.text(" " + Writer.symbol(op.target()) + "(").operands().text(")");
    if (!attrs.isEmpty()) {
      out.text(" ").dictionary(attrs);
    }
    out.signature();
  }

  /** {@code stablehlo.composite "name" %0 {decomposition = @f} : (t) -> t}. */
  static final Form<ControlOp.Composite> COMPOSITE =
      Form.of("stablehlo.composite", ControlForms::composite, ControlForms::writeComposite);

  private static Op composite(OpText in) {
    return new ControlOp.Composite(
        in.string("name"),
        in.operands,
        in.resultTypes,
        in.symbol("decomposition"),
        in.int32Or(0, "version"),
        in.dictionary("composite_attributes"));
  }

  private static void writeComposite(ControlOp.Composite op, Writer out) {
    out.text(" " + Writer.quote(op.name()));
    if (!op.operands().isEmpty()) {
      out.text(" ").operands();
    }
    Map<String, String> attrs = new TreeMap<>();
    if (!op.attrs().isEmpty()) {
      attrs.put("composite_attributes", Writer.dictionaryText(op.attrs()));
    }
    attrs.put("decomposition", Writer.symbol(op.decomposition()));
    if (op.version() != 0) {
      attrs.put("version", op.version() + " : i32");
    }
    out.text(" ").dictionary(attrs).signature();
  }

  /** {@code stablehlo.optimization_barrier %0, %1 : t, t}. */
  static final Form<ControlOp.OptimizationBarrier> OPTIMIZATION_BARRIER =
      new Form<>(
          "stablehlo.optimization_barrier",
          (ops, op) -> {
            if (ops.in().kind() == Kind.VALUE) {
              ops.plain(op);
            } else {
              ops.in().expect('(');
              ops.in().expect(')');
              ops.attributes(op);
            }
          },
          in -> new ControlOp.OptimizationBarrier(in.operands),
          (op, out) -> {
            if (op.operands().isEmpty()) {
              out.text("()");
            } else {
              out.text(" ").operands().text(" : ").types(op.operands());
            }
          });

  static final List<Form<?>> ALL =
      List.of(WHILE, CASE, IF, CALL, CUSTOM_CALL, COMPOSITE, OPTIMIZATION_BARRIER);
}
