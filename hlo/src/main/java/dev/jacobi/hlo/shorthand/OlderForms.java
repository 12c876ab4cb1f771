package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.RaggedDots;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Older operations in today's. */
final class OlderForms {
  private final HloBuilder out;
  private final Loc loc;

  private OlderForms(HloBuilder out, Loc loc) {
    this.out = out;
    this.loc = loc;
  }

  static Value expand(ShorthandOp op, HloBuilder out, Loc loc) {
    OlderForms forms = new OlderForms(out, loc);
    return switch (op) {
      case ShorthandOp.Dot o -> forms.dot(o);
      case ShorthandOp.RaggedDot o -> RaggedDots.expand(o, out);
      case ShorthandOp.Einsum o -> forms.einsum(o);
      case ShorthandOp.UnaryEinsum o -> {
        String[] sides = o.config().split("->", -1);
        Labelled x = forms.summed(forms.diagonal(o, o.operand(), sides[0]), sides[1]);
        yield forms.ordered(x, sides[1]);
      }
      case ShorthandOp.TorchIndexSelect o -> forms.select(o);
      case ShorthandOp.Broadcast o -> {
        Shape shape = o.operand().shape();
        int added = o.sizes().size();
        yield out.add(
            new ShapeOp.BroadcastInDim(
                o.operand(),
                Axes.range(added, added + shape.rank()),
                Shape.of(o.sizes()).concat(shape)));
      }
      case ShorthandOp.MapOp o -> forms.map(o);
    };
  }

  private Value dot(ShorthandOp.Dot o) {
    Precision lhs = o.precision().map(List::getFirst).orElse(Precision.DEFAULT);
    Precision rhs = o.precision().map(List::getLast).orElse(Precision.DEFAULT);
    Axes none = Axes.of();
    DotDims dims = new DotDims(none, none, Axes.of(o.lhs().shape().rank() - 1), Axes.of(0));
    return out.add(new ReductionOp.DotGeneral(o.lhs(), o.rhs(), dims, lhs, rhs, o.element()));
  }

  // --- Einstein's summation ---

  /** An array with a letter for each dimension. */
  private record Labelled(Value value, String labels) {
    Axes axes(String wanted) {
      return Axes.of(wanted.chars().map(labels::indexOf).toArray());
    }
  }

  private Value einsum(ShorthandOp.Einsum o) {
    String[] sides = o.config().split("->", -1);
    String[] inputs = sides[0].split(",", -1);
    String result = sides[1];
    Labelled a = summed(diagonal(o, o.lhs(), inputs[0]), result + inputs[1]);
    Labelled b = summed(diagonal(o, o.rhs(), inputs[1]), result + inputs[0]);
    String both = chosen(a.labels, c -> b.labels.indexOf(c) >= 0);
    String batch = chosen(both, c -> result.indexOf(c) >= 0);
    String contract = chosen(both, c -> result.indexOf(c) < 0);
    DotDims dims = new DotDims(a.axes(batch), b.axes(batch), a.axes(contract), b.axes(contract));
    DType t = o.type().dtype();
    Value product =
        out.add(
            new ReductionOp.DotGeneral(
                a.value, b.value, dims, Precision.DEFAULT, Precision.DEFAULT, t));
    String labels =
        batch
            + chosen(a.labels, c -> both.indexOf(c) < 0)
            + chosen(b.labels, c -> both.indexOf(c) < 0);
    return ordered(new Labelled(product, labels), result);
  }

  private static String chosen(String labels, java.util.function.IntPredicate which) {
    return labels
        .chars()
        .filter(which)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private Labelled diagonal(ShorthandOp op, Value x, String labels) {
    if (labels.chars().distinct().count() != labels.length()) {
      throw Shorthand.unsupported(op, "of a diagonal, \"" + labels + "\"", loc);
    }
    return new Labelled(x, labels);
  }

  /** Sums over the dimensions that are not kept. */
  private Labelled summed(Labelled x, String kept) {
    String gone = chosen(x.labels, c -> kept.indexOf(c) < 0);
    if (gone.isEmpty()) {
      return x;
    }
    DType t = x.value.dtype();
    Value sum =
        out.add(
            new ReductionOp.Reduce(
                List.of(x.value),
                List.of(out.constant(t, 0)),
                x.axes(gone),
                HloBuilder.binaryBody(Fn.ADD, t)));
    return new Labelled(sum, chosen(x.labels, c -> kept.indexOf(c) >= 0));
  }

  private Value ordered(Labelled x, String labels) {
    return x.labels.equals(labels)
        ? x.value
        : out.add(new ShapeOp.Transpose(x.value, x.axes(labels)));
  }

  // --- others ---

  private Value select(ShorthandOp.TorchIndexSelect o) {
    Shape shape = o.operand().shape();
    int indexRank = o.index().shape().rank();
    Axes batch = Axes.range(o.batchDims());
    int after = o.dim() + indexRank - o.batchDims();
    Axes offset =
        Axes.range(o.batchDims(), o.dim())
            .plus(Axes.range(after, after + shape.rank() - o.dim() - 1));
    var dims =
        new IndexOp.GatherDims(offset, Axes.of(o.dim()), batch, batch, Axes.of(o.dim()), indexRank);
    long[] sizes = shape.toArray();
    batch.stream().forEach(d -> sizes[d] = 1);
    sizes[o.dim()] = 1;
    return out.add(new IndexOp.Gather(o.operand(), o.index(), dims, Longs.of(sizes), false));
  }

  /** The scalar function's operations, on whole arrays. */
  private Value map(ShorthandOp.MapOp o) {
    Shape shape = o.operands().getFirst().shape();
    Map<Value, Value> arrays = new IdentityHashMap<>();
    IntStream.range(0, o.operands().size())
        .forEach(i -> arrays.put(o.body().params().get(i), o.operands().get(i)));
    for (Instr instr : o.body().instrs()) {
      arrays.put(instr.results().getFirst(), array(o, instr, shape, arrays));
    }
    return arrays.get(o.body().results().getFirst());
  }

  private Value array(ShorthandOp.MapOp map, Instr instr, Shape shape, Map<Value, Value> arrays) {
    List<Value> x = new ArrayList<>();
    instr.op().operands().forEach(v -> x.add(arrays.get(v)));
    return switch (instr.op()) {
      case ElementwiseOp.Constant c -> out.broadcast(out.constant(c.literal()), shape);
      case ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _,
          ElementwiseOp.ReducePrecision _ ->
          out.add(instr.op().mapOperands(arrays::get));
      case ElementwiseOp.BitcastConvert b ->
          out.add(new ElementwiseOp.BitcastConvert(x.getFirst(), bits(b, shape)));
      case ShapeOp.Reshape _, ShapeOp.BroadcastInDim _, ShapeOp.Transpose _ -> x.getFirst();
      default -> throw Shorthand.unsupported(map, "of a body with " + instr.op().mnemonic(), loc);
    };
  }

  private static TensorType bits(ElementwiseOp.BitcastConvert b, Shape shape) {
    return b.type().withShape(shape);
  }
}
