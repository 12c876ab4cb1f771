import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.control.Step;
import dev.jacobi.examples.Plot;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.scipy.Optimize;
import java.nio.file.Path;

/** How many of 763 boys lay in bed with influenza, day by day (British Medical Journal, 1978). */
static final Array IN_BED = array(3.0, 8, 26, 76, 225, 298, 258, 233, 189, 128, 68, 29, 14, 4);

static final int BOYS = 763, STEPS = 24;

// begin model
/** Kermack and McKendrick's model: those who can fall ill, and those who are. */
record State(Array well, Array ill) {
  State plus(State d, double h) {
    return Trees.map((x, y) -> x.plus(y.times(h)), this, d);
  }
}

/** What changes in a day. The parameters are logarithms of the rates of infection and recovery. */
static State change(State s, Array p) {
  Array infected = exp(p.get(0)).times(s.well()).times(s.ill()).div(BOYS);
  Array recovered = exp(p.get(1)).times(s.ill());
  return new State(infected.unaryMinus(), infected.minus(recovered));
}

/** A step of the classical method by Runge and Kutta. */
static State step(State s, Array p, double h) {
  State a = change(s, p), b = change(s.plus(a, h / 2), p), c = change(s.plus(b, h / 2), p);
  State d = change(s.plus(c, h), p);
  return s.plus(a, h / 6).plus(b, h / 3).plus(c, h / 3).plus(d, h / 6);
}

/** The ill on each of the days; on the first there are {@code exp(p[2])}. */
static Array ill(Array p, int days) {
  Array first = exp(p.get(2));
  return Lax.scan((State s, Array day) -> {
    State next = Lax.foriLoop(0, STEPS, (i, t) -> step(t, p, 1.0 / STEPS), s);
    return new Step<>(next, s.ill());
  }, new State(minus(BOYS, first), first), arange(days)).ys();
}

// end model

/** The PNG file to write is the argument (default epidemic.png). */
void main(String[] args) throws Exception {
  Fn1<Array, Array> residual = p -> ill(p, 14).minus(IN_BED);
  Array guess = log(array(2.0, 0.5, 2.0));
  var search = Optimize.Bfgs.DEFAULT.withGtol(1e-9);
  Fn1<Array, Array> loss = p -> square(residual.apply(p).div(BOYS)).mean();
  var best = jit((Array p) -> Optimize.minimize(loss, p, search)).apply(guess);
  Array p = best.x(), j = jit(jacfwd(residual)).apply(p); // (days, parameters)
  Array variance = square(residual.apply(p)).sum().div(14 - 3);
  Array errors = sqrt(diag(Linalg.inv(j.transpose().matmul(j))).times(variance));
  IO.println("converged = " + best.success());
  IO.println("rates and the first day's ill = " + exp(p));
  IO.println("standard errors = " + errors.times(exp(p)));
  IO.println("infected by each = " + exp(p.get(0).minus(p.get(1))));
  IO.println("standard deviation = " + sqrt(variance));
  IO.println("in bed by the model = " + ill(p, 14));
  Array days = arange(20, DType.F64);
  new Plot("Influenza in a boarding school", "day", "boys in bed")
      .points("counted", days.get(until(14)), IN_BED)
      .line("guess", days, ill(guess, 20))
      .line("fit", days, ill(p, 20))
      .write(Path.of(args.length > 0 ? args[0] : "epidemic.png"));
}
