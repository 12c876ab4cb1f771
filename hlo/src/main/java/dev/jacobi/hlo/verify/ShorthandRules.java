package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;

/**
 * Constraints of random numbers and of the forms that are written out in others. Every method
 * returns the constraint that fixes the result types.
 */
final class ShorthandRules {
  private ShorthandRules() {}

  static String random(RandomOp op, Site at) {
    return switch (op) {
      case RandomOp.RngBitGenerator o -> bits(o, at);
      case RandomOp.Rng o -> rng(o, at);
    };
  }

  private static String bits(RandomOp.RngBitGenerator op, Site at) {
    TensorType state = op.state().type();
    at.require("i2", state.rank() == 1 && state.element() == DType.U64, "the state is %s", state);
    long n = Site.size(state.shape(), 0);
    boolean fits =
        switch (op.algorithm()) {
          case DEFAULT, PHILOX -> agree(n, 2) || agree(n, 3);
          case THREE_FRY -> agree(n, 2);
        };
    at.require("c2", fits, "%s with a state of %s", op.algorithm(), state);
    Element t = op.type().element();
    at.require("o2", t.isInteger() || t.isFloat(), "bits of %s", op.type());
    at.require("o2", op.type().shape().isStatic(), "%s is not of known size", op.type());
    return "c1";
  }

  private static String rng(RandomOp.Rng op, Site at) {
    TensorType a = op.a().type();
    TensorType b = op.b().type();
    TensorType shape = op.shape().type();
    at.require("i1", a.rank() == 0, "a is %s", a);
    at.require("i2", b.rank() == 0, "b is %s", b);
    boolean isShape = shape.rank() == 1 && shape.element().isInteger() && shape.shape().isStatic();
    at.require("i3", isShape, "the shape is %s", shape);
    at.require(
        "c1",
        a.element() == b.element() && a.element() == op.type().element(),
        "%s, %s and %s",
        a,
        b,
        op.type());
    boolean fits =
        switch (op.distribution()) {
          case UNIFORM -> !a.element().isComplex();
          case NORMAL -> a.element().isFloat();
        };
    String id = op.distribution() == RandomOp.RngDistribution.UNIFORM ? "i1" : "c2";
    at.require(id, fits, "%s of %s", op.distribution(), a.element().mlir());
    at.require(
        "c3",
        agree(Site.size(shape.shape(), 0), op.type().rank()),
        "%s sizes for %s",
        shape,
        op.type());
    return "c3";
  }

  static String shorthand(ShorthandOp op, Site at) {
    return switch (op) {
      case ShorthandOp.Dot o -> dot(o, at);
      case ShorthandOp.RaggedDot o -> RaggedRules.raggedDot(o, at);
      case ShorthandOp.Einsum o -> einsum(List.of(o.lhs(), o.rhs()), o.config(), o.type(), at);
      case ShorthandOp.UnaryEinsum o -> einsum(List.of(o.operand()), o.config(), o.type(), at);
      case ShorthandOp.TorchIndexSelect o -> select(o, at);
      case ShorthandOp.Broadcast o -> {
        at.require("c1", o.sizes().stream().allMatch(n -> n >= 0), "sizes %s", o.sizes());
        yield "c2";
      }
      case ShorthandOp.MapOp o -> map(o, at);
    };
  }

  private static String dot(ShorthandOp.Dot op, Site at) {
    TensorType a = op.lhs().type();
    TensorType b = op.rhs().type();
    boolean ranks = (a.rank() == 1 || a.rank() == 2) && (b.rank() == 1 || b.rank() == 2);
    at.require("i1", ranks, "multiplies %s and %s", a, b);
    at.require(
        "c1",
        agree(Site.size(a.shape(), a.rank() - 1), Site.size(b.shape(), 0)),
        "multiplies %s and %s",
        a,
        b);
    at.require("c2", a.element() == b.element(), "multiplies %s and %s", a, b);
    at.require(
        "c3", op.precision().map(p -> p.size() <= 2).orElse(true), "precision %s", op.precision());
    return "c4";
  }

  private static String einsum(List<Value> operands, String config, TensorType type, Site at) {
    String[] sides = config.split("->", -1);
    String[] inputs = sides[0].split(",", -1);
    boolean formed =
        sides.length == 2
            && inputs.length == operands.size()
            && config.replace("->", "").chars().allMatch(c -> Character.isLetter(c) || c == ',');
    at.require("c1", formed && sides[1].indexOf(',') < 0, "cannot read \"%s\"", config);
    long[] sizes = new long[128];
    for (int i = 0; i < inputs.length; i++) {
      TensorType t = operands.get(i).type();
      at.require("c2", inputs[i].length() == t.rank(), "\"%s\" names %s", inputs[i], t);
      for (int d = 0; d < t.rank(); d++) {
        char label = inputs[i].charAt(d);
        long size = Site.size(t.shape(), d);
        at.require("c1", label < 128, "cannot read \"%s\"", config);
        at.require(
            "c3",
            sizes[label] == 0 || agree(sizes[label] - 1, size),
            "%s has sizes %s and %s",
            label,
            sizes[label] - 1,
            size);
        sizes[label] = size + 1;
      }
    }
    at.require("c4", sides[1].length() == type.rank(), "\"%s\" names %s", sides[1], type);
    for (int d = 0; d < type.rank(); d++) {
      char label = sides[1].charAt(d);
      at.require(
          "c4",
          label < 128 && agree(sizes[label] - 1, Site.size(type.shape(), d)),
          "%s of %s is not a size of an operand",
          label,
          type);
    }
    at.require("c5", sides[1].chars().distinct().count() == type.rank(), "repeats: %s", sides[1]);
    Element dtype = operands.getFirst().element();
    boolean same = operands.stream().allMatch(v -> v.element() == dtype) && type.element() == dtype;
    at.require("c6", same, "gives %s", type);
    return "c4";
  }

  private static String select(ShorthandOp.TorchIndexSelect op, Site at) {
    TensorType t = op.operand().type();
    TensorType index = op.index().type();
    at.require("i2", index.element().isInteger(), "indices are %s", index);
    at.require("c1", 0 <= op.dim() && op.dim() < t.rank(), "no dimension %s in %s", op.dim(), t);
    at.require(
        "c2",
        0 <= op.batchDims() && op.batchDims() <= op.dim() && op.batchDims() <= index.rank(),
        "%s batch dimensions of %s and %s",
        op.batchDims(),
        t,
        index);
    Axes batch = Axes.range(op.batchDims());
    at.require(
        "c3",
        agree(t.shape().select(batch), index.shape().select(batch)),
        "the first %s dimensions of %s and %s",
        op.batchDims(),
        t,
        index);
    return "c4";
  }

  private static String map(ShorthandOp.MapOp op, Site at) {
    at.require("c2", !op.operands().isEmpty(), "maps nothing");
    TensorType first = op.operands().getFirst().type();
    for (Value v : op.operands()) {
      at.require("c1", agree(v.shape(), first.shape()), "maps %s and %s", first, v.type());
    }
    at.require(
        "c3",
        op.dimensions().equals(Axes.range(first.rank())),
        "dimensions %s of %s",
        op.dimensions(),
        first);
    List<TensorType> scalars =
        op.operands().stream().map(v -> TensorType.scalar(v.element())).toList();
    at.require(
        "c4",
        op.body().paramTypes().equals(scalars)
            && op.body().results().size() == 1
            && op.body().resultTypes().getFirst().rank() == 0,
        "the body takes %s and gives %s",
        op.body().paramTypes(),
        op.body().resultTypes());
    return "c4";
  }
}
