package dev.jacobi.hlo;

import java.util.List;
import java.util.function.UnaryOperator;

/** Factors matrices and solves with triangular ones; leading dimensions are batches. */
public sealed interface LinalgOp extends Op {
  /**
   * The factor of a positive definite matrix: {@code a = l l^H} with lower {@code l}, or {@code u^H
   * u} with upper {@code u}. The other triangle of {@code a} is not read and that of the result is
   * 0; a matrix that is not positive definite gives NaN.
   */
  record Cholesky(Value a, boolean lower) implements LinalgOp {
    @Override
    public String mnemonic() {
      return "stablehlo.cholesky";
    }

    @Override
    public List<Value> operands() {
      return List.of(a);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Cholesky(f.apply(a), lower);
    }
  }

  /** What happens to a matrix before it is used. */
  enum Transpose {
    NO_TRANSPOSE,
    TRANSPOSE,
    ADJOINT
  }

  /**
   * Solves {@code op(a) x = b}, or {@code x op(a) = b} if not {@code leftSide}; only one triangle
   * of {@code a} is read, and with {@code unitDiagonal} its diagonal counts as ones.
   */
  record TriangularSolve(
      Value a, Value b, boolean leftSide, boolean lower, boolean unitDiagonal, Transpose transposeA)
      implements LinalgOp {
    @Override
    public String mnemonic() {
      return "stablehlo.triangular_solve";
    }

    @Override
    public List<Value> operands() {
      return List.of(a, b);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new TriangularSolve(f.apply(a), f.apply(b), leftSide, lower, unitDiagonal, transposeA);
    }
  }
}
