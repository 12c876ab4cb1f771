package dev.jacobi.nn;

import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.expm1;
import static dev.jacobi.numpy.Jnp.log;
import static dev.jacobi.numpy.Jnp.maximum;
import static dev.jacobi.numpy.Jnp.minimum;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.square;
import static dev.jacobi.numpy.Jnp.weak;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Over;
import java.util.List;

/** The part of {@link Nn} with options that Python gives by keywords. */
public abstract class NnOptions {
  NnOptions() {}

  /** {@code x}, below 0 {@code alpha (e^(x / alpha) - 1)}. */
  public static Array celu(Array x, double alpha) {
    return maximum(x, weak(0.0)).plus(expm1(minimum(x, weak(0.0)).div(alpha)).times(alpha));
  }

  /** {@code x}, below 0 {@code slope x}. */
  public static Array leakyRelu(Array x, double slope) {
    return where(x.ge(0), x, x.times(slope));
  }

  /** {@code (x + sqrt(x^2 + b)) / 2}. */
  public static Array squareplus(Array x, double b) {
    return x.plus(sqrt(square(x).plus(b))).div(2);
  }

  /** The first half of a dimension times the sigmoid of the second; halves that dimension. */
  public static Array glu(Array x, int axis) {
    if (x.dim(axis) % 2 != 0) {
      throw new LaxTypeException("glu", "dimension " + axis + " of " + x.shape() + " is not even");
    }
    List<Array> halves = Jnp.split(x, 2, axis);
    return halves.get(0).times(Nn.sigmoid(halves.get(1)));
  }

  /** {@code log(softmax(x))} of what a mask lets count; minus infinity elsewhere. */
  public static Array logSoftmax(Array x, Over options) {
    Array mask = options.where();
    double none = Double.NEGATIVE_INFINITY;
    Array safe = mask == null ? x : where(mask, x, none);
    Array greatest = Jnp.max(safe, options.keepDims().initial(none));
    Array shifted = safe.minus(Jacobi.stopGradient(greatest));
    Array result = shifted.minus(log(Jnp.sum(exp(shifted), options.keepDims())));
    return mask == null ? result : where(mask, result, Scalars.like(result, none));
  }

  /** Mean 0 and variance 1, or by a mean and a variance that are given. */
  public static Array standardize(Array x, StandardizeOptions o) {
    Over kept = o.over().keepDims();
    Array mean = o.mean() == null ? Jnp.mean(x, kept) : o.mean();
    Array centred = x.minus(mean);
    Array variance =
        o.variance() != null
            ? o.variance()
            : o.isStable()
                ? Jnp.mean(square(centred), kept)
                : maximum(Jnp.mean(square(x), kept).minus(square(mean)), weak(0));
    return centred.times(Jnp.rsqrt(variance.plus(o.epsilon())));
  }

  /**
   * Scaled dot-product attention with options, of queries (batch, t, heads, width) over keys and
   * values (batch, s, heads, width), or of these without a batch. Queries may have a multiple of
   * the heads of keys; neighbouring ones then share them.
   *
   * @throws LaxTypeException if the shapes do not fit
   */
  public static Array dotProductAttention(
      Array query, Array key, Array value, AttentionOptions options) {
    return Attention.of(query, key, value, options);
  }
}
