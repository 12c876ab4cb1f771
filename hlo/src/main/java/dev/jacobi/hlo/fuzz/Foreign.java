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
    Bounds wider = op instanceof ElementwiseOp.Pointwise p ? contracted(p, bounds) : bounds;
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

  /** A product before an addition may enter it unrounded. */
  private static Bounds contracted(ElementwiseOp.Pointwise op, Bounds bounds) {
    boolean sum = op.fn() == Fn.ADD || op.fn() == Fn.SUB;
    return sum && op.operands().getFirst().dtype().isInexact() ? new Bounds.Sum(2) : bounds;
  }

  /** Whether nothing is asked of an operation on these operands. */
  private static boolean isOpen(Op op, Alone alone) {
    return switch (op) {
      // An index out of range: the specification leaves the result open.
      case ShorthandOp.TorchIndexSelect o -> isOutOfRange(o, alone.value(o.index()));
      // Among equal elements the specification's order of a window is open.
      case WindowOp.SelectAndScatter o -> !areDistinct(flushed(alone.value(o.operand())));
      // An initial value that is no identity counts any number of times, in XLA also never.
      case ReductionOp.Reduce o -> isOneEach(o) && areOperands(o, alone);
      // Fault: starts of unsigned types are read as signed.
      case IndexOp.DynamicSlice o -> o.starts().stream().anyMatch(s -> isLarge(s, alone));
      case IndexOp.DynamicUpdateSlice o -> o.starts().stream().anyMatch(s -> isLarge(s, alone));
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
    return t.kind() == DType.Kind.UNSIGNED && isNegativeAsSigned(alone.value(start).getLong(0), t);
  }

  private static boolean isNegativeAsSigned(long x, DType t) {
    return (x >>> (8 * t.bytes() - 1) & 1) != 0;
  }

  /** The elements of a result of which nothing is asked. */
  private static LongPredicate openElements(Alone alone, Literal expected, Literal got) {
    DType t = expected.dtype();
    if (t.isInexact() || t.isBool()) {
      return i -> false;
    }
    return switch (alone.instr().op()) {
      case ElementwiseOp.Pointwise o when o.fn() == Fn.DIV || o.fn() == Fn.REM -> {
        Literal divisor = alone.value(o.operands().getLast());
        yield i -> divisor.getLong(i) == 0; // Left open by the specification.
      }
      case ElementwiseOp.Pointwise o when o.fn() == Fn.POW -> {
        Literal exponent = alone.value(o.operands().getLast());
        yield i -> isNegativeAsSigned(exponent.getLong(i), t); // Fault: read as signed.
      }
      // Fault: integers of one and two bytes saturate instead of wrapping,
      case ReductionOp _, ShorthandOp.Dot _, ShorthandOp.Einsum _ -> saturated(got, t, 16);
      case WindowOp.ReduceWindow _ -> saturated(got, t, 16);
      // and those of four where a convolution of constants is folded.
      case ConvOp _ -> saturated(got, t, 32);
      default -> i -> false;
    };
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
