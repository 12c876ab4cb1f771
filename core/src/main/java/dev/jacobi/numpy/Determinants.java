package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.lax.linalg.Lu;
import dev.jacobi.lax.linalg.Matrices;
import dev.jacobi.lax.linalg.TriangularSolve;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** Determinants: by formulas up to order 3, else by LU factors, as JAX's. */
final class Determinants {
  private Determinants() {}

  static Array det(Array a) {
    return JnpMath.jitted("det", "", x -> plain(x.getFirst()), Linalg.squares("det", a));
  }

  private static Array plain(Array a) {
    if (a.dim(-1) == 2) {
      return two(a);
    }
    if (a.dim(-1) == 3) {
      return three(a);
    }
    return NamedJit.callWithRule(
            "_det", "", x -> List.of(whole(slogdet(x.getFirst()))), Determinants::rule, List.of(a))
        .getFirst();
  }

  private static Array at(Array a, int row, int column) {
    return a.get(Jnp.ellipsis(), Jnp.i(row), Jnp.i(column));
  }

  private static Array two(Array a) {
    return at(a, 0, 0).times(at(a, 1, 1)).minus(at(a, 0, 1).times(at(a, 1, 0)));
  }

  private static Array three(Array a) {
    return diagonal(a, 0, 1, 2)
        .plus(diagonal(a, 1, 2, 0))
        .plus(diagonal(a, 2, 0, 1))
        .minus(diagonal(a, 2, 1, 0))
        .minus(diagonal(a, 0, 2, 1))
        .minus(diagonal(a, 1, 0, 2));
  }

  /** One term of Sarrus' rule. */
  private static Array diagonal(Array a, int first, int second, int third) {
    return at(a, 0, first).times(at(a, 1, second)).times(at(a, 2, third));
  }

  private static Array whole(Linalg.SlogdetResult r) {
    Array size = Convert.convertElementType(Elementary.exp(r.logabsdet()), r.sign().dtype());
    return Arithmetic.mul(r.sign(), size);
  }

  static Linalg.SlogdetResult slogdet(Array a) {
    List<Array> out =
        NamedJit.call(
            "slogdet",
            "",
            x -> {
              Array m = x.getFirst();
              boolean small = m.dim(-1) == 1 || m.dim(-1) == 2;
              return small
                  ? NamedJit.callWithRule(
                      "_slogdet_small", "", Determinants::small, Determinants::smallRule, x)
                  : NamedJit.callWithRule(
                      "_slogdet_lu", "", Determinants::byFactors, Determinants::factorsRule, x);
            },
            List.of(Linalg.squares("slogdet", a)));
    return new Linalg.SlogdetResult(out.get(0), out.get(1));
  }

  private static List<Array> small(List<Array> operands) {
    Array a = operands.getFirst();
    Array det = a.dim(-1) == 1 ? at(a, 0, 0) : two(a);
    return List.of(Arithmetic.sign(det), Elementary.log(Arithmetic.abs(det)));
  }

  private static List<Array> smallRule(List<Array> operands) {
    Array x = operands.get(0);
    Array g = operands.get(1);
    Array change;
    if (x.dim(-1) == 1) {
      change = at(g, 0, 0).div(at(x, 0, 0));
    } else {
      Array sum =
          at(g, 0, 0)
              .times(at(x, 1, 1))
              .minus(at(g, 0, 1).times(at(x, 1, 0)))
              .minus(at(g, 1, 0).times(at(x, 0, 1)))
              .plus(at(g, 1, 1).times(at(x, 0, 0)));
      change = sum.div(two(x));
    }
    return withChange(slogdet(x), change);
  }

  /** The trace of {@code a^-1 da} changes the logarithm by its real part, a phase by the rest. */
  private static List<Array> withChange(Linalg.SlogdetResult r, Array change) {
    Array sign = r.sign();
    if (!sign.dtype().isComplex()) {
      return List.of(sign, r.logabsdet(), Zeros.like(sign), change);
    }
    Array real = Complexes.real(change);
    Array turn = Arithmetic.sub(change, Convert.convertElementType(real, sign.dtype()));
    return List.of(sign, r.logabsdet(), Arithmetic.mul(turn, sign), real);
  }

  /** Minus one per exchange of rows. */
  private static Array parity(Array pivots) {
    int last = pivots.rank() - 1;
    Array exchanged = Compare.ne(pivots, Shapes.iota(DType.I32, pivots.shape(), last));
    return Reductions.sum(Convert.convertElementType(exchanged, DType.I32), Axes.of(last));
  }

  /** 1 if even, else -1. */
  private static Array sign(Array count, DType dtype) {
    Array odd = Arithmetic.rem(count, Scalars.of(DType.I32, 2));
    Array sign = Arithmetic.sub(Scalars.of(DType.I32, 1), Arithmetic.mul(odd, 2));
    return Convert.convertElementType(sign, dtype);
  }

  private static List<Array> byFactors(List<Array> operands) {
    Array a = operands.getFirst();
    DType dtype = a.dtype();
    Lu.Result lu = Lu.lu(a);
    Array diagonal = Matrices.diagonal(lu.lu());
    Axes last = Axes.of(diagonal.rank() - 1);
    Array zero = Scalars.like(diagonal, 0);
    Array none = Reductions.or(Compare.eq(diagonal, zero), last);
    Array parity = parity(lu.pivots());
    Array size = Arithmetic.abs(diagonal);
    Array sign;
    if (dtype.isComplex()) {
      Array phase = Arithmetic.div(diagonal, Convert.convertElementType(size, dtype));
      sign = Arithmetic.mul(Reductions.prod(phase, last), sign(parity, dtype));
    } else {
      Array negative = Convert.convertElementType(Compare.lt(diagonal, zero), DType.I32);
      sign = sign(Arithmetic.add(parity, Reductions.sum(negative, last)), dtype);
    }
    Array log = Reductions.sum(Elementary.log(size), last);
    Array below = Zeros.full(log.aval().strong(), Double.NEGATIVE_INFINITY);
    return List.of(Compare.select(none, Zeros.like(sign), sign), Compare.select(none, below, log));
  }

  private static List<Array> factorsRule(List<Array> operands) {
    Array x = operands.get(0);
    Array change = trace(LinearSystems.solve(x, operands.get(1)));
    return withChange(slogdet(x), change);
  }

  private static Array trace(Array x) {
    return Reductions.sum(Matrices.diagonal(x), Axes.of(x.rank() - 2));
  }

  /** Jacobi's formula: the trace of {@code det(a) a^-1 da}. */
  private static List<Array> rule(List<Array> operands) {
    Array a = operands.get(0);
    Array da = operands.get(1);
    if (a.dim(-1) == 0) {
      Array det = det(a);
      return List.of(det, Zeros.like(det));
    }
    return a.dim(-1) == 1 ? List.of(at(a, 0, 0), trace(da)) : cofactors(a, da);
  }

  /**
   * Solves {@code a x = det(a) b} for matrices of any rank, from factors with det(a) / u_nn in the
   * place of the last pivot; of matrices that lack more than one rank x is 0.
   */
  private static List<Array> cofactors(Array a, Array b) {
    Lu.Result f = Lu.lu(a);
    long n = a.dim(-1);
    Array diagonal = Matrices.diagonal(f.lu());
    Array sign = sign(parity(f.pivots()), a.dtype());
    Array signs = Shapes.expandDims(sign, Axes.of(sign.rank()));
    Array partial = JnpCumulative.cumprod(diagonal, -1).times(signs);
    Array det = partial.get(Jnp.ellipsis(), Jnp.i(-1));
    Array last = Arithmetic.div(Scalars.like(det, 1), partial.get(Jnp.ellipsis(), Jnp.i(-2)));
    Array lu = f.lu().at(Jnp.ellipsis(), Jnp.i(-1), Jnp.i(-1)).set(last);
    Aval column = a.aval().strong().withShape(a.shape().with(a.rank() - 1, 1));
    Array probe = TriangularSolve.UPPER.of(lu, Zeros.full(column, 1));
    Array bad = Reductions.or(notFinite(probe), Axes.of(a.rank() - 2, a.rank() - 1));
    Array mask = Shapes.broadcastInDim(bad, a.shape(), Axes.range(bad.rank()));
    Array x = Matrices.takeRows(Compare.select(mask, Zeros.like(b), b), f.permutation());
    x = TriangularSolve.LOWER.unit().of(lu, x);
    Array above = Matrices.part(x, 0, n - 1, 0, n);
    Array scale = Shapes.broadcastInDim(det, above.shape(), Axes.range(det.rank()));
    Array scaled = Arithmetic.mul(above, scale);
    Array below = Matrices.part(x, n - 1, n, 0, n);
    x = Concatenation.concatenate(List.of(scaled, below), a.rank() - 2);
    x = TriangularSolve.UPPER.of(lu, x);
    return List.of(det, trace(Compare.select(mask, Zeros.like(x), x)));
  }

  private static Array notFinite(Array x) {
    return Jnp.logicalNot(Jnp.isfinite(x));
  }
}
