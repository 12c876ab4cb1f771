package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.BatchNorm;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Optional;

/**
 * Writes rare operations out in common ones: a boolean takes a byte here, so that between booleans
 * and other types bits must be moved; a dot product may ask that its operands are rounded; batch
 * normalisation is sums and products; and only rows of the last dimension are sorted.
 */
public final class Expand {
  private Expand() {}

  public static HloModule run(HloModule module) {
    return Rewriter.rewrite(module, () -> Expand::expand);
  }

  private static Optional<List<Value>> expand(Instr instr, HloBuilder out) {
    if (instr.op() instanceof ReductionOp.DotGeneral o) {
      return DotTypes.expand(o, out).map(List::of);
    }
    if (instr.op() instanceof ConvOp.Convolution o) {
      return Optional.of(List.of(new ConvExpand(out).convolution(o)));
    }
    if (instr.op() instanceof NormOp o) {
      return Optional.of(BatchNorm.expand(o, out));
    }
    if (instr.op() instanceof SpectralOp.Fft o) {
      return Transforms.expand(o, out).map(List::of);
    }
    if (instr.op() instanceof ElementwiseOp.BitcastConvert o
        && o.operand().dtype().isBool() != o.type().dtype().isBool()) {
      return Optional.of(
          List.of(o.operand().dtype().isBool() ? packed(o, out) : unpacked(o.operand(), out)));
    }
    if (instr.op() instanceof OrderOp.Sort o
        && o.dim() != o.operands().getFirst().type().rank() - 1) {
      return Optional.of(sort(o, out));
    }
    return Optional.empty();
  }

  /** Sorts rows of the last dimension, between two transpositions. */
  private static List<Value> sort(OrderOp.Sort o, HloBuilder out) {
    int rank = o.inputs().getFirst().type().rank();
    int[] order = Axes.range(rank).toArray();
    order[o.dim()] = rank - 1;
    order[rank - 1] = o.dim();
    Axes swap = Axes.of(order);
    List<Value> rows =
        o.inputs().stream().map(v -> out.add(new ShapeOp.Transpose(v, swap))).toList();
    List<Value> sorted = out.addAll(new OrderOp.Sort(rows, rank - 1, o.stable(), o.comparator()));
    return sorted.stream().map(v -> out.add(new ShapeOp.Transpose(v, swap))).toList();
  }

  /** Every boolean at its place, joined by or. */
  private static Value packed(ElementwiseOp.BitcastConvert o, HloBuilder out) {
    Value x = o.operand();
    DType word = word(o.type().dtype());
    int last = x.shape().rank() - 1;
    Value bits = out.add(new ElementwiseOp.Convert(x, word));
    Value placed = out.pointwise(Fn.SHIFT_LEFT, bits, places(word, x.shape(), out));
    Value zero = out.constant(word, 0);
    Value joined =
        out.add(
            new ReductionOp.Reduce(
                List.of(placed), List.of(zero), Axes.of(last), HloBuilder.binaryBody(Fn.OR, word)));
    return out.add(new ElementwiseOp.BitcastConvert(joined, o.type()));
  }

  /** Every bit shifted down to the lowest place. */
  private static Value unpacked(Value x, HloBuilder out) {
    DType word = word(x.dtype());
    Shape shape = x.shape().insert(x.shape().rank(), word.bits());
    Value bits = out.add(new ElementwiseOp.BitcastConvert(x, x.type().withDtype(word)));
    Value repeated = out.add(new ShapeOp.BroadcastInDim(bits, Axes.range(x.shape().rank()), shape));
    Value lowest =
        out.pointwise(
            Fn.AND,
            out.pointwise(Fn.SHIFT_RIGHT_LOGICAL, repeated, places(word, shape, out)),
            out.full(word, shape, 1));
    return out.compare(ElementwiseOp.Direction.NE, lowest, out.full(word, shape, 0));
  }

  private static Value places(DType word, Shape shape, HloBuilder out) {
    return out.add(new ElementwiseOp.Iota(new TensorType(word, shape), shape.rank() - 1));
  }

  private static DType word(DType dtype) {
    return switch (dtype) {
      case I8, U8 -> DType.U8;
      case I16, U16, F16, BF16 -> DType.U16;
      case I32, U32, F32 -> DType.U32;
      case I64, U64, F64 -> DType.U64;
      case BOOL, C64, C128 -> throw new IllegalArgumentException("bits of " + dtype.mlir());
    };
  }
}
