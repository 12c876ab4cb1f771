package dev.jacobi.optax;

import static dev.jacobi.numpy.Jnp.conj;
import static dev.jacobi.numpy.Jnp.minus;
import static dev.jacobi.numpy.Jnp.pow;
import static dev.jacobi.numpy.Jnp.real;
import static dev.jacobi.numpy.Jnp.square;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Trees;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import java.util.Optional;

/** Running means over the leaves of a tree. */
final class Moments {
  private Moments() {}

  static Array zero() {
    return Jnp.zeros(Shape.scalar(), DType.I32);
  }

  /** The next step's number. */
  static Array next(Array count) {
    Array last = Scalars.ofLong(count.dtype(), Integer.MAX_VALUE);
    return where(count.lt(last), count.plus(1), last);
  }

  static <P> P zeros(P params) {
    return Trees.map(Jnp::zerosLike, params);
  }

  static <P> P zeros(P params, Optional<DType> dtype) {
    return dtype
        .map(t -> Trees.map(p -> Jnp.zeros(p.shape(), t), params))
        .orElseGet(() -> zeros(params));
  }

  static <P> P full(P params, double value) {
    return Trees.map(p -> Jnp.fullLike(p, value), params);
  }

  static <P> P cast(P tree, Optional<DType> dtype) {
    return dtype.map(t -> Trees.map(x -> x.astype(t), tree)).orElse(tree);
  }

  static <P> P castLike(P tree, P like) {
    return Trees.map((x, y) -> x.astype(y.dtype()), tree, like);
  }

  /** {@code |x|^2}. */
  static Array squared(Array x) {
    return x.dtype().isComplex() ? real(conj(x).times(x)) : square(x);
  }

  /** The mean of the first moment, one gradient later. */
  static <P> P first(P gradient, P mean, double decay) {
    return Trees.map((g, m) -> g.times(1 - decay).plus(m.times(decay)), gradient, mean);
  }

  /** The mean of the second moment, one gradient later. */
  static <P> P second(P gradient, P mean, double decay) {
    return Trees.map((g, m) -> squared(g).times(1 - decay).plus(m.times(decay)), gradient, mean);
  }

  /** A mean that began at zero, divided by the weight of the gradients in it. */
  static <P> P unbiased(P mean, double decay, Array count) {
    var weight = new PerStep(t -> minus(1, pow(decay, t)), count);
    return Trees.map(m -> m.div(weight.like(m)), mean);
  }

  /** The mean as it will be when the same gradient comes once more (Nesterov). */
  static <P> P ahead(P gradient, P mean, double decay, Array count) {
    return Trees.map(
        (m, g) -> m.times(decay).plus(g.times(1 - decay)),
        unbiased(mean, decay, next(count)),
        unbiased(gradient, decay, count));
  }
}
