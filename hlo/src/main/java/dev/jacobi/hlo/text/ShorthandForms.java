package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.RandomOp.RngAlgorithm;
import dev.jacobi.hlo.RandomOp.RngDistribution;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.ShorthandOp;
import java.util.List;
import java.util.Optional;

/** Random numbers, and older and shorter forms of other operations. */
final class ShorthandForms {
  private ShorthandForms() {}

  /** {@code stablehlo.rng_bit_generator %0, algorithm = PHILOX : (t) -> (t, t)}. */
  private static final Form<RandomOp.RngBitGenerator> RNG_BIT_GENERATOR =
      Form.of(
          "stablehlo.rng_bit_generator",
          in ->
              new RandomOp.RngBitGenerator(
                  in.constant(RngAlgorithm.class, last(in, "algorithm", "rng_algorithm")),
                  in.operand(0),
                  in.resultType()),
          (op, out) ->
              out.text(" ").operands().text(", algorithm = " + op.algorithm()).signature());

  /** {@code stablehlo.rng %0, %1, %2, distribution = UNIFORM : (t, t, t) -> t}. */
  private static final Form<RandomOp.Rng> RNG =
      Form.of(
          "stablehlo.rng",
          in ->
              new RandomOp.Rng(
                  in.operand(0),
                  in.operand(1),
                  in.operand(2),
                  in.constant(RngDistribution.class, last(in, "distribution", "rng_distribution")),
                  in.resultType()),
          (op, out) ->
              out.text(" ").operands().text(", distribution = " + op.distribution()).signature());

  /** {@code stablehlo.dot %0, %1, precision = [HIGH, DEFAULT] : (t, t) -> t}. */
  private static final Form<ShorthandOp.Dot> DOT =
      Form.of(
          "stablehlo.dot",
          ShorthandForms::dot,
          (op, out) -> {
            out.text(" ").operands();
            op.precision().ifPresent(p -> out.text(", precision = " + p));
            out.signature();
          });

  /** {@code stablehlo.einsum %0, %1, config = "ij,jk->ik" : (t, t) -> t}. */
  private static final Form<ShorthandOp.Einsum> EINSUM =
      Form.of(
          "stablehlo.einsum",
          in -> new ShorthandOp.Einsum(in.operand(0), in.operand(1), config(in), in.resultType()),
          (op, out) -> out.text(" ").operands().text(config(op.config())).signature());

  /** {@code stablehlo.unary_einsum %0, config = "ij->j" : (t) -> t}. */
  private static final Form<ShorthandOp.UnaryEinsum> UNARY_EINSUM =
      Form.of(
          "stablehlo.unary_einsum",
          in -> new ShorthandOp.UnaryEinsum(in.operand(0), config(in), in.resultType()),
          (op, out) -> out.text(" ").operands().text(config(op.config())).signature());

  /** {@code "stablehlo.torch_index_select"(%0, %1) <{batch_dims = 0 : i64, dim = 1 : i64}>}. */
  private static final Form<ShorthandOp.TorchIndexSelect> TORCH_INDEX_SELECT =
      Form.of(
          "stablehlo.torch_index_select",
          in ->
              new ShorthandOp.TorchIndexSelect(
                  in.operand(0), in.operand(1), in.int32("dim"), in.int32("batch_dims")),
          (op, out) ->
              out.genericOperands()
                  .text(" <{batch_dims = " + op.batchDims() + " : i64, dim = " + op.dim())
                  .text(" : i64}>")
                  .signature());

  /** {@code stablehlo.broadcast %0, sizes = [2] : (t) -> t}. */
  private static final Form<ShorthandOp.Broadcast> BROADCAST =
      Form.of(
          "stablehlo.broadcast",
          in -> new ShorthandOp.Broadcast(in.operand(0), in.longs("sizes", "broadcast_sizes")),
          (op, out) -> out.text(" ").operands().text(", sizes = ").list(op.sizes()).signature());

  /** {@code "stablehlo.map"(%0, %1) <{dimensions = array<i64: 0>}> ({ body }) : (t, t) -> t}. */
  private static final Form<ShorthandOp.MapOp> MAP =
      Form.of(
          "stablehlo.map",
          in -> new ShorthandOp.MapOp(in.operands, in.axes("dimensions"), in.region(0)),
          (op, out) ->
              out.genericOperands()
                  .text(" <{dimensions = ")
                  .array(op.dimensions())
                  .text("}>")
                  .genericRegions()
                  .signature());

  private static Op dot(OpText in) {
    List<Precision> precision =
        in.words("precision", "precision_config").stream()
            .filter(w -> !w.equals("precision"))
            .map(w -> in.constant(Precision.class, w))
            .toList();
    return new ShorthandOp.Dot(
        in.operand(0),
        in.operand(1),
        precision.isEmpty() ? Optional.empty() : Optional.of(precision),
        in.resultType().element());
  }

  private static String last(OpText in, String... names) {
    List<String> words = in.words(names);
    return words.isEmpty() ? "" : words.getLast();
  }

  private static String config(OpText in) {
    return in.string(in.has("config") ? "config" : "einsum_config");
  }

  private static String config(String config) {
    return ", config = " + Writer.quote(config);
  }

  static void write(RandomOp op, Writer out) {
    switch (op) {
      case RandomOp.RngBitGenerator o -> RNG_BIT_GENERATOR.write(o, out);
      case RandomOp.Rng o -> RNG.write(o, out);
    }
  }

  static void write(ShorthandOp op, Writer out) {
    switch (op) {
      case ShorthandOp.Dot o -> DOT.write(o, out);
      case ShorthandOp.RaggedDot o -> RaggedForms.RAGGED_DOT.write(o, out);
      case ShorthandOp.Einsum o -> EINSUM.write(o, out);
      case ShorthandOp.UnaryEinsum o -> UNARY_EINSUM.write(o, out);
      case ShorthandOp.TorchIndexSelect o -> TORCH_INDEX_SELECT.write(o, out);
      case ShorthandOp.Broadcast o -> BROADCAST.write(o, out);
      case ShorthandOp.MapOp o -> MAP.write(o, out);
    }
  }

  static final List<Form<?>> ALL =
      List.of(
          RNG_BIT_GENERATOR,
          RNG,
          DOT,
          RaggedForms.RAGGED_DOT,
          EINSUM,
          UNARY_EINSUM,
          TORCH_INDEX_SELECT,
          BROADCAST,
          MAP);
}
