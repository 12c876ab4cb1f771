package dev.jacobi.scipy.special;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.transform.NamedJit;
import java.util.List;

/** Scaled and complex relatives of the error function. */
public final class ErrorFunctions {
  private static final double ROOT_PI = Math.sqrt(Math.PI);

  /** Dawson's integral up to 3.25, up to 6.25 and beyond: Moshier, Cephes, {@code dawsn}. */
  private static final double[] DAWSN_AN = {
    1.13681498971755972054e-11,
    8.49262267667473811108e-10,
    1.94434204175553054283e-8,
    9.53151741254484363489e-7,
    3.07828309874913200438e-6,
    3.52513368520288738649e-4,
    -8.50149846724410912031e-4,
    4.22618223005546594270e-2,
    -9.17480371773452345351e-2,
    9.99999999999999994612e-1
  };

  private static final double[] DAWSN_AD = {
    2.40372073066762605484e-11,
    1.48864681368493396752e-9,
    5.21265281010541664570e-8,
    1.27258478273186970203e-6,
    2.32490249820789513991e-5,
    3.25524741826057911661e-4,
    3.48805814657162590916e-3,
    2.79448531198828973716e-2,
    1.58874241960120565368e-1,
    5.74918629489320327824e-1,
    1.00000000000000000539e0
  };

  private static final double[] DAWSN_BN = {
    5.08955156417900903354e-1,
    -2.44754418142697847934e-1,
    9.41512335303534411857e-2,
    -2.18711255142039025206e-2,
    3.66207612329569181322e-3,
    -4.23209114460388756528e-4,
    3.59641304793896631888e-5,
    -2.14640351719968974225e-6,
    9.10010780076391431042e-8,
    -2.40274520828250956942e-9,
    3.59233385440928410398e-11
  };

  private static final double[] DAWSN_BD = {
    1.00000000000000000000e0,
    -6.31839869873368190192e-1,
    2.36706788228248691528e-1,
    -5.31806367003223277662e-2,
    8.48041718586295374409e-3,
    -9.47996768486665330168e-4,
    7.81025592944552338085e-5,
    -4.55875153252442634831e-6,
    1.89100358111421846170e-7,
    -4.91324691331920606875e-9,
    7.18466403235734541950e-11
  };

  private static final double[] DAWSN_CN = {
    -5.90592860534773254987e-1,
    6.29235242724368800674e-1,
    -1.72858975380388136411e-1,
    1.64837047825189632310e-2,
    -4.86827613020462700845e-4
  };

  private static final double[] DAWSN_CD = {
    1.00000000000000000000e0,
    -2.69820057197544900361e0,
    1.73270799045947845857e0,
    -3.93708582281939493482e-1,
    3.44278924041233391079e-2,
    -9.73655226040941223894e-4
  };

  /** Weideman, Computation of the complex error function, SIAM J. Numer. Anal. 31, 1994, N = 32. */
  private static final double[] WEIDEMAN = {
    -1.3034426067909105e-12,
    3.7411838373738471e-12,
    8.030427700497756e-12,
    -2.1543593557490879e-11,
    -5.5442449963237932e-11,
    1.165824698850374e-10,
    4.1537441121999766e-10,
    -5.2310202114920615e-10,
    -3.2080151339721323e-09,
    8.1248864216535907e-10,
    2.3797556530014025e-08,
    2.2930438438915445e-08,
    -1.4813078929137642e-07,
    -4.1840763750512053e-07,
    4.2558331397138446e-07,
    4.4015317312832251e-06,
    6.8210319443575151e-06,
    -2.1409619201999998e-05,
    -0.00013075449254579421,
    -0.00024532980270038237,
    0.00039259136070109705,
    0.0045195411053493093,
    0.019006155784845501,
    0.057304403529837282,
    0.14060716226893755,
    0.29544451071508743,
    0.54601397206393376,
    0.9019254893648001,
    1.3455441692345449,
    1.8256696296324815,
    2.2635372999002676,
    2.5722534081245696
  };

  private static final double WEIDEMAN_L = 4.7568284600108841;

  private ErrorFunctions() {}

  /**
   * {@code e^(x^2) erfc(x)}, its asymptotic series where erfc leaves the range of the type. The
   * square is split so that its rounding does not grow in the exponential.
   */
  static Array erfcx(Array... x) {
    return Programs.withRule(
        "erfcx",
        a -> scaled(a[0]),
        (a, y, t) -> a[0].times(2).times(y).minus(2 / ROOT_PI).times(t[0]),
        x);
  }

  /** Erfcx of real or complex numbers. */
  public static Array erfcx(Array x) {
    if (!x.dtype().isComplex()) {
      return Programs.real("erfcx", (Array[] a) -> erfcx(a), x);
    }
    return wofz(Complexes.complex(Arithmetic.neg(Complexes.imag(x)), Complexes.real(x)));
  }

  private static Array scaled(Array x) {
    boolean single = x.dtype() == DType.F32;
    Array far = x.gt(single ? 9.0 : 26.0);
    Array near = where(far, 1.0, x);
    Array head = Convert.reducePrecision(near, single ? 8 : 11, single ? 11 : 25);
    Array tail = near.minus(head).times(near.plus(head));
    Array growth = Elementary.exp(head.times(head)).times(Elementary.exp(tail));
    Array direct = growth.times(Elementary.erfc(near));
    // where both factors overflow and vanish, x is far below 0 and the value infinite
    Array overflow = Programs.constant(x, Double.POSITIVE_INFINITY);
    Array below = where(x.lt(single ? -9.5 : -27), overflow, direct);
    return where(far, asymptotic(where(far, x, 1e3)), where(Jnp.isnan(x), x, below));
  }

  private static Array asymptotic(Array x) {
    double[] all = {
      7918.06640625, -1055.7421875, 162.421875, -29.53125, 6.5625, -1.875, 0.75, -0.5, 1
    };
    int terms = x.dtype() == DType.F32 ? 5 : 9;
    double[] c = java.util.Arrays.copyOfRange(all, all.length - terms, all.length);
    Array inverse = Jnp.div(1, x);
    return Programs.polynomial(inverse.times(inverse), c).times(inverse).times(1 / ROOT_PI);
  }

  /** Dawson's integral {@code e^(-x^2) int_0^x e^(t^2) dt}. */
  public static Array dawsn(Array... x) {
    return Programs.withRule(
        "dawsn",
        a -> dawson(a[0]),
        (a, y, t) -> Jnp.minus(1, a[0].times(2).times(y)).times(t[0]),
        x);
  }

  private static Array dawson(Array x) {
    Array size = Arithmetic.abs(x);
    Array near = size.lt(3.25);
    Array middle = Bits.and(size.ge(3.25), size.lt(6.25));
    Array square = Arithmetic.square(where(near, size, 1.0));
    Array first =
        where(near, size, 1.0)
            .times(Programs.polynomial(square, DAWSN_AN))
            .div(Programs.polynomial(square, DAWSN_AD));
    Array inverse = Jnp.div(1, where(near, 4.0, size));
    Array t = inverse.times(inverse);
    Array second = ratio(where(middle, t, 0.04), DAWSN_BN, DAWSN_BD);
    Array third = ratio(where(middle, 0.01, t), DAWSN_CN, DAWSN_CD);
    Array far = inverse.times(0.5).times(t.times(where(middle, second, third)).plus(1));
    return Arithmetic.sign(x).times(where(near, first, far));
  }

  static Array ratio(Array x, double[] above, double[] below) {
    return Programs.polynomial(x, above).div(Programs.polynomial(x, below));
  }

  /** Faddeeva's function {@code e^(-z^2) erfc(-i z)}; real numbers become complex. */
  public static Array wofz(Array z) {
    boolean wide = z.dtype() == DType.F64 || z.dtype() == DType.I64 || z.dtype() == DType.U64;
    DType type = wide ? DType.C128 : DType.C64;
    Array x = z.dtype().isComplex() ? z : Promotion.convert(z, type, z.aval().weak());
    return NamedJit.call("wofz", "", a -> List.of(faddeeva(a.getFirst())), List.of(x)).getFirst();
  }

  private static Array faddeeva(Array z) {
    return Programs.withRule(
        "_wofz",
        a -> {
          Array above = Complexes.imag(a[0]).ge(0);
          Array upper = weideman(where(above, a[0], Arithmetic.neg(a[0])));
          Array wave = Elementary.exp(Arithmetic.neg(a[0].times(a[0]))).times(2);
          return where(above, upper, wave.minus(upper));
        },
        (a, y, t) -> {
          Array re = Complexes.real(a[0]);
          Array i = Complexes.complex(Programs.constant(re, 0), Programs.constant(re, 2 / ROOT_PI));
          return t[0].times(i.minus(a[0].times(2).times(y)));
        },
        z);
  }

  /** For Im z >= 0. */
  private static Array weideman(Array z) {
    Array turned = Complexes.complex(Arithmetic.neg(Complexes.imag(z)), Complexes.real(z));
    Array below = Jnp.minus(WEIDEMAN_L, turned);
    Array p = Programs.polynomial(turned.plus(WEIDEMAN_L).div(below), WEIDEMAN);
    return p.times(2).div(below.times(below)).plus(Jnp.div(1 / ROOT_PI, below));
  }
}
