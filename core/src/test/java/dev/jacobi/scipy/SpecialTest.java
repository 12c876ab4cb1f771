package dev.jacobi.scipy;

import static dev.jacobi.numpy.Jnp.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.NamedError;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.IncompleteGamma;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NoDerivativeException;
import dev.jacobi.lax.SpecialFunctions;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.ShapeMismatchException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the facade adds to the primitives: promotion, broadcasting, and errors. */
class SpecialTest {
  private static final Array ONE = array(1.0);

  @Test
  void integersBecomeFloatingPoint() {
    assertThat(Special.gammaln(array(5)).dtype()).isEqualTo(DType.F32);
    assertThat(Special.gammaln(array(5L)).item()).isCloseTo(Math.log(24), within(1e-14));
    assertThat(Special.polygamma(array(1), array(1.0)).item())
        .isCloseTo(Math.PI * Math.PI / 6, within(1e-14));
    assertThat(Special.polygamma(1, array(1.0)).item())
        .isCloseTo(Math.PI * Math.PI / 6, within(1e-14));
  }

  @Test
  void shapesAreBroadcast() {
    Array a = array(1.0, 2.0).reshape(2, 1);
    Array x = array(0.5, 1.0, 2.0);
    Array sum = Special.gammainc(a, x).plus(Special.gammaincc(a, x));
    assertThat(sum.shape().toString()).isEqualTo("(2, 3)");
    assertThat(sum.minus(1).sum().item()).isCloseTo(0, within(1e-14));
    assertThat(Special.gammainc(array(1.0), array(2.0)).item())
        .isCloseTo(1 - Math.exp(-2), within(1e-14));
    assertThat(Special.betainc(array(2.0), array(1.0), array(0.3)).item())
        .isCloseTo(0.09, within(1e-14));
    assertThat(Special.zeta(array(2.0), array(1.0)).item())
        .isCloseTo(Math.PI * Math.PI / 6, within(1e-14));
  }

  @Test
  void besselFunctionsSatisfyTheirEquation() {
    // I0' = I1 and I1' = I0 - I1 / x
    Array x = array(1.7);
    double i0 = Special.i0(x).item();
    double i1 = Special.i1(x).item();
    assertThat(Jacobi.grad(Special::i0).apply(x.sum()).item()).isCloseTo(i1, within(1e-13));
    double slope = Jacobi.grad(Special::i1).apply(x.sum()).item();
    assertThat(slope).isCloseTo(i0 - i1 / 1.7, within(1e-13));
    assertThat(Special.i0e(x).item()).isCloseTo(i0 * Math.exp(-1.7), within(1e-14));
    assertThat(Special.i1e(x).item()).isCloseTo(i1 * Math.exp(-1.7), within(1e-14));
  }

  /** A derivative that JAX gives no batch, and one that meets a pole of what is not taken. */
  @Test
  void derivativesAreFiniteWhereTheFunctionIs() {
    Array x = array(0.5, 2.0);
    Array slope =
        Jacobi.grad((Array v) -> Special.expn(array(1, 3).reshape(2, 1), v).sum()).apply(x);
    assertThat(slope.sum().item()).isFinite();
    Array zeros = Jacobi.grad((Array v) -> Special.logNdtr(v).sum()).apply(array(-1e4, 0.0, 50.0));
    assertThat(zeros.get(0).item()).isCloseTo(1e4, within(1e-3));
    assertThat(zeros.get(2).item()).isZero();
    assertThat(Jacobi.grad(Special::spence).apply(array(1.0).sum()).item()).isEqualTo(-1);
  }

  /** JAX's slope is off by 1e-8. */
  @Test
  void theSlopeOfBetalnIsADifferenceOfDigammas() {
    Array a = array(9.0, 30.0, 0.7);
    Array b = array(12.0, 500.0, 40.0);
    Array slope = Jacobi.grad((Array v) -> Special.betaln(v, b).sum()).apply(a);
    Array law = Special.digamma(a).minus(Special.digamma(a.plus(b)));
    assertThat(Jnp.max(Jnp.abs(slope.div(law).minus(1))).item()).isCloseTo(0, within(1e-13));
  }

  @Test
  void emptyArraysAndScalarsKeepTheirShapes() {
    for (Op1 f : java.util.List.<Op1>of(Special::gamma, Special::exp1, Special::ndtri)) {
      assertThat(f.apply(Jnp.zeros(0, 3)).shape().toString()).isEqualTo("(0, 3)");
      assertThat(f.apply(Jnp.scalar(0.5f)).shape().rank()).isZero();
    }
  }

  private static Runnable gradInFirst(java.util.function.BinaryOperator<Array> f) {
    return () -> Jacobi.jvp((Array a) -> f.apply(a, ONE), ONE, ONE);
  }

  @TestFactory
  Stream<DynamicTest> misuseIsExplained() {
    return NamedError.tests(
        Map.of(
            "the order of a derivative is an integer",
            new NamedError(
                () -> Special.polygamma(ONE, ONE), LaxTypeException.class, "must be an integer"),
            "shapes that do not fit",
            new NamedError(
                () -> Special.gammainc(array(1.0, 2.0), array(1.0, 2.0, 3.0)),
                ShapeMismatchException.class,
                "gammainc"),
            "no derivative in zeta's x",
            new NamedError(
                gradInFirst(SpecialFunctions::zeta), NoDerivativeException.class, "only in q"),
            "no derivative in beta's a",
            new NamedError(
                gradInFirst((a, b) -> Special.betainc(a, b, array(0.5))),
                NoDerivativeException.class,
                "only in x"),
            "no second derivative in a",
            new NamedError(
                gradInFirst(IncompleteGamma::igammaGradA),
                NoDerivativeException.class,
                "stopGradient(a)"),
            "complex numbers where there are formulas for real ones",
            new NamedError(
                () -> Special.dawsn(Jnp.ones(Jnp.shape(2), DType.C64)),
                LaxTypeException.class,
                "needs real numbers"),
            "Legendre functions of a matrix",
            new NamedError(
                () -> Special.lpmn(2, 2, Jnp.ones(2, 2)), LaxTypeException.class, "a vector"),
            "orders above the degree",
            new NamedError(
                () -> Special.lpmnValues(3, 2, array(0.5), false),
                LaxTypeException.class,
                "up to the degree 2"),
            "harmonics of too many degrees",
            new NamedError(
                () -> Special.sphHarmY(array(1), array(0), ONE, ONE, 1 << 30),
                LaxTypeException.class,
                "from 0 to 1000"),
            "Bernoulli's numbers below 0",
            new NamedError(() -> Special.bernoulli(-1), LaxTypeException.class, "count from 0")),
        "SpecialTest.java");
  }
}
