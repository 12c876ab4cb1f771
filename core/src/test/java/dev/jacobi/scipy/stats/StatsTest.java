package dev.jacobi.scipy.stats;

import static dev.jacobi.numpy.Jnp.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.NamedError;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.ShapeMismatchException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the goldens do not say: numbers in the place of arrays, laws between functions, errors. */
class StatsTest {
  @Test
  void numbersStandForArrays() {
    Array x = array(0.5, 1.5);
    Array ofNumbers = Norm.logpdf(x, 1, 2);
    Array ofArrays = Norm.logpdf(x, array(1.0), array(2.0));
    assertThat(Jnp.arrayEqual(ofNumbers, ofArrays).itemBoolean()).isTrue();
    assertThat(ofNumbers.dtype()).isEqualTo(DType.F64);
    assertThat(Gamma.cdf(array(1f), 2).dtype()).isEqualTo(DType.F32);
  }

  @Test
  void quantilesUndoProbabilities() {
    Array p = array(1e-9, 0.1, 0.5, 0.75, 0.999);
    assertNear(Norm.cdf(Norm.ppf(p, 1, 3), 1, 3), p);
    assertNear(Norm.sf(Norm.isf(p)), p);
    assertNear(Cauchy.cdf(Cauchy.ppf(p)), p);
    assertNear(Cauchy.sf(Cauchy.isf(p)), p);
    assertNear(Expon.cdf(Expon.ppf(p, 0, 3), 0, 3), p);
    assertNear(GumbelL.cdf(GumbelL.ppf(p)), p);
    assertNear(GumbelR.cdf(GumbelR.ppf(p)), p);
    assertNear(Logistic.cdf(Logistic.ppf(p)), p);
    assertNear(Pareto.sf(Pareto.ppf(p, 2.5), 2.5), Jnp.minus(1, p));
  }

  private static void assertNear(Array x, Array y) {
    assertThat(Jnp.max(Jnp.abs(x.div(y).minus(1))).item()).isCloseTo(0, within(1e-9));
  }

  @Test
  void gradientsOutsideOfTheSupportAreNumbers() {
    Array x = array(-1.0, 0.5, 2.0);
    for (int i = 0; i < 3; i++) {
      Array at = x.get(i);
      assertThat(Jacobi.grad((Array v) -> Beta.pdf(v, 2, 3)).apply(at).item()).isFinite();
      assertThat(Jacobi.grad((Array v) -> Gamma.pdf(v, 2)).apply(at).item()).isFinite();
      assertThat(Jacobi.grad((Array v) -> Pareto.pdf(v, 2)).apply(at).item()).isFinite();
    }
  }

  @Test
  void nothingHasNoMode() {
    Stats.ModeResult nothing = Stats.mode(Jnp.zeros(0, 2));
    assertThat(nothing.mode().shape().toString()).isEqualTo("(2,)");
    assertThat(nothing.mode().get(0).item()).isNaN();
    assertThat(nothing.count().get(0).item()).isZero();
  }

  @Test
  void densitiesGoThroughJit() {
    Array points = array(0.0, 1.0, 2.5, 4.0);
    GaussianKde kde = GaussianKde.of(points);
    Array at = array(0.5, 3.0);
    Array jitted = Jacobi.jit((GaussianKde k, Array x) -> k.pdf(x)).apply(kde, at);
    assertNear(jitted, kde.evaluate(at));
    assertNear(kde.integrateBox1d(-100, 100), array(1.0));
  }

  @TestFactory
  Stream<DynamicTest> misuseIsExplained() {
    Array one = array(1.0);
    Array two = Jnp.ones(2, 3);
    return NamedError.tests(
        Map.of(
            "shapes that do not fit",
            new NamedError(
                () -> Norm.pdf(array(1.0, 2.0), array(1.0, 2.0, 3.0), one),
                ShapeMismatchException.class,
                "norm.pdf"),
            "complex numbers",
            new NamedError(
                () -> Norm.cdf(Jnp.ones(Jnp.shape(2), DType.C64)),
                LaxTypeException.class,
                "needs real numbers"),
            "ranks of complex numbers",
            new NamedError(
                () -> Stats.rankdata(Jnp.ones(Jnp.shape(2), DType.C64)),
                LaxTypeException.class,
                "no order"),
            "counts that are no integers",
            new NamedError(
                () -> Multinomial.pmf(one, array(1), one), LaxTypeException.class, "integers"),
            "concentrations of another number",
            new NamedError(
                () -> Dirichlet.pdf(two, one.reshape(1)), LaxTypeException.class, "one less"),
            "a covariance of another size",
            new NamedError(
                () -> MultivariateNormal.pdf(two, Jnp.ones(3), Jnp.ones(2, 2)),
                LaxTypeException.class,
                "needs a covariance"),
            "a single point",
            new NamedError(
                () -> GaussianKde.of(one.reshape(1)), LaxTypeException.class, "more than one"),
            "points of another space",
            new NamedError(
                () -> GaussianKde.of(array(0.0, 1.0, 3.0)).pdf(two),
                LaxTypeException.class,
                "points have 2 dimensions"),
            "the mode of two dimensions",
            new NamedError(
                () -> Stats.mode(two, Jnp.over(0, 1)), LaxTypeException.class, "one dimension")),
        "StatsTest.java");
  }
}
