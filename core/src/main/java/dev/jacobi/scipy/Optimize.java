package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.scipy.optimize.Objective;
import dev.jacobi.scipy.optimize.Outcome;
import java.util.Optional;

/** SciPy's minimization, {@code jax.scipy.optimize}. */
public final class Optimize {
  private Optimize() {}

  /**
   * Where a search ended.
   *
   * @param x the vector
   * @param success whether it converged
   * @param status 0 if it did, else why not: 1 too many steps; of BFGS 3 or 5 if the line search
   *     failed; of L-BFGS 2 too many values, 4 values that hardly change, 5 a line search that
   *     failed; of Nelder-Mead 1 too many values, 2 too many steps
   * @param fun the value there
   * @param jac the gradient there; empty for Nelder-Mead
   * @param hessInv BFGS's approximation of the Hessian's inverse
   * @param nfev how many values were computed, i32
   * @param njev how many gradients
   * @param nit how many steps were taken
   */
  public record OptimizeResults(
      Array x,
      Array success,
      Array status,
      Array fun,
      Optional<Array> jac,
      Optional<Array> hessInv,
      Array nfev,
      Array njev,
      Array nit) {
    private static OptimizeResults of(Outcome o) {
      return new OptimizeResults(
          o.x(),
          o.success(),
          o.status(),
          o.fun(),
          o.jac(),
          o.hessInv(),
          o.nfev(),
          o.njev(),
          o.nit());
    }
  }

  /** How a function is minimized. */
  public sealed interface Method permits Bfgs, Lbfgs, NelderMead {}

  private static long positive(String what, long value) {
    if (value < 0) {
      throw new LaxTypeException("minimize", what + " cannot be " + value);
    }
    return value;
  }

  private static double tolerance(String what, double value) {
    if (!(value >= 0)) {
      throw new LaxTypeException("minimize", what + " cannot be " + value);
    }
    return value;
  }

  /**
   * JAX's {@code BFGS}.
   *
   * @param maxiter how many steps it may take; 0 for 200 per variable
   * @param norm the order of the norm of the gradient
   * @param gtol it ends when that norm is less than this
   * @param lineSearchMaxiter how often a line search may double its step
   */
  public record Bfgs(long maxiter, double norm, double gtol, int lineSearchMaxiter)
      implements Method {
    public static final Bfgs DEFAULT = new Bfgs(0, Double.POSITIVE_INFINITY, 1e-5, 10);

    public Bfgs {
      positive("the number of steps", maxiter);
      positive("the number of a line search's steps", lineSearchMaxiter);
      tolerance("the gradient's norm", gtol);
    }

    public Bfgs withMaxiter(long steps) {
      return new Bfgs(steps, norm, gtol, lineSearchMaxiter);
    }

    public Bfgs withNorm(double order) {
      return new Bfgs(maxiter, order, gtol, lineSearchMaxiter);
    }

    public Bfgs withGtol(double bound) {
      return new Bfgs(maxiter, norm, bound, lineSearchMaxiter);
    }

    public Bfgs withLineSearchMaxiter(int steps) {
      return new Bfgs(maxiter, norm, gtol, steps);
    }
  }

  /**
   * JAX's {@code l-bfgs-experimental}: in the memory of a few vectors.
   *
   * @param maxcor how many steps are remembered
   * @param maxiter how many it may take; 0 for 200 per variable
   * @param gtol it ends when the largest element of the gradient is less than this
   * @param ftol or when the value decreases by less than this, without success
   * @param maxfun how many values it may compute; 0 for any number
   * @param maxls how often a line search may double its step
   */
  public record Lbfgs(int maxcor, long maxiter, double gtol, double ftol, long maxfun, int maxls)
      implements Method {
    public static final Lbfgs DEFAULT = new Lbfgs(10, 0, 1e-5, 2.220446049250313e-09, 0, 20);

    public Lbfgs {
      if (maxcor < 1) {
        throw new LaxTypeException("minimize", "must remember a step, not " + maxcor);
      }
      positive("the number of steps", maxiter);
      positive("the number of values", maxfun);
      positive("the number of a line search's steps", maxls);
      tolerance("the gradient's norm", gtol);
    }

    public Lbfgs withMaxcor(int steps) {
      return new Lbfgs(steps, maxiter, gtol, ftol, maxfun, maxls);
    }

    public Lbfgs withMaxiter(long steps) {
      return new Lbfgs(maxcor, steps, gtol, ftol, maxfun, maxls);
    }

    public Lbfgs withGtol(double bound) {
      return new Lbfgs(maxcor, maxiter, bound, ftol, maxfun, maxls);
    }

    public Lbfgs withFtol(double bound) {
      return new Lbfgs(maxcor, maxiter, gtol, bound, maxfun, maxls);
    }

    public Lbfgs withMaxfun(long values) {
      return new Lbfgs(maxcor, maxiter, gtol, ftol, values, maxls);
    }

    public Lbfgs withMaxls(int steps) {
      return new Lbfgs(maxcor, maxiter, gtol, ftol, maxfun, steps);
    }
  }

  /**
   * SciPy's {@code Nelder-Mead}: without derivatives.
   *
   * @param maxiter how many steps it may take; 0 for 200 per variable
   * @param maxfev how many values it may compute; 0 for 200 per variable
   * @param xatol it ends when the simplex is so small, and
   * @param fatol values on it differ by so little
   * @param adaptive whether coefficients adapt to the dimension
   */
  public record NelderMead(long maxiter, long maxfev, double xatol, double fatol, boolean adaptive)
      implements Method {
    public static final NelderMead DEFAULT = new NelderMead(0, 0, 1e-4, 1e-4, false);

    public NelderMead {
      positive("the number of steps", maxiter);
      positive("the number of values", maxfev);
      tolerance("the simplex' size", xatol);
      tolerance("the values' distance", fatol);
    }

    public NelderMead withMaxiter(long steps) {
      return new NelderMead(steps, maxfev, xatol, fatol, adaptive);
    }

    public NelderMead withMaxfev(long values) {
      return new NelderMead(maxiter, values, xatol, fatol, adaptive);
    }

    public NelderMead withXatol(double size) {
      return new NelderMead(maxiter, maxfev, size, fatol, adaptive);
    }

    public NelderMead withFatol(double distance) {
      return new NelderMead(maxiter, maxfev, xatol, distance, adaptive);
    }

    public NelderMead withAdaptive(boolean adapts) {
      return new NelderMead(maxiter, maxfev, xatol, fatol, adapts);
    }
  }

  /**
   * Minimizes a function by BFGS. {@code Optimize.minimize(x -> square(x.minus(3)).sum(),
   * array(0f)).success()} is {@code True}.
   */
  public static OptimizeResults minimize(Fn1<Array, Array> f, Array x0) {
    return minimize(f, x0, Bfgs.DEFAULT);
  }

  /**
   * Minimizes a real function of a vector.
   *
   * <pre>{@code minimize(x -> x.minus(1).pow(2).sum(), zeros(3), Lbfgs.DEFAULT).x()}</pre>
   *
   * @param x0 where the search begins, shape (n) of a real floating type
   * @throws LaxTypeException if the function gives no real scalar
   */
  public static OptimizeResults minimize(Fn1<Array, Array> f, Array x0, Method method) {
    Array start = Objective.start(x0);
    Objective objective = new Objective(f);
    long often = 200 * start.dim(0);
    long all = Integer.MAX_VALUE;
    return OptimizeResults.of(
        switch (method) {
          case Bfgs(long maxiter, double norm, double gtol, int steps) ->
              dev.jacobi.scipy.optimize.Bfgs.minimize(
                  objective, start, maxiter == 0 ? often : maxiter, norm, gtol, steps);
          case Lbfgs m ->
              dev.jacobi.scipy.optimize.Lbfgs.minimize(
                  objective,
                  start,
                  new dev.jacobi.scipy.optimize.Lbfgs.Limits(
                      m.maxcor,
                      m.maxiter == 0 ? often : m.maxiter,
                      Double.POSITIVE_INFINITY,
                      m.gtol,
                      m.ftol,
                      m.maxfun == 0 ? all : m.maxfun,
                      m.maxls));
          case NelderMead m ->
              dev.jacobi.scipy.optimize.NelderMead.minimize(
                  objective,
                  start,
                  new dev.jacobi.scipy.optimize.NelderMead.Limits(
                      m.maxiter == 0 ? often : m.maxiter,
                      m.maxfev == 0 ? often : m.maxfev,
                      m.xatol,
                      m.fatol,
                      m.adaptive));
        });
  }
}
