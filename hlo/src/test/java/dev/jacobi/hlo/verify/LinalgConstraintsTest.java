package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Bad.bad;
import static dev.jacobi.hlo.verify.Bad.f32;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.LinalgOp.Transpose;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinalgConstraintsTest {
  static Stream<Bad> modules() {
    return Stream.of(
        bad("cholesky_i1", p -> cholesky(p.i32(2, 2)), Bad.i32(2, 2)),
        bad("cholesky_c1", p -> cholesky(p.f32(2, 2)), f32(2, 3)),
        bad("cholesky_c2", p -> cholesky(p.f32(2)), f32(2)),
        bad("cholesky_c3", p -> cholesky(p.f32(2, 3)), f32(2, 3)),
        bad("triangular_solve_i1", p -> solve(p.i32(2, 2), p.i32(2, 2), true), Bad.i32(2, 2)),
        bad("triangular_solve_c1", p -> solve(p.f32(2, 2), p.of(DType.F64, 2, 1), true), f32(2, 1)),
        bad("triangular_solve_c2", p -> solve(p.f32(2, 2), p.f32(2), true), f32(2)),
        bad("triangular_solve_c2", p -> solve(p.f32(2), p.f32(2), true), f32(2)),
        bad("triangular_solve_c3", p -> solve(p.f32(2, 3), p.f32(2, 1), true), f32(2, 1)),
        bad("triangular_solve_c3", p -> solve(p.f32(2, 2), p.f32(3, 1), true), f32(3, 1)),
        bad("triangular_solve_c3", p -> solve(p.f32(2, 2), p.f32(2, 1), false), f32(2, 1)),
        bad("triangular_solve_c3", p -> solve(p.f32(4, 2, 2), p.f32(3, 2, 1), true), f32(3, 2, 1)),
        bad("triangular_solve_c4", p -> solve(p.f32(2, 2), p.f32(2, 1), true), f32(1, 2)));
  }

  private static Op cholesky(Value a) {
    return new LinalgOp.Cholesky(a, true);
  }

  private static Op solve(Value a, Value b, boolean left) {
    return new LinalgOp.TriangularSolve(a, b, left, true, false, Transpose.NO_TRANSPOSE);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void constraint(Bad bad) {
    VerifierTest.assertRejected(bad);
  }
}
