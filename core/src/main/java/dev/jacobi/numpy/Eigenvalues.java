package dev.jacobi.numpy;

import static dev.jacobi.numpy.JnpMath.inexact;

import dev.jacobi.Array;
import dev.jacobi.lax.linalg.LaxLinalg;
import dev.jacobi.lax.linalg.LaxLinalg.EigOptions;
import dev.jacobi.transform.NamedJit;
import java.util.List;
import java.util.function.Function;

/**
 * Eigenvalues of general square matrices, from {@code jax.numpy.linalg}. Integers and booleans
 * become floating point; results are complex, and NaN for matrices that are not finite.
 */
public final class Eigenvalues {
  private static final EigOptions RIGHT = EigOptions.DEFAULT.computeLeftEigenvectors(false);

  private Eigenvalues() {}

  /** {@code a v = v diag(w)}: values (..., n), vectors (..., n, n) as columns. */
  public record EigResult(Array eigenvalues, Array eigenvectors) {}

  /**
   * Eigenvalues, in the order in which LAPACK finds them, and right eigenvectors, of norm 1 and
   * with their largest component real. Vectors have no derivatives, as in JAX: see {@link
   * LaxLinalg.EigOptions#enableEigvecDerivs}.
   *
   * @param a shape (..., n, n)
   */
  public static EigResult eig(Array a) {
    List<Array> out =
        call(
            "eig",
            x -> {
              var r = LaxLinalg.eig(x, RIGHT);
              return List.of(r.eigenvalues(), r.right().orElseThrow());
            },
            a);
    return new EigResult(out.get(0), out.get(1));
  }

  /** The eigenvalues only, which have derivatives if they differ. */
  public static Array eigvals(Array a) {
    return call("eigvals", x -> List.of(LaxLinalg.eig(x, EigOptions.VALUES).eigenvalues()), a)
        .getFirst();
  }

  private static List<Array> call(String name, Function<Array, List<Array>> f, Array a) {
    return NamedJit.call(name, "", xs -> f.apply(xs.getFirst()), List.of(inexact(a)));
  }
}
