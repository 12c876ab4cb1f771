package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.stream.IntStream;

/**
 * How far an engine's result of one operation may lie from the interpreter's, both given the same
 * operands. Movement, comparisons and integers agree to the bit; functions to some units in the
 * last place; sums in any order to n eps of the sum of magnitudes.
 */
sealed interface Bounds {
  /** Equal, apart from a NaN's bits. */
  record Exact() implements Bounds {}

  /** Units in the last place; of a complex number, relative to its magnitude. */
  record Ulps(double n) implements Bounds {}

  /** Units in the last place of the value or of {@code least}, whichever is more. */
  record UlpsAbove(double n, double least) implements Bounds {}

  /** Units in the last place, and what {@link Conditions} say of the function. */
  record Conditioned(Fn fn, double n) implements Bounds {}

  /** A sum of {@code terms} products or elements, in any order. */
  record Sum(long terms) implements Bounds {}

  /** A product of {@code factors}, in any order. */
  record Product(long factors) implements Bounds {}

  /** So many eps of the operand's largest magnitude; nothing where that is not finite. */
  record Largest(double n) implements Bounds {}

  /** As near as the operations that it stands for. */
  record WrittenOut() implements Bounds {}

  /** The exact result of slightly other operands: what is left of the defining equation. */
  record Backward() implements Bounds {}

  Bounds EXACT = new Exact();

  /** The bound of an operation's results. */
  static Bounds of(Op op) {
    return switch (op) {
      case ElementwiseOp.Pointwise o -> pointwise(o.fn(), o.operands().getLast().dtype());
      case ElementwiseOp.Compare _,
          ElementwiseOp.Constant _,
          ElementwiseOp.Iota _,
          ElementwiseOp.Convert _,
          ElementwiseOp.ReducePrecision _,
          ElementwiseOp.BitcastConvert _ ->
          EXACT;
      case IndexOp.Scatter o when plain(o.body()) == Fn.MUL ->
          pointwise(Fn.MUL, o.inputs().getFirst().dtype());
      case ShapeOp _, IndexOp _, OrderOp _, RandomOp _, DynamicOp _, CollectiveOp _ -> EXACT;
      case LinalgOp _, ControlOp.CustomCall _ -> new Backward();
      case ControlOp.OptimizationBarrier _ -> EXACT;
      case ControlOp o when isExact(o) -> EXACT;
      case ControlOp _, NormOp _, ShorthandOp.MapOp _ -> new WrittenOut();
      case ShorthandOp.TorchIndexSelect _, ShorthandOp.Broadcast _ -> EXACT;
      case ShorthandOp.Dot o -> new Sum(o.rhs().shape().size() + 1);
      case ShorthandOp.RaggedDot o -> new Sum(o.rhs().shape().size() + 1);
      case ShorthandOp.Einsum o -> new Sum(summed(o.config(), o.lhs(), o.rhs()) + 2);
      case ShorthandOp.UnaryEinsum o -> new Sum(o.operand().shape().size() + 1);
      case ReductionOp.Reduce o -> reduce(o);
      case ReductionOp.DotGeneral o -> new Sum(terms(o));
      case SpectralOp.Fft o -> fft(o);
      case ConvOp.Convolution o -> new Sum(o.rhs().shape().size() + 1);
      case WindowOp.ReduceWindow o ->
          combined(o.body(), o.inputs().getFirst().dtype(), elements(o.window().sizes()));
      case WindowOp.SelectAndScatter o ->
          combined(o.scatter(), o.operand().dtype(), elements(o.window().sizes()));
    };
  }

  /**
   * Whether a branch or loop computes so exactly that an interpreter may run it whole. Bits of NaNs
   * are nobody's business, so operations that look at bits do not count.
   */
  private static boolean isExact(ControlOp op) {
    return !op.regions().isEmpty()
        && op.regions().stream()
            .flatMap(r -> r.instrs().stream())
            .allMatch(i -> isPlain(i.op()) && of(i.op()).equals(EXACT));
  }

  private static boolean isPlain(Op op) {
    return switch (op) {
      case ElementwiseOp.Pointwise _, ElementwiseOp.Constant _ -> true;
      case ElementwiseOp.Compare o -> o.order() != ElementwiseOp.Order.TOTALORDER;
      default -> false;
    };
  }

  /** Products that an element of the result may be a sum of: as many as all letters count. */
  private static long summed(String config, Value lhs, Value rhs) {
    String labels = config.substring(0, config.indexOf("->")).replace(",", "");
    Shape sizes = lhs.shape().concat(rhs.shape());
    return IntStream.range(0, labels.length())
        .filter(i -> labels.indexOf(labels.charAt(i)) == i)
        .mapToLong(sizes::dim)
        .reduce(1, (a, b) -> a * b);
  }

  private static Bounds pointwise(Fn fn, DType dtype) {
    if (!dtype.isInexact()) {
      return EXACT;
    }
    boolean complex = dtype.isComplex();
    double ulps = complex ? 64 : dtype == DType.F32 || dtype == DType.F64 ? 4 : 1;
    return switch (fn) {
      case POW, ATAN2 -> complex ? new Conditioned(fn, ulps) : new Ulps(ulps);
      case ERF_INV -> dtype == DType.F32 ? new Conditioned(fn, ulps) : new Ulps(ulps);
      case ADD, SUB, NEG, SELECT, CLAMP, MAX, MIN, REAL, IMAG, COMPLEX, IS_FINITE -> EXACT;
      case CEIL, FLOOR, ROUND_AFZ, ROUND_EVEN, NEXT_AFTER, AND, OR, XOR, NOT -> EXACT;
      case MUL, DIV, SQRT, SQUARE, ABS, SIGN -> complex ? new Ulps(16) : EXACT;
      case REM -> EXACT;
      case CLZ, POPCNT, MULHI, SHIFT_LEFT, SHIFT_RIGHT_ARITHMETIC, SHIFT_RIGHT_LOGICAL -> EXACT;
      case LGAMMA, DIGAMMA -> new UlpsAbove(8, 8); // zeros between poles are where terms cancel
      case POLYGAMMA -> dtype == DType.F64 ? new Conditioned(fn, 8) : new Ulps(8);
      case BESSEL_I1E, ZETA -> new Ulps(8);
      default -> new Ulps(ulps);
    };
  }

  private static Bounds reduce(ReductionOp.Reduce op) {
    Value first = op.inputs().getFirst();
    long results = Math.max(first.shape().without(op.dims()).size(), 1);
    return combined(op.body(), first.dtype(), first.shape().size() / results + 1);
  }

  /** What a body may do to {@code n} elements and an initial value. */
  private static Bounds combined(Block body, DType dtype, long n) {
    Fn fn = plain(body);
    if (fn == null || !dtype.isInexact()) {
      return EXACT;
    }
    return switch (fn) {
      case ADD -> new Sum(n + 1);
      case MUL -> new Product(n + 1);
      default -> EXACT;
    };
  }

  /** Every stage of a fast transform rounds sums of up to all points. */
  private static Bounds fft(SpectralOp.Fft op) {
    double points = Math.max(elements(op.length()), 1);
    double stages = 4 * (1 + Math.log(points) / Math.log(2));
    return new Largest(op.fftType().isInverse() ? stages : stages * points);
  }

  private static long elements(Longs sizes) {
    return sizes.stream().reduce(1, Math::multiplyExact);
  }

  /** The function of a body {@code (a, b) -> fn(a, b)}; null for any other body. */
  static Fn plain(Block body) {
    return body.instrs().size() == 1
            && body.instrs().getFirst().op() instanceof ElementwiseOp.Pointwise o
            && o.operands().equals(body.params())
        ? o.fn()
        : null;
  }

  private static long terms(ReductionOp.DotGeneral op) {
    return op.lhs().shape().select(op.dims().lhsContract()).size() + 1;
  }
}
