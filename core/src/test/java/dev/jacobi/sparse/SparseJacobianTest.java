package dev.jacobi.sparse;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.concatenate;
import static dev.jacobi.numpy.Jnp.convolve;
import static dev.jacobi.numpy.Jnp.cumsum;
import static dev.jacobi.numpy.Jnp.diff;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.flip;
import static dev.jacobi.numpy.Jnp.floor;
import static dev.jacobi.numpy.Jnp.ix;
import static dev.jacobi.numpy.Jnp.matmul;
import static dev.jacobi.numpy.Jnp.maximum;
import static dev.jacobi.numpy.Jnp.range;
import static dev.jacobi.numpy.Jnp.roll;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.sort;
import static dev.jacobi.numpy.Jnp.square;
import static dev.jacobi.numpy.Jnp.stack;
import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.numpy.Jnp.zerosLike;
import static dev.jacobi.sparse.Sparse.sparseHessian;
import static dev.jacobi.sparse.Sparse.sparseJacobian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Lax;
import dev.jacobi.nn.Nn;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sparse derivatives are the dense ones, with as many colours as the pattern needs. */
@Tag("slow")
class SparseJacobianTest {
  private static final int N = 8;
  private static final Array X = sin(arange(N).astype(DType.F64).times(1.7).plus(0.3));
  private static final Array BAND =
      array(new double[][] {{1, 0, 0, 0}, {2, 3, 0, 0}, {0, 1, 0, 2}, {0, 0, 4, 0}});

  /** A function, how many colours its Jacobian takes, and how many elements it has. */
  private record Row(String name, Op1 f, int colours, long elements) {}

  private static Array shifted(Array x) {
    Array edge = zerosLike(x.get(0)).reshape(1);
    return concatenate(List.of(x.get(range(1, N)), edge), 0);
  }

  private static Array laplace(Array x) {
    Array left = x.get(range(0, N - 2));
    Array middle = x.get(range(1, N - 1));
    Array right = x.get(range(2, N));
    return left.minus(middle.times(2)).plus(right).times(exp(middle));
  }

  private static final List<Row> TABLE =
      List.of(
          new Row("identity", x -> x, 1, N),
          new Row("elementwise", x -> sin(x).times(x), 1, N),
          new Row("constant", x -> zerosLike(x), 0, 0),
          new Row("step", x -> floor(x), 0, 0),
          new Row("differences", x -> diff(square(x)), 2, 2 * (N - 1)),
          new Row("tridiagonal", SparseJacobianTest::laplace, 3, 3 * (N - 2)),
          new Row("bidiagonal", x -> x.times(shifted(x)), 2, 2 * N - 1),
          new Row("circular", x -> roll(x, 1).times(x), 2, 2 * N),
          new Row("reversed", x -> flip(x).times(2), 1, N),
          new Row("sum", x -> square(x).sum(), 1, N),
          new Row("rows", x -> square(x.reshape(4, 2)).sum(1), 1, N),
          new Row("arrow", x -> x.times(x.get(0)), 2, 2 * N - 1),
          new Row("products", x -> matmul(BAND, x.reshape(4, 2)), 2, 12),
          new Row("products from the right", x -> matmul(x.reshape(2, 4), BAND), 2, 12),
          new Row("convolution", x -> convolve(x, array(1.0, 0.0, -1.0)), 2, 2 * N),
          new Row("gather", x -> x.get(ix(0, 0, 5)).times(3), 1, 3),
          new Row("scatter", x -> zerosLike(x).at(ix(1, 1, 2)).add(x.get(ix(0, 3, 4))), 1, 3),
          new Row("update", x -> x.at(2).set(x.get(3).times(x.get(4))), 2, N + 1),
          new Row("choice", x -> where(x.gt(0), x, x.times(0.1)), 1, N),
          new Row("extreme", x -> maximum(x, roll(x, 2)), 2, 2 * N),
          new Row("branches", x -> Lax.cond(x.get(0).gt(0), sine(), scaled(), x), 1, N),
          new Row("program", x -> Nn.relu(Nn.gelu(x)), 1, N),
          new Row("compiled", x -> jit(SparseJacobianTest::laplace).apply(x), 3, 3 * (N - 2)),
          new Row("cumulative", x -> cumsum(x), N, N * (N + 1) / 2),
          new Row("no rule", x -> sort(x), N, N * N));

  private static Op1 sine() {
    return x -> sin(x);
  }

  private static Op1 scaled() {
    return x -> x.times(2);
  }

  @TestFactory
  Stream<DynamicTest> jacobians() {
    return TABLE.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name,
                    () -> {
                      SparseJacobian j = sparseJacobian(row.f);
                      Coo found = j.at(X);
                      Array dense = Jacobi.jacfwd(row.f).apply(X);
                      near(found.todense(), dense);
                      assertThat(j.pattern(X).nse()).isEqualTo(row.elements);
                      assertThat(j.colours(X)).isEqualTo(row.colours);
                    }));
  }

  private static final List<Row> SCALARS =
      List.of(
          new Row("separable", x -> sin(x).sum(), 1, N),
          new Row("chain", x -> square(diff(square(x))).sum(), 3, 3 * N - 2),
          new Row("arrow", x -> square(x).times(x.get(0)).sum(), 2, 3 * N - 2),
          new Row("blocks", x -> square(square(x.reshape(4, 2)).sum(1)).sum(), 2, 2 * N),
          new Row("dense", x -> square(square(x).sum()), N, N * N),
          new Row("linear", x -> x.sum(), 1, N));

  @TestFactory
  Stream<DynamicTest> hessians() {
    return SCALARS.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.name,
                    () -> {
                      SparseJacobian h = sparseHessian(row.f);
                      near(h.at(X).todense(), Jacobi.hessian(row.f).apply(X));
                      assertThat(h.pattern(X).nse()).isEqualTo(row.elements);
                      assertThat(h.colours(X)).isEqualTo(row.colours);
                    }));
  }

  @Test
  void inOtherTransformations() {
    SparseJacobian j = sparseJacobian(SparseJacobianTest::laplace);
    Array first = jit((Array x) -> j.at(x).data()).apply(X); // finds the pattern while tracing
    Array expected = sparseJacobian(SparseJacobianTest::laplace).at(X).data();
    near(first, expected);
    near(vmap((Array x) -> j.at(x).data()).apply(stack(X, X.times(2))).get(0), expected);
    Op1 squares = x -> square(j.at(x).data()).sum();
    Op1 dense = x -> square(Jacobi.jacfwd(SparseJacobianTest::laplace).apply(x)).sum();
    near(grad(squares).apply(X), grad(dense).apply(X));
  }

  /** Memory is colours times size: no value of the program has as many elements as the matrix. */
  @Test
  void noDenseMatrix() {
    int n = 400;
    Array x = arange(n).astype(DType.F64).div((double) n);
    Op1 f = v -> square(diff(v)).times(3);
    SparseJacobian j = sparseJacobian(f);
    SparseJacobian h = sparseHessian(v -> f.apply(v).sum());
    assertThat(j.colours(x)).isEqualTo(2);
    assertThat(h.colours(x)).isEqualTo(3);
    for (SparseJacobian each : List.of(j, h)) {
      Jaxpr program = Jacobi.makeJaxpr((Array v) -> each.at(v).data(), x);
      assertThat(largest(program)).isLessThan(10L * n);
    }
  }

  private static long largest(Jaxpr program) {
    long most = 0;
    for (Eqn eqn : program.eqns()) {
      for (var out : eqn.outAvals()) {
        most = Math.max(most, out.shape().size());
      }
    }
    return most;
  }

  private static void near(Array ours, Array expected) {
    assertThat(ours.size()).isEqualTo(expected.size());
    double[] a = ours.toDoubleArray();
    double[] b = expected.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(1e-12 * Math.max(1, Math.abs(b[i]))));
    }
  }
}
