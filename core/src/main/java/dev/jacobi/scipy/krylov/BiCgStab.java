package dev.jacobi.scipy.krylov;

import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.scipy.krylov.Problem.squaredNorm;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.numpy.Jnp;
import java.util.List;

/**
 * Stabilized biconjugate gradients. Source: van der Vorst, Bi-CGSTAB, SIAM Journal on Scientific
 * and Statistical Computing 13 (1992).
 */
public final class BiCgStab {
  private BiCgStab() {}

  /**
   * The step count's place among what is carried; below zero it says that the method broke down.
   */
  private static final int COUNT = 7;

  /** The solution and how many steps it took; -10 or -11 if it broke down. */
  public static List<Array> solve(Problem p) {
    Array bound = p.bound();
    Array r0 = p.residual(p.x0());
    Array one = Zeros.full(Scalars.like(r0, 1), Shape.scalar());
    List<Array> start = List.of(p.x0(), r0, one, one, one, r0, r0, Iteration.zero());
    List<Array> end =
        Iteration.loop(
            s -> {
              Array steps = Bits.and(s.get(COUNT).lt(p.steps()), s.get(COUNT).ge(0));
              return Bits.and(squaredNorm(s.get(1)).gt(bound), steps);
            },
            s -> step(p, bound, r0, s),
            start);
    return List.of(end.get(0), end.get(COUNT));
  }

  private static List<Array> step(Problem p, Array bound, Array shadow, List<Array> s) {
    Array r = s.get(1);
    Array alpha = s.get(2);
    Array omega = s.get(3);
    Array rho = Jnp.vdot(shadow, r);
    Array beta = rho.div(s.get(4)).times(alpha).div(omega);
    Array direction = r.plus(beta.times(s.get(5).minus(omega.times(s.get(6)))));
    Array prepared = p.preconditioner().apply(direction);
    Array q = p.map().apply(prepared);
    Array newAlpha = rho.div(Jnp.vdot(shadow, q));
    Array half = r.minus(newAlpha.times(q));
    Array isEnough = squaredNorm(half).lt(bound);
    Array preparedHalf = p.preconditioner().apply(half);
    Array t = p.map().apply(preparedHalf);
    Array newOmega = Jnp.vdot(t, half).div(Jnp.vdot(t, t));
    Array x = s.get(0).plus(newAlpha.times(prepared));
    Array further = x.plus(newOmega.times(preparedHalf));
    Array residual = half.minus(newOmega.times(t));
    Array stands = Bits.and(Bits.or(newOmega.eq(0), newAlpha.eq(0)), Bits.not(isEnough));
    Array count = where(stands, Scalars.of(DType.I32, -11), s.get(COUNT).plus(1));
    return List.of(
        where(isEnough, x, further),
        where(isEnough, half, residual),
        newAlpha,
        newOmega,
        rho,
        direction,
        q,
        where(rho.eq(0), Scalars.of(DType.I32, -10), count));
  }
}
