package dev.jacobi.cpu.math;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule.Param;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/**
 * The logarithm of the gamma function, and digamma.
 *
 * <p>Source: near the zeros of either function a minimax polynomial times the distance to the zero;
 * from a few on Stirling's series with minimax terms (Abramowitz and Stegun, 6.1.41 and 6.3.18);
 * between them the recurrence (6.1.15, 6.3.5), whose factors are selected, so that there is one
 * logarithm or one division. Negative arguments are reflected (6.1.17, 6.3.7) in a helper function,
 * called where a lane is negative. Measured errors: {@code docs/math.md}.
 */
final class Gamma {
  /** log(2 pi) / 2 - 1/2. */
  private static final double STIRLING_CONSTANT = 0.41893853320467274;

  private static final double ROOT_32 = 0x1.762d86p0;
  private static final double ROOT_LOW_32 = 0x1.ab5f2p-27;
  private static final double ROOT_64 = 0x1.762d86356be3fp0;
  private static final double ROOT_LOW_64 = 0x1.b86a722197829p-54;

  private Gamma() {}

  private interface Reflected {
    Val emit(Num m, Val x);
  }

  static Val lgamma(Num m, Val x) {
    return reflect(m, x, "lgamma", positiveLgamma(m, x), Gamma::negativeLgamma);
  }

  static Val digamma(Num m, Val x) {
    return reflect(m, x, "digamma", positiveDigamma(m, x), Gamma::negativeDigamma);
  }

  /** {@code usual}, with the lanes where x is negative done over. */
  private static Val reflect(Num m, Val x, String name, Val usual, Reflected negative) {
    return m.f.rarely(
        m.f.any(m.negative(x)),
        usual,
        () -> {
          String helper = "math." + name + "." + m.type.suffix();
          List<Param> params = List.of(new Param(m.type, "x"), new Param(m.type, "usual"));
          m.f.module().helper(helper, m.type, params, g -> redo(new Num(g, m.type), g, negative));
          return m.f.call(helper, m.type, x, usual);
        });
  }

  private static void redo(Num m, FnEmitter g, Reflected negative) {
    Val x = g.param(0);
    g.ret(m.select(m.negative(x), negative.emit(m, x), g.param(1)));
  }

  // --- lgamma ---

  private static Val positiveLgamma(Num m, Val y) {
    Val low = m.lt(y, m.c(0.75));
    Val mid = m.lt(y, m.c(4.25, 8.25));
    Val product = m.c(1);
    Val z = m.sub(y, m.c(2));
    for (int k = 1; k <= (m.wide() ? 6 : 2); k++) {
      Val beyond = m.gt(y, m.c(k + 1.25));
      product = m.mul(product, m.select(beyond, m.sub(y, m.c(k)), m.c(1)));
      z = m.select(beyond, m.sub(y, m.c(k + 2)), z);
    }
    Val below = m.sub(y, m.c(1));
    Val one = m.select(m.lt(y, m.c(0.25)), y, below);
    Val aboutOne = m.f.cmp(Cmp.OLE, m.abs(one), m.c(0.25));
    z = m.select(aboutOne, one, m.select(low, below, z));
    Val base = m.mul(z, m.select(aboutOne, nearOne(m, z), nearTwo(m, z)));
    Val log = Log.log(m, m.select(low, y, m.select(mid, product, y)));
    Val near = m.select(low, m.sub(base, log), m.add(base, log));
    Val inverse = m.div(m.c(1), y);
    double[] single = SpecialCoefficients.STIRLING32;
    Val tail = m.poly(m.mul(inverse, inverse), single, SpecialCoefficients.STIRLING64);
    Val rest = m.mad(tail, inverse, m.c(STIRLING_CONSTANT));
    Val far = m.mad(m.sub(y, m.c(0.5)), m.sub(log, m.c(1)), rest);
    return m.select(mid, near, far); // NaN is far
  }

  /** log Gamma(1 + z) / z. */
  private static Val nearOne(Num m, Val z) {
    return m.poly(z, SpecialCoefficients.LGAMMA_ONE32, SpecialCoefficients.LGAMMA_ONE64);
  }

  /** log Gamma(2 + z) / z. */
  private static Val nearTwo(Num m, Val z) {
    return m.poly(z, SpecialCoefficients.LGAMMA_TWO32, SpecialCoefficients.LGAMMA_TWO64);
  }

  /** log(pi / |sin(pi x)|) - log Gamma(1 - x). */
  private static Val negativeLgamma(Num m, Val x) {
    Turn turn = turn(m, x);
    Val sine = m.mul(turn.sine, m.c(1 / Math.PI));
    Val y = m.sub(m.f.neg(Log.log(m, sine)), positiveLgamma(m, m.sub(m.c(1), x)));
    Val pole = m.f.or(m.eq(turn.rest, m.c(0)), m.eq(x, m.c(Double.NEGATIVE_INFINITY)));
    return m.select(pole, m.inf(), y);
  }

  // --- digamma ---

  private static Val positiveDigamma(Num m, Val y) {
    Val mid = m.lt(y, m.c(4, 8));
    Val numerator = m.c(0);
    Val denominator = m.c(1);
    Val z = y;
    for (int k = 1; k <= (m.wide() ? 6 : 2); k++) {
      Val beyond = m.gt(y, m.c(k + 1));
      Val factor = m.sub(y, m.c(k));
      numerator = m.select(beyond, m.mad(numerator, factor, denominator), numerator);
      denominator = m.select(beyond, m.mul(denominator, factor), denominator);
      z = m.select(beyond, factor, z);
    }
    Val low = m.lt(y, m.c(1));
    z = m.select(low, m.add(y, m.c(1)), z);
    Val top = m.select(low, m.c(-1), m.select(mid, numerator, m.c(1)));
    Val quotient = m.div(top, m.select(low, y, m.select(mid, denominator, y)));
    Val distance = m.sub(m.sub(z, m.c(ROOT_32, ROOT_64)), m.c(ROOT_LOW_32, ROOT_LOW_64));
    Val near = m.mad(distance, aboutRoot(m, m.sub(z, m.c(1.5))), quotient);
    Val u = m.mul(quotient, quotient);
    double[] single = SpecialCoefficients.DIGAMMA_TAIL32;
    Val tail = m.mul(u, m.poly(u, single, SpecialCoefficients.DIGAMMA_TAIL64));
    Val far = m.sub(Log.log(m, y), m.mad(quotient, m.c(0.5), tail));
    return m.select(m.eq(y, m.c(0)), m.nan(), m.select(mid, near, far));
  }

  private static Val aboutRoot(Num m, Val z) {
    return m.poly(z, SpecialCoefficients.DIGAMMA32, SpecialCoefficients.DIGAMMA64);
  }

  /** digamma(1 - x) - pi / tan(pi x). */
  private static Val negativeDigamma(Num m, Val x) {
    Turn turn = turn(m, x);
    Val cotangent = m.flipSign(m.div(turn.cosine, turn.sine), turn.rest);
    Val y = m.nmad(m.c(Math.PI), cotangent, positiveDigamma(m, m.sub(m.c(1), x)));
    return m.select(m.eq(turn.rest, m.c(0)), m.nan(), y);
  }

  /** The distance of x to the nearest integer, and |sin(pi x)| and |cos(pi x)|. */
  private record Turn(Val rest, Val sine, Val cosine) {}

  private static Turn turn(Num m, Val x) {
    Val rest = m.sub(x, Rounding.roundEven(m, x));
    Val a = m.abs(rest);
    Val first = m.f.cmp(Cmp.OLE, a, m.c(0.25));
    Val part = m.select(first, a, m.sub(m.c(0.5), a));
    Val pi = m.c(0x1.921fb6p1, 0x1.921fb54442d18p1);
    Val r = m.mul(part, pi);
    Val lost = m.fma(part, pi, m.f.neg(r));
    Val low = m.mad(part, m.c(-0x1.777a5cp-24, 0x1.1a62633145c07p-53), lost);
    Trig.Angle angle = new Trig.Angle(m.bits(r), r, low);
    Val sine = Trig.sine(m, angle);
    Val cosine = Trig.cosine(m, angle);
    return new Turn(rest, m.select(first, sine, cosine), m.select(first, cosine, sine));
  }
}
