package dev.jacobi.sparse;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.in;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.all;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.concatenate;
import static dev.jacobi.numpy.Jnp.cos;
import static dev.jacobi.numpy.Jnp.matmul;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.range;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.square;
import static dev.jacobi.numpy.Jnp.stack;
import static dev.jacobi.numpy.Jnp.zeros;
import static dev.jacobi.sparse.Sparse.cooFromdense;
import static dev.jacobi.sparse.Sparse.csrFromdense;
import static dev.jacobi.sparse.Sparse.eye;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Linalg;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sparse matrices in transformations, and their errors. */
class SparseTest {
  private static final Array DENSE = array(new double[][] {{2, 0, 1}, {0, 0, -3}});
  private static final Array X = array(1.0, 2.0, 3.0);

  @Test
  void gradientsReachElementsAndDenseOperands() {
    for (SparseMatrix a : List.of(cooFromdense(DENSE), csrFromdense(DENSE))) {
      Op1 ofX = x -> square(a.matmul(x)).sum();
      Op1 denseOfX = x -> square(matmul(DENSE, x)).sum();
      near(grad(ofX).apply(X), grad(denseOfX).apply(X));
      SparseMatrix g = Sparse.<SparseMatrix>grad(m -> sin(m.matmul(X)).sum()).apply(a);
      Op1 ofA = m -> sin(matmul(m, X)).sum();
      Array expected = grad(ofA).apply(DENSE);
      Array mask = DENSE.ne(0.0).astype(DType.F64);
      near(g.todense(), expected.times(mask));
    }
  }

  @Test
  void secondDerivativesGoThroughProducts() {
    Coo a = cooFromdense(DENSE);
    Op1 f = x -> sin(a.matmul(x)).sum();
    Op1 dense = x -> sin(matmul(DENSE, x)).sum();
    near(Jacobi.hessian(f).apply(X), Jacobi.hessian(dense).apply(X));
  }

  @Test
  void batchesOfVectorsAndOfElements() {
    Coo a = cooFromdense(DENSE);
    Array xs = stack(X, cos(X));
    near(vmap((Array x) -> a.matmul(x)).apply(xs), matmul(xs, DENSE.transpose()));
    Array data = stack(a.data(), a.data().times(2));
    Array both = vmap((Array d) -> a.withData(d).matmul(X)).apply(data);
    near(both.get(1), matmul(DENSE, X).times(2));
    var mapped = vmap((Coo m, Array x) -> m.matmul(x), in(Jacobi.NONE, 0));
    near(mapped.apply(a, xs), matmul(xs, DENSE.transpose()));
  }

  @Test
  void matricesAreTrees() {
    var f = jit((Coo m, Array x) -> m.matmul(x));
    near(f.apply(cooFromdense(DENSE), X), matmul(DENSE, X));
    var g = jit((Csr m, Array x) -> m.transpose().matmul(x));
    near(g.apply(csrFromdense(DENSE), array(1.0, -1.0)), array(2.0, 0.0, 4.0));
  }

  @Test
  void shapesOnDiagonals() {
    near(eye(2, 4, 1, DType.F64).todense(), array(new double[][] {{0, 1, 0, 0}, {0, 0, 1, 0}}));
    near(eye(3, 2, -1, DType.F64).todense(), array(new double[][] {{0, 0}, {1, 0}, {0, 1}}));
    assertThat(eye(3, 2, 5, DType.F64).nse()).isZero();
    assertThat(eye(4).todense().sum().item()).isEqualTo(4);
    near(Sparse.empty(2, 2, DType.F64).todense(), zeros(2, 2).astype(DType.F64));
  }

  /** Entries beyond the matrix are as if they were not there, whatever they hold. */
  @Test
  void paddingCountsForNothing() {
    Array data = array(1.0, 2.0, 99.0);
    Coo a = Coo.of(data, array(0, 1, 2), array(1, 0, 2), 2, 2);
    Array dense = array(new double[][] {{0, 1}, {2, 0}});
    near(a.todense(), dense);
    near(a.matmul(ones(2).astype(DType.F64)), array(1.0, 2.0));
    near(a.sum(), array(3.0));
    near(a.sum(0), array(2.0, 1.0));
    near(a.diagonal(), array(0.0, 0.0));
    near(a.toCsr().todense(), dense);
    near(a.sumDuplicates(4).todense(), dense);
  }

  @Test
  void partsAndWholes() {
    Coo a = cooFromdense(DENSE, 5);
    Array other = array(new double[][] {{1, 2, 3}, {4, 5, 6}});
    near(a.multiply(other).todense(), DENSE.times(other));
    near(a.multiply(array(1.0, 2.0, 3.0)).todense(), DENSE.times(array(1.0, 2.0, 3.0)));
    Array mask = DENSE.ne(0.0).astype(DType.F64);
    near(a.extract(other).todense(), other.times(mask));
    Array left = array(new double[][] {{1, 2}, {3, 4}});
    near(a.sampledMatmul(left, other).todense(), matmul(left, other).times(mask));
    near(a.slice(0, 2, 1, 3).todense(), DENSE.get(all(), range(1, 3)));
    near(a.slice(1, 1, 0, 3).todense(), zeros(0, 3));
    near(a.reshape(3, 2).todense(), DENSE.reshape(3, 2));
    near(a.reshape(6, 1).transpose().todense(), DENSE.reshape(1, 6));
    var below = Sparse.concatenate(List.of(a, a.slice(0, 1, 0, 3)), 0);
    near(below.todense(), concatenate(DENSE, DENSE.get(range(0, 1))));
    var beside = Sparse.concatenate(List.of(a, a, a), 1);
    near(beside.todense(), concatenate(List.of(DENSE, DENSE, DENSE), 1));
    near(beside.sum(), array(0.0));
  }

  /** Against differences; the matrix stays symmetric where two elements change together. */
  @Test
  void solutionsHaveDerivatives() {
    Array dense = array(new double[][] {{4, 1, 0}, {1, 3, -1}, {0, -1, 2}});
    Array b = array(1.0, -2.0, 0.5);
    Coo a = cooFromdense(dense);
    near(matmul(dense, Sparse.cg(a, b)), b);
    near(Sparse.cg(a.toCsr(), b), Sparse.cg(a, b));
    Op1 ofScale = s -> square(Sparse.cg(a.withData(a.data().times(s)), b)).sum();
    double value = ofScale.apply(array(2.0)).item(); // x is b / (s a), so that this is c / s^2
    near(grad(ofScale).apply(array(2.0)), array(-value));
    Op1 ofB = v -> sin(Sparse.cg(a, v)).sum();
    Op1 byInverse = v -> sin(Linalg.solve(dense, v)).sum();
    near(grad(ofB).apply(b), grad(byInverse).apply(b));
    near(jit(ofB).apply(b), ofB.apply(b));
    Array both = vmap((Array v) -> Sparse.cg(a, v)).apply(stack(b, b.times(3)));
    near(both.get(1), Sparse.cg(a, b).times(3));
  }

  @TestFactory
  Stream<DynamicTest> misuse() {
    Coo a = cooFromdense(DENSE);
    return Stream.of(
        error("vector of another size", () -> a.matmul(zeros(2)), "cannot be multiplied"),
        error("a scalar", () -> a.matmul(array(1.0)), "cannot be multiplied"),
        error("three dimensions", () -> a.matmul(zeros(3, 1, 1)), "cannot be multiplied"),
        error("other sizes", () -> a.plus(eye(3)), "cannot add"),
        error("floating rows", () -> Coo.of(X, X, X, 3, 3), "integers"),
        error("too few rows", () -> Coo.of(X, array(1), array(1), 3, 3), "must be equal"),
        error("offsets", () -> Csr.of(X, arange(3), arange(3), 3, 3), "one offset more"),
        error("no matrix", () -> cooFromdense(X), "takes a matrix"),
        error("an axis", () -> a.sum(2), "out of range"),
        error("integers", () -> Sparse.sparseJacobian(x -> x).at(arange(3)), "floating"));
  }

  private static DynamicTest error(String name, Runnable call, String message) {
    return DynamicTest.dynamicTest(
        name,
        () ->
            assertThatThrownBy(call::run)
                .isInstanceOf(LaxTypeException.class)
                .hasMessageContaining(message));
  }

  private static void near(Array ours, Array expected) {
    assertThat(ours.size()).isEqualTo(expected.size());
    double[] a = ours.toDoubleArray();
    double[] b = expected.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(1e-9 * Math.max(1, Math.abs(b[i]))));
    }
  }
}
