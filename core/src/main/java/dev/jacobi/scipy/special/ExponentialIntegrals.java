package dev.jacobi.scipy.special;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import java.util.List;

/** Exponential integrals Ei and E_n. */
public final class ExponentialIntegrals {
  private static final double EULER = 0.57721566490153286061;

  /** Where Ei's approximations end: Cody and Thacher, Math. Comp. 23, 1969, in Cephes. */
  private static final double[] ENDS = {2, 4, 8, 16, 32, 64};

  private static final double[][] ABOVE = {
    {
      -5.350447357812542947283e0,
      2.185049168816613393830e2,
      -4.176572384826693777058e3,
      5.541176756393557601232e4,
      -3.313381331178144034309e5,
      1.592627163384945414220e6
    },
    {
      1.981808503259689673238e-2,
      -1.271645625984917501326e0,
      -2.088160335681228318920e0,
      2.755544509187936721172e0,
      -4.409507048701600257171e-1,
      4.665623805935891391017e-2,
      -1.545042679673485262580e-3,
      7.059980605299617478514e-5
    },
    {
      -1.373215375871208729803e0,
      -7.084559133740838761406e-1,
      1.580806855547941010501e0,
      -2.601500427425622944234e-1,
      2.994674694113713763365e-2,
      -1.038086040188744005513e-3,
      4.371064420753005429514e-5,
      2.141783679522602903795e-6
    },
    {
      -2.106934601691916512584e0,
      1.732733869664688041885e0,
      -2.423619178935841904839e-1,
      2.322724180937565842585e-2,
      2.372880440493179832059e-4,
      -8.343219561192552752335e-5,
      1.363408795605250394881e-5,
      -3.655412321999253963714e-7,
      1.464941733975961318456e-8,
      6.176407863710360207074e-10
    },
    {
      -2.458119367674020323359e-1,
      -1.483382253322077687183e-1,
      7.248291795735551591813e-2,
      -1.348315687380940523823e-2,
      1.342775069788636972294e-3,
      -7.942465637159712264564e-5,
      2.644179518984235952241e-6,
      -4.239473659313765177195e-8
    },
    {
      1.212561118105456670844e-1,
      -5.823133179043894485122e-1,
      2.348887314557016779211e-1,
      -3.040034318113248237280e-2,
      1.510082146865190661777e-3,
      -2.523137095499571377122e-5
    },
    {
      -7.657847078286127362028e-1,
      6.886192415566705051750e-1,
      -2.132598113545206124553e-1,
      3.346107552384193813594e-2,
      -3.076541477344756050249e-3,
      1.747119316454907477380e-4,
      -6.103711682274170530369e-6,
      1.218032765428652199087e-7,
      -1.086076102793290233007e-9
    }
  };

  private static final double[][] BELOW = {
    {
      1.0,
      -5.250547959112862969197e1,
      1.259616186786790571525e3,
      -1.756549581973534652631e4,
      1.493062117002725991967e5,
      -7.294949239640527645655e5,
      1.592627163384945429726e6
    },
    {
      1.0,
      1.476498670914921440652e0,
      5.629177174822436244827e-1,
      1.699017897879307263248e-1,
      2.291647179034212017463e-2,
      4.450150439728752875043e-3,
      1.727439612206521482874e-4,
      3.953167195549672482304e-5
    },
    {
      1.0,
      8.585231423622028380768e-1,
      4.483285822873995129957e-1,
      7.687932158124475434091e-2,
      2.449868241021887685904e-2,
      8.832165941927796567926e-4,
      4.590952299511353531215e-4,
      -4.729848351866523044863e-6,
      2.665195537390710170105e-6
    },
    {
      1.0,
      -2.298062239901678075778e-1,
      1.105077041474037862347e-1,
      -1.566542966630792353556e-2,
      2.761106850817352773874e-3,
      -2.089148012284048449115e-4,
      1.708528938807675304186e-5,
      -4.459311796356686423199e-7,
      1.394634930353847498145e-8,
      6.150865933977338354138e-10
    },
    {
      1.0,
      -1.044225908443871106315e-1,
      -2.676453128101402655055e-1,
      9.695000254621984627876e-2,
      -1.601745692712991078208e-2,
      1.496414899205908021882e-3,
      -8.462452563778485013756e-5,
      2.728938403476726394024e-6,
      -4.239462431819542051337e-8
    },
    {
      1.0,
      -1.002252150365854016662e0,
      2.928709694872224144953e-1,
      -3.337004338674007801307e-2,
      1.560544881127388842819e-3,
      -2.523137093603234562648e-5
    },
    {
      1.0,
      -1.888802868662308731041e0,
      1.066691687211408896850e0,
      -2.751915982306380647738e-1,
      3.930852688233823569726e-2,
      -3.414684558602365085394e-3,
      1.866844370703555398195e-4,
      -6.345146083130515357861e-6,
      1.239754287483206878024e-7,
      -1.086076102793126632978e-9
    }
  };

  private ExponentialIntegrals() {}

  /** Ei, the principal value of the integral of {@code e^t / t} up to x. */
  public static Array expi(Array... x) {
    return Programs.withRule(
        "expi",
        a -> {
          Array size = Arithmetic.abs(a[0]);
          Array positive = a[0].gt(0);
          Array below =
              Arithmetic.neg(expn(Programs.constant(size, 1), where(positive, 1.0, size)));
          Array value = where(positive, above(where(positive, size, 1.0)), below);
          return where(a[0].eq(0), Double.NEGATIVE_INFINITY, value);
        },
        (a, y, t) -> Elementary.exp(a[0]).div(a[0]).times(t[0]),
        x);
  }

  /** Ei of positive numbers. */
  private static Array above(Array x) {
    Array inverse = Jnp.div(1, x);
    Array ratio = ErrorFunctions.ratio(inverse, ABOVE[6], BELOW[6]);
    for (int i = ENDS.length - 1; i > 0; i--) {
      ratio = where(x.le(ENDS[i]), ErrorFunctions.ratio(inverse, ABOVE[i], BELOW[i]), ratio);
    }
    // e^x in two factors, as it overflows where Ei does not yet
    Array half = Elementary.exp(x.times(0.5));
    Array far = half.times(inverse).times(inverse.times(ratio).plus(1)).times(half);
    Array near = Jnp.minimum(x, Programs.constant(x, 2));
    Array series = near.times(ErrorFunctions.ratio(near, ABOVE[0], BELOW[0]));
    Array small = series.plus(EULER).plus(Elementary.log(x));
    Array end = Programs.constant(x, Double.POSITIVE_INFINITY);
    return where(x.le(ENDS[0]), small, where(x.eq(Double.POSITIVE_INFINITY), end, far));
  }

  /** E_n, the integral of {@code e^(-x t) / t^n} from 1 on; n has no derivative. */
  public static Array expn(Array n, Array x) {
    return Programs.withRule(
        "expn",
        a -> integral(a[0], a[1]),
        (a, y, t) -> Arithmetic.neg(t[1]).times(expn(a[0].minus(1), a[1])),
        n,
        x);
  }

  /** Moshier, Cephes, {@code expn}: a power series, a continued fraction, or one in 1 / n. */
  private static Array integral(Array n, Array x) {
    Array infinity = Programs.constant(x, Double.POSITIVE_INFINITY);
    Array series = Bits.and(Bits.and(x.gt(0), x.le(1)), Bits.and(n.ge(1), n.lt(5000)));
    Array fraction = Bits.and(Bits.and(x.gt(1), x.lt(infinity)), Bits.and(n.ge(1), n.lt(5000)));
    Array value = where(series, powerSeries(n, x, series), continuedFraction(n, x, fraction));
    Array safe = where(x.gt(0), x, 1.0);
    value = where(n.ge(5000), large(n, safe), value);
    value = where(n.eq(0), Elementary.exp(Arithmetic.neg(safe)).div(safe), value);
    Array atZero = where(n.lt(2), infinity, Jnp.div(1, where(n.lt(2), 1.0, n.minus(1))));
    value = where(x.eq(0), atZero, where(x.eq(infinity), 0.0, value));
    Array bad = Bits.or(Bits.or(n.lt(0), x.lt(0)), Bits.or(Jnp.isnan(n), Jnp.isnan(x)));
    return where(bad, Programs.constant(x, Double.NaN), value);
  }

  private static double epsilon(Array x) {
    return x.dtype() == DType.F32 ? 0x1p-23 : 0x1p-52;
  }

  /** Abramowitz and Stegun 5.1.12, for x up to 1. */
  private static Array powerSeries(Array order, Array argument, Array mask) {
    Array n = where(mask, order, 1.0);
    Array x = where(mask, argument, 0.5);
    double epsilon = epsilon(x);
    Array first = n.eq(1);
    Array start = where(first, 0.0, Jnp.div(1, Jnp.minus(1, where(first, 2.0, n))));
    List<Array> sum =
        Programs.repeat(
            s -> s.get(4),
            s -> {
              Array k = s.get(0).plus(1);
              Array y = s.get(1).times(Arithmetic.neg(s.get(5))).div(k);
              Array p = s.get(2).plus(1);
              Array none = p.eq(0);
              Array total = s.get(3).plus(where(none, 0.0, y.div(where(none, 1.0, p))));
              Array goesOn = Arithmetic.abs(y).gt(Arithmetic.abs(total).times(epsilon));
              return List.of(k, y, p, total, Bits.or(goesOn, total.eq(0)), s.get(5));
            },
            List.of(
                Programs.constant(x, 0), Programs.constant(x, 1), Jnp.minus(1, n), start, mask, x));
    Array psi = SpecialFunctions.digamma(n).minus(Elementary.log(x));
    Array power = Jnp.power(x, n.minus(1)).times(where(n.rem(2).eq(0), -1.0, Jnp.onesLike(x)));
    Array factorial = Elementary.exp(SpecialFunctions.lgamma(n));
    return power.times(psi).div(factorial).minus(sum.get(3));
  }

  /** Abramowitz and Stegun 5.1.22 in its even form, by Lentz's recurrence, for x above 1. */
  private static Array continuedFraction(Array order, Array argument, Array mask) {
    Array n = where(mask, order, 1.0);
    Array x = where(mask, argument, 2.0);
    double epsilon = epsilon(x);
    Array b = x.plus(n);
    Array d = Jnp.div(1, b);
    List<Array> fraction =
        Programs.repeat(
            s -> s.get(5),
            s -> {
              Array k = s.get(0).plus(1);
              Array a = Arithmetic.neg(k.times(n(s).plus(k).minus(1)));
              Array next = s.get(1).plus(2);
              Array below = Jnp.div(1, a.times(s.get(3)).plus(next));
              Array above = next.plus(a.div(s.get(2)));
              Array factor = above.times(below);
              Array value = s.get(4).times(factor);
              Array goesOn = Arithmetic.abs(factor.minus(1)).gt(epsilon);
              return List.of(k, next, above, below, value, Bits.and(goesOn, k.lt(999)), n(s));
            },
            List.of(Programs.constant(x, 0), b, Programs.constant(x, 1e30), d, d, mask, n));
    return fraction.get(4).times(Elementary.exp(Arithmetic.neg(x)));
  }

  private static Array n(List<Array> state) {
    return state.get(6);
  }

  /** For n >= 5000: Abramowitz and Stegun 5.1.52. */
  private static Array large(Array n, Array x) {
    Array sum = x.plus(n);
    Array y = Jnp.div(1, sum.times(sum));
    Array squares = n.times(n).plus(x.times(x).times(6)).minus(n.times(x).times(8));
    Array inner = y.times(n).times(squares);
    inner = y.times(inner.plus(n.times(n.minus(x.times(2)))));
    inner = y.times(inner.plus(n));
    return inner.plus(1).times(Elementary.exp(Arithmetic.neg(x))).div(sum);
  }
}
