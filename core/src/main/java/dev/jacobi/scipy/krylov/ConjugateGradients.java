package dev.jacobi.scipy.krylov;

import static dev.jacobi.scipy.krylov.Problem.realDot;
import static dev.jacobi.scipy.krylov.Problem.scaled;
import static dev.jacobi.scipy.krylov.Problem.squaredNorm;

import dev.jacobi.Array;
import dev.jacobi.lax.Bits;
import java.util.List;

/**
 * Conjugate gradients with a preconditioner. Source: Hestenes, Stiefel, Methods of conjugate
 * gradients for solving linear systems, Journal of Research of the National Bureau of Standards 49
 * (1952).
 */
public final class ConjugateGradients {
  private ConjugateGradients() {}

  /** The solution and how many steps it took. */
  public static List<Array> solve(Problem p) {
    Array bound = p.bound();
    Array r0 = p.residual(p.x0());
    Array z0 = p.preconditioner().apply(r0);
    Array gamma0 = realDot(r0, z0);
    List<Array> start = List.of(p.x0(), r0, z0, gamma0, Iteration.zero());
    List<Array> end =
        Iteration.loop(
            s -> Bits.and(squaredNorm(s.get(1)).gt(bound), s.get(4).lt(p.steps())),
            s -> {
              Array direction = s.get(2);
              Array product = p.map().apply(direction);
              Array alpha = s.get(3).div(realDot(direction, product));
              Array x = s.get(0).plus(scaled(alpha, direction));
              Array r = s.get(1).minus(scaled(alpha, product));
              Array z = p.preconditioner().apply(r);
              Array gamma = realDot(r, z);
              Array next = z.plus(scaled(gamma.div(s.get(3)), direction));
              return List.of(x, r, next, gamma, s.get(4).plus(1));
            },
            start);
    return List.of(end.get(0), end.get(4));
  }
}
