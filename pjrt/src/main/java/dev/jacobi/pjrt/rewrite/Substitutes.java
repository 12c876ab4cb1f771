package dev.jacobi.pjrt.rewrite;

import static dev.jacobi.hlo.DType.I64;
import static dev.jacobi.hlo.DType.U64;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.BitcastConvert;
import dev.jacobi.hlo.ElementwiseOp.Convert;
import dev.jacobi.hlo.ElementwiseOp.Iota;
import dev.jacobi.hlo.ElementwiseOp.Pointwise;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp.DynamicSlice;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp.RngBitGenerator;
import dev.jacobi.hlo.ReductionOp.Reduce;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp.Reshape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.List;

/**
 * Operations that end XLA's process, that it gets wrong or that older plugins lack, said in others
 * that mean the same (docs/xla.md). Each method gives what comes in place of an instruction.
 */
public final class Substitutes {
  private Substitutes() {}

  /** XLA ends the process when it folds a conversion of complex constants to real ones. */
  public static List<Instr> realFirst(Convert op, Instr old) {
    HloBuilder b = new HloBuilder().at(old.loc());
    Value real = b.pointwise(Fn.REAL, op.operand());
    return end(b, new Convert(real, op.element()), old);
  }

  /** XLA ends the process over a window without dimensions. */
  public static List<Instr> oneDimensional(WindowOp.SelectAndScatter op, Instr old) {
    HloBuilder b = new HloBuilder().at(old.loc());
    Shape one = Shape.of(1);
    Longs unit = Longs.of(1);
    Longs none = Longs.of(0);
    Value result =
        b.add(
            new WindowOp.SelectAndScatter(
                b.add(new Reshape(op.operand(), one)),
                b.add(new Reshape(op.source(), one)),
                op.init(),
                new WindowOp.Window(unit, unit, none, none),
                op.select(),
                op.scatter()));
    return end(b, new Reshape(result, Shape.scalar()), old);
  }

  /** What StableHLO prints of a slice of a scalar, older versions of it cannot read. */
  public static List<Instr> scalarSlice(DynamicSlice op, Instr old) {
    return end(new HloBuilder(), new Reshape(op.operand(), Shape.scalar()), old);
  }

  /** XLA's translation of a conjugate makes complex numbers of real ones. */
  public static List<Instr> realConjugate(Pointwise op, Instr old) {
    return end(new HloBuilder(), new Pointwise(Fn.REAL, op.operands()), old);
  }

  /** XLA reads random bits of signed and floating types as unsigned where they are converted. */
  public static List<Instr> unsignedBits(RngBitGenerator op, Instr old) {
    HloBuilder b = new HloBuilder().at(old.loc());
    Value bits = new Value(op.type().withDtype(unsigned(op.type().dtype())));
    Op drawn = new RngBitGenerator(op.algorithm(), op.state(), bits.type());
    b.append(new Instr(drawn, List.of(old.results().getFirst(), bits), old.loc()));
    Op signed = new BitcastConvert(bits, op.type());
    b.append(new Instr(signed, List.of(old.results().getLast()), old.loc()));
    return b.build(List.of()).instrs();
  }

  /**
   * XLA may put several elements together, to one of more bits, out of an array that lies column by
   * column, as if it lay row by row.
   */
  public static List<Instr> shiftedTogether(BitcastConvert op, Instr old) {
    HloBuilder b = new HloBuilder().at(old.loc());
    TensorType from = op.operand().type();
    DType wide = unsigned(op.type().dtype());
    int last = from.rank() - 1;
    Value parts = b.add(new BitcastConvert(op.operand(), withUnsigned(from)));
    Value index = b.add(new Iota(from.withDtype(wide), last));
    Value places = b.pointwise(Fn.MUL, index, b.full(wide, from.shape(), 8 * from.dtype().bytes()));
    Value shifted = b.pointwise(Fn.SHIFT_LEFT, b.add(new Convert(parts, wide)), places);
    Value bits =
        b.add(
            new Reduce(
                List.of(shifted),
                List.of(b.constant(wide, 0)),
                Axes.of(last),
                HloBuilder.binaryBody(Fn.OR, wide)));
    return end(b, new BitcastConvert(bits, op.type()), old);
  }

  /** Plugins of before 2026 do not know {@code chlo.mulhi}. */
  public static List<Instr> upperHalf(Pointwise op, Instr old) {
    HloBuilder b = new HloBuilder().at(old.loc());
    Value x = op.operands().get(0);
    Value y = op.operands().get(1);
    DType t = x.dtype();
    if (t.bytes() == 8) {
      return end(b, upperHalf(b, x, y), old);
    }
    DType wide = t.isSigned() ? I64 : U64;
    Value product = b.pointwise(Fn.MUL, b.add(new Convert(x, wide)), b.add(new Convert(y, wide)));
    Fn shift = t.isSigned() ? Fn.SHIFT_RIGHT_ARITHMETIC : Fn.SHIFT_RIGHT_LOGICAL;
    Value upper = b.pointwise(shift, product, b.full(wide, x.shape(), 8 * t.bytes()));
    return end(b, new Convert(upper, t), old);
  }

  /**
   * Four products of halves; of signed numbers, less what the sign bits count in unsigned ones: x
   * is its bits - 2^64 if it is negative.
   */
  private static Op upperHalf(HloBuilder b, Value x, Value y) {
    DType t = x.dtype();
    Value p = b.add(new BitcastConvert(x, x.type().withDtype(U64)));
    Value q = b.add(new BitcastConvert(y, y.type().withDtype(U64)));
    Value pl = low(b, p);
    Value ph = high(b, p);
    Value ql = low(b, q);
    Value qh = high(b, q);
    Value first = sum(b, times(b, ph, ql), high(b, times(b, pl, ql)));
    Value second = sum(b, times(b, pl, qh), low(b, first));
    Value upper = sum(b, sum(b, times(b, ph, qh), high(b, first)), high(b, second));
    if (!t.isSigned()) {
      return new BitcastConvert(upper, x.type());
    }
    Value signed = b.add(new BitcastConvert(upper, x.type()));
    Value less = b.pointwise(Fn.SUB, signed, ifNegative(b, x, y));
    return new Pointwise(Fn.SUB, List.of(less, ifNegative(b, y, x)));
  }

  private static Value ifNegative(HloBuilder b, Value sign, Value x) {
    Value all = b.pointwise(Fn.SHIFT_RIGHT_ARITHMETIC, sign, b.full(I64, x.shape(), 63));
    return b.pointwise(Fn.AND, all, x);
  }

  private static Value low(HloBuilder b, Value x) {
    return b.pointwise(Fn.AND, x, b.full(U64, x.shape(), 0xFFFFFFFFL));
  }

  private static Value high(HloBuilder b, Value x) {
    return b.pointwise(Fn.SHIFT_RIGHT_LOGICAL, x, b.full(U64, x.shape(), 32));
  }

  private static Value times(HloBuilder b, Value x, Value y) {
    return b.pointwise(Fn.MUL, x, y);
  }

  private static Value sum(HloBuilder b, Value x, Value y) {
    return b.pointwise(Fn.ADD, x, y);
  }

  private static TensorType withUnsigned(TensorType type) {
    return type.withDtype(unsigned(type.dtype()));
  }

  private static DType unsigned(DType t) {
    return switch (t.bytes()) {
      case 1 -> DType.U8;
      case 2 -> DType.U16;
      case 4 -> DType.U32;
      case 8 -> U64;
      default -> throw new IllegalArgumentException(t.toString());
    };
  }

  /** The block's instructions and a last one, which defines the old results. */
  private static List<Instr> end(HloBuilder b, Op op, Instr old) {
    b.append(new Instr(op, old.results(), old.loc()));
    return b.build(List.of()).instrs();
  }
}
