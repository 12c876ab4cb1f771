package dev.jacobi.optax;

import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.weak;

import dev.jacobi.Array;
import dev.jacobi.Trees;
import dev.jacobi.tree.TreePath;
import java.util.List;
import java.util.function.Predicate;

/** The parts that optimisers are made of; the part of {@link Optax} with single steps. */
public abstract class OptaxTransforms {
  OptaxTransforms() {}

  /** One transformation after the other. */
  public static GradientTransformation chain(GradientTransformation... parts) {
    return new Chained.Chain(List.of(parts));
  }

  /** A transformation of some leaves, by their paths; the others pass through as they are. */
  public static GradientTransformation masked(
      GradientTransformation inner, Predicate<TreePath> leaves) {
    return new Chained.Masked(inner, leaves);
  }

  /** Passes updates on. */
  public static GradientTransformation identity() {
    return new Stateless.Identity();
  }

  /** Zeros, to keep parameters as they are. */
  public static GradientTransformation setToZero() {
    return new Stateless.SetToZero();
  }

  /** Multiplies by a number. */
  public static GradientTransformation scale(double factor) {
    return new Stateless.Scale(factor);
  }

  /** Multiplies by a number that changes from step to step. */
  public static GradientTransformation scaleBySchedule(Schedule factor) {
    return new Stepping.ScaleBySchedule(factor, 1);
  }

  /** Multiplies by minus the rate. */
  public static GradientTransformation scaleByLearningRate(double rate) {
    return new Stateless.Scale(-rate);
  }

  /** Multiplies by minus the rate, which may change, or be an array that a lambda captures. */
  public static GradientTransformation scaleByLearningRate(Schedule rate) {
    return new Stepping.ScaleBySchedule(rate, -1);
  }

  /** Clips every element to {@code [-maxDelta, maxDelta]}. */
  public static GradientTransformation clip(double maxDelta) {
    return new Stateless.Clip(maxDelta);
  }

  /** Scales down each array whose norm is larger. */
  public static GradientTransformation clipByNorm(double maxNorm) {
    return new Stateless.ClipByNorm(maxNorm);
  }

  /**
   * Scales all arrays down together if their {@link #globalNorm} is larger; source: Pascanu,
   * Mikolov and Bengio, On the difficulty of training recurrent neural networks.
   */
  public static GradientTransformation clipByGlobalNorm(double maxNorm) {
    return new Stateless.ClipByGlobalNorm(maxNorm);
  }

  /** Scales down each array whose root of the mean square is larger. */
  public static GradientTransformation clipByBlockRms(double threshold) {
    return new Stateless.ClipByBlockRms(threshold);
  }

  /** {@link #adaptiveGradClip(double, double)} with 1e-3. */
  public static GradientTransformation adaptiveGradClip(double clipping) {
    return adaptiveGradClip(clipping, 1e-3);
  }

  /**
   * Scales down what one unit (a column of a matrix, a filter of a kernel, a whole vector) gets, to
   * a part of the norm of its parameters; source: Brock et al., High-performance large-scale image
   * recognition without normalization.
   *
   * @param eps the least norm of parameters that counts
   */
  public static GradientTransformation adaptiveGradClip(double clipping, double eps) {
    return new Stateless.AdaptiveGradClip(clipping, eps);
  }

  /** Adds a part of the parameters: after Adam's scaling, AdamW's decay. */
  public static GradientTransformation addDecayedWeights(double rate) {
    return new Stateless.AddDecayedWeights(rate);
  }

  /** Adds a part of the parameters that changes from step to step. */
  public static GradientTransformation addDecayedWeights(Schedule rate) {
    return new Stepping.AddDecayedWeights(rate);
  }

  /** Adds a part of some parameters. */
  public static GradientTransformation addDecayedWeights(Decay decay) {
    return masked(addDecayedWeights(decay.rate()), decay.leaves());
  }

  /** Momentum: the sum of gradients, each {@code decay} times smaller than the one after it. */
  public static GradientTransformation trace(double decay) {
    return trace(decay, TraceOptions.DEFAULT);
  }

  public static GradientTransformation trace(double decay, TraceOptions options) {
    return new Stepping.Trace(decay, options);
  }

  /**
   * The running mean of gradients.
   *
   * @param debias whether it is divided by the weight of the gradients in it
   */
  public static GradientTransformation ema(double decay, boolean debias) {
    return new Stepping.Ema(decay, debias);
  }

  /** The mean of gradients over the root of the mean of their squares. */
  public static GradientTransformation scaleByAdam(AdamOptions options) {
    return new Adaptive.ScaleByAdam(options);
  }

  /** The same over the root of the largest mean of squares so far. */
  public static GradientTransformation scaleByAmsgrad(AdamOptions options) {
    return new Adaptive.ScaleByAmsgrad(options);
  }

  /** The mean of gradients over the largest gradient, which decays; without nesterov. */
  public static GradientTransformation scaleByAdamax(AdamOptions options) {
    return new Adaptive.ScaleByAdamax(options);
  }

  /** The mean of gradients over how far gradients were from it. */
  public static GradientTransformation scaleByBelief(AdamOptions options) {
    return new Adaptive.ScaleByBelief(options);
  }

  /** The sign of a mean of the gradient and those before it. */
  public static GradientTransformation scaleByLion(LionOptions options) {
    return new Stepping.ScaleByLion(options);
  }

  /** Gradients over the root of the mean of their squares; momentum is not part of it. */
  public static GradientTransformation scaleByRms(RmspropOptions options) {
    return new Adaptive.ScaleByRms(options);
  }

  /**
   * Gradients over the root of the sum of their squares.
   *
   * @param initial the sum before the first step
   */
  public static GradientTransformation scaleByRss(double initial, double eps) {
    return new Adaptive.ScaleByRss(initial, eps);
  }

  /** {@link #scaleByTrustRatio(double, double, double)} with 0, 1 and 0. */
  public static GradientTransformation scaleByTrustRatio() {
    return scaleByTrustRatio(0, 1, 0);
  }

  /**
   * Multiplies each array by the norm of its parameters over its own, as far as both are not 0;
   * source: You et al., Large batch training of convolutional networks.
   *
   * @param minNorm the least norm that counts
   */
  public static GradientTransformation scaleByTrustRatio(
      double minNorm, double coefficient, double eps) {
    return new Stateless.ScaleByTrustRatio(minNorm, coefficient, eps);
  }

  /** The sign of every element. */
  public static GradientTransformation scaleBySign() {
    return new Stateless.ScaleBySign();
  }

  /** Takes means over all dimensions but the first away from arrays of two and more dimensions. */
  public static GradientTransformation centralize() {
    return new Stateless.Centralize();
  }

  /** The parameters and their updates, in the parameters' types. */
  public static <P> P applyUpdates(P params, P updates) {
    return Trees.map((p, u) -> p.plus(u).astype(p.dtype()), params, updates);
  }

  /** {@code stepSize} of the way from the old to the new: averages of parameters. */
  public static <P> P incrementalUpdate(P newer, P older, double stepSize) {
    return Trees.map(
        (n, o) -> n.times(stepSize).plus(o.times(1 - stepSize)).astype(o.dtype()), newer, older);
  }

  /** The root of the sum of the squares of all elements of a tree. */
  public static Array globalNorm(Object tree) {
    return sqrt(squaredNorm(tree));
  }

  static Array squaredNorm(Object tree) {
    return Trees.reduce((sum, x) -> sum.plus(Moments.squared(x).sum()), weak(0), tree);
  }
}
