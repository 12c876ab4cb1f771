package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.fuzz.Differential.Failure;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What a plugin's compiler is held to: each operation agrees with the interpreter, but for what the
 * specification leaves open and for XLA's known faults, which docs/xla.md lists with their
 * evidence. Subnormal numbers may be read and written as zeros; a sum may be contracted with a
 * product before it.
 */
final class Foreign {
  private Foreign() {}

  static Optional<Failure> compare(Bounds bounds, Alone alone) {
    Op op = alone.instr().op();
    if (isOpen(op, alone)) {
      return Optional.empty();
    }
    Bounds wider = wider(op, bounds);
    Alone written = alone.with(flushed(alone.results()));
    Optional<String> different = difference(wider, written);
    return different.isEmpty() || difference(wider, written.reading(Foreign::flushed)).isEmpty()
        ? Optional.empty()
        : alone.failure(different);
  }

  private static Optional<String> difference(Bounds bounds, Alone alone) {
    List<Literal> expected = flushed(alone.interpreted());
    List<Literal> comparable = new ArrayList<>();
    for (int k = 0; k < expected.size(); k++) {
      Literal got = alone.results().get(k);
      comparable.add(with(expected.get(k), got, openElements(alone, expected.get(k), got)));
    }
    return Differential.difference(bounds, alone, comparable);
  }

  /** Bounds with what XLA's rewriting of neighbours costs, and its own formulas. */
  private static Bounds wider(Op op, Bounds bounds) {
    return switch (op) {
      case ElementwiseOp.Pointwise o when o.operands().getLast().dtype().isInexact() ->
          pointwise(o.fn(), o.operands().getLast().dtype(), bounds);
      // A conversion to a narrow type and back may be left out.
      case ElementwiseOp.Convert o when isWidening(o) ->
          new Bounds.Ulps(Closeness.eps(o.operand().dtype()) / Closeness.eps(o.dtype()));
      default -> bounds;
    };
  }

  private static Bounds pointwise(Fn fn, DType dtype, Bounds bounds) {
    boolean complex = dtype.isComplex();
    return switch (fn) {
      case ADD, SUB -> new Bounds.Sum(8); // Products before it may enter unrounded.
      case DIV -> complex ? bounds : new Bounds.Ulps(2); // Constants become their reciprocals.
      case SIN, COS, TAN -> complex ? new Bounds.UlpsAbove(64, 1) : bounds; // exp(x) - exp(-x)
      case SINH, COSH ->
          complex
              ? new Bounds.UlpsAbove(512, 1)
              : new Bounds.Ulps(dtype == DType.F64 ? 512 : 64); // exp(x - log 2)
      case BESSEL_I1E, CBRT -> new Bounds.Ulps(16);
      case LOG1P -> complex ? new Bounds.Ulps(512) : bounds;
      default -> bounds;
    };
  }

  private static boolean isWidening(ElementwiseOp.Convert op) {
    DType from = op.operand().dtype();
    DType to = op.dtype();
    return from.isInexact() && to.isInexact() && Closeness.eps(from) > Closeness.eps(to);
  }

  /** Whether nothing is asked of an operation on these operands. */
  private static boolean isOpen(Op op, Alone alone) {
    return switch (op) {
      // An index out of range: the specification leaves the result open.
      case ShorthandOp.TorchIndexSelect o -> isOutOfRange(o, alone.value(o.index()));
      // Among equal elements the specification's order of a window is open.
      case WindowOp.SelectAndScatter o -> !areDistinct(flushed(alone.value(o.operand())));
      // An initial value that is no identity counts any number of times, in XLA also never.
      case ReductionOp.Reduce o ->
          isOneEach(o) ? areOperands(o, alone) : countsInitialValue(o, alone);
      // Fault: starts of unsigned types are read as signed.
      case IndexOp.DynamicSlice o -> o.starts().stream().anyMatch(s -> isLarge(s, alone));
      case IndexOp.DynamicUpdateSlice o -> o.starts().stream().anyMatch(s -> isLarge(s, alone));
      case IndexOp.Gather o -> isLarge(o.indices(), alone);
      // The order of updates of one element is open.
      case IndexOp.Scatter o -> isLarge(o.indices(), alone) || isOrdered(o, alone);
      default -> false;
    };
  }

  private static boolean isOutOfRange(ShorthandOp.TorchIndexSelect op, Literal index) {
    long size = op.operand().shape().dim(op.dim());
    for (long i = 0; i < index.shape().size(); i++) {
      if (index.getLong(i) < 0 || index.getLong(i) >= size) {
        return true;
      }
    }
    return false;
  }

  /** Whether all elements compare as unequal; a NaN as equal to anything. */
  private static boolean areDistinct(Literal x) {
    if (x.dtype().isFloat()) {
      double[] sorted = new double[Math.toIntExact(x.shape().size())];
      Arrays.setAll(sorted, i -> x.getDouble(i) + 0.0); // Both zeros are one.
      Arrays.sort(sorted);
      return IntStream.range(1, sorted.length).allMatch(i -> sorted[i - 1] < sorted[i]);
    }
    return LongStream.range(0, x.shape().size()).map(x::getLong).distinct().count()
        == x.shape().size();
  }

  private static boolean isOneEach(ReductionOp.Reduce op) {
    Shape from = op.inputs().getFirst().shape();
    return IntStream.range(0, op.dims().size()).allMatch(i -> from.dim(op.dims().get(i)) == 1);
  }

  /** Whether it matters how often a sum or product takes its initial value. */
  private static boolean countsInitialValue(ReductionOp.Reduce op, Alone alone) {
    Literal init = alone.value(op.inits().getFirst());
    return switch (Bounds.plain(op.body())) {
      case ADD, XOR -> init.getDouble(0) != 0 || init.getImag(0) != 0;
      case MUL -> init.getDouble(0) != 1 || init.getImag(0) != 0;
      case null, default -> false;
    };
  }

  private static boolean areOperands(ReductionOp.Reduce op, Alone alone) {
    return IntStream.range(0, op.inputs().size())
        .allMatch(
            k -> {
              MemorySegment operand = flushed(alone.value(op.inputs().get(k))).data();
              return flushed(alone.results().get(k)).data().mismatch(operand) < 0;
            });
  }

  private static boolean isLarge(Value start, Alone alone) {
    DType t = start.dtype();
    Literal starts = alone.value(start);
    return t.kind() == DType.Kind.UNSIGNED
        && LongStream.range(0, starts.shape().size())
            .anyMatch(i -> isNegativeAsSigned(starts.getLong(i), t));
  }

  /** Whether two updates of a scatter may meet, and which one comes last decides. */
  private static boolean isOrdered(IndexOp.Scatter op, Alone alone) {
    IndexOp.ScatterDims dims = op.dims();
    boolean single = dims.scatterDimsToOperandDims().size() == 1;
    boolean elements = dims.updateWindowDims().isEmpty() && dims.inputBatchingDims().isEmpty();
    return Bounds.plain(op.body()) == null
        && !(single && elements && areDistinct(alone.value(op.indices())));
  }

  private static boolean isNegativeAsSigned(long x, DType t) {
    return (x >>> (8 * t.bytes() - 1) & 1) != 0;
  }

  /** The elements of a result of which nothing is asked. */
  private static LongPredicate openElements(Alone alone, Literal expected, Literal got) {
    DType t = expected.dtype();
    return switch (alone.instr().op()) {
      case ElementwiseOp.Compare o -> any(alone, o.operands(), Foreign::isSubnormal);
      case ElementwiseOp.Pointwise o when o.operands().getLast().dtype().isInexact() ->
          openNumbers(o, alone);
      case ElementwiseOp.Pointwise o when o.fn() == Fn.DIV || o.fn() == Fn.REM -> {
        Literal divisor = alone.value(o.operands().getLast());
        yield i -> divisor.getLong(i) == 0; // Left open by the specification.
      }
      case ElementwiseOp.Pointwise o when o.fn() == Fn.POW -> {
        Literal exponent = alone.value(o.operands().getLast());
        yield i -> (exponent.getLong(i) & -64) != 0; // Fault: six bits of it count.
      }
      case Op _ when t.isInexact() || t.isBool() -> i -> false;
      // Fault: integers of one and two bytes saturate instead of wrapping,
      case ReductionOp _, ShorthandOp.Dot _, ShorthandOp.Einsum _ -> saturated(got, t, 16);
      case WindowOp.ReduceWindow _ -> saturated(got, t, 16);
      // and those of four where a convolution of constants is folded.
      case ConvOp _ -> saturated(got, t, 32);
      default -> i -> false;
    };
  }

  /** A subnormal operand may be read as zero by some of a formula's parts, and not by others. */
  private static LongPredicate openNumbers(ElementwiseOp.Pointwise op, Alone alone) {
    LongPredicate subnormal = any(alone, op.operands(), Foreign::isSubnormal);
    return op.fn() == Fn.ABS && op.operands().getFirst().dtype().isComplex()
        ? subnormal.or(any(alone, op.operands(), Foreign::isNan)) // Fault: an infinity is lost.
        : subnormal;
  }

  /** Whether an element of one of the operands is such. */
  private static LongPredicate any(Alone alone, List<Value> operands, Part part) {
    List<Literal> all = operands.stream().map(alone::value).toList();
    return i -> all.stream().anyMatch(x -> part.test(x, i % Math.max(1, x.shape().size())));
  }

  /** A question about an element. */
  private interface Part {
    boolean test(Literal x, long i);
  }

  private static boolean isNan(Literal x, long i) {
    return Double.isNaN(x.getDouble(i)) || Double.isNaN(x.getImag(i));
  }

  private static boolean isSubnormal(Literal x, long i) {
    if (!x.dtype().isInexact()) {
      return false;
    }
    double least = Closeness.least(x.dtype());
    double re = Math.abs(x.getDouble(i));
    double im = Math.abs(x.getImag(i));
    return re > 0 && re < least || im > 0 && im < least;
  }

  private static LongPredicate saturated(Literal got, DType t, int widest) {
    int bits = 8 * t.bytes();
    if (bits > widest) {
      return i -> false;
    }
    boolean signed = t.kind() == DType.Kind.SIGNED;
    long most = (1L << (signed ? bits - 1 : bits)) - 1;
    long least = signed ? -most - 1 : 0;
    return i -> got.getLong(i) == most || got.getLong(i) == least;
  }

  /** The expected values, but at open elements those that came. */
  private static Literal with(Literal expected, Literal got, LongPredicate open) {
    MemorySegment data = Literal.allocate(expected.type()).copyFrom(expected.data());
    int bytes = expected.dtype().bytes();
    for (long i = 0; i < expected.shape().size(); i++) {
      if (open.test(i)) {
        MemorySegment.copy(got.data(), i * bytes, data, i * bytes, bytes);
      }
    }
    return Literal.wrap(expected.type(), data);
  }

  private static List<Literal> flushed(List<Literal> all) {
    return all.stream().map(Foreign::flushed).toList();
  }

  /** Zeros of the same sign in place of subnormal numbers. */
  static Literal flushed(Literal x) {
    DType t = x.dtype();
    if (!t.isInexact()) {
      return x;
    }
    double least = Closeness.least(t);
    MemorySegment data = Literal.allocate(x.type()).copyFrom(x.data());
    for (long i = 0; i < x.shape().size(); i++) {
      double re = x.getDouble(i);
      double im = x.getImag(i);
      if (Math.abs(re) < least || Math.abs(im) < least) {
        Literal.set(t, data, i, flushed(re, least), flushed(im, least));
      }
    }
    return Literal.wrap(x.type(), data);
  }

  private static double flushed(double x, double least) {
    return Math.abs(x) < least ? Math.copySign(0, x) : x;
  }
}
