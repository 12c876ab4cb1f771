package dev.jacobi.scipy;

import dev.jacobi.Array;
import dev.jacobi.lax.Elementary;
import dev.jacobi.nn.Nn;
import dev.jacobi.numpy.Over;
import dev.jacobi.scipy.special.Entropies;
import dev.jacobi.scipy.special.Programs;

/**
 * Special functions, for {@code import static dev.jacobi.scipy.Special.*}: JAX's {@code
 * jax.scipy.special}. All work element by element unless said; operands of different shapes are
 * broadcast and of different types promoted, and integers become floating point. Complex numbers
 * are a {@link dev.jacobi.lax.LaxTypeException} unless said.
 */
public final class Special extends SpecialIntegrals {
  private Special() {}

  /**
   * The logistic function {@code 1 / (1 + exp(-x))}. {@code Special.expit(array(0f, 2f))} is {@code
   * [0.5 0.8807971]}.
   */
  public static Array expit(Array x) {
    return Elementary.logistic(floating("expit", x)[0]);
  }

  /**
   * {@code log(x / (1 - x))}, the inverse of {@link #expit}. {@code Special.logit(array(0.5f,
   * 0.9f))} is {@code [0. 2.1972244]}.
   */
  public static Array logit(Array x) {
    return Programs.real("logit", Entropies::logit, x);
  }

  /**
   * {@code x log(y)}; 0 where x is 0 unless y is NaN. {@code Special.xlogy(array(0f, 2f), array(0f,
   * 3f))} is {@code [0. 2.1972246]}.
   */
  public static Array xlogy(Array x, Array y) {
    return Programs.real("xlogy", Entropies::xlogy, x, y);
  }

  /**
   * {@code x log(1 + y)}; 0 where x is 0 unless y is NaN. {@code Special.xlog1py(array(0f, 2f),
   * array(-1f, 3f))} is {@code [0. 2.7725887]}.
   */
  public static Array xlog1py(Array x, Array y) {
    return Programs.real("xlog1py", Entropies::xlog1py, x, y);
  }

  /**
   * {@code -x log(x)}; 0 at 0, minus infinity below. {@code Special.entr(array(0f, 0.5f))} is
   * {@code [-0. 0.3465736]}.
   */
  public static Array entr(Array x) {
    return Programs.real("entr", Entropies::entr, x);
  }

  /**
   * {@code p log(p / q)}; 0 where p is 0, infinite where p or q are negative or q alone is 0.
   * {@code Special.relEntr(array(0.5f), array(0.25f))} is {@code [0.3465736]}.
   */
  public static Array relEntr(Array p, Array q) {
    return Programs.real("rel_entr", Entropies::relEntr, p, q);
  }

  /**
   * {@code p log(p / q) - p + q}, with {@link #relEntr}'s exceptions. {@code
   * Special.klDiv(array(0.5f), array(0.25f))} is {@code [0.09657359]}.
   */
  public static Array klDiv(Array p, Array q) {
    return Programs.real("kl_div", Entropies::klDiv, p, q);
  }

  /**
   * {@code (x^lmbda - 1) / lmbda}; log(x) where lmbda is 0. {@code Special.boxcox(array(4f),
   * scalar(0.5f))} is {@code [2.]}.
   */
  public static Array boxcox(Array x, Array lmbda) {
    return Programs.real("boxcox", Entropies::boxcox, x, lmbda);
  }

  /**
   * {@code ((1 + x)^lmbda - 1) / lmbda}; log(1 + x) where lmbda is 0. {@code
   * Special.boxcox1p(array(3f), scalar(0.5f))} is {@code [2.]}.
   */
  public static Array boxcox1p(Array x, Array lmbda) {
    return Programs.real("boxcox1p", Entropies::boxcox1p, x, lmbda);
  }

  /**
   * {@code log(sum(exp(x)))} over the dimensions, or all, without overflow. {@code
   * Special.logsumexp(array(0f, 0f))} is {@code 0.6931472}.
   */
  public static Array logsumexp(Array x, int... axes) {
    return Nn.logsumexp(x, axes);
  }

  /** Logsumexp with dimensions kept or a mask. */
  public static Array logsumexp(Array x, Over options) {
    return Nn.logsumexp(x, options);
  }

  /**
   * Probabilities proportional to exp(x) along the dimensions, or all if none is given. {@code
   * Special.softmax(array(0f, 0f))} is {@code [0.5 0.5]}.
   */
  public static Array softmax(Array x, int... axes) {
    return Nn.softmax(x, all(x, axes));
  }

  /**
   * {@code log(softmax(x))} without overflow, along the dimensions, or all if none is given. {@code
   * Special.logSoftmax(array(0f, 0f))} is {@code [-0.6931472 -0.6931472]}.
   */
  public static Array logSoftmax(Array x, int... axes) {
    return Nn.logSoftmax(x, all(x, axes));
  }

  private static int[] all(Array x, int... axes) {
    return axes.length > 0 ? axes : java.util.stream.IntStream.range(0, x.rank()).toArray();
  }
}
