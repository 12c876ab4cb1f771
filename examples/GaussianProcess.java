import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.*;

import dev.jacobi.*;
import dev.jacobi.examples.Plot;
import dev.jacobi.hlo.DType;
import dev.jacobi.scipy.*;
import dev.jacobi.scipy.Linalg.TriangularOptions;
import java.nio.file.Path;

// begin process
/** What is said of functions before any is seen, as logarithms: their size, how far one sees. */
record Prior(Array size, Array length, Array noise) {
  /** How values at two sets of places belong together. */
  Array kernel(Array x, Array y) {
    Array distance = expandDims(x, 1).minus(y).div(exp(length)); // (x, y)
    return exp(square(distance).div(-2).plus(size.times(2)));
  }

  Array withNoise(Array x) {
    return kernel(x, x).plus(identity(x.size(), DType.F64).times(exp(noise.times(2))));
  }
}

record Belief(Array mean, Array deviation) {}

static final TriangularOptions LOWER = TriangularOptions.DEFAULT.withLower(true);

/** What is known of the function at new places. */
static Belief predict(Prior prior, Array x, Array y, Array at) {
  var factor = Linalg.choFactor(prior.withNoise(x), true);
  Array across = prior.kernel(at, x); // (at, x)
  Array seen = Linalg.solveTriangular(factor.c(), across.transpose(), LOWER);
  Array variance = exp(prior.size().times(2)).minus(square(seen).sum(0));
  return new Belief(across.matmul(Linalg.choSolve(factor, y)), sqrt(variance));
}

/** The logarithm of the density of what was seen. */
static Array evidence(Prior prior, Array x, Array y) {
  var factor = Linalg.choFactor(prior.withNoise(x), true);
  Array fit = y.matmul(Linalg.choSolve(factor, y)).div(-2);
  return fit.minus(log(diag(factor.c())).sum()).minus(x.size() * Math.log(2 * Math.PI) / 2);
}

// end process

static void report(String name, Prior prior, Array x, Array y, Array at) {
  Belief belief = jit((Prior p, Array u) -> predict(p, x, y, u)).apply(prior, at);
  IO.println(name + " evidence = " + evidence(prior, x, y));
  IO.println(name + " mean = " + belief.mean());
  IO.println(name + " deviation = " + belief.deviation());
}

/** The PNG file to write is the argument (default gaussian_process.png). */
void main(String[] args) throws Exception {
  var keys = key(0).split(2);
  Array x = uniform(keys.get(0), shape(30), DType.F64, 0, 10);
  Array noise = normal(keys.get(1), x.shape(), DType.F64).times(0.2);
  Array y = sin(x).plus(x.div(5)).plus(noise), at = linspace(0, 12, 7, DType.F64);
  Prior guess = new Prior(scalar(0.0), scalar(0.0), scalar(Math.log(0.1)));
  report("guess", guess, x, y, at);

  var start = Trees.ravelTree(guess);
  Fn1<Array, Array> loss = p -> evidence(start.unravel().apply(p), x, y).unaryMinus();
  var search = Optimize.Bfgs.DEFAULT.withGtol(1e-8);
  var best = jit((Array p) -> Optimize.minimize(loss, p, search)).apply(start.vector());
  Prior fit = start.unravel().apply(best.x());
  IO.println("converged = " + best.success());
  IO.println("size, length, noise = " + exp(best.x()));
  report("fit", fit, x, y, at);

  Array fine = linspace(0, 12, 241, DType.F64);
  Belief belief = predict(fit, x, y, fine);
  new Plot("A Gaussian process", "x", "y")
      .points("seen", x, y)
      .line("mean", fine, belief.mean())
      .line("mean + 2 deviations", fine, belief.mean().plus(belief.deviation().times(2)))
      .line("mean - 2 deviations", fine, belief.mean().minus(belief.deviation().times(2)))
      .write(Path.of(args.length > 0 ? args[0] : "gaussian_process.png"));
}
