import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.*;

import dev.jacobi.*;
import dev.jacobi.control.*;
import dev.jacobi.examples.Plot;
import dev.jacobi.hlo.*;
import dev.jacobi.lax.Lax;
import java.nio.file.Path;

static final int CHAINS = 16, SAMPLES = 1000, LEAPFROGS = 12;
static final double STEP = 0.25;

/** A point of the trajectory: place and momentum. */
record Phase(Array q, Array p) {}

/** A place that was sampled, and whether it is a new one. */
record Sample(Array q, Array accepted) {}

/** The logarithm of a banana's density: x has variance 4, and y scatters around 1 - x^2 / 4. */
static Array logDensity(Array q) {
  Array x = q.get(0), bend = q.get(1).minus(1).plus(square(x).div(4));
  return square(x).div(-8).minus(square(bend).div(2));
}

static Array energy(Phase s) {
  return s.p().matmul(s.p()).div(2).minus(logDensity(s.q()));
}

/** A particle's way through the potential, by the leapfrog method, which keeps volumes. */
static Phase trajectory(Phase start) {
  Op1 force = grad(q -> logDensity(q));
  return Lax.foriLoop(0, LEAPFROGS, (i, s) -> {
    Array half = s.p().plus(force.apply(s.q()).times(STEP / 2));
    Array q = s.q().plus(half.times(STEP));
    return new Phase(q, half.plus(force.apply(q).times(STEP / 2)));
  }, start);
}

/** One chain: a sample is where a trajectory from the last ends, if Metropolis' rule takes it. */
static Sample chain(Key key, Array start) {
  return Lax.scan((Array q, Key k) -> {
    Key keys = k.split(2);
    Phase here = new Phase(q, normal(keys.get(0), q.shape(), DType.F64));
    Phase there = trajectory(here);
    Array chance = exp(energy(here).minus(energy(there)));
    Array accepted = uniform(keys.get(1), shape(), DType.F64).lt(chance);
    Array next = where(accepted, there.q(), q);
    return new Step<>(next, new Sample(next, accepted));
  }, start, key.split(SAMPLES)).ys();
}

/** How far the chains disagree (Gelman and Rubin): 1 if they all sample the same density. */
static Array disagreement(Array q) { // (chains, samples, 2)
  Array within = var(q, over(1).ddof(1)).mean(0);
  Array between = var(q.mean(1), over(0).ddof(1));
  return sqrt(between.div(within).plus((SAMPLES - 1.0) / SAMPLES));
}

/** The PNG file to write is the argument (default hamiltonian_monte_carlo.png). */
void main(String[] args) throws Exception {
  Key keys = key(0).split(2);
  Array starts = normal(keys.get(0), shape(CHAINS, 2), DType.F64);
  var sample = jit(vmap((Key k, Array q) -> chain(k, q)));
  Sample samples = sample.apply(keys.get(1).split(CHAINS), starts);
  Array q = samples.q(), all = q.reshape(CHAINS * SAMPLES, 2);
  IO.println("accepted = " + samples.accepted().astype(DType.F64).mean());
  IO.println("mean = " + all.mean(0).toList());
  IO.println("standard deviation = " + std(all, 0).toList());
  IO.println("disagreement = " + disagreement(q).toList());
  IO.println("first chain's end = " + q.get(0, SAMPLES - 1).toList());
  Array few = all.get(range(0, CHAINS * SAMPLES, 8)), one = q.get(i(0), until(15));
  new Plot("A banana, sampled", "x", "y")
      .points("samples", few.get(all(), i(0)), few.get(all(), i(1)))
      .line("a chain's first 15", one.get(all(), i(0)), one.get(all(), i(1)))
      .write(Path.of(args.length > 0 ? args[0] : "hamiltonian_monte_carlo.png"));
}
