package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reductions and dot products. */
final class ReductionForms {
  private ReductionForms() {}

  /**
   * {@code stablehlo.reduce(%0 init: %1) applies stablehlo.add across dimensions = [0] : (t, t) ->
   * t}, or, for other bodies, {@code reduce(%0 init: %1), (%2 init: %3) across dimensions = [0] :
   * ... reducer(%a: t, %b: t) (%c: t, %d: t) { ... }}.
   */
  static final Form<ReductionOp.Reduce> REDUCE =
      new Form<>(
          "stablehlo.reduce",
          ReductionForms::readReduce,
          ReductionForms::reduce,
          ReductionForms::write);

  private static Op reduce(OpText in) {
    int n = in.operands.size() / 2;
    return new ReductionOp.Reduce(
        in.operands(0, n), in.operandsFrom(n), in.axes("dimensions"), in.region(0));
  }

  private static void readReduce(OpReader ops, OpText op) {
    Reader in = ops.in();
    List<Value> inits = new ArrayList<>();
    do {
      in.expect('(');
      op.operands.add(ops.use());
      in.expect("init");
      in.expect(':');
      inits.add(ops.use());
      in.expect(')');
    } while (in.accept(','));
    op.operands.addAll(inits);
    Optional<Fn> fn = in.accept("applies") ? Optional.of(function(in)) : Optional.empty();
    in.expect("across");
    in.expect("dimensions");
    in.expect('=');
    op.attrs.put("dimensions", in.skipGroup());
    ops.attributes(op);
    ops.signature(op);
    op.regions.add(
        fn.isPresent()
            ? HloBuilder.binaryBody(fn.get(), op.operand(0).element())
            : reducer(ops, op.operands.size() / 2));
  }

  private static Fn function(Reader in) {
    int at = in.lexer().start();
    String mnemonic = in.take(Kind.WORD, "an operation");
    Optional<Fn> fn = Fn.ofMnemonic(mnemonic).filter(f -> f.arity() == 2);
    if (fn.isEmpty()) {
      in.lexer().moveTo(at);
      throw in.lexer().unsupported("reduce by " + mnemonic);
    }
    return fn.get();
  }

  /** {@code reducer(%a: t, %b: t) (%c: t, %d: t) {...}}: the body's parameters are a, c, b, d. */
  private static Block reducer(OpReader ops, int n) {
    Reader in = ops.in();
    in.expect("reducer");
    List<String> names = new ArrayList<>();
    List<Value> params = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      in.expect('(');
      parameter(ops, i, names, params);
      in.expect(',');
      parameter(ops, names.size(), names, params);
      in.expect(')');
    }
    return ops.region(names, params);
  }

  private static void parameter(OpReader ops, int at, List<String> names, List<Value> params) {
    names.add(at, ops.in().take(Kind.VALUE, "a parameter such as %arg0"));
    ops.in().expect(':');
    params.add(at, new Value(ops.types().type()));
    ops.location();
  }

  private static void write(ReductionOp.Reduce op, Writer out) {
    int n = op.inputs().size();
    for (int i = 0; i < n; i++) {
      out.text(i == 0 ? "(" : ", (")
          .operand(op.inputs().get(i))
          .text(" init: ")
          .operand(op.inits().get(i))
          .text(")");
    }
    Optional<Fn> fn = plainBody(op);
    fn.ifPresent(f -> out.text(" applies " + f.mnemonic()));
    out.text(" across dimensions = ").list(op.dims()).signature();
    if (fn.isEmpty()) {
      out.newLine().text(" reducer");
      List<Value> params = op.body().params();
      for (int i = 0; i < n; i++) {
        out.text(i == 0 ? "(" : " (")
            .parameter(params.get(i))
            .text(", ")
            .parameter(params.get(n + i))
            .text(")");
      }
      out.text("  ").bareRegion(op.body());
    }
  }

  /** The function if the body is {@code (a, b) -> fn(a, b)} over scalars of the inputs' type. */
  private static Optional<Fn> plainBody(ReductionOp.Reduce op) {
    Block body = op.body();
    if (op.inputs().size() != 1
        || body.instrs().size() != 1
        || !(body.instrs().getFirst().op() instanceof ElementwiseOp.Pointwise inner)) {
      return Optional.empty();
    }
    TensorType scalar = TensorType.scalar(op.inputs().getFirst().element());
    boolean plain =
        inner.operands().equals(body.params())
            && body.results().equals(body.instrs().getFirst().results())
            && body.resultTypes().equals(List.of(scalar))
            && body.paramTypes().equals(List.of(scalar, scalar));
    return plain ? Optional.of(inner.fn()) : Optional.empty();
  }

  /**
   * {@code stablehlo.dot_general %0, %1, batching_dims = [0] x [0], contracting_dims = [2] x [1],
   * precision = [DEFAULT, DEFAULT] : (t, t) -> t}.
   */
  static final Form<ReductionOp.DotGeneral> DOT_GENERAL =
      Form.of("stablehlo.dot_general", ReductionForms::dot, ReductionForms::writeDot);

  private static Op dot(OpText in) {
    List<ReductionOp.Precision> precision = precision(in);
    return new ReductionOp.DotGeneral(
        in.operand(0),
        in.operand(1),
        dotDims(in),
        precision.getFirst(),
        precision.getLast(),
        in.resultType().element(),
        algorithm(in));
  }

  /** The precisions of both operands. */
  static List<ReductionOp.Precision> precision(OpText in) {
    List<ReductionOp.Precision> precision =
        in.words("precision", "precision_config").stream()
            .filter(w -> !w.equals("precision"))
            .map(w -> in.constant(ReductionOp.Precision.class, w))
            .toList();
    if (precision.isEmpty()) {
      return List.of(ReductionOp.Precision.DEFAULT, ReductionOp.Precision.DEFAULT);
    }
    if (precision.size() != 2) {
      throw in.error("needs the precisions of 2 operands, not of " + precision.size());
    }
    return precision;
  }

  private static Optional<DotAlgorithm> algorithm(OpText in) {
    if (!in.has("algorithm")) {
      return Optional.empty();
    }
    OpText parts = in.struct("algorithm");
    return Optional.of(
        new DotAlgorithm(
            format(parts, "lhs_precision_type"),
            format(parts, "rhs_precision_type"),
            format(parts, "accumulation_type"),
            parts.int32("lhs_component_count"),
            parts.int32("rhs_component_count"),
            parts.int32("num_primitive_operations"),
            parts.flag("allow_imprecise_accumulation")));
  }

  private static DotAlgorithm.Format format(OpText parts, String name) {
    String word = String.join(" ", parts.words(name));
    for (DotAlgorithm.Format format : DotAlgorithm.Format.values()) {
      if (format.mlir().equals(word)) {
        return format;
      }
    }
    throw parts.unsupported("dot_general in " + (word.isEmpty() ? "no " + name : word));
  }

  private static void writeAlgorithm(DotAlgorithm a, Writer out) {
    out.text(", algorithm = <")
        .fields(
            "lhs_precision_type = " + a.lhsPrecision().mlir(),
            "rhs_precision_type = " + a.rhsPrecision().mlir(),
            "accumulation_type = " + a.accumulation().mlir(),
            "lhs_component_count = " + a.lhsComponents(),
            "rhs_component_count = " + a.rhsComponents(),
            "num_primitive_operations = " + a.primitiveOperations(),
            "allow_imprecise_accumulation = " + a.impreciseAccumulation())
        .text(">");
  }

  private static ReductionOp.DotDims dotDims(OpText in) {
    if (!in.has("dot_dimension_numbers")) {
      if (!in.has("contracting_dims")) {
        throw in.error("needs the attribute contracting_dims or dot_dimension_numbers");
      }
      List<Axes> batch = in.pair("batching_dims");
      List<Axes> contract = in.pair("contracting_dims");
      return new ReductionOp.DotDims(batch.get(0), batch.get(1), contract.get(0), contract.get(1));
    }
    OpText dims = in.struct("dot_dimension_numbers");
    return new ReductionOp.DotDims(
        dims.axesOrNone("lhs_batching_dimensions"),
        dims.axesOrNone("rhs_batching_dimensions"),
        dims.axesOrNone("lhs_contracting_dimensions"),
        dims.axesOrNone("rhs_contracting_dimensions"));
  }

  private static void writeDot(ReductionOp.DotGeneral op, Writer out) {
    ReductionOp.DotDims d = op.dims();
    out.text(" ").operands();
    if (!d.lhsBatch().isEmpty()) {
      out.text(", batching_dims = ").list(d.lhsBatch()).text(" x ").list(d.rhsBatch());
    }
    out.text(", contracting_dims = ").list(d.lhsContract()).text(" x ").list(d.rhsContract());
    out.text(", precision = [" + op.lhsPrecision() + ", " + op.rhsPrecision() + "]");
    op.algorithm().ifPresent(a -> writeAlgorithm(a, out));
    out.signature();
  }

  static final List<Form<?>> ALL = List.of(REDUCE, DOT_GENERAL);
}
