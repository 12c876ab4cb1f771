package dev.jacobi.optax;

/**
 * Optimisers and what they are made of, for {@code import static dev.jacobi.optax.Optax.*}: names
 * and results are those of Python's Optax 0.2.8.
 *
 * <pre>{@code
 * var optimizer = chain(clipByGlobalNorm(1), adam(warmupCosineDecaySchedule(0, 1e-3, 100, 2000)));
 * var state = optimizer.init(params);
 * var step = optimizer.update(grad(Net::loss).apply(params, batch), state, params);
 * params = applyUpdates(params, step.updates());
 * state = step.state();
 * }</pre>
 *
 * <p>Every optimiser takes its learning rate as a number or as a {@link Schedule}. Derivatives go
 * through optimisers, in the learning rate too: {@code sgd(count -> rate)} with an array {@code
 * rate}.
 */
public final class Optax extends OptaxSchedules {
  private Optax() {}

  /** Minus the rate times the gradient. */
  public static GradientTransformation sgd(double rate) {
    return scaleByLearningRate(rate);
  }

  /** {@link #sgd(double)} with a rate that changes. */
  public static GradientTransformation sgd(Schedule rate) {
    return scaleByLearningRate(rate);
  }

  /** Gradient descent with momentum. */
  public static GradientTransformation sgd(double rate, double momentum) {
    return chain(trace(momentum), scaleByLearningRate(rate));
  }

  /** {@link #sgd(double, double)} with a rate that changes. */
  public static GradientTransformation sgd(Schedule rate, double momentum) {
    return chain(trace(momentum), scaleByLearningRate(rate));
  }

  /** Gradient descent with momentum and options. */
  public static GradientTransformation sgd(double rate, double momentum, TraceOptions options) {
    return chain(trace(momentum, options), scaleByLearningRate(rate));
  }

  /** {@link #sgd(double, double, TraceOptions)} with a rate that changes. */
  public static GradientTransformation sgd(Schedule rate, double momentum, TraceOptions options) {
    return chain(trace(momentum, options), scaleByLearningRate(rate));
  }

  /** The sign of the gradient. */
  public static GradientTransformation signSgd(double rate) {
    return chain(scaleBySign(), scaleByLearningRate(rate));
  }

  /** {@link #signSgd(double)} with a rate that changes. */
  public static GradientTransformation signSgd(Schedule rate) {
    return chain(scaleBySign(), scaleByLearningRate(rate));
  }

  /** Adam; source: Kingma and Ba, Adam: a method for stochastic optimization. */
  public static GradientTransformation adam(double rate) {
    return adam(rate, AdamOptions.DEFAULT);
  }

  /** {@link #adam(double)} with a rate that changes. */
  public static GradientTransformation adam(Schedule rate) {
    return adam(rate, AdamOptions.DEFAULT);
  }

  /** Adam; source: Kingma and Ba, Adam: a method for stochastic optimization. With options. */
  public static GradientTransformation adam(double rate, AdamOptions options) {
    return chain(scaleByAdam(options), scaleByLearningRate(rate));
  }

  /** {@link #adam(double, AdamOptions)} with a rate that changes. */
  public static GradientTransformation adam(Schedule rate, AdamOptions options) {
    return chain(scaleByAdam(options), scaleByLearningRate(rate));
  }

  /** Adam with Nesterov's momentum; source: Dozat, Incorporating Nesterov momentum into Adam. */
  public static GradientTransformation nadam(double rate) {
    return adam(rate, AdamOptions.DEFAULT.withNesterov());
  }

  /** {@link #nadam(double)} with a rate that changes. */
  public static GradientTransformation nadam(Schedule rate) {
    return adam(rate, AdamOptions.DEFAULT.withNesterov());
  }

  /**
   * Adam with decay of weights (1e-4 if not said), which the gradients' squares do not scale;
   * source: Loshchilov and Hutter, Decoupled weight decay regularization.
   */
  public static GradientTransformation adamw(double rate) {
    return adamw(rate, Decay.of(1e-4));
  }

  /** {@link #adamw(double)} with a rate that changes. */
  public static GradientTransformation adamw(Schedule rate) {
    return adamw(rate, Decay.of(1e-4));
  }

  /**
   * Adam with decay of weights (1e-4 if not said), which the gradients' squares do not scale;
   * source: Loshchilov and Hutter, Decoupled weight decay regularization.
   */
  public static GradientTransformation adamw(double rate, Decay decay) {
    return adamw(rate, decay, AdamOptions.DEFAULT);
  }

  /** {@link #adamw(double, Decay)} with a rate that changes. */
  public static GradientTransformation adamw(Schedule rate, Decay decay) {
    return adamw(rate, decay, AdamOptions.DEFAULT);
  }

  /**
   * Adam with decay of weights (1e-4 if not said), which the gradients' squares do not scale;
   * source: Loshchilov and Hutter, Decoupled weight decay regularization.
   */
  public static GradientTransformation adamw(double rate, Decay decay, AdamOptions options) {
    return chain(scaleByAdam(options), addDecayedWeights(decay), scaleByLearningRate(rate));
  }

  /** {@link #adamw(double, Decay, AdamOptions)} with a rate that changes. */
  public static GradientTransformation adamw(Schedule rate, Decay decay, AdamOptions options) {
    return chain(scaleByAdam(options), addDecayedWeights(decay), scaleByLearningRate(rate));
  }

  /** AMSGrad; source: Reddi, Kale and Kumar, On the convergence of Adam and beyond. */
  public static GradientTransformation amsgrad(double rate) {
    return amsgrad(rate, AdamOptions.DEFAULT);
  }

  /** {@link #amsgrad(double)} with a rate that changes. */
  public static GradientTransformation amsgrad(Schedule rate) {
    return amsgrad(rate, AdamOptions.DEFAULT);
  }

  /**
   * AMSGrad; source: Reddi, Kale and Kumar, On the convergence of Adam and beyond. With options.
   */
  public static GradientTransformation amsgrad(double rate, AdamOptions options) {
    return chain(scaleByAmsgrad(options), scaleByLearningRate(rate));
  }

  /** {@link #amsgrad(double, AdamOptions)} with a rate that changes. */
  public static GradientTransformation amsgrad(Schedule rate, AdamOptions options) {
    return chain(scaleByAmsgrad(options), scaleByLearningRate(rate));
  }

  /** Adamax, section 7.1 of Adam's paper. */
  public static GradientTransformation adamax(double rate) {
    return adamax(rate, AdamOptions.DEFAULT);
  }

  /** {@link #adamax(double)} with a rate that changes. */
  public static GradientTransformation adamax(Schedule rate) {
    return adamax(rate, AdamOptions.DEFAULT);
  }

  /** Adamax, section 7.1 of Adam's paper. With options. */
  public static GradientTransformation adamax(double rate, AdamOptions options) {
    return chain(scaleByAdamax(options), scaleByLearningRate(rate));
  }

  /** {@link #adamax(double, AdamOptions)} with a rate that changes. */
  public static GradientTransformation adamax(Schedule rate, AdamOptions options) {
    return chain(scaleByAdamax(options), scaleByLearningRate(rate));
  }

  /**
   * AdaBelief; source: Zhuang et al., AdaBelief optimizer. eps and epsRoot are 1e-16 if not said.
   */
  public static GradientTransformation adabelief(double rate) {
    return adabelief(rate, AdamOptions.DEFAULT.withEps(1e-16).withEpsRoot(1e-16));
  }

  /** {@link #adabelief(double)} with a rate that changes. */
  public static GradientTransformation adabelief(Schedule rate) {
    return adabelief(rate, AdamOptions.DEFAULT.withEps(1e-16).withEpsRoot(1e-16));
  }

  /**
   * AdaBelief; source: Zhuang et al., AdaBelief optimizer. eps and epsRoot are 1e-16 if not said.
   * With options.
   */
  public static GradientTransformation adabelief(double rate, AdamOptions options) {
    return chain(scaleByBelief(options), scaleByLearningRate(rate));
  }

  /** {@link #adabelief(double, AdamOptions)} with a rate that changes. */
  public static GradientTransformation adabelief(Schedule rate, AdamOptions options) {
    return chain(scaleByBelief(options), scaleByLearningRate(rate));
  }

  /** RMSProp; source: Tieleman and Hinton, lecture 6.5. */
  public static GradientTransformation rmsprop(double rate) {
    return rmsprop(rate, RmspropOptions.DEFAULT);
  }

  /** {@link #rmsprop(double)} with a rate that changes. */
  public static GradientTransformation rmsprop(Schedule rate) {
    return rmsprop(rate, RmspropOptions.DEFAULT);
  }

  /** RMSProp; source: Tieleman and Hinton, lecture 6.5. With options. */
  public static GradientTransformation rmsprop(double rate, RmspropOptions options) {
    return rmsprop(scaleByLearningRate(rate), options);
  }

  /** {@link #rmsprop(double, RmspropOptions)} with a rate that changes. */
  public static GradientTransformation rmsprop(Schedule rate, RmspropOptions options) {
    return rmsprop(scaleByLearningRate(rate), options);
  }

  /** AdaGrad, with 0.1 and 1e-7; source: Duchi, Hazan and Singer, Adaptive subgradient methods. */
  public static GradientTransformation adagrad(double rate) {
    return adagrad(rate, 0.1, 1e-7);
  }

  /** {@link #adagrad(double)} with a rate that changes. */
  public static GradientTransformation adagrad(Schedule rate) {
    return adagrad(rate, 0.1, 1e-7);
  }

  /** AdaGrad with the sum of squares before the first step, and what is added to it. */
  public static GradientTransformation adagrad(double rate, double initial, double eps) {
    return chain(scaleByRss(initial, eps), scaleByLearningRate(rate));
  }

  /** {@link #adagrad(double, double, double)} with a rate that changes. */
  public static GradientTransformation adagrad(Schedule rate, double initial, double eps) {
    return chain(scaleByRss(initial, eps), scaleByLearningRate(rate));
  }

  /**
   * Lion, with decay of weights 1e-3 if not said; source: Chen et al., Symbolic discovery of
   * optimization algorithms.
   */
  public static GradientTransformation lion(double rate) {
    return lion(rate, Decay.of(1e-3));
  }

  /** {@link #lion(double)} with a rate that changes. */
  public static GradientTransformation lion(Schedule rate) {
    return lion(rate, Decay.of(1e-3));
  }

  /**
   * Lion, with decay of weights 1e-3 if not said; source: Chen et al., Symbolic discovery of
   * optimization algorithms.
   */
  public static GradientTransformation lion(double rate, Decay decay) {
    return lion(rate, decay, LionOptions.DEFAULT);
  }

  /** {@link #lion(double, Decay)} with a rate that changes. */
  public static GradientTransformation lion(Schedule rate, Decay decay) {
    return lion(rate, decay, LionOptions.DEFAULT);
  }

  /**
   * Lion, with decay of weights 1e-3 if not said; source: Chen et al., Symbolic discovery of
   * optimization algorithms.
   */
  public static GradientTransformation lion(double rate, Decay decay, LionOptions options) {
    return chain(scaleByLion(options), addDecayedWeights(decay), scaleByLearningRate(rate));
  }

  /** {@link #lion(double, Decay, LionOptions)} with a rate that changes. */
  public static GradientTransformation lion(Schedule rate, Decay decay, LionOptions options) {
    return chain(scaleByLion(options), addDecayedWeights(decay), scaleByLearningRate(rate));
  }

  /**
   * LAMB; source: You et al., Large batch optimization for deep learning. Without decay and with
   * eps 1e-6 if not said.
   */
  public static GradientTransformation lamb(double rate) {
    return lamb(rate, Decay.of(0), AdamOptions.DEFAULT.withEps(1e-6));
  }

  /** {@link #lamb(double)} with a rate that changes. */
  public static GradientTransformation lamb(Schedule rate) {
    return lamb(rate, Decay.of(0), AdamOptions.DEFAULT.withEps(1e-6));
  }

  /**
   * LAMB; source: You et al., Large batch optimization for deep learning. Without decay and with
   * eps 1e-6 if not said.
   */
  public static GradientTransformation lamb(double rate, Decay decay, AdamOptions options) {
    return chain(
        scaleByAdam(options),
        addDecayedWeights(decay),
        scaleByTrustRatio(),
        scaleByLearningRate(rate));
  }

  /** {@link #lamb(double, Decay, AdamOptions)} with a rate that changes. */
  public static GradientTransformation lamb(Schedule rate, Decay decay, AdamOptions options) {
    return chain(
        scaleByAdam(options),
        addDecayedWeights(decay),
        scaleByTrustRatio(),
        scaleByLearningRate(rate));
  }

  private static GradientTransformation rmsprop(
      GradientTransformation rate, RmspropOptions options) {
    GradientTransformation scaled = scaleByRms(options);
    if (options.momentum().isEmpty()) {
      return chain(scaled, rate);
    }
    var form = new TraceOptions(options.nesterov(), java.util.Optional.empty());
    return chain(scaled, rate, trace(options.momentum().getAsDouble(), form));
  }
}
