package dev.jacobi.optax;

import dev.jacobi.Array;
import dev.jacobi.Trees;
import dev.jacobi.numpy.Jnp;

/** Transformations that remember a mean of gradients, or how many steps were taken. */
final class Stepping {
  private Stepping() {}

  /** Multiplies by a number that changes from step to step. */
  record ScaleBySchedule(Schedule factor, double sign) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Count<>(Moments.zero());
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Count<P>(Array count))) {
        throw OptStateException.of(this, state);
      }
      var by = new PerStep(t -> factor.at(t).times(sign), count);
      P scaled = Trees.map(g -> by.like(g).times(g), updates);
      return new Step<>(scaled, new OptState.Count<>(Moments.next(count)));
    }
  }

  /** Adds a part of the parameters that changes from step to step. */
  record AddDecayedWeights(Schedule rate) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Count<>(Moments.zero());
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Count<P>(Array count))) {
        throw OptStateException.of(this, state);
      }
      var by = new PerStep(rate::at, count);
      P decayed = Trees.map((g, p) -> g.plus(by.at(p).times(p)), updates, params);
      return new Step<>(decayed, new OptState.Count<>(Moments.next(count)));
    }
  }

  /** Momentum. */
  record Trace(double decay, TraceOptions options) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Trace<>(Moments.zeros(params, options.accumulator()));
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Trace<P>(P before))) {
        throw OptStateException.of(this, state);
      }
      P trace = added(updates, before);
      P moved = options.nesterov() ? added(updates, trace) : trace;
      return new Step<>(moved, new OptState.Trace<>(Moments.cast(trace, options.accumulator())));
    }

    private <P> P added(P updates, P trace) {
      return Trees.map((g, t) -> g.plus(t.times(decay)), updates, trace);
    }
  }

  /** The running mean of gradients. */
  record Ema(double decay, boolean debias) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Mean<>(Moments.zero(), Moments.zeros(params));
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Mean<P>(Array before, P mean))) {
        throw OptStateException.of(this, state);
      }
      Array count = Moments.next(before);
      P mu = Moments.first(updates, mean, decay);
      return new Step<>(
          debias ? Moments.unbiased(mu, decay, count) : mu, new OptState.Mean<>(count, mu));
    }
  }

  /** The sign of a mean of the gradient and the gradients before. */
  record ScaleByLion(LionOptions o) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Mean<>(Moments.zero(), Moments.zeros(params, o.muDtype()));
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Mean<P>(Array count, P mean))) {
        throw OptStateException.of(this, state);
      }
      P sign = Trees.map(Jnp::sign, Moments.first(updates, mean, o.b1()));
      P mu = Moments.cast(Moments.first(updates, mean, o.b2()), o.muDtype());
      return new Step<>(sign, new OptState.Mean<>(Moments.next(count), mu));
    }
  }
}
