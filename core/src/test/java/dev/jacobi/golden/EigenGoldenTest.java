package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NoDerivativeException;
import dev.jacobi.lax.linalg.EigenvectorDerivativeException;
import dev.jacobi.lax.linalg.LaxLinalg;
import dev.jacobi.lax.linalg.LaxLinalg.EigImplementation;
import dev.jacobi.lax.linalg.LaxLinalg.EigOptions;
import dev.jacobi.lax.linalg.LaxLinalg.EighImplementation;
import dev.jacobi.lax.linalg.LaxLinalg.SvdAlgorithm;
import dev.jacobi.lax.linalg.NotOnCpuException;
import dev.jacobi.numpy.Jnp;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Eigenvalues and their kin against JAX: values, order and signs, first derivatives. */
class EigenGoldenTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    var ours = EigenFunctions.functions();
    return GoldenFile.read("jnp/eigen.tsv").stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name() + ": " + c.text("source"), () -> check(c, ours.get(c.name()))));
  }

  /** To rounding errors of a backward stable algorithm. */
  private static Closeness near(DType t) {
    return new Closeness.OfLargest(512 * Closeness.epsilon(t));
  }

  private static void check(Case c, Fn1<List<Array>, List<Array>> f) {
    assertThat(f).as("our form of " + c.text("source")).isNotNull();
    List<Array> in = c.arrays("in").stream().map(GoldenArray::toArray).toList();
    JnpGoldenTest.near("value", f.apply(in), c.arrays("out"), EigenGoldenTest::near);
    if (!c.has("active")) {
      return;
    }
    List<Array> dir = c.arrays("dir").stream().map(GoldenArray::toArray).toList();
    List<Array> cot = c.arrays("cot").stream().map(GoldenArray::toArray).toList();
    var jvp = Jacobi.jvp(f, in, dir).tangent();
    JnpGoldenTest.near("jvp", jvp, c.arrays("jvp"), EigenGoldenTest::near);
    var vjp = Jacobi.vjp(f, in).pullback().apply(cot);
    JnpGoldenTest.near("vjp", vjp, c.arrays("vjp"), EigenGoldenTest::near);
  }

  private static Array three() {
    return Jnp.reshape(Jnp.arange(9), 3, 3).times(1.5f);
  }

  @Test
  void vectorsHaveDerivativesOnlyOnDemand() {
    Fn1<List<Array>, List<Array>> f = x -> List.of(LaxLinalg.eig(x.getFirst()).eigenvalues());
    assertThatThrownBy(() -> Jacobi.jvp(f, List.of(three()), List.of(three())))
        .isInstanceOf(EigenvectorDerivativeException.class)
        .hasMessageContaining("enableEigvecDerivs");
  }

  /** Names of {@code jax.lax.linalg} in JAX 0.10.2, functions and classes. */
  @Test
  void everyNameOfJaxIsThere() {
    var names =
        Stream.concat(
                Stream.of(LaxLinalg.class.getDeclaredMethods()).map(Method::getName),
                Stream.of(LaxLinalg.class.getDeclaredClasses()).map(Class::getSimpleName))
            .toList();
    assertThat(names)
        .contains("cholesky", "choleskyUpdate", "eig", "eigh", "hessenberg", "householderProduct")
        .contains("lu", "luPivotsToPermutation", "ormqr", "qdwh", "qr", "schur", "svd")
        .contains("symmetricProduct", "triangularSolve", "tridiagonal", "tridiagonalSolve")
        .contains("EigImplementation", "EighImplementation", "SvdAlgorithm");
  }

  @Test
  void formsHaveNoDerivative() {
    Fn1<List<Array>, List<Array>> f = x -> List.of(LaxLinalg.schur(x.getFirst()).form());
    assertThatThrownBy(() -> Jacobi.jvp(f, List.of(three()), List.of(three())))
        .isInstanceOf(NoDerivativeException.class);
  }

  @Test
  void algorithmsOfAcceleratorsAreNamed() {
    var magma = EigOptions.DEFAULT.implementation(EigImplementation.MAGMA);
    assertThatThrownBy(() -> LaxLinalg.eig(three(), magma))
        .isInstanceOf(NotOnCpuException.class)
        .hasMessageContaining("EigImplementation.LAPACK");
    assertThatThrownBy(() -> LaxLinalg.eigh(three(), true, true, EighImplementation.QDWH))
        .isInstanceOf(NotOnCpuException.class);
    assertThatThrownBy(() -> LaxLinalg.svd(three(), true, SvdAlgorithm.POLAR))
        .isInstanceOf(NotOnCpuException.class);
  }

  @Test
  void sizesMustFit() {
    assertThatThrownBy(() -> LaxLinalg.hessenberg(Jnp.zeros(0, 0)))
        .isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> LaxLinalg.eig(Jnp.zeros(2, 3))).isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> LaxLinalg.choleskyUpdate(Jnp.zeros(2, 2), Jnp.zeros(3)))
        .isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> LaxLinalg.ormqr(Jnp.zeros(3, 2), Jnp.zeros(3), Jnp.zeros(3, 3)))
        .isInstanceOf(LaxTypeException.class);
    Array d = Jnp.ones(3);
    assertThatThrownBy(() -> LaxLinalg.tridiagonalSolve(d, d, d, Jnp.ones(2, 2)))
        .isInstanceOf(LaxTypeException.class);
  }
}
