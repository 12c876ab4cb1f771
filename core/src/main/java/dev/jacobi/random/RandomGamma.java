package dev.jacobi.random;

import static dev.jacobi.lax.Arithmetic.add;
import static dev.jacobi.lax.Arithmetic.div;
import static dev.jacobi.lax.Arithmetic.mul;
import static dev.jacobi.lax.Arithmetic.neg;
import static dev.jacobi.lax.Arithmetic.sub;
import static dev.jacobi.lax.Elementary.log;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Key;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.IncompleteGamma;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Jaxprs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gamma numbers of shape parameters, which begin with the dimensions of the keys: the rejection of
 * Marsaglia and Tsang, "A simple method for generating gamma variables" (2000), for every element
 * with a key of its own. The derivative by the parameter is that of the implicit function: a sample
 * moves so that its share of the distribution stays the same.
 *
 * @param logSpace whether logarithms are given, which do not underflow at small parameters
 */
record RandomGamma(boolean logSpace) implements Primitive {
  private static final double THIRD = 1.0 / 3;
  private static final double SQUEEZE = 0.0331;

  @Override
  public String name() {
    return "random_gamma";
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    Aval key = operands.get(0);
    Aval a = operands.get(1);
    boolean fits = key.key() && a.dtype().isFloat() && key.rank() <= a.rank();
    for (int d = 0; fits && d < key.rank(); d++) {
      fits = key.dim(d) == a.dim(d);
    }
    if (!fits) {
      throw new LaxTypeException(
          name(),
          "needs keys and floating parameters that begin with their shape, not " + operands);
    }
    return List.of(Aval.of(a.dtype(), a.shape()));
  }

  @Override
  public boolean isCostly() {
    return true;
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array out = Bind.bind(this, primals).getFirst();
    Array tangent = tangents.get(1);
    return Jvp.of(out, tangent == null ? null : mul(tangent, slope(out, primals.get(1))));
  }

  /** The derivative of a sample; where its logarithm underflows, at the least normal number. */
  private Array slope(Array out, Array a) {
    if (!logSpace) {
      return IncompleteGamma.randomGammaGrad(a, out);
    }
    Array sample = Elementary.exp(out);
    Array tiny = Dims.fill(Sampling.tiny(a.dtype()), sample.shape());
    sample = Compare.select(Compare.eq(sample, Zeros.like(sample)), tiny, sample);
    return div(IncompleteGamma.randomGammaGrad(a, sample), sample);
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new NotLinearException(this);
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    Array keys = Dims.batchAt(operands.get(0), dims.get(0), size, 0);
    Array a = Dims.batchAt(operands.get(1), dims.get(1), size, 0);
    return Batched.of(Bind.bind(this, keys, a), 0);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    List<Aval> avals = operands.stream().map(v -> Aval.of(v.dtype(), v.shape())).toList();
    Jaxpr body = Jaxprs.traceClosed(avals, in -> List.of(samples(in.get(0), in.get(1))));
    return context.inline(body, operands);
  }

  /** Every key is split for the elements behind it. */
  private Array samples(Array words, Array a) {
    int outer = words.rank() - 1;
    long n = a.size();
    if (n == 0) {
      return a;
    }
    long each = 1;
    for (int d = outer; d < a.rank(); d++) {
      each *= a.dim(d);
    }
    Array split = RandomPrimitives.split(RandomPrimitives.wrap(words), Shape.of(each));
    Array keys = Shapes.reshape(RandomPrimitives.unwrap(split), Shape.of(n, 2));
    Array drawn =
        Jacobi.vmap((Array key, Array alpha) -> one(key, alpha))
            .apply(keys, Shapes.reshape(a, Shape.of(n)));
    return Shapes.reshape(drawn, a.shape());
  }

  /** The state of the outer loop: a key, the square of a normal number, and what it proposes. */
  private record Proposal(Array key, Array square, Array cube, Array u) {}

  /** The state of the inner loop: normal numbers until one is in the domain. */
  private record Normal(Array key, Array x, Array v) {}

  /** Below 1 the parameter is raised by 1, and the sample shrunk by a uniform power. */
  private Array one(Array key, Array alpha) {
    DType t = alpha.dtype();
    Array one = Scalars.of(t, 1);
    Array large = Compare.ge(alpha, one);
    Array raised = Compare.select(large, alpha, add(alpha, one));
    Array d = sub(raised, Scalars.of(t, THIRD));
    Array c = div(Scalars.of(t, THIRD), Powers.sqrt(d));
    Array keys = words(key, 2);
    Proposal start = new Proposal(keys.get(0), Scalars.of(t, 0), one, Scalars.of(t, 2));
    Array v = repeat(p -> rejected(p, d), p -> propose(p, c), start).cube();
    Key last = Key.wrap(keys.get(1));
    Array inverse = div(one, alpha);
    if (logSpace) {
      Array share = neg(Random.exponential(last, Shape.scalar(), t));
      Array none = Bits.or(large, Compare.eq(share, Scalars.of(t, 0)));
      Array boost = Compare.select(none, Scalars.of(t, 0), mul(share, inverse));
      return add(add(log(d), log(v)), boost);
    }
    Array share = sub(one, Random.uniform(last, Shape.scalar(), t));
    Array boost = Compare.select(large, one, Powers.pow(share, inverse));
    return mul(mul(d, v), boost);
  }

  private static Array words(Array key, long n) {
    return RandomPrimitives.unwrap(RandomPrimitives.split(RandomPrimitives.wrap(key), Shape.of(n)));
  }

  /** The cheap squeeze first, then the exact comparison of logarithms. */
  private static Array rejected(Proposal p, Array d) {
    DType t = d.dtype();
    Array one = Scalars.of(t, 1);
    Array x = p.square();
    Array v = p.cube();
    Array outside = Compare.ge(p.u(), sub(one, mul(Scalars.of(t, SQUEEZE), mul(x, x))));
    Array bound = add(mul(x, Scalars.of(t, 0.5)), mul(d, add(sub(one, v), log(v))));
    return Bits.and(outside, Compare.ge(log(p.u()), bound));
  }

  private static Proposal propose(Proposal p, Array c) {
    DType t = c.dtype();
    Array keys = words(p.key(), 3);
    Array zero = Scalars.of(t, 0);
    Array one = Scalars.of(t, 1);
    Normal start = new Normal(keys.get(1), zero, Scalars.of(t, -1));
    Normal end =
        repeat(
            n -> Compare.le(n.v(), zero),
            n -> {
              Array next = words(n.key(), 2);
              Array x = Random.normal(Key.wrap(next.get(1)), Shape.scalar(), t);
              return new Normal(next.get(0), x, add(one, mul(x, c)));
            },
            start);
    Array u = Random.uniform(Key.wrap(keys.get(2)), Shape.scalar(), t);
    Array v = end.v();
    return new Proposal(keys.get(0), mul(end.x(), end.x()), mul(mul(v, v), v), u);
  }

  private static <C> C repeat(Fn1<C, Array> goesOn, Fn1<C, C> step, C start) {
    return Loops.whileLoop(goesOn, step, start, LoopOptions.DEFAULT);
  }
}
