import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.examples.Plot;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Linalg;
import java.nio.file.Path;

/** Mobility of electrons in silicon (Y) by the logarithm of density (X): NIST's "Thurber". */
static final Array X = array(
    -3.067, -2.981, -2.921, -2.912, -2.840, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322,
    -1.501, -1.460, -1.274, -1.212, -1.100, -1.046, -0.915, -0.714, -0.566, -0.545, -0.400, -0.309,
    -0.109, -0.103, 0.010, 0.119, 0.377, 0.790, 0.963, 1.006, 1.115, 1.572, 1.841, 2.047, 2.200);
static final Array Y = array(
    80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696,
    101.060, 401.672, 390.724, 567.534, 635.316, 733.054, 759.087, 894.206, 990.785, 1090.109,
    1080.914, 1122.643, 1178.351, 1260.531, 1273.514, 1288.339, 1327.543, 1353.863, 1414.509,
    1425.208, 1421.384, 1442.962, 1464.350, 1468.705, 1447.894, 1457.628);

/** Parameters, the squares they leave, the damping, the last step's size, the steps tried. */
record Fit(Array p, Array cost, Array damping, Array change, Array steps) {}

/** A quotient of two cubic polynomials. */
static Array model(Array p, Array x) {
  Array x2 = x.times(x), x3 = x2.times(x);
  Array above = p.get(0).plus(p.get(1).times(x)).plus(p.get(2).times(x2)).plus(p.get(3).times(x3));
  Array below = p.get(4).times(x).plus(p.get(5).times(x2)).plus(p.get(6).times(x3)).plus(1);
  return above.div(below);
}

/** Least squares: between Newton's steps and the gradient's, as the damping says. */
static Fit fit(Fn1<Array, Array> residual, Array start) {
  return Lax.whileLoop(
      (Fit s) -> logicalAnd(s.change().gt(1e-10), s.steps().lt(200)),
      (Fit s) -> {
        Array r = residual.apply(s.p()), j = jacfwd(residual).apply(s.p()); // (n), (n, parameters)
        Array jtj = j.transpose().matmul(j);
        Array damped = jtj.plus(diag(diag(jtj)).times(s.damping()));
        Array step = Linalg.solve(damped, j.transpose().matmul(r).unaryMinus());
        Array p = s.p().plus(step);
        Array cost = square(residual.apply(p)).sum();
        Array better = cost.le(s.cost());
        return new Fit(
            where(better, p, s.p()),
            where(better, cost, s.cost()),
            where(better, s.damping().times(0.2), s.damping().times(5.0)),
            abs(step.div(p)).max(),
            s.steps().plus(1));
      },
      new Fit(start, square(residual.apply(start)).sum(), scalar(0.01), scalar(1.0), scalar(0)));
}

/** The PNG file to write is the argument (default levenberg_marquardt.png). */
void main(String[] args) throws Exception {
  Fn1<Array, Array> residual = p -> model(p, X).minus(Y);
  Array start = array(1000.0, 1000, 400, 40, 0.7, 0.3, 0.03);
  Fit fit = jit((Array p) -> fit(residual, p)).apply(start);
  Array j = jacfwd(residual).apply(fit.p());
  Array variance = fit.cost().div(X.size() - start.size());
  Array errors = sqrt(diag(Linalg.inv(j.transpose().matmul(j))).times(variance));
  IO.println("steps = " + fit.steps());
  IO.println("parameters = " + fit.p().toList());
  IO.println("standard errors = " + errors.toList());
  IO.println("sum of squares = " + fit.cost());
  Array x = linspace(-3.1, 2.3, 200, true, DType.F64);
  new Plot("Electron mobility", "log(density)", "mobility")
      .points("measured", X, Y)
      .line("start", x, model(start, x))
      .line("fit", x, model(fit.p(), x))
      .write(Path.of(args.length > 0 ? args[0] : "levenberg_marquardt.png"));
}
