import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.examples.*;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Linalg;
import java.nio.file.Path;
import java.util.List;

// begin ridge
/** Least squares, with a penalty on the squares of coefficients. */
static Array ridge(Array x, Array y, Array penalty) {
  Array gram = x.transpose().matmul(x), diagonal = identity(x.dim(1), DType.F64).times(penalty);
  return Linalg.solve(gram.plus(diagonal), x.transpose().matmul(y));
}

/** The mean squared error if each person is predicted by a fit to all others, without fitting. */
static Array leftOut(Array x, Array y, Array penalty) {
  Array gram = x.transpose().matmul(x).plus(identity(x.dim(1), DType.F64).times(penalty));
  Array hat = x.matmul(Linalg.solve(gram, x.transpose())).plus(1.0 / x.dim(0)); // (n, n)
  return square(y.minus(hat.matmul(y)).div(minus(1, diag(hat)))).mean();
}

// end ridge

/** Least squares, with a penalty on the absolute values of coefficients: many become zero. */
static Array lasso(Array x, Array y, double penalty) {
  double n = x.dim(0);
  Array gram = x.transpose().matmul(x).div(n), xy = x.transpose().matmul(y).div(n);
  Array rate = div(1, Linalg.norm(gram)), threshold = rate.times(penalty);
  return Lax.foriLoop(0, 3000, (i, w) -> {
    Array next = w.minus(gram.matmul(w).minus(xy).times(rate));
    return sign(next).times(maximum(abs(next).minus(threshold), weak(0)));
  }, zerosLike(xy));
}

/** The PNG file to write is the argument (default least_squares.png). */
void main(String[] args) throws Exception {
  Diabetes people = Diabetes.load();
  Array x = people.measured(), y = people.progress().minus(people.progress().mean());
  x = x.minus(x.mean(0)).div(std(x, 0)); // so that coefficients can be compared
  Array xs = x;

  var fit = Linalg.lstsq(x, y);
  Array rest = fit.residuals().get(0), variance = rest.div(x.dim(0) - x.dim(1) - 1);
  Array errors = sqrt(diag(Linalg.inv(x.transpose().matmul(x))).times(variance));

  Array penalties = logspace(-1, 4, 101, DType.F64);
  Array paths = jit(vmap(p -> ridge(xs, y, p))).apply(penalties); // (penalties, measurements)
  Array left = jit(vmap(p -> leftOut(xs, y, p))).apply(penalties);
  int best = (int) argmin(left).itemLong();
  Array few = jit(z -> lasso(z, y, 2)).apply(x);

  IO.println("measurement: least squares, its standard error, ridge, lasso");
  Array table = stack(List.of(fit.x(), errors, paths.get(best), few), 1);
  for (int i = 0; i < Diabetes.NAMES.size(); i++) {
    IO.println(Diabetes.NAMES.get(i) + " = " + table.get(i));
  }
  IO.println("R squared = " + minus(1, rest.div(square(y).sum())));
  IO.println("best penalty = " + penalties.get(best));
  IO.println("error of those left out = " + left.get(best));

  Plot plot = new Plot("Diabetes: ridge regression", "log10(penalty)", "coefficient");
  for (int i = 0; i < Diabetes.NAMES.size(); i++) {
    plot.line(Diabetes.NAMES.get(i), log10(penalties), paths.get(all(), i(i)));
  }
  plot.write(Path.of(args.length > 0 ? args[0] : "least_squares.png"));
}
