package dev.jacobi.scipy.special;

import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Elementary;
import dev.jacobi.numpy.Jnp;
import java.util.List;

/** Sine and cosine integrals and the dilogarithm, by rational functions of Moshier's Cephes. */
public final class SineIntegrals {
  private static final double EULER = 0.57721566490153286061;

  private static final double[] SN = {
    -8.39167827910303881427E-11,
    4.62591714427012837309E-8,
    -9.75759303843632795789E-6,
    9.76945438170435310816E-4,
    -4.13470316229406538752E-2,
    1.00000000000000000302E0
  };

  private static final double[] SD = {
    2.03269266195951942049E-12,
    1.27997891179943299903E-9,
    4.41827842801218905784E-7,
    9.96412122043875552487E-5,
    1.42085239326149893930E-2,
    9.99999999999999996984E-1
  };

  private static final double[] CN = {
    2.02524002389102268789E-11,
    -1.35249504915790756375E-8,
    3.59325051419993077021E-6,
    -4.74007206873407909465E-4,
    2.89159652607555242092E-2,
    -1.00000000000000000080E0
  };

  private static final double[] CD = {
    4.07746040061880559506E-12,
    3.06780997581887812692E-9,
    1.23210355685883423679E-6,
    3.17442024775032769882E-4,
    5.10028056236446052392E-2,
    4.00000000000000000080E0
  };

  private static final double[] FN4 = {
    4.23612862892216586994E0,
    5.45937717161812843388E0,
    1.62083287701538329132E0,
    1.67006611831323023771E-1,
    6.81020132472518137426E-3,
    1.08936580650328664411E-4,
    5.48900223421373614008E-7
  };

  private static final double[] FD4 = {
    1,
    8.16496634205391016773E0,
    7.30828822505564552187E0,
    1.86792257950184183883E0,
    1.78792052963149907262E-1,
    7.01710668322789753610E-3,
    1.10034357153915731354E-4,
    5.48900252756255700982E-7
  };

  private static final double[] GN4 = {
    8.71001698973114191777E-2,
    6.11379109952219284151E-1,
    3.97180296392337498885E-1,
    7.48527737628469092119E-2,
    5.38868681462177273157E-3,
    1.61999794598934024525E-4,
    1.97963874140963632189E-6,
    7.82579040744090311069E-9
  };

  private static final double[] GD4 = {
    1,
    1.64402202413355338886E0,
    6.66296701268987968381E-1,
    9.88771761277688796203E-2,
    6.22396345441768420760E-3,
    1.73221081474177119497E-4,
    2.02659182086343991969E-6,
    7.82579218933534490868E-9
  };

  private static final double[] FN8 = {
    4.55880873470465315206E-1,
    7.13715274100146711374E-1,
    1.60300158222319456320E-1,
    1.16064229408124407915E-2,
    3.49556442447859055605E-4,
    4.86215430826454749482E-6,
    3.20092790091004902806E-8,
    9.41779576128512936592E-11,
    9.70507110881952024631E-14
  };

  private static final double[] FD8 = {
    1.0,
    9.17463611873684053703E-1,
    1.78685545332074536321E-1,
    1.22253594771971293032E-2,
    3.58696481881851580297E-4,
    4.92435064317881464393E-6,
    3.21956939101046018377E-8,
    9.43720590350276732376E-11,
    9.70507110881952025725E-14
  };

  private static final double[] GN8 = {
    6.97359953443276214934E-1,
    3.30410979305632063225E-1,
    3.84878767649974295920E-2,
    1.71718239052347903558E-3,
    3.48941165502279436777E-5,
    3.47131167084116673800E-7,
    1.70404452782044526189E-9,
    3.85945925430276600453E-12,
    3.14040098946363334640E-15
  };

  private static final double[] GD8 = {
    1.0,
    1.68548898811011640017E0,
    4.87852258695304967486E-1,
    4.67913194259625806320E-2,
    1.90284426674399523638E-3,
    3.68475504442561108162E-5,
    3.57043223443740838771E-7,
    1.72693748966316146736E-9,
    3.87830166023954706752E-12,
    3.14040098946363335242E-15
  };

  private static final double[] SPENCE_A = {
    4.65128586073990045278E-5,
    7.31589045238094711071E-3,
    1.33847639578309018650E-1,
    8.79691311754530315341E-1,
    2.71149851196553469920E0,
    4.25697156008121755724E0,
    3.29771340985225106936E0,
    1.00000000000000000126E0
  };

  private static final double[] SPENCE_B = {
    6.90990488912553276999E-4,
    2.54043763932544379113E-2,
    2.82974860602568089943E-1,
    1.41172597751831069617E0,
    3.63800533345137075418E0,
    5.03278880143316990390E0,
    3.54771340985225096217E0,
    9.99999999999999998740E-1
  };

  private SineIntegrals() {}

  /** Si and Ci. */
  public static List<Array> sici(Array... x) {
    return Programs.withRules(
        "sici",
        a -> integrals(a[0]),
        (a, t) -> {
          Array cosine = Elementary.cos(a[0]).div(a[0]);
          Array sine = Jnp.sinc(a[0].times(1 / Math.PI));
          return List.of(sine.times(t[0]), cosine.times(t[0]));
        },
        x);
  }

  private static List<Array> integrals(Array x) {
    Array size = Arithmetic.abs(x);
    Array near = size.le(4);
    Array infinite = size.eq(Double.POSITIVE_INFINITY);
    Array small = where(near, size, 1.0);
    Array square = small.times(small);
    Array si = small.times(ErrorFunctions.ratio(square, SN, SD));
    Array log = Elementary.log(where(near, size, 1.0)).plus(EULER);
    Array ci = log.plus(square.times(ErrorFunctions.ratio(square, CN, CD)));
    Array far = where(Bits.or(near, infinite), 8.0, size);
    Array z = Jnp.div(1, far.times(far));
    Array middle = far.lt(8);
    Array f = where(middle, ErrorFunctions.ratio(z, FN4, FD4), ErrorFunctions.ratio(z, FN8, FD8));
    Array g = where(middle, ErrorFunctions.ratio(z, GN4, GD4), ErrorFunctions.ratio(z, GN8, GD8));
    f = f.div(far);
    g = g.times(z);
    Array sin = Elementary.sin(far);
    Array cos = Elementary.cos(far);
    Array farSi = Jnp.minus(Math.PI / 2, f.times(cos).plus(g.times(sin)));
    Array farCi = f.times(sin).minus(g.times(cos));
    farSi = where(infinite, Math.PI / 2, farSi);
    farCi = where(infinite, 0.0, farCi);
    Array noLimit = x.eq(Double.NEGATIVE_INFINITY);
    Array allCi = where(noLimit, Programs.constant(x, Double.NaN), where(near, ci, farCi));
    Array undefined = Jnp.isnan(x);
    return List.of(
        where(undefined, x, Arithmetic.sign(x).times(where(near, si, farSi))),
        where(undefined, x, allCi));
  }

  /** Spence's function, the integral of {@code log(t) / (1 - t)} from 1 to x. */
  public static Array spence(Array... x) {
    return Programs.withRule(
        "spence",
        a -> dilogarithm(a[0]),
        (a, y, t) -> {
          Array one = a[0].eq(1);
          Array slope = Elementary.log(a[0]).div(Jnp.minus(1, where(one, 2.0, a[0])));
          return t[0].times(where(one, -1.0, slope));
        },
        x);
  }

  private static Array dilogarithm(Array argument) {
    Array regular = Bits.and(argument.gt(0), argument.ne(1));
    Array value = where(regular, argument, 1.25);
    Array inverted = value.gt(2);
    Array x = where(inverted, Jnp.div(1, value), value);
    Array high = x.gt(1.5);
    Array low = x.lt(0.5);
    Array w = where(high, Jnp.div(1, x).minus(1), where(low, Arithmetic.neg(x), x.minus(1)));
    Array y = Arithmetic.neg(w).times(ErrorFunctions.ratio(w, SPENCE_A, SPENCE_B));
    Array log = Elementary.log(x);
    Array logs = log.times(Elementary.log(Jnp.minus(1, where(low, x, 0.25))));
    y = where(low, Jnp.minus(Math.PI * Math.PI / 6, logs).minus(y), y);
    y = where(Bits.or(high, inverted), log.times(log).times(-0.5).minus(y), y);
    Array ends = where(argument.eq(0), Math.PI * Math.PI / 6, Programs.constant(x, 0));
    Array all = where(regular, y, ends);
    Array outside = Bits.or(argument.lt(0), Jnp.isnan(argument));
    return where(outside, Programs.constant(x, Double.NaN), all);
  }
}
