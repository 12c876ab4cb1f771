package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Accuracy;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Constants and elementwise operations. */
final class ElementwiseForms {
  private ElementwiseForms() {}

  /** {@code stablehlo.constant dense<1.0> : tensor<f32>}. */
  static final Form<ElementwiseOp.Constant> CONSTANT =
      new Form<>(
          "stablehlo.constant",
          (in, op) -> {
            in.attributes(op);
            op.attrs.put("value", in.in().skipConstant());
          },
          in -> {
            ElementwiseOp.Constant constant = new ElementwiseOp.Constant(in.literal("value"));
            List<TensorType> own = List.of(constant.literal().type());
            if (!in.resultTypes.isEmpty() && !in.resultTypes.equals(own)) {
              throw in.error("states " + in.resultTypes + ", but gives " + own);
            }
            in.resultTypes = own;
            return constant;
          },
          (op, out) -> out.text(" ").literal(op.literal()));

  /** {@code stablehlo.iota dim = 0 : tensor<4xi32>}. */
  static final Form<ElementwiseOp.Iota> IOTA =
      Form.of(
          "stablehlo.iota",
          in -> new ElementwiseOp.Iota(in.resultType(), in.int32("dim", "iota_dimension")),
          (op, out) -> out.text(" dim = " + op.dim()).commonType());

  /** {@code stablehlo.compare LT, %0, %1, SIGNED : (t, t) -> tensor<i1>}. */
  static final Form<ElementwiseOp.Compare> COMPARE =
      Form.of(
          "stablehlo.compare",
          ElementwiseForms::compare,
          (op, out) ->
              out.text(" " + op.direction() + ", ").operands().text(", " + op.order()).signature());

  private static Op compare(OpText in) {
    return compare(in, in.operand(0), in.operand(1));
  }

  /** The comparison that the text names, of two values of one shape. */
  static Op compare(OpText in, Value lhs, Value rhs) {
    List<String> direction =
        in.has("comparison_direction") ? in.words("comparison_direction") : in.words();
    if (direction.isEmpty()) {
      throw in.error("needs a direction such as LT");
    }
    List<String> order =
        in.has("compare_type")
            ? in.words("compare_type")
            : in.words().subList(Math.min(in.words().size(), 1), in.words().size());
    String which = in.has("comparison_direction") ? direction.getLast() : direction.getFirst();
    return new ElementwiseOp.Compare(
        in.constant(ElementwiseOp.Direction.class, which),
        order.isEmpty() || order.getLast().equals("NOTYPE")
            ? HloBuilder.defaultOrder(lhs.element())
            : in.constant(ElementwiseOp.Order.class, order.getLast()),
        lhs,
        rhs);
  }

  /** {@code stablehlo.convert %0 : (tensor<f32>) -> tensor<i32>}. */
  static final Form<ElementwiseOp.Convert> CONVERT =
      Form.of(
          "stablehlo.convert",
          in -> new ElementwiseOp.Convert(in.operand(0), in.resultType().element()),
          (op, out) -> out.text(" ").operands().commonType());

  /** {@code stablehlo.reduce_precision %0, format = e5m10 : tensor<f32>}. */
  static final Form<ElementwiseOp.ReducePrecision> REDUCE_PRECISION =
      Form.of(
          "stablehlo.reduce_precision",
          ElementwiseForms::reducePrecision,
          (op, out) ->
              out.text(" ")
                  .operands()
                  .text(", format = e" + op.exponentBits() + "m" + op.mantissaBits())
                  .commonType());

  private static Op reducePrecision(OpText in) {
    if (!in.has("format")) {
      return new ElementwiseOp.ReducePrecision(
          in.operand(0), in.int32("exponent_bits"), in.int32("mantissa_bits"));
    }
    String format = in.words("format").getFirst();
    if (!format.matches("e[0-9]{1,3}m[0-9]{1,3}")) {
      throw in.error("needs a format such as e5m10");
    }
    int m = format.indexOf('m');
    return new ElementwiseOp.ReducePrecision(
        in.operand(0),
        Integer.parseInt(format, 1, m, 10),
        Integer.parseInt(format, m + 1, format.length(), 10));
  }

  /** {@code stablehlo.bitcast_convert %0 : (tensor<f32>) -> tensor<i32>}. */
  static final Form<ElementwiseOp.BitcastConvert> BITCAST_CONVERT =
      Form.of(
          "stablehlo.bitcast_convert",
          in -> new ElementwiseOp.BitcastConvert(in.operand(0), in.resultType()),
          (op, out) -> out.text(" ").operands().signature());

  static final List<Form<?>> ALL =
      List.of(CONSTANT, IOTA, COMPARE, CONVERT, REDUCE_PRECISION, BITCAST_CONVERT);

  // --- Pointwise: one form per function, told apart by what follows the operands ---

  private static final Map<Fn, Form<ElementwiseOp.Pointwise>> POINTWISE = new EnumMap<>(Fn.class);

  static {
    for (Fn fn : Fn.values()) {
      POINTWISE.put(
          fn,
          Form.of(
              fn.mnemonic(),
              in -> new ElementwiseOp.Pointwise(fn, in.operands, accuracy(fn, in)),
              (op, out) -> pointwise(op, out.text(" ").operands())));
    }
  }

  static Form<ElementwiseOp.Pointwise> of(Fn fn) {
    return POINTWISE.get(fn);
  }

  /** On other operations the attribute has no meaning and is left out like any that is unknown. */
  private static Accuracy accuracy(Fn fn, OpText in) {
    if (!fn.hasAccuracy() || !in.has("result_accuracy")) {
      return Accuracy.DEFAULT;
    }
    OpText parts = in.struct("result_accuracy");
    List<String> mode = parts.words("mode");
    if (mode.isEmpty()) {
      throw in.error("needs the mode of result_accuracy");
    }
    return new Accuracy(
        in.constant(Accuracy.Mode.class, mode.getLast()),
        parts.realOrZero("atol"),
        parts.realOrZero("rtol"),
        parts.integerOrZero("ulps"));
  }

  private static void writeAccuracy(Accuracy accuracy, Writer out) {
    String mode = "mode = #stablehlo.result_accuracy_mode<" + accuracy.mode() + ">";
    out.text(" {result_accuracy = #stablehlo.result_accuracy<")
        .fields(
            real("atol", accuracy.atol()),
            real("rtol", accuracy.rtol()),
            accuracy.ulps() == 0 ? "" : "ulps = " + accuracy.ulps(),
            mode)
        .text(">}");
  }

  private static String real(String name, double value) {
    Literal literal = Literal.scalar(DType.F64, value);
    return value == 0 ? "" : name + " = " + Numbers.text(DType.F64, literal.data(), 0);
  }

  private static void pointwise(ElementwiseOp.Pointwise op, Writer out) {
    if (!op.accuracy().equals(Accuracy.DEFAULT)) {
      writeAccuracy(op.accuracy(), out);
    }
    if (op.fn().mnemonic().startsWith("chlo.")) {
      out.arrowTypes();
    } else if (op.fn() == Fn.SELECT) {
      out.selectTypes();
    } else if (op.fn() == Fn.COMPLEX) {
      out.resultType();
    } else {
      out.commonType();
    }
  }
}
