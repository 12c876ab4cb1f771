package dev.jacobi.lowering;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.FailureHandler;
import dev.jacobi.hlo.host.HostCheck;
import dev.jacobi.hlo.host.Hosted;
import dev.jacobi.print.ArrayText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * That a result of an operation is finite; the operands are shown if it is not.
 *
 * @param operation its name in jaxprs
 * @param loc the user's line
 */
public record FiniteResult(NanCheck check, String operation, Loc loc) implements FailureHandler {
  /** Kept, since programs only have the numbers: there are as many as lines with operations. */
  private static final ConcurrentHashMap<FiniteResult, Hosted> HOSTED = new ConcurrentHashMap<>();

  Hosted hosted() {
    return HOSTED.computeIfAbsent(this, Hosted::of);
  }

  String title() {
    return operation + " gives finite numbers";
  }

  /** The operands of the check: whether all is well, the result, and what it was computed from. */
  List<Value> operands(HloBuilder b, Value result, List<Value> operands) {
    List<Value> all = new ArrayList<>();
    all.add(isFine(b, result));
    all.add(result);
    all.addAll(operands.subList(0, Math.min(operands.size(), HostCheck.MAX_VALUES - 1)));
    return all;
  }

  private Value isFine(HloBuilder b, Value x) {
    Value each;
    if (check == NanCheck.NANS) {
      each = b.compare(Direction.EQ, x, x);
    } else if (x.dtype().isComplex()) {
      Value re = b.pointwise(Fn.IS_FINITE, b.pointwise(Fn.REAL, x));
      each = b.pointwise(Fn.AND, re, b.pointwise(Fn.IS_FINITE, b.pointwise(Fn.IMAG, x)));
    } else {
      each = b.pointwise(Fn.IS_FINITE, x);
    }
    return each.shape().isScalar()
        ? each
        : b.add(
            new ReductionOp.Reduce(
                List.of(each),
                List.of(b.constant(DType.BOOL, 1)),
                Axes.range(each.shape().rank()),
                HloBuilder.binaryBody(Fn.AND, DType.BOOL)));
  }

  /** The number of the first element that is not fine, or -1. */
  public long first(Literal result) {
    long n = result.shape().size();
    for (long i = 0; i < n; i++) {
      double re = result.getDouble(i);
      double im = result.dtype().isComplex() ? result.getImag(i) : 0;
      boolean isNan = Double.isNaN(re) || Double.isNaN(im);
      boolean isInfinite = Double.isInfinite(re) || Double.isInfinite(im);
      if (isNan || isInfinite && check == NanCheck.INFINITIES) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public NonFiniteException failure(List<Literal> values) {
    Literal result = values.getFirst();
    Shape shape = result.shape();
    long first = Math.max(0, first(result));
    List<String> operands = new ArrayList<>();
    values.subList(1, values.size()).forEach(v -> operands.add(v.type() + " " + ArrayText.of(v)));
    return new NonFiniteException(
        operation
            + " at "
            + loc
            + " gave "
            + value(result, first)
            + (shape.isScalar() ? "" : " at " + place(shape, first) + " of " + result.type())
            + ". Its operands are "
            + (operands.isEmpty() ? "none" : String.join("; ", operands))
            + ". Both branches of where are computed: give the one that is not taken operands for"
            + " which it is defined.");
  }

  private static String value(Literal x, long i) {
    String re = Double.toString(x.getDouble(i));
    return x.dtype().isComplex() ? "(" + re + ", " + x.getImag(i) + ")" : re;
  }

  private static Longs place(Shape shape, long number) {
    long[] at = new long[shape.rank()];
    long rest = number;
    for (int d = at.length - 1; d >= 0; d--) {
      at[d] = rest % shape.dim(d);
      rest /= shape.dim(d);
    }
    return Longs.of(at);
  }
}
