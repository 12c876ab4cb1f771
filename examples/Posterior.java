import static dev.jacobi.Jacobi.*;
import static dev.jacobi.nn.Nn.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.*;

import dev.jacobi.*;
import dev.jacobi.control.Step;
import dev.jacobi.examples.Plot;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import java.nio.file.Path;

/** Degrees Fahrenheit at 23 launches of a space shuttle, and whether O-rings were damaged. */
static final Array DEGREES = array(
    66.0, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58);
static final Array DAMAGED =
    array(0.0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1);

static final int CHAINS = 16, SAMPLES = 2000;

/** The logarithm of the odds of damage: q has that at 70 degrees, and how it grows in ten more. */
static Array logits(Array q, Array degrees) {
  return q.get(0).plus(q.get(1).times(degrees.minus(70).div(10)));
}

/** Logarithm of the posterior density, but for a constant: normal priors, deviation 5. */
static Array logDensity(Array q) {
  Array z = logits(q, DEGREES);
  return DAMAGED.times(z).minus(softplus(z)).sum().minus(q.matmul(q).div(50));
}

// begin samplers
/** A place, and whether it is a new one. */
record Sample(Array q, Array accepted) {}

static Sample choose(Key key, Array q, Array next, Array logChance) {
  Array accepted = log(uniform(key, shape(), DType.F64)).lt(logChance);
  return new Sample(where(accepted, next, q), accepted);
}

/** Metropolis: a step in any direction. */
static Sample metropolis(Key key, Array q) {
  Key keys = key.split(2);
  Array next = q.plus(normal(keys.get(0), q.shape(), DType.F64));
  return choose(keys.get(1), q, next, logDensity(next).minus(logDensity(q)));
}

/** Hamiltonian Monte Carlo: eight steps of a particle in the potential. */
static Sample hamiltonian(Key key, Array q) {
  record Phase(Array q, Array p) {}
  Key keys = key.split(2);
  Op1 force = grad(u -> logDensity(u));
  Array p = normal(keys.get(0), q.shape(), DType.F64);
  Phase end = Lax.foriLoop(0, 8, (i, s) -> {
    Array half = s.p().plus(force.apply(s.q()).times(0.15));
    Array place = s.q().plus(half.times(0.3));
    return new Phase(place, half.plus(force.apply(place).times(0.15)));
  }, new Phase(q, p));
  Array kinetic = p.matmul(p).minus(end.p().matmul(end.p())).div(2);
  return choose(keys.get(1), q, end.q(), logDensity(end.q()).minus(logDensity(q)).plus(kinetic));
}

/** Chains of samples from normal starts, all at once. */
static Sample sample(Fn2<Key, Array, Sample> move, Key key) {
  Key keys = key.split(2);
  Array starts = normal(keys.get(0), shape(CHAINS, 2), DType.F64);
  return jit(vmap((Key k, Array start) -> Lax.scan((Array q, Key each) -> {
    Sample s = move.apply(each, q);
    return new Step<>(s.q(), s);
  }, start, k.split(SAMPLES)).ys())).apply(keys.get(1).split(CHAINS), starts);
}

// end samplers

/** Returns the samples, without the first 200 of each chain. */
static Array report(String name, Sample samples) {
  Array q = samples.q().get(all(), from(200)), rows = q.reshape(-1, 2);
  Array x = q.minus(rows.mean(0)); // (chains, samples, 2)
  Array next = x.get(all(), from(1)).times(x.get(all(), until(-1))).mean(0, 1);
  IO.println(name + " accepted = " + samples.accepted().astype(DType.F64).mean());
  IO.println(name + " mean = " + rows.mean(0));
  IO.println(name + " deviation = " + std(rows, 0));
  IO.println(name + " correlation = " + corrcoef(rows.transpose()).get(0, 1));
  IO.println(name + " correlation with the next = " + next.div(square(x).mean(0, 1)));
  Array cold = sigmoid(vmap((Array p) -> logits(p, scalar(31.0))).apply(rows));
  IO.println(name + " damage at 31 degrees = " + cold.mean());
  return rows;
}

/** The PNG file to write is the argument (default posterior.png). */
void main(String[] args) throws Exception {
  report("Metropolis", sample((k, q) -> metropolis(k, q), key(1)));
  Array rows = report("Hamiltonian", sample((k, q) -> hamiltonian(k, q), key(2)));
  Array degrees = linspace(30, 85, 111, DType.F64);
  Array chance = sigmoid(vmap((Array q) -> logits(q, degrees)).apply(rows)); // (samples, degrees)
  new Plot("O-rings of space shuttles", "degrees Fahrenheit", "chance of damage")
      .points("launches", DEGREES, DAMAGED)
      .line("mean", degrees, chance.mean(0))
      .line("5 %", degrees, quantile(chance, 0.05, 0))
      .line("95 %", degrees, quantile(chance, 0.95, 0))
      .write(Path.of(args.length > 0 ? args[0] : "posterior.png"));
}
