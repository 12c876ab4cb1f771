package dev.jacobi.transform;

import static dev.jacobi.Jacobi.NONE;
import static dev.jacobi.Jacobi.axes;
import static dev.jacobi.Jacobi.customJvp;
import static dev.jacobi.Jacobi.customVjp;
import static dev.jacobi.Jacobi.evalShape;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.hessian;
import static dev.jacobi.Jacobi.in;
import static dev.jacobi.Jacobi.jacfwd;
import static dev.jacobi.Jacobi.jacrev;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.jvp;
import static dev.jacobi.Jacobi.linearTranspose;
import static dev.jacobi.Jacobi.linearize;
import static dev.jacobi.Jacobi.makeJaxpr;
import static dev.jacobi.Jacobi.out;
import static dev.jacobi.Jacobi.spec;
import static dev.jacobi.Jacobi.stopGradient;
import static dev.jacobi.Jacobi.valueAndGrad;
import static dev.jacobi.Jacobi.vjp;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.Aux;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.JvpResult;
import dev.jacobi.OnPlugins;
import dev.jacobi.Op1;
import dev.jacobi.Pure;
import dev.jacobi.WithResiduals;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Reductions;
import dev.jacobi.trace.HostData;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What each transformation promises, beside the laws and the chains of {@link CompositionTest}. */
class TransformsTest {
  /** A tree of parameters. */
  record Dense(Array w, Array b) {
    Array apply(Array x) {
      return x.matmul(w).plus(b);
    }
  }

  /** A network. */
  record Net(Dense hidden, Dense last) {}

  private static double[] doubles(Array x) {
    return HostData.doubles(x);
  }

  private static Array sum(Array x) {
    return Reductions.sum(x, Axes.range(x.rank()));
  }

  private static Array cubes(Array x) {
    return sum(Arithmetic.mul(x, Arithmetic.mul(x, Elementary.sin(x))));
  }

  @Pure // counts its traces
  private static Array counted(AtomicInteger traces, Array x) {
    traces.incrementAndGet();
    return x;
  }

  @Test
  void jitTracesOncePerTypeAndSeesCapturedArraysAsTheyWere() {
    AtomicInteger traces = new AtomicInteger();
    Array captured = array(10.0, 20.0);
    var f = jit((Array x) -> counted(traces, x).plus(captured));
    assertThat(doubles(f.apply(array(1.0, 2.0)))).containsExactly(11, 22);
    assertThat(doubles(f.apply(array(3.0, 4.0)))).containsExactly(13, 24);
    assertThat(traces).hasValue(1);
    f.apply(array(1f, 2f));
    assertThat(traces).hasValue(2);
  }

  @Test
  void aProgramCapturesTracersOfTheFunctionAroundIt() {
    Op1 square = grad((Array a) -> jit((Array x) -> Arithmetic.mul(x, a)).apply(a));
    assertThat(square.apply(scalar(3.0)).item()).isEqualTo(6);
    Op1 mapped = vmap((Array a) -> jit((Array x) -> Arithmetic.mul(x, a)).apply(scalar(2.0)));
    assertThat(doubles(mapped.apply(array(1.0, 5.0)))).containsExactly(2, 10);
    Op1 second = jit((Array a) -> grad((Array x) -> x.times(x).times(a)).apply(a));
    assertThat(second.apply(scalar(3.0)).item()).isEqualTo(18);
  }

  @Test
  void nestedProgramsAreCalledAndWrittenOnce() {
    Op1 inner = jit((Array x) -> Elementary.sin(x));
    Op1 twice = x -> inner.apply(inner.apply(x));
    String text = makeJaxpr(twice, spec(DType.F32, 3)).toString();
    assertThat(text).contains("jit[").containsOnlyOnce("= sin");
    assertThat(jit(twice).lower(array(1f)).text()).containsOnlyOnce("stablehlo.sine");
  }

  @Test
  void theHessianIsTheSameInEveryOrder() {
    Op1 f = TransformsTest::cubes;
    Array x = array(0.3, -1.2, 2.0);
    double[] expected = doubles(hessian(f).apply(x));
    assertThat(hessian(f).apply(x).shape()).isEqualTo(Shape.of(3, 3));
    for (Op1 other : List.of(jacrev(jacfwd(f)), jacrev(jacrev(f)), jacfwd(jacfwd(f)))) {
      assertThat(doubles(other.apply(x))).containsExactly(expected, within(1e-12));
    }
    for (int i = 0; i < 3; i++) {
      double v = doubles(x)[i];
      double second = 2 * Math.sin(v) + 4 * v * Math.cos(v) - v * v * Math.sin(v);
      assertThat(expected[4 * i]).isCloseTo(second, within(1e-12));
    }
    assertThat(expected[1]).isZero();
  }

  @Test
  void jacobiansHaveTheShapesOfResultAndLeaf() {
    Fn1<Dense, Array> f = d -> d.apply(array(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
    Dense at = new Dense(array(new double[][] {{1, 0, 2}, {0, 1, 3}}), array(0.0, 0.0, 0.0));
    Dense forward = jacfwd(f).apply(at);
    Dense reverse = jacrev(f).apply(at);
    assertThat(forward.w().shape()).isEqualTo(Shape.of(3, 3, 2, 3));
    assertThat(forward.b().shape()).isEqualTo(Shape.of(3, 3, 3));
    assertThat(doubles(forward.w())).isEqualTo(doubles(reverse.w()));
    assertThat(doubles(forward.b())).isEqualTo(doubles(reverse.b()));
  }

  @Test
  void theGradientOfARecordIsThatRecord() {
    Fn2<Net, Array, Array> loss =
        (net, x) -> sum(net.last().apply(Elementary.tanh(net.hidden().apply(x))));
    Dense hidden = new Dense(array(new double[][] {{0.1, 0.2}, {0.3, -0.4}}), array(0.0, 0.1));
    Net net = new Net(hidden, new Dense(array(new double[][] {{1}, {2}}), array(0.5)));
    Array x = array(new double[][] {{1, -1}});
    Net g = grad(loss).apply(net, x);
    double h = Math.tanh(0.1 - 0.3);
    assertThat(doubles(g.last().w())[0]).isCloseTo(h, within(1e-15));
    assertThat(doubles(g.last().b())).containsExactly(1);
    assertThat(doubles(g.hidden().b())[0]).isCloseTo(1 - h * h, within(1e-15));
    Net same = jit(grad(loss)).apply(net, x);
    OnPlugins.skip("a multiply and an add of a jitted function become one operation");
    assertThat(doubles(same.hidden().w())).isEqualTo(doubles(g.hidden().w()));
  }

  @Test
  void auxiliaryDataComesBackUntouched() {
    Fn1<Array, Aux<Array, Array>> f = x -> new Aux<>(sum(x.times(x)), x.plus(1.0));
    var both = valueAndGrad(f).apply(array(1.0, 2.0));
    assertThat(both.value().value().item()).isEqualTo(5);
    assertThat(doubles(both.value().aux())).containsExactly(2, 3);
    assertThat(doubles(both.grad())).containsExactly(2, 4);
  }

  @Test
  void linearizeAndTransposeAreAdjoint() {
    Op1 f = x -> Arithmetic.mul(Elementary.sin(x), x);
    Array x = array(0.5, -1.0, 2.0);
    Array v = array(1.0, 2.0, 3.0);
    Array w = array(-1.0, 0.5, 0.25);
    var lin = linearize(f, x);
    double left = sum(lin.pushforward().apply(v).times(w)).item();
    Array back = linearTranspose(lin.pushforward(), x).apply(w);
    assertThat(sum(back.times(v)).item()).isCloseTo(left, within(1e-14));
    double[] pulled = doubles(vjp(f, x).pullback().apply(w));
    assertThat(doubles(back)).containsExactly(pulled, within(1e-15));
    double forward = sum(jvp(f, x, v).tangent().times(w)).item();
    assertThat(forward).isCloseTo(left, within(1e-15));
  }

  @Test
  void stopGradientIsAConstantOfDifferentiation() {
    Op1 f = x -> x.times(stopGradient(x));
    assertThat(grad(f).apply(scalar(3.0)).item()).isEqualTo(3);
    assertThat(jvp(f, scalar(3.0), scalar(1.0)).tangent().item()).isEqualTo(3);
  }

  @Test
  void comparisonsAreConcreteUnderGradOutsideJit() {
    Op1 f = x -> x.gt(0).itemBoolean() ? x.times(x) : x;
    assertThat(grad(f).apply(scalar(3.0)).item()).isEqualTo(6);
    assertThat(grad(f).apply(scalar(-3.0)).item()).isEqualTo(1);
    assertThat(grad(grad(f)).apply(scalar(3.0)).item()).isEqualTo(2);
  }

  @Test
  void vmapTakesAxesByArgumentAndByPath() {
    Array x = array(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Op1 total = TransformsTest::sum;
    assertThat(doubles(vmap(total).apply(x))).containsExactly(6, 15);
    assertThat(doubles(vmap(total, in(1)).apply(x))).containsExactly(5, 7, 9);
    assertThat(doubles(vmap(total, in(-1)).apply(x))).containsExactly(5, 7, 9);
    Op1 id = a -> a.times(1.0);
    assertThat(vmap(id, in(0), out(1)).apply(x).shape()).isEqualTo(Shape.of(3, 2));
    Fn2<Dense, Array, Array> apply = Dense::apply;
    Dense dense = new Dense(array(new double[][] {{1, 2}, {3, 4}}), array(10.0, 20.0));
    Array v = array(1.0, 1.0);
    var byPath = vmap(apply, in(axes(NONE).at("b", 0), NONE));
    assertThat(byPath.apply(dense, v).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(doubles(byPath.apply(dense, v))).containsExactly(14, 16, 24, 26);
    Op1 nested = vmap(vmap(total));
    assertThat(nested.apply(x.reshape(1, 2, 3)).shape()).isEqualTo(Shape.of(1, 2));
  }

  @Test
  void evalShapeComputesNothing() {
    AtomicInteger calls = new AtomicInteger();
    Fn2<Dense, Array, Array> f =
        (d, x) -> {
          calls.incrementAndGet();
          return d.apply(x);
        };
    Dense huge = new Dense(spec(DType.F32, 1_000_000, 1_000_000), spec(DType.F32, 1));
    Array y = evalShape(f, huge, spec(DType.F32, 7, 1_000_000));
    assertThat(y.shape()).isEqualTo(Shape.of(7, 1_000_000));
    assertThat(y.dtype()).isEqualTo(DType.F32);
    assertThat(calls).hasValue(1);
  }

  @Test
  void aCustomJvpRuleReplacesTheDerivative() {
    Op1 f = customJvp(x -> x.times(x), (x, t) -> new JvpResult<>(x.times(x), t.times(100.0)));
    Array x = scalar(3.0);
    assertThat(f.apply(x).item()).isEqualTo(9);
    assertThat(grad(f).apply(x).item()).isEqualTo(100);
    assertThat(jit(grad(f)).apply(x).item()).isEqualTo(100);
    assertThat(grad(jit(f)).apply(x).item()).isEqualTo(100);
    assertThat(jvp(f, x, scalar(2.0)).tangent().item()).isEqualTo(200);
    assertThat(doubles(vmap(grad(f)).apply(array(1.0, 2.0)))).containsExactly(100, 100);
    assertThat(doubles(jacfwd(vmap(f)).apply(array(1.0, 2.0)))).containsExactly(100, 0, 0, 100);
  }

  @Test
  void aCustomVjpRuleReplacesThePullback() {
    Op1 f =
        customVjp(
            x -> x.times(x),
            x -> new WithResiduals<>(x.times(x), x),
            (Array x, Array ct) -> ct.times(x).times(1000.0));
    Array x = scalar(3.0);
    assertThat(f.apply(x).item()).isEqualTo(9);
    assertThat(grad(f).apply(x).item()).isEqualTo(3000);
    assertThat(jit(grad(f)).apply(x).item()).isEqualTo(3000);
    assertThat(grad(jit(f)).apply(x).item()).isEqualTo(3000);
    assertThat(doubles(vmap(grad(f)).apply(array(1.0, 2.0)))).containsExactly(1000, 2000);
    Op1 total = y -> sum(vmap(f).apply(y));
    assertThat(doubles(grad(total).apply(array(1.0, 2.0)))).containsExactly(1000, 2000);
    assertThat(grad(grad(f)).apply(x).item()).isEqualTo(1000);
  }

  @Test
  void valuesOfCustomRulesWithProgramsInsideAreValues() {
    Op1 inner = jit((Array x) -> Elementary.sin(x));
    Op1 f =
        customJvp(
            inner,
            (x, t) -> {
              var both = jvp(inner, x, t);
              return new JvpResult<>(both.value(), both.tangent());
            });
    var both = valueAndGrad(f).apply(scalar(0.5));
    assertThat(both.value().item()).isCloseTo(Math.sin(0.5), within(1e-15));
    assertThat(both.grad().item()).isCloseTo(Math.cos(0.5), within(1e-15));
  }

  @Test
  void aDonatedArrayIsGivenAway() {
    var f = jit((Array x) -> x.times(2.0)).donate(0);
    Array x = array(1.0, 2.0);
    assertThat(doubles(f.apply(x))).containsExactly(2, 4);
    assertThat(f.lower(array(1.0, 2.0)).text()).contains("tf.aliasing_output");
  }
}
