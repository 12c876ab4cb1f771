package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.Op3;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.Special;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code make_scipy_special.py}. */
final class SpecialFunctionsTable {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private SpecialFunctionsTable() {
    gammas();
    errors();
    integrals();
    rest();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new SpecialFunctionsTable().all;
  }

  private void one(String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.get(0))));
  }

  private void two(String name, Op2 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void three(String name, Op3 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1), x.get(2))));
  }

  private static Array whole(Array x) {
    return x.astype(DType.I32);
  }

  private void gammas() {
    one("gamma", Special::gamma);
    one("gamma_complex", Special::gamma);
    one("gammaln", Special::gammaln);
    one("gammasgn", Special::gammasgn);
    one("loggamma", Special::loggamma);
    one("loggamma_complex", Special::loggamma);
    one("digamma", Special::digamma);
    one("factorial", Special::factorial);
    two("beta", Special::beta);
    two("betaln", Special::betaln);
    three("betainc", Special::betainc);
    two("gammainc", Special::gammainc);
    two("gammaincc", Special::gammaincc);
    two("comb", Special::comb);
    two("comb_repetition", (n, k) -> Special.comb(n, k, true));
    two("poch", Special::poch);
    two("zeta", Special::zeta);
    two("polygamma", (n, x) -> Special.polygamma(whole(n), x));
    one("multigammaln", a -> Special.multigammaln(a, 3));
    all.put("bernoulli", x -> List.of(Special.bernoulli(31)));
  }

  private void errors() {
    one("erf", Special::erf);
    one("erfc", Special::erfc);
    one("erfinv", Special::erfinv);
    one("erfcx", Special::erfcx);
    one("erfcx_complex", Special::erfcx);
    one("wofz", Special::wofz);
    one("dawsn", Special::dawsn);
    all.put(
        "fresnel",
        x -> {
          var both = Special.fresnel(x.get(0));
          return List.of(both.s(), both.c());
        });
    one("ndtr", Special::ndtr);
    one("log_ndtr", Special::logNdtr);
    one("ndtri", Special::ndtri);
    two("owens_t", Special::owensT);
  }

  private void integrals() {
    one("exp1", Special::exp1);
    one("expi", Special::expi);
    two("expn", (n, x) -> Special.expn(whole(n), x));
    one("expn_2", x -> Special.expn(Jnp.weak(2), x));
    all.put(
        "sici",
        x -> {
          var both = Special.sici(x.get(0));
          return List.of(both.si(), both.ci());
        });
    one("spence", Special::spence);
    one("i0", Special::i0);
    one("i0e", Special::i0e);
    one("i1", Special::i1);
    one("i1e", Special::i1e);
    three("hyp1f1", Special::hyp1f1);
    all.put("hyp2f1", x -> List.of(Special.hyp2f1(x.get(0), x.get(1), x.get(2), x.get(3))));
    three("hyp2f1_whole", (a, b, x) -> Special.hyp2f1(a, b, a.plus(b).plus(1), x));
    all.put(
        "hyp2f1_polynomial",
        x -> List.of(Special.hyp2f1(x.get(0).unaryMinus(), x.get(1), x.get(2), x.get(3))));
    one("lpmn_values", z -> Special.lpmnValues(4, 4, z, false));
    one("lpmn_normalized", z -> Special.lpmnValues(4, 4, z, true));
    all.put(
        "lpmn",
        x -> {
          var both = Special.lpmn(4, 4, x.get(0));
          return List.of(both.values(), both.derivatives());
        });
    all.put("sph_harm_y", x -> List.of(harmonic(x.get(0), x.get(1), x.get(2), x.get(3))));
    three(
        "sph_harm_y_negative",
        (n, t, p) -> Special.sphHarmY(whole(n), whole(n.unaryMinus()), t, p, 9));
  }

  private static Array harmonic(Array n, Array m, Array theta, Array phi) {
    return Special.sphHarmY(whole(n).plus(whole(m)), whole(m), theta, phi, 9);
  }

  private void rest() {
    one("expit", Special::expit);
    one("logit", Special::logit);
    two("xlogy", Special::xlogy);
    two("xlog1py", Special::xlog1py);
    one("entr", Special::entr);
    two("rel_entr", Special::relEntr);
    two("kl_div", Special::klDiv);
    two("boxcox", Special::boxcox);
    two("boxcox1p", Special::boxcox1p);
    one("logsumexp", Special::logsumexp);
    one("softmax", x -> Special.softmax(x, 0));
    one("log_softmax", x -> Special.logSoftmax(x, 0));
  }
}
