package dev.jacobi.bench.work;

import static dev.jacobi.numpy.Jnp.abs;
import static dev.jacobi.numpy.Jnp.clip;
import static dev.jacobi.numpy.Jnp.maximum;
import static dev.jacobi.numpy.Jnp.minimum;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.square;
import static dev.jacobi.numpy.Jnp.stack;
import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.numpy.Jnp.zerosLike;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.lax.Lax;
import java.util.ArrayList;
import java.util.List;

/** Dormand and Prince's pair of orders 5 and 4 with adaptive steps, as in the peer's script. */
final class Ode {
  private static final double RTOL = 1e-6;
  private static final double ATOL = 1e-6;
  private static final float FIRST_STEP = 0.01f;
  private static final double STIFFNESS = 5;

  /** The published tableau: what each stage takes of those before. */
  private static final double[][] A = {
    {},
    {1.0 / 5},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
  };

  private static final double[] B5 = {
    35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84, 0
  };
  private static final double[] B4 = {
    5179.0 / 57600, 0, 7571.0 / 16695, 393.0 / 640, -92097.0 / 339200, 187.0 / 2100, 1.0 / 40
  };

  private Ode() {}

  /** Time, state, step size and the number of steps tried. */
  private record Progress(Array t, Array y, Array h, Array tried) {}

  record Solution(Array y, Array tried) {}

  /** Integrates {@code y' = f(y)} from 0 to {@code end}. */
  static Solution dopri5(Fn1<Array, Array> f, Array y0, Array end) {
    Progress last =
        Lax.whileLoop(
            s -> s.t().lt(end),
            s -> step(f, end, s),
            new Progress(zerosLike(end), y0, scalar(FIRST_STEP), scalar(0)));
    return new Solution(last.y(), last.tried());
  }

  private static Progress step(Fn1<Array, Array> f, Array end, Progress s) {
    Array y = s.y();
    Array h = minimum(s.h(), end.minus(s.t()));
    List<Array> k = new ArrayList<>();
    for (double[] row : A) {
      k.add(f.apply(y.plus(h.times(combine(row, k, zerosLike(y))))));
    }
    Array y5 = y.plus(h.times(combine(B5, k, zerosLike(y))));
    Array y4 = y.plus(h.times(combine(B4, k, zerosLike(y))));
    Array scale = maximum(abs(y), abs(y5)).times(RTOL).plus(ATOL);
    Array error = sqrt(square(y5.minus(y4).div(scale)).mean());
    Array ok = error.le(1);
    Array factor = clip(maximum(error, scalar(1e-10f)).pow(-0.2).times(0.9), 0.2, 5.0);
    return new Progress(
        where(ok, s.t().plus(h), s.t()), where(ok, y5, y), h.times(factor), s.tried().plus(1));
  }

  /** The sum of the stages, each by its weight. */
  private static Array combine(double[] weights, List<Array> k, Array zero) {
    Array sum = zero;
    for (int i = 0; i < weights.length; i++) {
      sum = sum.plus(k.get(i).times(weights[i]));
    }
    return sum;
  }

  static Array vanDerPol(Array y) {
    Array x = y.get(0);
    Array v = y.get(1);
    return stack(v, square(x).minus(1).times(-STIFFNESS).times(v).minus(x));
  }
}
