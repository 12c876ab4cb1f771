package dev.jacobi.scipy.special;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import java.util.function.UnaryOperator;

/** The gamma function, its logarithm, and numbers made of gamma functions. */
public final class Gammas {
  /** Lanczos's sum for g = 7 with nine terms (SIAM J. Numer. Anal. B 1, 1964), to 1e-15. */
  private static final double[] LANCZOS = {
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private Gammas() {}

  /** The sign of gamma: NaN at negative integers, where it changes. */
  public static Array sign(Array... x) {
    Array floor = Elementary.floor(x[0]);
    Array negative = x[0].lt(0);
    Array zero = Bits.and(x[0].eq(0), Jnp.signbit(x[0]));
    Array odd = Bits.or(Bits.and(negative, floor.rem(2).ne(0)), zero);
    Array pole = Bits.or(Bits.and(negative, x[0].eq(floor)), Jnp.isnan(x[0]));
    Array sign = where(odd, Programs.constant(x[0], -1), Programs.constant(x[0], 1));
    return where(pole, Programs.constant(x[0], Double.NaN), sign);
  }

  /** Gamma: of real numbers by {@code lgamma}, of complex ones by Lanczos's sum. */
  public static Array gamma(Array x) {
    return x.dtype().isComplex()
        ? complex("gamma", z -> unlessPole(z, v -> Elementary.exp(logOfComplex(v))), x)
        : Programs.real("gamma", Gammas::ofReal, x);
  }

  static Array ofReal(Array... x) {
    return sign(x).times(Elementary.exp(SpecialFunctions.lgamma(x[0])));
  }

  /** Log gamma, continuous in the plane cut along the negative real axis; NaN for reals below 0. */
  public static Array loggamma(Array x) {
    return x.dtype().isComplex()
        ? complex("loggamma", z -> unlessPole(z, Gammas::logOfComplex), x)
        : Programs.real(
            "loggamma", a -> where(a[0].gt(0), SpecialFunctions.lgamma(a[0]), Double.NaN), x);
  }

  private static Array complex(String name, UnaryOperator<Array> f, Array z) {
    return NamedJit.call(name, "", a -> List.of(f.apply(a.getFirst())), List.of(z)).getFirst();
  }

  /** NaN where z is NaN, 0 or a negative integer; the formula sees 1 there. */
  private static Array unlessPole(Array z, UnaryOperator<Array> f) {
    Array re = Complexes.real(z);
    Array whole = Bits.and(re.eq(Elementary.floor(re)), re.le(0));
    Array pole = Bits.or(Bits.and(Complexes.imag(z).eq(0), whole), Jnp.isnan(z));
    Array nan = Programs.constant(re, Double.NaN);
    Array value = f.apply(where(pole, Jnp.onesLike(z), z));
    return where(pole, Complexes.complex(nan, nan), value);
  }

  /**
   * For Re z < 1/2 by reflection (Hare, Computing the principal branch of log-Gamma, J. Algorithms
   * 25, 1997): {@code log(2 pi) - i pi/2 + i pi z - log(1 - e^(2 pi i z)) - log gamma(1 - z)} is
   * continuous in the upper half plane; the lower one is its mirror image.
   */
  private static Array logOfComplex(Array z) {
    Array re = Complexes.real(z);
    Array im = Complexes.imag(z);
    Array left = re.lt(0.5);
    Array below = Jnp.signbit(im);
    Array up = Complexes.complex(re, Arithmetic.abs(im));
    Array right = lanczos(where(left, Jnp.subtract(Jnp.onesLike(z), up), z));
    Array reLeft = where(left, re, 0.25);
    Array height = where(left, Arithmetic.abs(im), 1.0);
    Array turn = reLeft.minus(Elementary.roundEven(reLeft)).times(2 * Math.PI);
    Array wave = Complexes.complex(height.times(-2 * Math.PI), turn);
    Array damped = Elementary.log(Arithmetic.neg(Elementary.expm1(wave)));
    Array line =
        Complexes.complex(
            height.times(-Math.PI).plus(Math.log(2 * Math.PI)), reLeft.minus(0.5).times(Math.PI));
    Array mirrored = Arithmetic.sub(Arithmetic.sub(line, damped), right);
    return where(left, where(below, Complexes.conj(mirrored), mirrored), right);
  }

  /** Log gamma for Re z >= 1/2. */
  private static Array lanczos(Array z) {
    Array x = z.minus(1);
    Array sum = Jnp.onesLike(z).times(LANCZOS[0]);
    for (int k = 1; k < LANCZOS.length; k++) {
      sum = sum.plus(Jnp.div(LANCZOS[k], x.plus(k)));
    }
    Array t = x.plus(7.5);
    return x.plus(0.5)
        .times(Elementary.log(t))
        .minus(t)
        .plus(Elementary.log(sum))
        .plus(0.5 * Math.log(2 * Math.PI));
  }

  /** n!, 0 below 0. */
  public static Array factorial(Array... n) {
    Array value = Elementary.exp(SpecialFunctions.lgamma(n[0].plus(1)));
    return where(n[0].lt(0), 0.0, value);
  }

  /** Choices of k among n: 0 where there are none. */
  public static Array choices(Array... nk) {
    Array possible = Bits.and(Bits.and(nk[1].le(nk[0]), nk[0].ge(0)), nk[1].ge(0));
    Array n = where(possible, nk[0], 0.0);
    Array k = where(possible, nk[1], 0.0);
    Array log =
        SpecialFunctions.lgamma(n.plus(1))
            .minus(SpecialFunctions.lgamma(k.plus(1)))
            .minus(SpecialFunctions.lgamma(n.plus(1).minus(k)));
    return where(possible, Elementary.exp(log), 0.0);
  }

  /** Choices with repetition. */
  public static Array multisets(Array... nk) {
    Array none = Bits.and(nk[1].eq(0), nk[0].ge(0));
    return where(none, 1.0, choices(nk[0].plus(nk[1]).minus(1), nk[1]));
  }

  /** Pochhammer's symbol {@code gamma(z + m) / gamma(z)}. */
  public static Array poch(Array z, Array m) {
    return Programs.ruled(
        "poch",
        x -> where(x[1].eq(0), 1.0, ofReal(x[0].plus(x[1])).div(ofReal(x[0]))),
        (x, y, t) -> {
          Array end = SpecialFunctions.digamma(x[0].plus(x[1]));
          Array start = SpecialFunctions.digamma(x[0]);
          return end.minus(start).times(y).times(t[0]).plus(end.times(y).times(t[1]));
        },
        z,
        m);
  }

  /** The logarithm of the gamma function of positive matrices of order d. */
  public static Array multigammaln(Array a, int d) {
    if (d < 0) {
      throw new LaxTypeException("multigammaln", "the order " + d + " is negative");
    }
    return Programs.real(
        "multigammaln",
        d,
        x -> {
          Array sum = Programs.constant(x[0], 0.25 * d * (d - 1) * Math.log(Math.PI));
          for (int j = 0; j < d; j++) {
            sum = sum.plus(SpecialFunctions.lgamma(x[0].minus(0.5 * j)));
          }
          return sum;
        },
        a);
  }

  /**
   * Bernoulli's numbers 0 to n as f32, from {@code |B(m)| = 2 m! zeta(m) / (2 pi)^m}; infinite
   * where f32 is.
   */
  public static Array bernoulli(int n) {
    if (n < 0) {
      throw new LaxTypeException("bernoulli", "n is " + n + ", but numbers count from 0");
    }
    float[] all = new float[Math.addExact(n, 1)];
    double[] first = {1, -0.5, 1.0 / 6};
    double size = 1.0 / 6 / (Math.PI * Math.PI / 6); // of B(m) / zeta(m)
    for (int m = 0; m <= n; m++) {
      if (m > 2 && m % 2 == 0) {
        size *= m * (m - 1.0) / (4 * Math.PI * Math.PI);
      }
      all[m] = m < 3 ? (float) first[m] : m % 2 == 1 ? 0 : (float) (alternate(m) * size * zeta(m));
    }
    return Jnp.array(all);
  }

  private static int alternate(int m) {
    return m % 4 == 0 ? -1 : 1;
  }

  /** For m >= 4, to the last bit of a double. */
  private static double zeta(int m) {
    double sum = 0;
    for (int k = 60; k >= 1; k--) {
      sum += Math.pow(k, -m);
    }
    return sum + Math.pow(60.5, 1 - m) / (m - 1);
  }

  /** Hurwitz's zeta function with derivatives in both operands. */
  public static Array zeta(Array x, Array q) {
    return Programs.ruled(
        "zeta",
        a -> SpecialFunctions.zeta(a[0], a[1]),
        (a, y, t) -> {
          Array next = SpecialFunctions.zeta(a[0].plus(1), a[1]);
          Array inQ = Arithmetic.neg(a[0]).times(next).times(t[1]);
          return zetaSlope(a[0], a[1]).times(t[0]).plus(inQ);
        },
        x,
        q);
  }

  /** B(2j) / (2j)!, the coefficients of Euler's and Maclaurin's formula. */
  private static final double[] MACLAURIN = {
    1.0 / 12,
    -1.0 / 720,
    1.0 / 30240,
    -1.0 / 1209600,
    1.0 / 47900160,
    -691.0 / 1307674368000.0,
    1.0 / 74724249600.0,
    -3617.0 / 10670622842880000.0,
    43867.0 / 5109094217170944000.0,
    -174611.0 / 802857662698291200000.0,
    77683.0 / 14101100039391805440000.0,
    -236364091.0 / 1693824136731743669452800000.0
  };

  /**
   * The derivative of zeta in s, of Euler's and Maclaurin's formula term by term (Johansson,
   * Rigorous high-precision computation of the Hurwitz zeta function and its derivatives, Numer.
   * Algorithms 69, 2015, formula 5).
   */
  private static Array zetaSlope(Array s, Array a) {
    int n = a.dtype() == DType.F32 ? 8 : 12;
    Array sum = Programs.constant(a, 0);
    for (int k = 0; k < n; k++) {
      Array term = a.plus(k);
      sum = sum.minus(Elementary.log(term).times(Jnp.power(term, Arithmetic.neg(s))));
    }
    Array far = a.plus(n);
    Array log = Elementary.log(far);
    Array last = Jnp.power(far, Arithmetic.neg(s));
    Array pole = Jnp.div(1, s.minus(1));
    sum = sum.minus(far.times(last).times(pole).times(log.plus(pole)));
    Array value = Programs.constant(a, 0.5);
    Array slope = Programs.constant(a, 0);
    Array rising = Programs.constant(a, 1); // s (s + 1) ... / far ^ (2j + 1)
    Array growth = Programs.constant(a, 0); // its logarithmic derivative in s
    for (int m = 0; m < 2 * n - 1; m++) {
      rising = rising.times(s.plus(m)).div(far);
      growth = growth.plus(Jnp.div(1, s.plus(m)));
      if (m % 2 == 0) {
        Array term = rising.times(MACLAURIN[m / 2]);
        value = value.plus(term);
        slope = slope.plus(term.times(growth));
      }
    }
    return sum.plus(last.times(slope.minus(log.times(value))));
  }
}
