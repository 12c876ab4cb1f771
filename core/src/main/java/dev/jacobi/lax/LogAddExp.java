package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.JaxprTrace;
import java.util.List;

/**
 * log(e^x + e^y) without overflow, the function of {@code cumlogsumexp}. A primitive, because its
 * derivative is no derivative of its formula; in JAX, a function with a rule.
 */
final class LogAddExp {
  /** Each tangent has its share of the sum. */
  static final Binary LOGADDEXP =
      Binary.smooth(
          "logaddexp",
          (c, x, y) -> c.inline(program(x.dtype(), x.shape()), List.of(x, y)).getFirst(),
          Domain.INEXACT,
          (x, y, z, t) -> Arithmetic.mul(t, share(x, z)),
          (x, y, z, t) -> Arithmetic.mul(t, share(y, z)));

  private LogAddExp() {}

  private static Array share(Array x, Array total) {
    return Elementary.exp(Arithmetic.sub(finite(x), finite(total)));
  }

  /** Zero in place of plus infinity. */
  private static Array finite(Array x) {
    Array size = x.dtype().isComplex() ? Complexes.real(x) : x;
    Array infinite = Compare.eq(size, Scalars.like(size, Double.POSITIVE_INFINITY));
    return Compare.select(infinite, Zeros.like(x), x);
  }

  /** The formula as a program of two arrays. */
  static Jaxpr program(DType dtype, Shape shape) {
    JaxprTrace trace = new JaxprTrace("logaddexp", Context.nextLevel());
    Aval aval = Aval.of(dtype, shape);
    return Context.staged(
            trace, () -> trace.finish(List.of(formula(trace.input(aval), trace.input(aval)))))
        .jaxpr();
  }

  /** max + log1p(e^-|x - y|), the sum where the difference is undefined. */
  private static Array formula(Array x, Array y) {
    Array greater = Arithmetic.max(x, y);
    Array sum = Arithmetic.add(x, y);
    if (x.dtype().isComplex()) {
      Array delta = Arithmetic.sub(sum, Arithmetic.mul(greater, Scalars.like(greater, 2)));
      return wrapped(Arithmetic.add(greater, Elementary.log1p(Elementary.exp(delta))));
    }
    Array delta = Arithmetic.sub(x, y);
    Array rest = Elementary.log1p(Elementary.exp(Arithmetic.neg(Arithmetic.abs(delta))));
    return Compare.select(Compare.ne(delta, delta), sum, Arithmetic.add(greater, rest));
  }

  /** The imaginary part comes back to half a turn around 0. */
  private static Array wrapped(Array z) {
    Array angle = Complexes.imag(z);
    Array half = Scalars.like(angle, Math.PI);
    Array turn = Scalars.like(angle, 2 * Math.PI);
    Array rest = Arithmetic.rem(Arithmetic.add(angle, half), turn);
    Array negative = Compare.lt(rest, Scalars.like(rest, 0));
    Array positive = Compare.select(negative, Arithmetic.add(rest, turn), rest);
    return Complexes.complex(Complexes.real(z), Arithmetic.sub(positive, half));
  }
}
