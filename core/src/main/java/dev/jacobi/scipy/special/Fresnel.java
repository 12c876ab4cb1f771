package dev.jacobi.scipy.special;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import java.util.List;

/** Fresnel's integrals, by polynomials and rational functions of Moshier's Cephes. */
public final class Fresnel {
  private static final double[] SN_SINGLE = {
    1.647629463788700e-9,
    -1.522754752581096e-7,
    8.424748808502400e-6,
    -3.120693124703272e-4,
    7.244727626597022e-3,
    -9.228055941124598e-2,
    5.235987735681432e-1
  };

  private static final double[] CN_SINGLE = {
    1.416802502367354e-8,
    -1.157231412229871e-6,
    5.387223446683264e-5,
    -1.604381798862293e-3,
    2.818489036795073e-2,
    -2.467398198317899e-1,
    9.999999760004487e-1
  };

  private static final double[] FN_SINGLE = {
    -1.903009855649792e12,
    1.355942388050252e11,
    -4.158143148511033e9,
    7.343848463587323e7,
    -8.732356681548485e5,
    8.560515466275470e3,
    -1.032877601091159e2,
    2.999401847870011e0
  };

  private static final double[] GN_SINGLE = {
    -1.860843997624650e11,
    1.278350673393208e10,
    -3.779387713202229e8,
    6.492611570598858e6,
    -7.787789623358162e4,
    8.602931494734327e2,
    -1.493439396592284e1,
    9.999841934744914e-1
  };

  private static final double[] SN = {
    -2.99181919401019853726e3,
    7.08840045257738576863e5,
    -6.29741486205862506537e7,
    2.54890880573376359104e9,
    -4.42979518059697779103e10,
    3.18016297876567817986e11
  };

  private static final double[] SD = {
    1.00000000000000000000e0,
    2.81376268889994315696e2,
    4.55847810806532581675e4,
    5.17343888770096400730e6,
    4.19320245898111231129e8,
    2.24411795645340920940e10,
    6.07366389490084639049e11
  };

  private static final double[] CN = {
    -4.98843114573573548651e-8,
    9.50428062829859605134e-6,
    -6.45191435683965050962e-4,
    1.88843319396703850064e-2,
    -2.05525900955013891793e-1,
    9.99999999999999998822e-1
  };

  private static final double[] CD = {
    3.99982968972495980367e-12,
    9.15439215774657478799e-10,
    1.25001862479598821474e-7,
    1.22262789024179030997e-5,
    8.68029542941784300606e-4,
    4.12142090722199792936e-2,
    1.00000000000000000118e0
  };

  private static final double[] FN = {
    4.21543555043677546506e-1,
    1.43407919780758885261e-1,
    1.15220955073585758835e-2,
    3.45017939782574027900e-4,
    4.63613749287867322088e-6,
    3.05568983790257605827e-8,
    1.02304514164907233465e-10,
    1.72010743268161828879e-13,
    1.34283276233062758925e-16,
    3.76329711269987889006e-20
  };

  private static final double[] FD = {
    1.00000000000000000000e0,
    7.51586398353378947175e-1,
    1.16888925859191382142e-1,
    6.44051526508858611005e-3,
    1.55934409164153020873e-4,
    1.84627567348930545870e-6,
    1.12699224763999035261e-8,
    3.60140029589371370404e-11,
    5.88754533621578410010e-14,
    4.52001434074129701496e-17,
    1.25443237090011264384e-20
  };

  private static final double[] GN = {
    5.04442073643383265887e-1,
    1.97102833525523411709e-1,
    1.87648584092575249293e-2,
    6.84079380915393090172e-4,
    1.15138826111884280931e-5,
    9.82852443688422223854e-8,
    4.45344415861750144738e-10,
    1.08268041139020870318e-12,
    1.37555460633261799868e-15,
    8.36354435630677421531e-19,
    1.86958710162783235106e-22
  };

  private static final double[] GD = {
    1.00000000000000000000e0,
    1.47495759925128324529e0,
    3.37748989120019970451e-1,
    2.53603741420338795122e-2,
    8.14679107184306179049e-4,
    1.27545075667729118702e-5,
    1.04314589657571990585e-7,
    4.60680728146520428211e-10,
    1.10273215066240270757e-12,
    1.38796531259578871258e-15,
    8.39158816283118707363e-19,
    1.86958710162783236342e-22
  };

  private Fresnel() {}

  /** S and C, the integrals of the sine and cosine of {@code pi t^2 / 2} from 0 to x. */
  public static List<Array> fresnel(Array... x) {
    return Programs.withRules(
        "fresnel",
        a -> integrals(a[0]),
        (a, t) -> {
          List<Array> wave = wave(Arithmetic.abs(a[0]));
          return List.of(wave.get(0).times(t[0]), wave.get(1).times(t[0]));
        },
        x);
  }

  /** Sine and cosine of {@code pi x^2 / 2}: whole turns are taken off before the square is. */
  private static List<Array> wave(Array x) {
    Array s = Jnp.fmod(x, Programs.constant(x, 2));
    Array r = Jnp.fmod(s.times(x.minus(s.times(0.5))), Programs.constant(x, 2));
    Array outer = Elementary.sin(where(r.gt(1.5), r.minus(2), r).times(Math.PI));
    Array inner = Elementary.sin(r.minus(1).times(-Math.PI));
    Array middle = r.ge(0.5).eq(r.le(1.5));
    Array sine = where(middle, inner, outer);
    Array falling = Elementary.sin(r.minus(0.5).times(-Math.PI));
    Array rising = Elementary.sin(r.minus(1.5).times(Math.PI));
    Array cosine = where(r.lt(1), falling, rising);
    return List.of(sine, cosine);
  }

  private static List<Array> integrals(Array signed) {
    Array infinite = Jnp.isinf(signed);
    Array x = where(infinite, 2.0, Arithmetic.abs(signed));
    Array square = x.times(x);
    Array small = square.lt(2.5625);
    Array near = where(small, x, 1.0);
    Array t = Arithmetic.square(near.times(near));
    Array cube = near.times(near).times(near);
    boolean single = x.dtype() == DType.F32;
    Array s = cube.times(single ? Programs.polynomial(t, SN_SINGLE) : ratio(t, SN, SD));
    Array c = near.times(single ? Programs.polynomial(t, CN_SINGLE) : ratio(t, CN, CD));
    Array far = where(small, 2.0, x);
    Array inverse = Jnp.div(1, far.times(far).times(Math.PI));
    Array u = inverse.times(inverse);
    Array f = Jnp.minus(1, u.times(single ? Programs.polynomial(u, FN_SINGLE) : ratio(u, FN, FD)));
    Array g = inverse.times(single ? Programs.polynomial(u, GN_SINGLE) : ratio(u, GN, GD));
    List<Array> wave = wave(far);
    Array sin = wave.get(0);
    Array cos = wave.get(1);
    Array scale = Jnp.div(1 / Math.PI, far);
    Array farS = Jnp.minus(0.5, f.times(cos).plus(g.times(sin)).times(scale));
    Array farC = f.times(sin).minus(g.times(cos)).times(scale).plus(0.5);
    Array sign = where(signed.lt(0), -1.0, Jnp.onesLike(x));
    return List.of(
        sign.times(where(infinite, 0.5, where(small, s, farS))),
        sign.times(where(infinite, 0.5, where(small, c, farC))));
  }

  private static Array ratio(Array x, double[] above, double[] below) {
    return ErrorFunctions.ratio(x, above, below);
  }
}
