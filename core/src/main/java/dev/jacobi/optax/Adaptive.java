package dev.jacobi.optax;

import static dev.jacobi.numpy.Jnp.abs;
import static dev.jacobi.numpy.Jnp.div;
import static dev.jacobi.numpy.Jnp.maximum;
import static dev.jacobi.numpy.Jnp.rsqrt;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Trees;
import dev.jacobi.numpy.Jnp;

/** Transformations that give each parameter a rate of its own, by its gradients' squares. */
final class Adaptive {
  private Adaptive() {}

  private static <P> P scaled(P mean, P squares, double epsRoot, double eps) {
    return Trees.map((m, v) -> m.div(sqrt(v.plus(epsRoot)).plus(eps)), mean, squares);
  }

  /** Kingma and Ba, Adam: a method for stochastic optimization; with Dozat's Nesterov form. */
  record ScaleByAdam(AdamOptions o) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Moments<>(
          Moments.zero(), Moments.zeros(params, o.muDtype()), Moments.zeros(params));
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Moments<P>(Array before, P mean, P squares))) {
        throw OptStateException.of(this, state);
      }
      Array count = Moments.next(before);
      P mu = Moments.first(updates, mean, o.b1());
      P nu = Moments.second(updates, squares, o.b2());
      P muHat =
          o.nesterov()
              ? Moments.ahead(updates, mu, o.b1(), count)
              : Moments.unbiased(mu, o.b1(), count);
      P nuHat = Moments.unbiased(nu, o.b2(), count);
      var next =
          new OptState.Moments<>(
              count, Moments.cast(mu, o.muDtype()), Moments.castLike(nu, squares));
      return new Step<>(scaled(muHat, nuHat, o.epsRoot(), o.eps()), next);
    }
  }

  /** Reddi, Kale and Kumar, On the convergence of Adam and beyond. */
  record ScaleByAmsgrad(AdamOptions o) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      P zeros = Moments.zeros(params);
      return new OptState.MaxMoments<>(
          Moments.zero(), Moments.zeros(params, o.muDtype()), zeros, zeros);
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.MaxMoments<P>(Array before, P mean, P squares, P most))) {
        throw OptStateException.of(this, state);
      }
      Array count = Moments.next(before);
      P mu = Moments.first(updates, mean, o.b1());
      P nu = Moments.second(updates, squares, o.b2());
      P nuMax = Trees.map(Jnp::maximum, most, Moments.unbiased(nu, o.b2(), count));
      P step = scaled(Moments.unbiased(mu, o.b1(), count), nuMax, o.epsRoot(), o.eps());
      P muKept = Moments.cast(mu, o.muDtype());
      return new Step<>(step, new OptState.MaxMoments<>(count, muKept, nu, nuMax));
    }
  }

  /** Kingma and Ba, section 7.1: the largest gradient in place of the mean square. */
  record ScaleByAdamax(AdamOptions o) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Moments<>(Moments.zero(), Moments.zeros(params), Moments.zeros(params));
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Moments<P>(Array before, P mean, P largest))) {
        throw OptStateException.of(this, state);
      }
      Array count = Moments.next(before);
      P mu = Moments.first(updates, mean, o.b1());
      P nu = Trees.map((g, t) -> maximum(abs(g).plus(o.eps()), t.times(o.b2())), updates, largest);
      P step = Trees.map((m, v) -> m.div(v), Moments.unbiased(mu, o.b1(), count), nu);
      return new Step<>(step, new OptState.Moments<>(count, mu, nu));
    }
  }

  /** Zhuang et al., AdaBelief optimizer: adapting stepsizes by the belief in gradients. */
  record ScaleByBelief(AdamOptions o) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Moments<>(Moments.zero(), Moments.zeros(params), Moments.zeros(params));
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Moments<P>(Array before, P mean, P errors))) {
        throw OptStateException.of(this, state);
      }
      Array count = Moments.next(before);
      P mu = Moments.first(updates, mean, o.b1());
      P error = Trees.map((g, m) -> g.minus(m), updates, mu);
      P nu = Trees.map(v -> v.plus(o.epsRoot()), Moments.second(error, errors, o.b2()));
      P muHat =
          o.nesterov()
              ? Moments.ahead(updates, mu, o.b1(), count)
              : Moments.unbiased(mu, o.b1(), count);
      P step =
          Trees.map(
              (m, v) -> m.div(sqrt(v).plus(o.eps())), muHat, Moments.unbiased(nu, o.b2(), count));
      return new Step<>(step, new OptState.Moments<>(count, mu, nu));
    }
  }

  /** Tieleman and Hinton's RMSProp; centred as in Graves, Generating sequences. */
  record ScaleByRms(RmspropOptions o) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      P squares = Moments.full(params, o.initialScale());
      return o.centered()
          ? new OptState.Moments<>(Moments.zero(), Moments.zeros(params), squares)
          : new OptState.Square<>(Moments.zero(), squares);
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (o.centered() && state instanceof OptState.Moments<P>(Array before, P mean, P squares)) {
        Array count = Moments.next(before);
        P mu = Moments.first(updates, mean, o.decay());
        P nu = Moments.second(updates, squares, o.decay());
        P spread =
            Trees.map(
                (m, v) -> v.minus(Moments.squared(m)), corrected(mu, count), corrected(nu, count));
        return new Step<>(scaled(updates, spread), new OptState.Moments<>(count, mu, nu));
      }
      if (!o.centered() && state instanceof OptState.Square<P>(Array before, P squares)) {
        Array count = Moments.next(before);
        P nu = Moments.second(updates, squares, o.decay());
        P step = scaled(updates, corrected(nu, count));
        return new Step<>(step, new OptState.Square<>(count, nu));
      }
      throw OptStateException.of(this, state);
    }

    private <P> P corrected(P mean, Array count) {
      return o.biasCorrection() ? Moments.unbiased(mean, o.decay(), count) : mean;
    }

    private <P> P scaled(P updates, P squares) {
      return Trees.map(
          (g, v) ->
              (o.epsInSqrt() ? rsqrt(v.plus(o.eps())) : div(1.0, sqrt(v).plus(o.eps()))).times(g),
          updates,
          squares);
    }
  }

  /** Duchi, Hazan and Singer, Adaptive subgradient methods. */
  record ScaleByRss(double initial, double eps) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Square<>(Moments.zero(), Moments.full(params, initial));
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Square<P>(Array count, P before))) {
        throw OptStateException.of(this, state);
      }
      P sum = Trees.map((g, t) -> Moments.squared(g).plus(t), updates, before);
      P step = Trees.map((g, t) -> inverse(t).times(g), updates, sum);
      return new Step<>(step, new OptState.Square<>(Moments.next(count), sum));
    }

    private Array inverse(Array sum) {
      Array some = sum.gt(0.0);
      return where(some, rsqrt(where(some, sum, 1.0).plus(eps)), 0.0);
    }
  }
}
