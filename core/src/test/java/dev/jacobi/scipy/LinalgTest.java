package dev.jacobi.scipy;

import static dev.jacobi.numpy.Jnp.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.NamedError;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.LinalgFactors.Side;
import dev.jacobi.scipy.LinalgFunctions.ExpmOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What linear algebra, iterative solvers, minimization and rotations say of wrong arguments. */
class LinalgTest {
  private static final Array TWO = Jnp.ones(2);
  private static final Array THREE = Jnp.ones(3);
  private static final Array WIDE = Jnp.ones(2, 3);
  private static final Array SQUARE = Jnp.eye(3);

  private final Map<String, NamedError> errors = new LinkedHashMap<>();

  private void error(String what, Runnable call, String says) {
    errors.put(what, new NamedError(call, LaxTypeException.class, says));
  }

  @Test
  void eigenvaluesOfAnInterval() {
    Array d = array(2.0, 2.0, 2.0);
    Array e = array(1.0, 1.0); // 2 - sqrt(2), 2, 2 + sqrt(2)
    assertThat(Linalg.eigvalshTridiagonal(d, e, 0.6, 2.1).toDoubleArray())
        .hasSize(1)
        .satisfies(v -> assertThat(v[0]).isCloseTo(2, within(1e-12)));
    assertThat(Linalg.eigvalshTridiagonal(d, e, 0, 9).dim(0)).isEqualTo(3);
    assertThat(Linalg.eigvalshTridiagonal(d, e, 5, 9).dim(0)).isZero();
  }

  @Test
  void polarFormsByFewerStepsAreCoarser() {
    Array a = array(new float[][] {{1, 2}, {3, 5}});
    var all = Linalg.polar(a);
    var same = Linalg.polar(a, Side.RIGHT, 10, 0x1p-23);
    assertThat(same.u().toFloatArray()).isEqualTo(all.u().toFloatArray());
    var few = Linalg.polar(a, Side.RIGHT, 1, 0x1p-23);
    assertThat(few.u().toFloatArray()).isNotEqualTo(all.u().toFloatArray());
  }

  @TestFactory
  Stream<DynamicTest> misuseIsExplained() {
    matrices();
    factors();
    solvers();
    others();
    return NamedError.tests(errors, "LinalgTest.java");
  }

  private void matrices() {
    error("an order that is no power", () -> Linalg.hadamard(3), "power of 2, not 3");
    error("unsigned signs", () -> Linalg.hadamard(4, DType.U8), "not u8");
    error("whole numbers of fractions", () -> Linalg.hilbert(3, DType.I32), "f32 or f64");
    error("a negative order", () -> Linalg.pascal(-1), "not -1");
    error("real roots of unity", () -> Linalg.dft(4, Linalg.DftScale.N, DType.F32), "complex");
    error("no contrasts", () -> Linalg.helmert(0), "at least 1");
    error("rates of too many ages", () -> Linalg.leslie(THREE, THREE), "one shorter");
    error("a constant's roots", () -> Linalg.companion(Jnp.ones(1)), "at least 2");
    error("no polynomial", () -> Linalg.fiedlerCompanion(Jnp.ones(0)), "at least 1");
    error("a scalar's antidiagonals", () -> Linalg.hankel(Jnp.scalar(1f)), "not scalars");
    error("no columns", () -> Linalg.convolutionMatrix(TWO, 0), "at least 1");
    error("blocks of three dimensions", () -> Linalg.blockDiag(Jnp.ones(1, 1, 1)), "2 dimensions");
  }

  private void factors() {
    error("a wide matrix' exponential", () -> Linalg.expm(WIDE), "square matrices");
    error("negative squarings", () -> ExpmOptions.DEFAULT.withMaxSquarings(-1), "-1 times");
    error("another direction", () -> Linalg.expmFrechet(SQUARE, Jnp.eye(2)), "of one shape");
    error("a root of a vector", () -> Linalg.sqrtm(THREE), "square matrices");
    error("a function of a batch", () -> Linalg.funm(Jnp.ones(2, 2, 2), x -> x), "a square matrix");
    error("a function that sums", () -> Linalg.funm(SQUARE, x -> x.sum()), "shape ()");
    error("a vector's form", () -> Linalg.polar(TWO), "takes matrices");
    error("no steps", () -> Linalg.polar(SQUARE, Side.LEFT, 0, 1e-6), "0 steps");
    error("forms of two orders", () -> Linalg.rsf2csf(SQUARE, Jnp.eye(2)), "one order");
    error("a wide matrix' triangle", () -> Linalg.schur(WIDE), "square matrices");
    error(
        "too many rows",
        () -> Linalg.qrMultiply(Jnp.ones(4, 2), Jnp.ones(4, 1), Side.LEFT, false),
        "must have 2 rows");
    error("equations that do not fit", () -> Linalg.solveSylvester(SQUARE, SQUARE, WIDE), "rows");
  }

  private void solvers() {
    error("sides of another size", () -> Linalg.solveTriangular(SQUARE, TWO), "do not fit");
    error("a wide system", () -> Linalg.luSolve(Linalg.luFactor(WIDE), TWO), "square matrices");
    error(
        "factors of another size", () -> Linalg.choSolve(Linalg.choFactor(SQUARE), TWO), "do not");
    error("types of diagonals", () -> Linalg.eighTridiagonal(array(1.0), Jnp.ones(0)), "f64");
    error("a side diagonal too long", () -> Linalg.eigvalshTridiagonal(TWO, TWO), "(n - 1)");
    error(
        "eigenvalues that are not there",
        () ->
            Linalg.eigvalshTridiagonal(
                THREE, TWO, Linalg.EigvalshOptions.DEFAULT.withIndices(1, 3)),
        "1 to 3 of 3");
    error(
        "an empty interval", () -> Linalg.eigvalshTridiagonal(THREE, TWO, 1, 1), "nothing from 1");
    error("a wide map", () -> SparseLinalg.cg(WIDE, TWO), "square matrix");
    error("whole right sides", () -> SparseLinalg.cg(x -> x, array(1, 2)), "floating point");
    error(
        "another start",
        () -> SparseLinalg.gmres(x -> x, TWO, SparseLinalg.Options.<Array>defaults().withX0(THREE)),
        "x0");
    error(
        "no vectors", () -> SparseLinalg.Options.<Array>defaults().withRestart(0), "not negative");
  }

  private void others() {
    error("a matrix to begin at", () -> Optimize.minimize(x -> x.sum(), WIDE), "a vector");
    error("whole numbers to begin at", () -> Optimize.minimize(x -> x.sum(), array(1)), "floating");
    error("no scalar", () -> Optimize.minimize(x -> x, TWO), "a real scalar");
    error("steps below 0", () -> Optimize.Bfgs.DEFAULT.withMaxiter(-1), "cannot be -1");
    error("no memory", () -> Optimize.Lbfgs.DEFAULT.withMaxcor(0), "not 0");
    error("books of another width", () -> Cluster.vq(WIDE, Jnp.ones(2, 2)), "of one width");
    error("an empty book", () -> Cluster.vq(WIDE, Jnp.ones(0, 3)), "of one width");
    error("axes of both kinds", () -> Rotation.fromEuler("xYz", THREE), "neighbours different");
    error("an axis twice", () -> Rotation.fromEuler("xxy", THREE), "neighbours different");
    error("too few angles", () -> Rotation.fromEuler("xyz", TWO), "vectors of 3");
    error("two angles back", () -> Rotation.identity().asEuler("xy"), "three axes");
    error("a quaternion of three", () -> Rotation.fromQuat(THREE), "vectors of 4");
    error("part of one rotation", () -> Rotation.identity().get(0), "a batch");
    error("one rotation's way", () -> Slerp.init(TWO, Rotation.identity()), "at least two");
  }
}
