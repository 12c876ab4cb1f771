package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.Op3;
import dev.jacobi.Op4;
import dev.jacobi.hlo.Shape;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Over;
import dev.jacobi.random.Random;
import dev.jacobi.scipy.stats.Bernoulli;
import dev.jacobi.scipy.stats.Beta;
import dev.jacobi.scipy.stats.Betabinom;
import dev.jacobi.scipy.stats.Binom;
import dev.jacobi.scipy.stats.Cauchy;
import dev.jacobi.scipy.stats.Chi2;
import dev.jacobi.scipy.stats.Dirichlet;
import dev.jacobi.scipy.stats.Expon;
import dev.jacobi.scipy.stats.Gamma;
import dev.jacobi.scipy.stats.GaussianKde;
import dev.jacobi.scipy.stats.Gennorm;
import dev.jacobi.scipy.stats.Geom;
import dev.jacobi.scipy.stats.GumbelL;
import dev.jacobi.scipy.stats.GumbelR;
import dev.jacobi.scipy.stats.Laplace;
import dev.jacobi.scipy.stats.Logistic;
import dev.jacobi.scipy.stats.Multinomial;
import dev.jacobi.scipy.stats.MultivariateNormal;
import dev.jacobi.scipy.stats.Nbinom;
import dev.jacobi.scipy.stats.Norm;
import dev.jacobi.scipy.stats.Pareto;
import dev.jacobi.scipy.stats.Poisson;
import dev.jacobi.scipy.stats.RankMethod;
import dev.jacobi.scipy.stats.Stats;
import dev.jacobi.scipy.stats.T;
import dev.jacobi.scipy.stats.Truncnorm;
import dev.jacobi.scipy.stats.Uniform;
import dev.jacobi.scipy.stats.Vonmises;
import dev.jacobi.scipy.stats.Wrapcauchy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Our form of the Python calls of {@code make_scipy_stats.py}. */
final class StatsFunctions {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private StatsFunctions() {
    symmetric();
    extremes();
    positive();
    bounded();
    discrete();
    vectors();
    statistics();
    densities();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new StatsFunctions().all;
  }

  private interface One {
    Array of(List<Array> x);
  }

  private void put(String name, One f) {
    all.put(name, x -> List.of(f.of(x)));
  }

  private static One one(Op1 f) {
    return x -> f.apply(x.get(0));
  }

  private static One two(Op2 f) {
    return x -> f.apply(x.get(0), x.get(1));
  }

  private static One three(Op3 f) {
    return x -> f.apply(x.get(0), x.get(1), x.get(2));
  }

  private static One four(Op4 f) {
    return x -> f.apply(x.get(0), x.get(1), x.get(2), x.get(3));
  }

  private void symmetric() {
    put("norm.logpdf", one(Norm::logpdf));
    put("norm.logpdf_moved", three(Norm::logpdf));
    put("norm.pdf", one(Norm::pdf));
    put("norm.pdf_moved", three(Norm::pdf));
    put("norm.cdf", one(Norm::cdf));
    put("norm.cdf_moved", three(Norm::cdf));
    put("norm.logcdf", one(Norm::logcdf));
    put("norm.logcdf_moved", three(Norm::logcdf));
    put("norm.sf", one(Norm::sf));
    put("norm.sf_moved", three(Norm::sf));
    put("norm.logsf", one(Norm::logsf));
    put("norm.logsf_moved", three(Norm::logsf));
    put("norm.ppf", one(Norm::ppf));
    put("norm.ppf_moved", three(Norm::ppf));
    put("norm.isf", one(Norm::isf));
    put("norm.isf_moved", three(Norm::isf));
    put("cauchy.logpdf", one(Cauchy::logpdf));
    put("cauchy.logpdf_moved", three(Cauchy::logpdf));
    put("cauchy.pdf", one(Cauchy::pdf));
    put("cauchy.pdf_moved", three(Cauchy::pdf));
    put("cauchy.cdf", one(Cauchy::cdf));
    put("cauchy.cdf_moved", three(Cauchy::cdf));
    put("cauchy.logcdf", one(Cauchy::logcdf));
    put("cauchy.logcdf_moved", three(Cauchy::logcdf));
    put("cauchy.sf", one(Cauchy::sf));
    put("cauchy.sf_moved", three(Cauchy::sf));
    put("cauchy.logsf", one(Cauchy::logsf));
    put("cauchy.logsf_moved", three(Cauchy::logsf));
    put("cauchy.ppf", one(Cauchy::ppf));
    put("cauchy.ppf_moved", three(Cauchy::ppf));
    put("cauchy.isf", one(Cauchy::isf));
    put("cauchy.isf_moved", three(Cauchy::isf));
    put("laplace.logpdf", one(Laplace::logpdf));
    put("laplace.logpdf_moved", three(Laplace::logpdf));
    put("laplace.pdf", one(Laplace::pdf));
    put("laplace.pdf_moved", three(Laplace::pdf));
    put("laplace.cdf", one(Laplace::cdf));
    put("laplace.cdf_moved", three(Laplace::cdf));
    put("logistic.logpdf", one(Logistic::logpdf));
    put("logistic.logpdf_moved", three(Logistic::logpdf));
    put("logistic.pdf", one(Logistic::pdf));
    put("logistic.pdf_moved", three(Logistic::pdf));
    put("logistic.cdf", one(Logistic::cdf));
    put("logistic.cdf_moved", three(Logistic::cdf));
    put("logistic.sf", one(Logistic::sf));
    put("logistic.sf_moved", three(Logistic::sf));
    put("logistic.ppf", one(Logistic::ppf));
    put("logistic.ppf_moved", three(Logistic::ppf));
    put("logistic.isf", one(Logistic::isf));
    put("logistic.isf_moved", three(Logistic::isf));
  }

  private void extremes() {
    put("gumbel_l.logpdf", one(GumbelL::logpdf));
    put("gumbel_l.logpdf_moved", three(GumbelL::logpdf));
    put("gumbel_l.pdf", one(GumbelL::pdf));
    put("gumbel_l.pdf_moved", three(GumbelL::pdf));
    put("gumbel_l.cdf", one(GumbelL::cdf));
    put("gumbel_l.cdf_moved", three(GumbelL::cdf));
    put("gumbel_l.logcdf", one(GumbelL::logcdf));
    put("gumbel_l.logcdf_moved", three(GumbelL::logcdf));
    put("gumbel_l.sf", one(GumbelL::sf));
    put("gumbel_l.sf_moved", three(GumbelL::sf));
    put("gumbel_l.logsf", one(GumbelL::logsf));
    put("gumbel_l.logsf_moved", three(GumbelL::logsf));
    put("gumbel_l.ppf", one(GumbelL::ppf));
    put("gumbel_l.ppf_moved", three(GumbelL::ppf));
    put("gumbel_r.logpdf", one(GumbelR::logpdf));
    put("gumbel_r.logpdf_moved", three(GumbelR::logpdf));
    put("gumbel_r.pdf", one(GumbelR::pdf));
    put("gumbel_r.pdf_moved", three(GumbelR::pdf));
    put("gumbel_r.cdf", one(GumbelR::cdf));
    put("gumbel_r.cdf_moved", three(GumbelR::cdf));
    put("gumbel_r.logcdf", one(GumbelR::logcdf));
    put("gumbel_r.logcdf_moved", three(GumbelR::logcdf));
    put("gumbel_r.sf", one(GumbelR::sf));
    put("gumbel_r.sf_moved", three(GumbelR::sf));
    put("gumbel_r.logsf", one(GumbelR::logsf));
    put("gumbel_r.logsf_moved", three(GumbelR::logsf));
    put("gumbel_r.ppf", one(GumbelR::ppf));
    put("gumbel_r.ppf_moved", three(GumbelR::ppf));
    put("uniform.logpdf", one(Uniform::logpdf));
    put("uniform.logpdf_moved", three(Uniform::logpdf));
    put("uniform.pdf", one(Uniform::pdf));
    put("uniform.pdf_moved", three(Uniform::pdf));
    put("uniform.cdf", one(Uniform::cdf));
    put("uniform.cdf_moved", three(Uniform::cdf));
    put("uniform.ppf", one(Uniform::ppf));
    put("uniform.ppf_moved", three(Uniform::ppf));
    put("expon.logpdf", one(Expon::logpdf));
    put("expon.logpdf_moved", three(Expon::logpdf));
    put("expon.pdf", one(Expon::pdf));
    put("expon.pdf_moved", three(Expon::pdf));
    put("expon.cdf", one(Expon::cdf));
    put("expon.cdf_moved", three(Expon::cdf));
    put("expon.logcdf", one(Expon::logcdf));
    put("expon.logcdf_moved", three(Expon::logcdf));
    put("expon.sf", one(Expon::sf));
    put("expon.sf_moved", three(Expon::sf));
    put("expon.logsf", one(Expon::logsf));
    put("expon.logsf_moved", three(Expon::logsf));
    put("expon.ppf", one(Expon::ppf));
    put("expon.ppf_moved", three(Expon::ppf));
  }

  private void positive() {
    put("gamma.logpdf", two(Gamma::logpdf));
    put("gamma.logpdf_moved", four(Gamma::logpdf));
    put("gamma.pdf", two(Gamma::pdf));
    put("gamma.pdf_moved", four(Gamma::pdf));
    put("gamma.cdf", two(Gamma::cdf));
    put("gamma.cdf_moved", four(Gamma::cdf));
    put("gamma.logcdf", two(Gamma::logcdf));
    put("gamma.logcdf_moved", four(Gamma::logcdf));
    put("gamma.sf", two(Gamma::sf));
    put("gamma.sf_moved", four(Gamma::sf));
    put("gamma.logsf", two(Gamma::logsf));
    put("gamma.logsf_moved", four(Gamma::logsf));
    put("chi2.logpdf", two(Chi2::logpdf));
    put("chi2.logpdf_moved", four(Chi2::logpdf));
    put("chi2.pdf", two(Chi2::pdf));
    put("chi2.pdf_moved", four(Chi2::pdf));
    put("chi2.cdf", two(Chi2::cdf));
    put("chi2.cdf_moved", four(Chi2::cdf));
    put("chi2.logcdf", two(Chi2::logcdf));
    put("chi2.logcdf_moved", four(Chi2::logcdf));
    put("chi2.sf", two(Chi2::sf));
    put("chi2.sf_moved", four(Chi2::sf));
    put("chi2.logsf", two(Chi2::logsf));
    put("chi2.logsf_moved", four(Chi2::logsf));
    put("pareto.logpdf", two(Pareto::logpdf));
    put("pareto.logpdf_moved", four(Pareto::logpdf));
    put("pareto.pdf", two(Pareto::pdf));
    put("pareto.pdf_moved", four(Pareto::pdf));
    put("pareto.cdf", two(Pareto::cdf));
    put("pareto.cdf_moved", four(Pareto::cdf));
    put("pareto.logcdf", two(Pareto::logcdf));
    put("pareto.logcdf_moved", four(Pareto::logcdf));
    put("pareto.sf", two(Pareto::sf));
    put("pareto.sf_moved", four(Pareto::sf));
    put("pareto.logsf", two(Pareto::logsf));
    put("pareto.logsf_moved", four(Pareto::logsf));
    put("pareto.ppf", two(Pareto::ppf));
    put("pareto.ppf_moved", four(Pareto::ppf));
    put("t.logpdf", two(T::logpdf));
    put("t.logpdf_moved", four(T::logpdf));
    put("t.pdf", two(T::pdf));
    put("t.pdf_moved", four(T::pdf));
  }

  private void bounded() {
    put("beta.logpdf", three(Beta::logpdf));
    put("beta.logpdf_moved", x -> Beta.logpdf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("beta.pdf", three(Beta::pdf));
    put("beta.pdf_moved", x -> Beta.pdf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("beta.cdf", three(Beta::cdf));
    put("beta.cdf_moved", x -> Beta.cdf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("beta.logcdf", three(Beta::logcdf));
    put("beta.logcdf_moved", x -> Beta.logcdf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("beta.sf", three(Beta::sf));
    put("beta.sf_moved", x -> Beta.sf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("beta.logsf", three(Beta::logsf));
    put("beta.logsf_moved", x -> Beta.logsf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("truncnorm.logpdf", three(Truncnorm::logpdf));
    put(
        "truncnorm.logpdf_moved",
        x -> Truncnorm.logpdf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("truncnorm.pdf", three(Truncnorm::pdf));
    put(
        "truncnorm.pdf_moved",
        x -> Truncnorm.pdf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("truncnorm.cdf", three(Truncnorm::cdf));
    put(
        "truncnorm.cdf_moved",
        x -> Truncnorm.cdf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("truncnorm.logcdf", three(Truncnorm::logcdf));
    put(
        "truncnorm.logcdf_moved",
        x -> Truncnorm.logcdf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("truncnorm.sf", three(Truncnorm::sf));
    put("truncnorm.sf_moved", x -> Truncnorm.sf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("truncnorm.logsf", three(Truncnorm::logsf));
    put(
        "truncnorm.logsf_moved",
        x -> Truncnorm.logsf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("gennorm.logpdf", two(Gennorm::logpdf));
    put("gennorm.pdf", two(Gennorm::pdf));
    put("gennorm.cdf", two(Gennorm::cdf));
    put("vonmises.logpdf", two(Vonmises::logpdf));
    put("vonmises.pdf", two(Vonmises::pdf));
    put("wrapcauchy.logpdf", two(Wrapcauchy::logpdf));
    put("wrapcauchy.pdf", two(Wrapcauchy::pdf));
  }

  private void discrete() {
    put("bernoulli.logpmf", two(Bernoulli::logpmf));
    put("bernoulli.logpmf_moved", three(Bernoulli::logpmf));
    put("bernoulli.pmf", two(Bernoulli::pmf));
    put("bernoulli.pmf_moved", three(Bernoulli::pmf));
    put("bernoulli.cdf", two(Bernoulli::cdf));
    put("bernoulli.ppf", two(Bernoulli::ppf));
    put("binom.logpmf", three(Binom::logpmf));
    put("binom.logpmf_moved", four(Binom::logpmf));
    put("binom.pmf", three(Binom::pmf));
    put("binom.pmf_moved", four(Binom::pmf));
    put("betabinom.logpmf", four(Betabinom::logpmf));
    put(
        "betabinom.logpmf_moved",
        x -> Betabinom.logpmf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("betabinom.pmf", four(Betabinom::pmf));
    put(
        "betabinom.pmf_moved",
        x -> Betabinom.pmf(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4)));
    put("geom.logpmf", two(Geom::logpmf));
    put("geom.logpmf_moved", three(Geom::logpmf));
    put("geom.pmf", two(Geom::pmf));
    put("geom.pmf_moved", three(Geom::pmf));
    put("nbinom.logpmf", three(Nbinom::logpmf));
    put("nbinom.logpmf_moved", four(Nbinom::logpmf));
    put("nbinom.pmf", three(Nbinom::pmf));
    put("nbinom.pmf_moved", four(Nbinom::pmf));
    put("poisson.logpmf", two(Poisson::logpmf));
    put("poisson.logpmf_moved", three(Poisson::logpmf));
    put("poisson.pmf", two(Poisson::pmf));
    put("poisson.pmf_moved", three(Poisson::pmf));
    put("poisson.cdf", two(Poisson::cdf));
    put("poisson.cdf_moved", three(Poisson::cdf));
  }

  private void vectors() {
    put("multivariate_normal.logpdf", three(MultivariateNormal::logpdf));
    put("multivariate_normal.pdf", three(MultivariateNormal::pdf));
    put("dirichlet.logpdf", two(Dirichlet::logpdf));
    put("dirichlet.pdf", two(Dirichlet::pdf));
    put("multinomial.logpmf", three(Multinomial::logpmf));
    put("multinomial.pmf", three(Multinomial::pmf));
    put("poisson.entropy", one(Poisson::entropy));
  }

  private void statistics() {
    for (String axis : List.of("0", "1", "-1", "None")) {
      Over over = axis.equals("None") ? Jnp.over() : Jnp.over(Integer.parseInt(axis));
      all.put("mode_" + axis, x -> mode(x.get(0), over));
      all.put("mode_" + axis + "_keepdims", x -> mode(x.get(0), over.keepDims()));
      put("sem_" + axis, x -> Stats.sem(x.get(0), over.ddof(1)));
    }
    put("sem_options", x -> Stats.sem(x.get(0), Jnp.over(1).keepDims()));
    put("sem_omit", x -> Stats.sem(x.get(0), Jnp.over(1).ddof(1).where(numbers(x.get(0)))));
    for (RankMethod method : RankMethod.values()) {
      String name = "rankdata_" + method.name().toLowerCase(Locale.ROOT);
      put(name, x -> Stats.rankdata(x.get(0), method));
      put(name + "_0", x -> Stats.rankdata(x.get(0), method, 0));
    }
    put("rankdata_average_1", x -> Stats.rankdata(x.get(0), RankMethod.AVERAGE, 1));
  }

  private static Array numbers(Array x) {
    return Jnp.logicalNot(Jnp.isnan(x));
  }

  private static List<Array> mode(Array x, Over over) {
    Stats.ModeResult result = Stats.mode(x, over);
    return List.of(result.mode(), result.count());
  }

  private void densities() {
    put("gaussian_kde.pdf", two((d, x) -> GaussianKde.of(d).pdf(x)));
    put("gaussian_kde.evaluate", two((d, x) -> GaussianKde.of(d).evaluate(x)));
    put("gaussian_kde.logpdf", two((d, x) -> GaussianKde.of(d).logpdf(x)));
    var silverman = GaussianKde.Bandwidth.SILVERMAN;
    put("gaussian_kde.silverman", two((d, x) -> GaussianKde.of(d, silverman).pdf(x)));
    put("gaussian_kde.factor", two((d, x) -> GaussianKde.of(d, 0.3).pdf(x)));
    var scott = GaussianKde.Bandwidth.SCOTT;
    put("gaussian_kde.weights", three((d, x, w) -> GaussianKde.of(d, scott, w).pdf(x)));
    put(
        "gaussian_kde.integrate_kde",
        two((d, x) -> GaussianKde.of(d).integrateKde(GaussianKde.of(x))));
    put(
        "gaussian_kde.integrate_box_1d",
        one(d -> Jacobi.jit((Array v) -> GaussianKde.of(v).integrateBox1d(-0.5, 1)).apply(d)));
    put(
        "gaussian_kde.integrate_gaussian_1",
        one(d -> GaussianKde.of(d).integrateGaussian(Jnp.weak(0.3), Jnp.weak(0.7))));
    put(
        "gaussian_kde.integrate_gaussian",
        three((d, m, c) -> GaussianKde.of(d).integrateGaussian(m, c)));
    put("gaussian_kde.resample", one(d -> GaussianKde.of(d).resample(Random.key(7), Shape.of(3))));
  }
}
