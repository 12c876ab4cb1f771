package dev.jacobi.lax.linalg;

import dev.jacobi.jaxpr.Primitive;
import java.util.List;

/** The primitives of this package. A test finds every one that is missing here. */
public final class LinalgPrimitives {
  private LinalgPrimitives() {}

  /** Each of them once, with the parameters of an example. */
  public static List<Primitive> all() {
    return List.of(
        new Cholesky(),
        TriangularSolve.LOWER,
        new Lu(),
        new LuSolve(false),
        new Pivots.LuPivotsToPermutation(3),
        new Qr(false, false),
        new Householder.Geqrf(),
        new Householder.Geqp3(),
        new Householder.HouseholderProduct(),
        new Eigh(true),
        new Svd(false, true, Svd.Algorithm.DEFAULT),
        new Eig(false, true, false),
        new SimilarForms.Schur(true),
        new SimilarForms.Hessenberg(),
        new SimilarForms.Tridiagonal(true),
        new Ormqr(true, false),
        new TridiagonalSolve(),
        new Updates.CholeskyUpdate(),
        new Updates.SymmetricProduct(1, 0));
  }
}
