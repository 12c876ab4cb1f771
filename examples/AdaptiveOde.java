import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.control.*;
import dev.jacobi.examples.Plot;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import java.nio.file.Path;
import java.util.*;

static final double TOLERANCE = 1e-8;

/** The pair of Dormand and Prince, orders 5 and 4: what each stage takes of those before it. */
static final double[][] STAGES = {
  {1.0 / 5},
  {3.0 / 40, 9.0 / 40},
  {44.0 / 45, -56.0 / 15, 32.0 / 9},
  {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
  {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
  {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}, // the fifth order's result
};
static final double[] ERROR = { // the fifth order's result less the fourth's
  71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
};
static final double[] DENSE = { // Hairer, Norsett and Wanner, "Solving ODEs I", II.6
  -12715105075.0 / 11282082432.0, 0, 87487479700.0 / 32700410799.0, -10690763975.0 / 1880347072.0,
  701980252875.0 / 199316789632.0, -1453857185.0 / 822651844.0, 69997945.0 / 29380423.0
};

/** Time, state and its derivative, the next step, states at the times asked for, steps tried. */
record Progress(Array t, Array y, Array slope, Array h, Array ys, Array tried) {}

static Array combine(double[] weights, List<Array> k) {
  Array sum = k.get(0).times(weights[0]);
  for (int i = 1; i < weights.length; i++) {
    sum = weights[i] == 0 ? sum : sum.plus(k.get(i).times(weights[i]));
  }
  return sum;
}

/**
 * Solves y' = f(y, p) from the first of the ascending times on: the state at each. Ends before
 * the last time if steps shrink to nothing or the state is no number any more.
 */
static Progress solve(Fn2<Array, Array, Array> f, Array y0, Array p, Array times) {
  Array end = times.get(-1);
  return Lax.whileLoop(
      s -> logicalAnd(s.t().lt(end), s.h().gt(0)),
      s -> step(f, p, times, s),
      new Progress(
          times.get(0), y0, f.apply(y0, p), times.get(1).minus(times.get(0)).times(0.01),
          broadcastTo(y0, times.dim(0), y0.dim(0)), scalar(0)));
}

static Progress step(Fn2<Array, Array, Array> f, Array p, Array times, Progress s) {
  Array y = s.y(), end = times.get(-1), h = minimum(s.h(), end.minus(s.t()));
  List<Array> k = new ArrayList<>(List.of(s.slope()));
  Array next = y;
  for (double[] stage : STAGES) {
    next = y.plus(h.times(combine(stage, k)));
    k.add(f.apply(next, p)); // the last stage is the next step's first
  }
  Array scale = maximum(abs(y), abs(next)).times(TOLERANCE).plus(TOLERANCE);
  Array error = sqrt(square(h.times(combine(ERROR, k)).div(scale)).mean());
  Array ok = error.le(1), t = where(s.h().ge(end.minus(s.t())), end, s.t().plus(h));
  // Steps are chosen, not differentiated.
  Array factor = clip(maximum(error, weak(1e-10)).pow(-0.2).times(0.9), 0.2, 5.0);
  Array part = clip(times.minus(s.t()).div(h), 0.0, 1.0); // no overflow where it is not asked for
  Array inside = logicalAnd(ok, logicalAnd(times.gt(s.t()), times.le(t))); // (times)
  return new Progress(
      where(ok, t, s.t()),
      where(ok, next, y),
      where(ok, k.getLast(), s.slope()),
      stopGradient(h.times(factor)),
      where(inside.reshape(-1, 1), dense(y, next, k, h, part), s.ys()),
      s.tried().plus(1));
}

/** Dense output: the state a part x of the step h after y, to the fourth order. */
static Array dense(Array y, Array next, List<Array> k, Array h, Array part) {
  Array x = part.reshape(-1, 1), rest = minus(1, x), rise = next.minus(y); // (times, 1)
  Array left = h.times(k.getFirst()).minus(rise);
  Array bend = rise.minus(h.times(k.getLast())).minus(left);
  Array last = rest.times(h.times(combine(DENSE, k)));
  return y.plus(x.times(rise.plus(rest.times(left.plus(x.times(bend.plus(last)))))));
}

/** The states found, and the parameters. */
record Known(Array ys, Array p) {}

/** Two times, the state at the later one, and the loss's derivative in that state alone. */
record Interval(Array from, Array to, Array y, Array cotangent) {}

/** The loss's derivatives in the state, and in the parameters as far as they are known. */
record Adjoint(Array state, Array parameters) {}

/** The same states; their derivative is an equation of its own (Pontryagin's), solved backwards. */
static Array solveWithAdjoint(
    Fn2<Array, Array, Array> f, Array start, Array parameters, Array times) {
  int n = (int) start.dim(0);
  Fn2<Array, Array, Array> backwards = (z, p) -> {
    Array y = z.get(until(n)), a = z.get(range(n, 2 * n));
    var pull = vjp((Array u, Array q) -> f.apply(u, q), y, p);
    var gradients = pull.pullback().apply(a);
    return concatenate(pull.value().unaryMinus(), gradients.first(), gradients.second());
  };
  Fn2<Array, Array, Array> solve = (y0, p) -> solve(f, y0, p, times).ys();
  return customVjp(
      solve,
      (Array y0, Array p) -> {
        Array ys = solve.apply(y0, p);
        return new WithResiduals<>(ys, new Known(ys, p));
      },
      (Known known, Array cotangents) -> {
        Array ys = known.ys(), p = known.p();
        Adjoint a = Lax.scan(
            (Adjoint s, Interval i) -> {
              Array z = concatenate(i.y(), s.state().plus(i.cotangent()), s.parameters());
              Array reversed = stack(i.to(), i.from()).unaryMinus();
              Array back = solve(backwards, z, p, reversed).y();
              return Step.of(new Adjoint(back.get(range(n, 2 * n)), back.get(from(2 * n))));
            },
            new Adjoint(zerosLike(ys.get(0)), zerosLike(p)),
            new Interval(
                times.get(until(-1)), times.get(from(1)), ys.get(from(1)), cotangents.get(from(1))),
            ScanOptions.DEFAULT.reversed()).carry();
        return new Grads2<>(a.state().plus(cotangents.get(0)), a.parameters());
      }).apply(start, parameters);
}

/** Lotka and Volterra's prey and predators. */
static final Fn2<Array, Array, Array> ANIMALS = (y, p) -> {
  Array prey = y.get(0), predators = y.get(1), met = prey.times(predators);
  return stack(
      p.get(0).times(prey).minus(p.get(1).times(met)),
      p.get(3).times(met).minus(p.get(2).times(predators)));
};

/** The PNG file to write is the argument (default adaptive_ode.png). */
void main(String[] args) throws Exception {
  Array truth = array(1.5, 1.0, 3.0, 1.0), guess = array(1.4, 1.1, 2.8, 0.9), y0 = array(10.0, 5.0);
  Array times = linspace(0, 10, 21, true, DType.F64);
  var solver = jit((Array y, Array p, Array t) -> solve(ANIMALS, y, p, t));
  Progress seen = solver.apply(y0, truth, times);
  IO.println("steps = " + seen.tried());
  IO.println("state at the end = " + seen.y().toList());
  IO.println("prey on the way = " + seen.ys().get(all(), i(0)).toList());

  // How far a guess is from what was seen, and where to go: step by step, and by the adjoint.
  Fn1<Array, Array> discrete =
      p -> square(solve(ANIMALS, y0, p, times).ys().minus(seen.ys())).mean();
  Fn1<Array, Array> adjoint =
      p -> square(solveWithAdjoint(ANIMALS, y0, p, times).minus(seen.ys())).mean();
  var loss = jit(valueAndGrad(discrete)).apply(guess);
  IO.println("loss = " + loss.value());
  IO.println("discrete gradient = " + loss.grad().toList());
  IO.println("adjoint gradient = " + jit(grad(adjoint)).apply(guess).toList());

  Array fine = linspace(0, 10, 401, true, DType.F64);
  Array smooth = solver.apply(y0, truth, fine).ys();
  Array wrong = solver.apply(y0, guess, fine).ys();
  new Plot("Prey and predators", "time", "animals")
      .line("prey", fine, smooth.get(all(), i(0)))
      .line("predators", fine, smooth.get(all(), i(1)))
      .line("prey as guessed", fine, wrong.get(all(), i(0)))
      .points("times asked for", times, seen.ys().get(all(), i(0)))
      .write(Path.of(args.length > 0 ? args[0] : "adaptive_ode.png"));
}
