package dev.jacobi.lax;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Elementary.exp;
import static dev.jacobi.lax.Elementary.log;
import static dev.jacobi.lax.Elementary.log1p;
import static dev.jacobi.lax.SpecialFunctions.lgamma;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The regularized incomplete beta function. */
public final class IncompleteBeta {
  private IncompleteBeta() {}

  /** {@code I_x(a, b)}; differentiable in x. */
  public static Array betainc(Array a, Array b, Array x) {
    return Bind.bind(new RegularizedIncompleteBeta(), a, b, x);
  }

  /** The primitive; its lowering is {@link Fraction}. */
  record RegularizedIncompleteBeta() implements Elementwise {
    @Override
    public String name() {
      return "regularized_incomplete_beta";
    }

    @Override
    public DType resultType(List<Aval> operands) {
      DType dtype = Elementwise.sameType(name(), operands);
      Domain.FLOAT.check(name(), dtype);
      return dtype;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      for (int i = 0; i < 2; i++) {
        if (tangents.get(i) != null) {
          throw new NoDerivativeException(name(), i == 0 ? "a" : "b", "x");
        }
      }
      Array y = Bind.bind(this, primals).getFirst();
      Array dx = tangents.get(2);
      Array dy = dx == null ? null : mul(density(primals), dx);
      return Jvp.of(y, dy == null ? null : Dims.fill(dy, y.shape()));
    }

    /** {@code x^(a-1) (1-x)^(b-1) / B(a, b)}. */
    private static Array density(List<Array> primals) {
      Array a = primals.get(0);
      Array b = primals.get(1);
      Array x = primals.get(2);
      Array logBeta = sub(add(lgamma(a), lgamma(b)), lgamma(add(a, b)));
      Array right = mul(sub(b, Scalars.like(b, 1)), log1p(neg(x)));
      Array left = mul(sub(a, Scalars.like(a, 1)), log(x));
      return exp(sub(add(right, left), logBeta));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      return Formula.write(
          context, operands, (f, v) -> Fraction.value(f, v.get(0), v.get(1), v.get(2)));
    }
  }

  /**
   * The continued fraction DLMF 8.17.22 by Lentz's method (Thompson and Barnett 1986), on the side
   * of the symmetry 8.17.4 on which it converges fast. Stopping rules and special cases are JAX's.
   */
  private static final class Fraction {
    private static Value value(Formula f, Value a, Value b, Value x) {
      Value zero = f.c(0);
      Value one = f.c(1);
      Value infinity = f.c(Double.POSITIVE_INFINITY);
      Value aVanishes = f.or(f.eq(a, zero), f.eq(b, infinity));
      Value bVanishes = f.or(f.eq(b, zero), f.eq(a, infinity));
      Value atZero = f.eq(x, zero);
      Value atOne = f.eq(x, one);
      Value isZero = f.or(f.and(bVanishes, f.not(atOne)), f.and(aVanishes, atZero));
      Value isOne = f.or(f.and(aVanishes, f.not(atZero)), f.and(bVanishes, atOne));
      Value nan = f.or(f.isNan(a), f.isNan(b), f.isNan(x));
      Value outside = f.or(f.lt(a, zero), f.lt(b, zero), f.lt(x, zero), f.gt(x, one));
      Value undefined = f.or(outside, f.and(aVanishes, bVanishes), nan);

      Value mean = f.div(f.add(a, one), f.add(f.add(a, b), f.c(2)));
      Value fast = f.lt(x, mean);
      Value y = oneSide(f, f.select(fast, a, b), f.select(fast, b, a), swapped(f, fast, x));
      y = f.select(fast, y, f.sub(one, y));
      y = f.select(isZero, zero, y);
      y = f.select(isOne, one, y);
      return f.select(undefined, f.c(Double.NaN), y);
    }

    private static Value swapped(Formula f, Value fast, Value x) {
      return f.select(fast, x, f.sub(f.c(1), x));
    }

    /** The fraction times {@code x^a (1-x)^b / (a B(a, b))}; a tiny a is kept out of divisions. */
    private static Value oneSide(Formula f, Value a, Value b, Value x) {
      Value fraction = fraction(f, a, b, x);
      Value rest = f.sub(f.lgamma(b), f.lgamma(f.add(a, b)));
      Value logBeta = f.add(f.lgamma(a), rest);
      Value right = f.mul(f.log1p(f.neg(x)), b);
      Value tiny = f.exp(f.sub(right, rest));
      Value usual = f.div(f.exp(f.sub(f.add(f.mul(f.log(x), a), right), logBeta)), a);
      Value small = f.lt(a, f.c(2 * f.smallestNormal()));
      return f.mul(fraction, f.select(small, tiny, usual));
    }

    /** Carried: the count, whether a last change was large, c, d, and the value. */
    private static Value fraction(Formula f, Value a, Value b, Value x) {
      double small = f.epsilon() / 2;
      int limit = f.dtype() == DType.F64 ? 600 : 200;
      Value count = f.b().constant(DType.I32, 1);
      Value more = f.b().constant(DType.BOOL, 1);
      List<Value> inits = List.of(count, more, f.c(small), f.c(0), f.c(small));
      return f.loop(
              inits,
              (g, v) -> g.and(g.lt(v.get(0), g.b().constant(DType.I32, limit)), v.get(1)),
              (g, v) -> {
                Value top = numerator(g, v.get(0), a, b, x);
                Value c = atLeast(g, g.add(g.c(1), g.div(top, v.get(2))), small);
                Value d = atLeast(g, g.add(g.c(1), g.mul(top, v.get(3))), small);
                Value inverse = g.div(g.c(1), d);
                Value change = g.mul(c, inverse);
                Value far = g.ge(g.abs(g.sub(change, g.c(1))), g.c(small));
                Value next = g.b().pointwise(Fn.ADD, v.get(0), g.b().constant(DType.I32, 1));
                return List.of(next, g.any(far), c, inverse, g.mul(v.get(4), change));
              })
          .getLast();
    }

    private static Value atLeast(Formula g, Value x, double small) {
      return g.select(g.lt(g.abs(x), g.c(small)), g.c(small), x);
    }

    /** 8.17.23; the first numerator is 1, and {@code n = 2m + 1} or {@code 2m + 2} later. */
    private static Value numerator(Formula g, Value n, Value a, Value b, Value x) {
      HloBuilder h = g.b();
      Value one = h.constant(DType.I32, 1);
      Value two = h.constant(DType.I32, 2);
      Value half = h.pointwise(Fn.DIV, h.pointwise(Fn.SUB, n, one), two);
      Value first = g.eq(n, one);
      Value even = g.eq(h.pointwise(Fn.REM, n, two), h.constant(DType.I32, 0));
      Value m = g.fill(h.add(new ElementwiseOp.Convert(half, g.dtype())));
      Value a2m = g.add(a, g.mul(g.c(2), m));
      Value start = g.div(g.mul(g.neg(g.add(a, b)), x), g.add(a, g.c(1)));
      Value evenTop = g.mul(g.neg(g.add(a, m)), g.add(g.add(a, b), m));
      Value evenBottom = g.mul(a2m, g.add(a2m, g.c(1)));
      Value later = g.div(g.mul(evenTop, x), evenBottom);
      Value evenTerm = g.select(g.eq(half, h.constant(DType.I32, 0)), start, later);
      Value oddTop = g.mul(g.mul(m, g.sub(b, m)), x);
      Value oddTerm = g.div(oddTop, g.mul(g.sub(a2m, g.c(1)), a2m));
      return g.select(first, g.c(1), g.select(even, evenTerm, oddTerm));
    }
  }
}
