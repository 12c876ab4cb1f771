package dev.jacobi.lax;

import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.LowerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The incomplete gamma functions in StableHLO: up to max(1, a) the power series (Abramowitz and
 * Stegun, 6.5.29), beyond it the continued fraction (6.5.31) by its convergents, either in a loop
 * until every element has converged. The derivatives in a are those of the terms. Stopping rules
 * and special cases are JAX's, so that values agree.
 */
final class GammaLoops {
  /** What is asked of a loop: the function, its derivative in a, or that of a sample. */
  private enum Mode {
    VALUE,
    DERIVATIVE,
    SAMPLE_DERIVATIVE
  }

  /** The most terms of a continued fraction. */
  private static final double LIMIT = 2000;

  private GammaLoops() {}

  static Value igamma(LowerContext context, Value a, Value x) {
    return Formula.write(context, List.of(a, x), (f, v) -> igamma(f, v.get(0), v.get(1)));
  }

  static Value igammac(LowerContext context, Value a, Value x) {
    return Formula.write(context, List.of(a, x), (f, v) -> igammac(f, v.get(0), v.get(1)));
  }

  static Value igammaGradA(LowerContext context, Value a, Value x) {
    return Formula.write(
        context, List.of(a, x), (f, v) -> derivative(f, v.get(0), v.get(1), Mode.DERIVATIVE));
  }

  static Value randomGammaGrad(LowerContext context, Value a, Value x) {
    return Formula.write(
        context,
        List.of(a, x),
        (f, v) -> derivative(f, v.get(0), v.get(1), Mode.SAMPLE_DERIVATIVE));
  }

  /** {@code log(x^a e^-x / Gamma(a))}. */
  private static Value logFactor(Formula f, Value a, Value x) {
    return f.sub(f.sub(f.mul(a, f.log(x)), x), f.lgamma(a));
  }

  private static Value underflows(Formula f, Value logFactor) {
    return f.lt(logFactor, f.c(-Math.log(f.largest())));
  }

  /** Where a or x is negative or NaN, or both are 0. */
  private static Value undefined(Formula f, Value a, Value x) {
    Value zero = f.c(0);
    return f.or(
        f.lt(x, zero),
        f.lt(a, zero),
        f.and(f.eq(a, zero), f.eq(x, zero)),
        f.or(f.isNan(a), f.isNan(x)));
  }

  private static Value igamma(Formula f, Value a, Value x) {
    Value undefined = undefined(f, a, x);
    Value far = f.and(f.ge(x, f.c(1)), f.gt(x, a));
    Value log = logFactor(f, a, x);
    Value factor = f.exp(log);
    Value atZero = f.eq(x, f.c(0));
    Value atInfinity = f.eq(x, f.c(Double.POSITIVE_INFINITY));
    Value enabled = f.not(f.or(atZero, undefined, underflows(f, log), atInfinity));
    Value fraction = fraction(f, factor, x, a, f.and(enabled, far), Mode.VALUE);
    Value series = series(f, factor, x, a, f.and(enabled, f.not(far)), Mode.VALUE);
    Value y = f.select(far, f.sub(f.c(1), fraction), series);
    y = f.select(atZero, f.c(0), y);
    y = f.select(atInfinity, f.c(1), y);
    return f.select(undefined, f.c(Double.NaN), y);
  }

  private static Value igammac(Formula f, Value a, Value x) {
    Value undefined = undefined(f, a, x);
    Value near = f.or(f.lt(x, f.c(1)), f.lt(x, a));
    Value log = logFactor(f, a, x);
    Value factor = f.exp(log);
    Value none = f.or(f.eq(x, f.c(Double.POSITIVE_INFINITY)), f.eq(a, f.c(0)));
    Value enabled = f.not(f.or(undefined, underflows(f, log), none));
    Value series = series(f, factor, x, a, f.and(enabled, near), Mode.VALUE);
    Value fraction = fraction(f, factor, x, a, f.and(enabled, f.not(near)), Mode.VALUE);
    Value y = f.select(near, f.sub(f.c(1), series), fraction);
    y = f.select(none, f.c(0), y);
    return f.select(undefined, f.c(Double.NaN), y);
  }

  private static Value derivative(Formula f, Value a, Value x, Mode mode) {
    Value nan = f.or(f.isNan(a), f.isNan(x));
    Value undefined = f.or(f.lt(x, f.c(0)), f.le(a, f.c(0)));
    Value far = f.and(f.gt(x, f.c(1)), f.gt(x, a));
    Value log = logFactor(f, a, x);
    Value factor = f.exp(log);
    Value atZero = f.eq(x, f.c(0));
    Value enabled = f.not(f.or(atZero, undefined, underflows(f, log), nan));
    Value fraction = fraction(f, factor, x, a, f.and(enabled, far), mode);
    Value series = series(f, factor, x, a, f.and(enabled, f.not(far)), mode);
    Value y = f.select(far, f.neg(fraction), series);
    y = f.select(atZero, f.c(0), y);
    return f.select(f.or(undefined, nan), f.c(Double.NaN), y);
  }

  /**
   * The power series: {@code c} is the n-th term, {@code r = a + n}; with derivatives also those of
   * c and of the sum.
   */
  private static Value series(Formula f, Value factor, Value x, Value a, Value enabled, Mode mode) {
    boolean slopes = mode != Mode.VALUE;
    List<Value> inits = new ArrayList<>(List.of(enabled, a, f.c(1), f.c(1)));
    if (slopes) {
      inits.addAll(List.of(f.c(0), f.c(0)));
    }
    List<Value> last =
        f.loop(inits, (g, v) -> g.any(v.getFirst()), (g, v) -> nextTerm(g, x, v, slopes));
    Value sum = last.get(3);
    if (!slopes) {
      return f.div(f.mul(sum, factor), a);
    }
    Value logSlope = f.sub(f.log(x), f.digamma(f.add(a, f.c(1))));
    Value slope = f.add(last.get(5), f.mul(sum, logSlope));
    return mode == Mode.DERIVATIVE
        ? f.div(f.mul(factor, f.add(f.mul(sum, logSlope), last.get(5))), a)
        : f.div(f.mul(f.neg(slope), x), a);
  }

  private static List<Value> nextTerm(Formula g, Value x, List<Value> v, boolean slopes) {
    Value enabled = v.getFirst();
    Value r = g.add(v.get(1), g.c(1));
    Value ratio = g.div(x, r);
    Value c = g.mul(v.get(2), ratio);
    Value sum = g.add(v.get(3), c);
    List<Value> next = new ArrayList<>(List.of(r, c, sum));
    Value part = g.div(c, sum);
    if (slopes) {
      Value lost = g.div(g.mul(v.get(2), x), g.mul(r, r));
      Value dc = g.sub(g.mul(v.get(4), ratio), lost);
      Value dSum = g.add(v.get(5), dc);
      next.addAll(List.of(dc, dSum));
      part = g.abs(g.div(dc, dSum));
    }
    return advanced(g, v, g.and(enabled, g.gt(part, g.c(g.epsilon()))), next);
  }

  /** The next values where an element is not done; the flag, which says so, is the first. */
  private static List<Value> advanced(Formula g, List<Value> old, Value flag, List<Value> next) {
    List<Value> all = new ArrayList<>(List.of(flag));
    for (int i = 0; i < next.size(); i++) {
      all.add(g.select(old.getFirst(), next.get(i), old.get(i + 1)));
    }
    return all;
  }

  /**
   * The continued fraction by its convergents {@code p/q}. Carried: the flag, the value, y, z, the
   * last two p and q; with derivatives also theirs in a, and that of the value; last the count.
   */
  private static Value fraction(
      Formula f, Value factor, Value x, Value a, Value enabled, Mode mode) {
    boolean slopes = mode != Mode.VALUE;
    Value one = f.c(1);
    Value y = f.sub(one, a);
    Value z = f.add(f.add(x, y), one);
    Value p1 = f.add(x, one);
    Value q1 = f.mul(z, x);
    Value value = f.div(p1, q1);
    List<Value> inits = new ArrayList<>(List.of(enabled, value, y, z, p1, q1, one, x));
    if (slopes) {
      Value dq1 = f.neg(x);
      Value dValue = f.div(f.sub(f.c(0), f.mul(value, dq1)), q1);
      inits.addAll(List.of(f.c(0), dq1, f.c(0), f.c(0), dValue));
    }
    inits.add(f.b().constant(f.dtype(), 0));
    List<Value> last =
        f.loop(
            inits,
            (g, v) ->
                g.and(g.lt(v.getLast(), g.b().constant(g.dtype(), LIMIT)), g.any(v.getFirst())),
            (g, v) -> nextConvergent(g, v, slopes));
    if (!slopes) {
      return f.mul(last.get(1), factor);
    }
    Value logSlope = f.sub(f.log(x), f.digamma(a));
    Value bend = f.mul(last.get(1), logSlope);
    return mode == Mode.DERIVATIVE
        ? f.mul(factor, f.add(bend, last.get(12)))
        : f.neg(f.mul(f.add(last.get(12), bend), x));
  }

  /** The derivatives in a that the loop carries: of the last two p and q, and of the value. */
  private record Slopes(Value p1, Value q1, Value p2, Value q2, Value value) {}

  private static List<Value> nextConvergent(Formula g, List<Value> v, boolean slopes) {
    Value count = g.b().pointwise(Fn.ADD, v.getLast(), g.b().constant(g.dtype(), 1));
    Value c = g.fill(count);
    Value y = g.add(v.get(2), g.c(1));
    Value z = g.add(v.get(3), g.c(2));
    Value yc = g.mul(y, c);
    Value p = g.sub(g.mul(v.get(4), z), g.mul(v.get(6), yc));
    Value q = g.sub(g.mul(v.get(5), z), g.mul(v.get(7), yc));
    Value exists = g.ne(q, g.c(0));
    Value r = g.div(p, q);
    Value change = g.select(exists, g.abs(g.div(g.sub(v.get(1), r), r)), g.c(1));
    Value value = g.select(exists, r, v.get(1));
    Value large = g.gt(g.abs(p), g.c(1 / g.epsilon()));
    List<Value> next = new ArrayList<>(List.of(value, y, z));
    next.addAll(rescaled(g, large, p, q, v.get(4), v.get(5)));
    if (slopes) {
      Slopes old = new Slopes(v.get(8), v.get(9), v.get(10), v.get(11), v.get(12));
      Value dp = slope(g, old.p1, old.p2, v.get(4), v.get(6), z, yc, c);
      Value dq = slope(g, old.q1, old.q2, v.get(5), v.get(7), z, yc, c);
      Value quotient = g.div(g.sub(dp, g.mul(value, dq)), q);
      Value dValue = g.select(exists, quotient, old.value);
      change = g.select(exists, g.abs(g.sub(dValue, old.value)), g.c(1));
      next.addAll(rescaled(g, large, dp, dq, old.p1, old.q1));
      next.add(dValue);
    }
    Value more = g.and(v.getFirst(), g.gt(change, g.c(g.epsilon())));
    List<Value> all = advanced(g, v, more, next);
    all.add(count);
    return all;
  }

  /** The derivative of the recurrence {@code p = p1 z - p2 y c}, where dz/da = dy/da = -1. */
  private static Value slope(
      Formula g, Value d1, Value d2, Value p1, Value p2, Value z, Value yc, Value c) {
    Value first = g.sub(g.mul(d1, z), p1);
    return g.add(g.sub(first, g.mul(d2, yc)), g.mul(p2, c));
  }

  /** Numerators and denominators have no scale of their own. */
  private static List<Value> rescaled(Formula g, Value large, Value... terms) {
    List<Value> all = new ArrayList<>();
    for (Value term : terms) {
      all.add(g.select(large, g.mul(term, g.c(g.epsilon())), term));
    }
    return all;
  }
}
