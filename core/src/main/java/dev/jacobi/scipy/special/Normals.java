package dev.jacobi.scipy.special;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Powers;
import dev.jacobi.numpy.Jnp;

/** The normal distribution's function, its logarithm and inverse, and Owen's T. */
public final class Normals {
  private static final double ROOT_HALF = Math.sqrt(0.5);

  /** The quantiles near 1/2, up to e^-32 and beyond: Moshier, Cephes, {@code ndtri}. */
  private static final double[] NDTRI_P0 = {
    -5.99633501014107895267E1,
    9.80010754185999661536E1,
    -5.66762857469070293439E1,
    1.39312609387279679503E1,
    -1.23916583867381258016E0
  };

  private static final double[] NDTRI_Q0 = {
    1.0,
    1.95448858338141759834E0,
    4.67627912898881538453E0,
    8.63602421390890590575E1,
    -2.25462687854119370527E2,
    2.00260212380060660359E2,
    -8.20372256168333339912E1,
    1.59056225126211695515E1,
    -1.18331621121330003142E0
  };

  private static final double[] NDTRI_P1 = {
    4.05544892305962419923E0,
    3.15251094599893866154E1,
    5.71628192246421288162E1,
    4.40805073893200834700E1,
    1.46849561928858024014E1,
    2.18663306850790267539E0,
    -1.40256079171354495875E-1,
    -3.50424626827848203418E-2,
    -8.57456785154685413611E-4
  };

  private static final double[] NDTRI_Q1 = {
    1.0,
    1.57799883256466749731E1,
    4.53907635128879210584E1,
    4.13172038254672030440E1,
    1.50425385692907503408E1,
    2.50464946208309415979E0,
    -1.42182922854787788574E-1,
    -3.80806407691578277194E-2,
    -9.33259480895457427372E-4
  };

  private static final double[] NDTRI_P2 = {
    3.23774891776946035970E0,
    6.91522889068984211695E0,
    3.93881025292474443415E0,
    1.33303460815807542389E0,
    2.01485389549179081538E-1,
    1.23716634817820021358E-2,
    3.01581553508235416007E-4,
    2.65806974686737550832E-6,
    6.23974539184983293730E-9
  };

  private static final double[] NDTRI_Q2 = {
    1.0,
    6.02427039364742014255E0,
    3.67983563856160859403E0,
    1.37702099489081330271E0,
    2.16236993594496635890E-1,
    1.34204006088543189037E-2,
    3.28014464682127739104E-4,
    2.89247864745380683936E-6,
    6.79019408009981274425E-9
  };

  /** Patefield and Tandy, J. Stat. Software 5, 2000, rule T5: squares of nodes, and weights. */
  private static final double[] OWEN_NODES = {
    0.0035082039676451715,
    0.031279042338030754,
    0.085266826283219451,
    0.16245071730812277,
    0.25851196049125435,
    0.36807553840697534,
    0.48501092905604697,
    0.60277514152618577,
    0.71477884217753227,
    0.81475510988760099,
    0.89711029755948966,
    0.95723808085944262,
    0.99178832974629704
  };

  private static final double[] OWEN_WEIGHTS = {
    0.018831438115323503,
    0.018567086243977649,
    0.018042093461223386,
    0.017263829606398753,
    0.016243219975989857,
    0.014994592034116705,
    0.013535474469662088,
    0.011886351605820165,
    0.010070377242777432,
    0.0081130545742299587,
    0.0060419009528470239,
    0.0038862217010742058,
    0.0016793031084546090
  };

  private Normals() {}

  /** The probability below x. */
  public static Array ndtr(Array... x) {
    Array w = x[0].times(ROOT_HALF);
    Array z = Arithmetic.abs(w);
    Array tail = Elementary.erfc(z);
    Array outer = where(w.gt(0), Jnp.minus(2, tail), tail);
    return where(z.lt(ROOT_HALF), Elementary.erf(w).plus(1), outer).times(0.5);
  }

  /** The logarithm of the probability below x; far below 0 by erfcx, which keeps all digits. */
  public static Array logNdtr(Array... x) {
    return Programs.withRule(
        "log_ndtr",
        a -> {
          Array w = a[0].times(ROOT_HALF);
          Array below = a[0].lt(-1);
          Array scaled = ErrorFunctions.erfcx(Arithmetic.neg(where(below, w, -1.0)));
          Array half = where(below, a[0], -1.0);
          Array low = Elementary.log(scaled.times(0.5)).minus(half.times(half).times(0.5));
          Array high = Elementary.log1p(Elementary.erfc(where(below, 0.0, w)).times(-0.5));
          return where(below, low, high);
        },
        (a, y, t) -> {
          Array scaled = ErrorFunctions.erfcx(a[0].times(-ROOT_HALF));
          return t[0].times(Jnp.div(Math.sqrt(2 / Math.PI), scaled));
        },
        x);
  }

  /** The number below which a probability lies. */
  public static Array ndtri(Array... p) {
    return Programs.withRule(
        "ndtri",
        a -> quantile(a[0]),
        (a, y, t) -> {
          Array inverse = Elementary.exp(y.times(y).times(0.5)).times(Math.sqrt(2 * Math.PI));
          return t[0].times(inverse);
        },
        p);
  }

  private static Array quantile(Array p) {
    Array above = p.gt(-Math.expm1(-2));
    Array tail = where(above, Jnp.minus(1, p), p);
    Array inside = Bits.and(tail.gt(0), tail.le(1));
    Array q = where(inside, tail, 0.5);
    Array w = q.minus(0.5);
    Array ww = w.times(w);
    Array center = w.plus(w.times(ww).times(ErrorFunctions.ratio(ww, NDTRI_P0, NDTRI_Q0)));
    Array z = Powers.sqrt(Elementary.log(where(inside, tail, 0.1)).times(-2));
    Array inverse = Jnp.div(1, where(z.gt(1), z, 1.0));
    Array near = ErrorFunctions.ratio(inverse, NDTRI_P1, NDTRI_Q1);
    Array far = ErrorFunctions.ratio(inverse, NDTRI_P2, NDTRI_Q2);
    Array first = z.minus(Elementary.log(where(z.gt(1), z, 1.0)).times(inverse));
    Array outer = first.minus(where(z.ge(8), far, near).times(inverse));
    Array value = where(q.gt(Math.exp(-2)), center.times(-Math.sqrt(2 * Math.PI)), outer);
    Array signed = where(p.gt(-Math.expm1(-2)), value, Arithmetic.neg(value));
    Array infinity = Programs.constant(p, Double.POSITIVE_INFINITY);
    Array ends = where(p.eq(0), Arithmetic.neg(infinity), where(p.eq(1), infinity, signed));
    Array valid = Bits.and(p.ge(0), p.le(1));
    return where(valid, ends, Programs.constant(p, Double.NaN));
  }

  /**
   * Owen's T: the probability of {@code X > h} and {@code 0 < Y < a X} for independent normal X and
   * Y.
   */
  public static Array owensT(Array... ha) {
    return Programs.withRule(
        "owens_t",
        a -> owen(Arithmetic.abs(a[0]), a[1], Bits.or(Jnp.isnan(a[0]), Jnp.isnan(a[1]))),
        (a, y, t) -> {
          Array h = a[0].times(a[0]).times(-0.5);
          Array side = Elementary.erf(a[1].times(a[0]).times(ROOT_HALF));
          Array inH = Elementary.exp(h).times(side).times(-0.5 / Math.sqrt(2 * Math.PI));
          Array grow = a[1].times(a[1]).plus(1);
          Array inA = Elementary.exp(grow.times(h)).div(grow.times(2 * Math.PI));
          return inH.times(t[0]).plus(inA.times(t[1]));
        },
        ha);
  }

  private static Array owen(Array h, Array a, Array undefined) {
    Array size = Arithmetic.abs(a);
    Array small = size.le(1);
    Array slope = where(small, size, Jnp.div(1, size));
    Array height = where(small, h, size.times(h));
    Array value = quadrature(height, slope);
    value = where(height.eq(0), Jnp.arctan(slope).times(0.5 / Math.PI), value);
    Array scaled = height.times(ROOT_HALF);
    Array diagonal = Elementary.erfc(Arithmetic.neg(scaled)).times(Elementary.erfc(scaled));
    value = where(slope.eq(1), diagonal.times(0.125), value);
    Array steep = complement(h.times(ROOT_HALF), size, size.times(h).le(0.67)).minus(value);
    Array all = Arithmetic.sign(a).times(where(small, value, steep));
    return where(undefined, Programs.constant(h, Double.NaN), all);
  }

  /** {@code T(h, a) + T(a h, 1 / a)} for a > 1, h over the root of 2. */
  private static Array complement(Array h, Array a, Array small) {
    Array ah = a.times(h);
    Array near = Jnp.minus(0.25, Elementary.erf(h).times(Elementary.erf(ah)).times(0.25));
    Array x = Elementary.erfc(h);
    Array y = Elementary.erfc(ah);
    return where(small, near, x.plus(y).minus(x.times(y)).times(0.25));
  }

  private static Array quadrature(Array h, Array a) {
    Array square = a.times(a);
    Array half = h.times(h).times(-0.5);
    Array sum = Programs.constant(h, 0);
    for (int i = 0; i < OWEN_NODES.length; i++) {
      Array r = square.times(OWEN_NODES[i]).plus(1);
      sum = sum.plus(Elementary.exp(half.times(r)).div(r).times(OWEN_WEIGHTS[i]));
    }
    return a.times(sum);
  }
}
